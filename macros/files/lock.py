"""One change at a time, and no end of the process in the middle of one.

Holds a folder for this process alone. Raises Busy if another process holds it.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from macros.problems.user_error import UserError

try:
    import fcntl
except ImportError:  # Windows: there, two commands at once keep apart by the folder's name alone
    fcntl = None

HELD_BACK = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
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


@contextmanager
def signals_wait() -> Iterator[None]:
    """Ctrl-C and a polite request to end take effect afterwards. Only the main thread ever gets them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = {number: signal.signal(number, lambda number, _: came.append(number)) for number in HELD_BACK}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
        for number in dict.fromkeys(came):
            signal.raise_signal(number)
