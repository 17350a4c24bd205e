"""The preview: runs `mkdocs serve`, and restarts it when its code or configuration has changed.

MkDocs reloads data, templates and pages itself. Edited Python and mkdocs.yml need a new process, as does a preview that could not start
because something was broken.
"""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

from macros.engines.edits import edits
from macros.files.layout import DATA, DOCS, SITE_SETTINGS

WATCHED = (SITE_SETTINGS, "macros", DATA, DOCS, "overrides")
HOST = "127.0.0.1"
PORT = 8000
HIGHEST = 65535
"""The last port that there is."""


def needs_restart(changed: Collection[str], *, running: bool) -> bool:
    """Returns whether the preview must restart, given the files that have changed since it last started."""
    if not running:
        return bool(changed)
    return any(path.endswith(".py") or Path(path).name == SITE_SETTINGS for path in changed)


def port_typed(text: str) -> int:
    """Returns the port that a person typed.

    Raises: SystemExit, if the preview cannot be there.
    """
    port = int(text) if text.isdecimal() and len(text) <= 5 else 0
    if not 1 <= port <= HIGHEST:
        sys.exit(f"'{text}' is not a port; write a number up to {HIGHEST}, such as: make serve PORT=8001")
    if _is_port_in_use(port):
        other = port + 1 if port < HIGHEST else PORT
        sys.exit(f"port {port} is in use, perhaps by another preview; choose another one: make serve PORT={other}")
    if not _may_serve(port):
        sys.exit(f"port {port} is not for everybody; choose one from 1024, such as: make serve PORT=8001")
    return port


def main(port: int) -> None:
    """Serves on `port` until Ctrl-C or SIGTERM."""
    signal.signal(signal.SIGTERM, _interrupt)
    command = (sys.executable, "-m", "mkdocs", "serve", "--livereload", "--strict", "--dev-addr", f"{HOST}:{port}")
    server = subprocess.Popen(command)
    changed: set[str] = set()
    try:
        for edited in edits(WATCHED):
            changed |= edited
            if needs_restart(changed, running=server.poll() is None):
                changed.clear()
                _stop(server)
                server = subprocess.Popen(command)
    except KeyboardInterrupt:
        pass
    finally:
        _stop(server)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _stop(server: subprocess.Popen) -> None:
    server.terminate()
    server.wait()


def _is_port_in_use(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def _may_serve(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            return False
        return True


if __name__ == "__main__":
    main(port_typed(sys.argv[1] if len(sys.argv) > 1 else str(PORT)))
