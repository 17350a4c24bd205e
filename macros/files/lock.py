"""One change at a time, and none while somebody reads.

Holds a folder, for this process alone or with others that read it. Raises Busy if another process does so for too long.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from macros.problems.user_error import UserError

try:
    import fcntl
except ImportError:  # Windows: there, two commands at once keep apart by the folder's name alone
    fcntl = None

_WAIT = 0.02
"""Seconds between two tries."""
BUSY = "another change is under way in this playbook; wait until it is done, then try again"


FolderName = tuple[int, int]
"""A folder as the system names it: by its disk and its number there."""
_held: set[FolderName] = set()
"""The folders that this process holds alone."""


class Busy(UserError):
    """Another process holds the folder."""


@contextmanager
def hold(folder: Path, *, seconds: float, shared: bool = False) -> Iterator[None]:
    """Hold `folder` against other commands; wait for them up to `seconds`. The system lets go when this process ends, however it ends.

    If `shared`, others may hold it so too: they read, and nobody writes meanwhile. Whoever holds it alone may do so again inside. A folder
    that cannot be opened is not held, because whoever reads it says so better.

    Raises: Busy.
    """
    handle = _opened(folder)
    if handle is None:
        yield
        return
    try:
        name = _name_of(handle)
        if name not in _held:
            _take(handle, fcntl.LOCK_SH if shared else fcntl.LOCK_EX, until=time.monotonic() + seconds)
        with nullcontext() if shared else _noted(name):
            yield
    finally:
        os.close(handle)


def _opened(folder: Path) -> int | None:
    try:
        return os.open(folder, os.O_RDONLY) if fcntl else None
    except OSError:
        return None


def _name_of(handle: int) -> FolderName:
    status = os.fstat(handle)
    return status.st_dev, status.st_ino


@contextmanager
def _noted(name: FolderName) -> Iterator[None]:
    if name in _held:
        yield
        return
    _held.add(name)
    try:
        yield
    finally:
        _held.discard(name)


def _take(handle: int, way: int, *, until: float) -> None:
    while True:
        try:
            fcntl.flock(handle, way | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                raise Busy(BUSY) from None
            time.sleep(_WAIT)
        except OSError:
            return  # a disk that knows no such lock, such as some network disks
        else:
            return
