"""The preview as a contributor has it: a scratch project that can be edited, and `make serve` in it.

Takes a folder. Returns a running preview, what it shows and what it says.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.support.sites import QUIET, own_program, write_project

PATIENCE = 600
"""Seconds before a test gives up; the time that an edit takes is measured by the benchmark."""


def editable_project(folder: Path) -> Path:
    """A scratch project with its own copy of the program."""
    return own_program(write_project(folder))


class Preview:
    """`make serve` in `folder`; it looks at the page at `url`. `command` stands before the call."""

    def __init__(self, folder: Path, url: str = "barriers/data-sharing/", command: Sequence[str] = ()) -> None:
        self.folder = folder
        self.url = url
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.log = folder / "log"
        command = [*command, sys.executable, "-m", "macros.engines.preview", str(self.port)]
        self.process = subprocess.Popen(command, cwd=folder, env=QUIET, stdout=self.log.open("w"), stderr=subprocess.STDOUT)

    def page(self) -> str:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{self.url}", timeout=60) as answer:
                return answer.read().decode()
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            return ""

    def edit(self, path: str, old: str, new: str) -> None:
        file = self.folder / path
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")

    def shows(self, text: str) -> bool:
        return self._soon(lambda: text in self.page())

    def says(self, text: str) -> bool:
        return self._soon(lambda: text in self.log.read_text("utf-8"))

    def end(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=PATIENCE)  # a preview that outlives its end signal would keep the port

    def _soon(self, happened: Callable[[], bool]) -> bool:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if happened():
                return True
            time.sleep(0.02)
        return False
