"""One change at a time.

Holds a folder for this process alone. Raises Busy if another process holds it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from macros.problems.user_error import UserError

try:
    import fcntl
except ImportError:  # Windows: there, two commands at once keep apart by the folder's name alone
    fcntl = None

_WAIT = 0.02
"""Seconds between two tries."""
BUSY = "another change is under way in this playbook; wait until it is done, then try again"


class Busy(UserError):
    """Another process holds the folder."""


@contextmanager
def hold(folder: Path, *, seconds: float) -> Iterator[None]:
    """Hold `folder` against other commands; wait for them up to `seconds`. The system lets go when this process ends, however it ends.

    Raises: Busy.
    """
    if fcntl is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        _take(handle, until=time.monotonic() + seconds)
        yield
    finally:
        os.close(handle)


def _take(handle: int, *, until: float) -> None:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                raise Busy(BUSY) from None
            time.sleep(_WAIT)
        except OSError:
            return  # a disk that knows no such lock, such as some network disks
        else:
            return
