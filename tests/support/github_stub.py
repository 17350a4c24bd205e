"""A stand-in for GitHub: the part of its API that the workflows' scripts use, with a memory. GitHub itself cannot be asked in a test.

Takes what the repository holds. Returns the API's address, and what was asked of it and changed.
"""

from __future__ import annotations

import http.server
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.support.playbooks import SECONDS
from tests.support.sites import PROJECT

SCRIPTS = PROJECT / ".github" / "scripts"
REPOSITORY = "a-lab/a-playbook"
TOKEN = "a-token"  # noqa: S105 - of nobody
BOT = "github-actions[bot]"
LONGEST = 65_536


@dataclass
class GitHubStub:
    """A repository on GitHub: its lists by path, and each change that was made."""

    address: str = ""
    lists: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    changes: list[tuple[str, str]] = field(default_factory=list)
    refuses: bool = False

    def holds(self, path: str, *items: dict[str, Any]) -> None:
        """Puts items into a list, such as `/issues`."""
        self.lists.setdefault(path, []).extend(items)

    def run(self, script: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """One of the workflows' scripts, as a workflow runs it."""
        told = {"GITHUB_API_URL": self.address, "GITHUB_REPOSITORY": REPOSITORY, "GITHUB_TOKEN": TOKEN, **environment}
        return subprocess.run(
            [sys.executable, SCRIPTS / script, *arguments], env=os.environ | told, capture_output=True, encoding="utf-8", timeout=SECONDS, check=False
        )


class _Api(http.server.BaseHTTPRequestHandler):
    forge: GitHubStub

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        query = {name: values[-1] for name, values in parse_qs(url.query).items()}
        path = self._path(url.path)
        if path.startswith("/actions/runs/"):
            self._say(200, {"artifacts": self.forge.lists.get(path, [])})
            return
        items = [item for item in self.forge.lists.get(path, []) if _fits(item, query)]
        size, page = int(query["per_page"]), int(query["page"])
        self._say(200, items[(page - 1) * size : page * size])

    def do_POST(self) -> None:
        path = self._path(self.path)
        body = self._body()
        if self._is_refused("POST", path, body):
            return
        items = self.forge.lists.setdefault(path, [])
        made = {"number": 100 + len(items), "id": 1000 + len(items), "state": "open", "user": {"login": BOT}, **body}
        items.append(made | {"labels": [{"name": name} for name in body.get("labels", [])]})
        self._say(201, made)

    def do_PATCH(self) -> None:
        path = self._path(self.path)
        body = self._body()
        if self._is_refused("PATCH", path, body):
            return
        where, _, name = path.rpartition("/")
        key = "id" if where == "/issues/comments" else "number"
        item = next(item for items in self.forge.lists.values() for item in items if str(item.get(key)) == name)
        item.update(body)
        self._say(200, item)

    def _path(self, path: str) -> str:
        assert path.startswith(f"/repos/{REPOSITORY}/"), path
        assert self.headers["Authorization"] == f"Bearer {TOKEN}"
        return path.removeprefix(f"/repos/{REPOSITORY}")

    def _body(self) -> dict[str, Any]:
        return json.loads(self.rfile.read(int(self.headers["Content-Length"])))

    def _is_refused(self, method: str, path: str, body: dict[str, Any]) -> bool:
        self.forge.changes.append((method, path))
        if self.forge.refuses or len(body.get("body", "")) > LONGEST:
            self._say(422, {"message": "Validation Failed"})
            return True
        return False

    def _say(self, status: int, value: object) -> None:
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _fits(item: dict[str, Any], query: dict[str, str]) -> bool:
    """Whether a list that is asked for with `query` has the item, as GitHub filters."""
    labels = {label["name"] for label in item.get("labels", [])}
    return (
        query.get("state", "all") in ("all", item.get("state"))
        and ("labels" not in query or query["labels"] in labels)
        and ("head" not in query or query["head"] == item["head"]["label"])
    )


@contextmanager
def github_stub() -> Iterator[GitHubStub]:
    """GitHub, with an empty repository."""
    handler = type("Handler", (_Api,), {"forge": GitHubStub()})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    handler.forge.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield handler.forge
    server.shutdown()
    server.server_close()


def event(folder: Path, **changes: Any) -> Path:
    """The file in which GitHub tells a workflow that the check of a pull request has finished."""
    run = {
        "id": 7,
        "event": "pull_request",
        "conclusion": "success",
        "head_sha": "a" * 40,
        "head_branch": "mend-a-word",
        "head_repository": {"id": 22, "owner": {"login": "adviser"}, "full_name": "adviser/a-playbook"},
        "html_url": f"https://github.example/{REPOSITORY}/actions/runs/7",
        "pull_requests": [],
    }
    file = folder / "event.json"
    file.write_text(json.dumps({"workflow_run": run | changes}))
    return file


def pull_request(number: int, **head: Any) -> dict[str, Any]:
    """An open pull request from the adviser's fork, as GitHub lists it."""
    of_fork = {"label": "adviser:mend-a-word", "sha": "a" * 40, "repo": {"id": 22, "full_name": "adviser/a-playbook"}}
    return {"number": number, "state": "open", "head": of_fork | head}
