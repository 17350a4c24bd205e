"""`playbook ...` in a child of this process: real streams, real signals, limits of its own, and no time lost with imports.

Takes a folder, the words after `playbook`, and what befalls the child first. Returns how it ended and what it said.
"""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from macros.__main__ import main
from macros.cli.main import COMMANDS

SECONDS = 30
"""After which a child is taken to hang."""
Done = subprocess.CompletedProcess[str]
Befall = Callable[[], None]
"""What is done in the child before the command begins: it may raise limits, close streams, or watch what the command does."""


def import_commands() -> None:
    """Whatever the commands would import, which the children then have."""
    for name in COMMANDS:
        import_module(f"macros.cli.commands.{name.replace('-', '_')}")
    for module in ("macros.site.ledger.check", "macros.site.ledger.ledger", "tqdm", "rapidfuzz.distance", "jinja2.ext"):
        import_module(module)


def run(folder: Path, arguments: Sequence[str], *, befall: Befall = lambda: None, environment: Mapping[str, str | None] | None = None) -> Done:
    """How `playbook ...` ends in `folder`; the exit code is minus the signal where one ended it, or where it hung."""
    return finish(start(folder, arguments, befall=befall, environment=environment), arguments)


@dataclass(frozen=True, slots=True)
class Child:
    """A command at work, by the number of its process, and the pipes from which its output and its errors are read."""

    process: int
    streams: tuple[int, int]


def finish(child: Child, arguments: Sequence[str]) -> Done:
    """How a command that was begun has ended."""
    said = _read_all(child)
    _, status = os.waitpid(child.process, 0)
    return subprocess.CompletedProcess(arguments, os.waitstatus_to_exitcode(status), *said)


def start(folder: Path, arguments: Sequence[str], *, befall: Befall = lambda: None, environment: Mapping[str, str | None] | None = None) -> Child:
    """The command at work."""
    pipes = [os.pipe(), os.pipe()]
    child = os.fork()
    if child == 0:
        _become(folder, arguments, [write for _, write in pipes], befall, environment or {})
    for _, write in pipes:
        os.close(write)
    return Child(child, (pipes[0][0], pipes[1][0]))


def _become(folder: Path, arguments: Sequence[str], outputs: Sequence[int], befall: Befall, environment: Mapping[str, str | None]) -> None:
    """The command, in the place of this process; never returns."""
    code: object = 70
    try:
        _take_streams(outputs)
        for name, value in environment.items():
            os.environ.update({name: value}) if value is not None else os.environ.pop(name, None)
        time.tzset()
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.chdir(folder)
        sys.argv = ["playbook", *arguments]
        befall()
        main()
    except SystemExit as ended:
        code = ended.code
    except BaseException:  # noqa: BLE001 - Python itself would print it and end
        sys.excepthook(*sys.exc_info())
        code = 1
    os._exit(_flushed(code if isinstance(code, int) else bool(code)))


def _take_streams(outputs: Sequence[int]) -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    for number, handle in enumerate((nothing, *outputs)):
        os.dup2(handle, number)
        os.close(handle)
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w", encoding="utf-8"), open(2, "w", encoding="utf-8")  # noqa: SIM115


def _flushed(code: int) -> int:
    """Python ends with 120 where what is left cannot be written."""
    try:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    except (OSError, ValueError):
        return 120
    return code


def _read_all(child: Child) -> tuple[str, str]:
    """What the child says until it ends. One that is silent for too long is ended."""
    said = dict.fromkeys(child.streams, b"")
    with selectors.DefaultSelector() as waiting:
        for stream in child.streams:
            waiting.register(stream, selectors.EVENT_READ)
        until = time.monotonic() + SECONDS
        while waiting.get_map():
            ready = waiting.select(until - time.monotonic())
            if not ready:
                os.kill(child.process, signal.SIGALRM)  # no command and no test sends this one
            for key, _ in ready:
                data = os.read(key.fd, 1 << 16)
                said[key.fd] += data
                if not data:
                    waiting.unregister(key.fd)
    for stream in child.streams:
        os.close(stream)
    out, err = (said[stream].decode("utf-8", "replace") for stream in child.streams)
    return out, err
