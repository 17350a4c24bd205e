"""What may befall a command on a machine that is not as it should be: at a random moment, or from its beginning.

Each function returns what is done in the child before the command begins. What it hindered is told to `told`, a file that the parent reads.
"""

from __future__ import annotations

import errno
import os
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from tests.fuzz.child import Befall

Act = Callable[[str], None]
"""What happens just before a file is touched, whose path it gets. It may refuse that with an OSError."""
READS, WRITES = "read", "written"
LISTED = ("os.scandir", "os.listdir")
CHANGED = ("os.mkdir", "os.rename", "os.chmod", "os.utime")
"""What a disk that is full or may only be read refuses, besides opening a file to write."""
REFUSED_READS = (errno.EACCES, errno.EIO, errno.ENOENT, errno.EMFILE, errno.ESTALE)
REFUSED_WRITES = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EIO)


def use_of(event: str, arguments: tuple) -> str | None:
    """Whether what Python is about to do reads or writes a file or folder."""
    if event == "open" and not isinstance(arguments[0], int):
        return WRITES if (arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR) else READS
    return READS if event in LISTED and not isinstance(arguments[0], int) else WRITES if event in CHANGED else None


def at_use(folder: Path, use: str, number: int, act: Act, *, lasting: bool) -> Befall:
    """`act` at the nth use of a file in `folder`, and, if it is `lasting`, at each later one of the same path or, of writes, of any."""

    def befall() -> None:
        seen, hit = 0, ""

        def watch(event: str, arguments: tuple) -> None:
            nonlocal seen, hit
            if use_of(event, arguments) != use or not (path := _inside(folder, arguments[0])):
                return
            seen += 1
            if seen == number:
                hit = path
            if seen == number or (lasting and hit and (use == WRITES or path == hit)):
                act(path)

        sys.addaudithook(watch)

    return befall


def _inside(folder: Path, path: object) -> str:
    """The path as it is seen from `folder`; empty for what is elsewhere or belongs to git."""
    whole = os.path.abspath(os.fsdecode(path)) if isinstance(path, str | bytes | os.PathLike) else ""  # noqa: PTH100 - pathlib would look at the disk
    inside = whole.removeprefix(f"{folder}/")
    return inside if inside != whole and not inside.startswith(".git/") else ""


def refuse(number: int, told: int) -> Act:
    """The system refuses, with that error."""

    def act(path: str) -> None:
        os.write(told, f"{path}\n".encode())
        raise OSError(number, os.strerror(number), path)

    return act


def interrupt(number: signal.Signals) -> Act:
    """Somebody types Ctrl-C, or the system asks the process to end."""
    return lambda _: os.kill(os.getpid(), number)


def take_away(folder: Path) -> Act:
    """Another program deletes the file, or what is in its place."""

    def act(path: str) -> None:
        if (folder / path).is_file() and ".change" not in path:
            (folder / path).unlink()

    return act


def limit(what: int, size: int) -> Befall:
    """The process may not use more of something than `size`."""
    return lambda: resource.setrlimit(what, (size, size))


def close(number: int) -> Befall:
    """One of the streams was closed before the command began, as by `>&-`."""

    def befall() -> None:
        os.close(number)
        setattr(sys, ("stdin", "stdout", "stderr")[number], None)

    return befall


def lead_to(path: str, number: int) -> Befall:
    """One of the streams leads to another file, such as /dev/full."""
    return lambda: os.dup2(os.open(path, os.O_RDWR), number)


def nobody_reads() -> None:
    """The program behind the pipe has ended."""
    read, write = os.pipe()
    os.dup2(write, 1)
    os.close(read)
    os.close(write)


def encoded(encoding: str) -> Befall:
    """A terminal of another country, or of another time."""

    def befall() -> None:
        for stream in (sys.stdout, sys.stderr):
            stream.reconfigure(encoding=encoding)

    return befall


def current_folder_deleted() -> None:
    """Somebody deleted the folder in which the command was typed."""
    folder = Path(os.environ["TMPDIR"], "deleted")
    folder.mkdir()
    os.chdir(folder)
    folder.rmdir()
