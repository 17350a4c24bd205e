"""The preview: `mkdocs serve`, started again whenever what it keeps in memory has changed.

MkDocs reloads data, templates and pages by itself; edited Python and mkdocs.yml need a new process, and so does
a preview that could not begin because something was broken.
"""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

from watchfiles import watch

WATCHED = ("mkdocs.yml", "macros", "playbook_data", "docs", "overrides")
HOST = "127.0.0.1"
PORT = 8000
SECOND = 1000
"""Milliseconds between two looks: a preview may end after the edit that should begin it again."""


def needs_restart(changed: Collection[str], *, running: bool) -> bool:
    """Whether the preview must begin again, when these files have changed since it last began."""
    if not running:
        return bool(changed)
    return any(path.endswith(".py") or Path(path).name == "mkdocs.yml" for path in changed)


def main(port: int) -> None:
    """Serve on `port` until Ctrl-C or an end signal."""
    if _taken(port):
        sys.exit(f"port {port} is taken, perhaps by another preview; name another one: make serve PORT={port + 1}")
    signal.signal(signal.SIGTERM, _interrupt)
    command = (sys.executable, "-m", "mkdocs", "serve", "--livereload", "--strict", "--dev-addr", f"{HOST}:{port}")
    server = subprocess.Popen(command)
    changed: set[str] = set()
    try:
        for changes in watch(*WATCHED, raise_interrupt=True, rust_timeout=SECOND, yield_on_timeout=True):
            changed |= {path for _, path in changes}
            if needs_restart(changed, running=server.poll() is None):
                changed.clear()
                _end(server)
                server = subprocess.Popen(command)
    except KeyboardInterrupt:
        pass
    finally:
        _end(server)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _end(server: subprocess.Popen) -> None:
    server.terminate()
    server.wait()


def _taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PORT)
