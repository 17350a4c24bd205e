"""The commands in a real terminal: a pseudo-terminal of the system, not a mock of one.

Takes a folder and what is typed. Returns the bytes that the terminal got, as text.
"""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from pathlib import Path

from tests.support.playbooks import COMMAND, SECONDS

COLUMNS = 100


SOON = (sys.executable, "-c", "import macros.cli.terminal; macros.cli.terminal.PROGRESS_DELAY = 0.1; from macros.cli.main import main; main()")
"""`playbook` with less patience: it shows how far it is on a fast machine too."""


def in_terminal(
    folder: Path, *arguments: str, command: tuple[str | Path, ...] = (COMMAND,), piped: bool = False, seconds: float = SECONDS, **environment: str
) -> tuple[int, str]:
    """The exit code of `playbook …` and what the terminal shows; where `piped`, the terminal has the errors and progress alone."""
    terminal, inside = pty.openpty()
    fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", 40, COLUMNS, 0, 0))
    plain = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    env = plain | {"TERM": "xterm-256color", "PYTHONIOENCODING": "utf-8"} | environment
    process = subprocess.Popen(
        [*command, *arguments], cwd=folder, stdin=inside, stdout=subprocess.DEVNULL if piped else inside, stderr=inside, env=env
    )
    os.close(inside)
    shown = _read_all(terminal)
    os.close(terminal)
    return process.wait(timeout=seconds), shown.decode("utf-8").replace("\r\n", "\n")


def _read_all(terminal: int) -> bytes:
    """Everything until the other end is closed, which Linux tells as an error."""
    shown = b""
    try:
        while part := os.read(terminal, 1 << 16):
            shown += part
    except OSError:
        pass
    return shown
