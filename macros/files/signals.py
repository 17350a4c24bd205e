"""Ctrl-C and requests to end: they end the process in order, and never in the middle of a change.

Only the main thread ever gets signals; elsewhere, both functions do nothing.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

HELD_BACK = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
SIGNALLED = 128
"""What a shell adds to the number of the signal that ended a command: the exit code after Ctrl-C is 130."""
_AT_THE_START = (signal.SIG_DFL, signal.default_int_handler)


@contextmanager
def signals_wait() -> Iterator[None]:
    """Ctrl-C and a polite request to end take effect afterwards."""
    if not _in_main_thread():
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


def end_on_signals() -> None:
    """From now on, a request to end takes the way of any other end, so that what was begun beside the files is swept up.

    A request that whoever started the process has it ignore, as `nohup` does, stays ignored.
    """
    for number in HELD_BACK if _in_main_thread() else ():
        if signal.getsignal(number) in _AT_THE_START:
            signal.signal(number, _end)


def end_at_once_on_signals() -> None:
    """From now on there is nothing left to sweep up, so a request to end needs no words of Python about what it interrupts."""
    for number in HELD_BACK if _in_main_thread() else ():
        if signal.getsignal(number) is _end:
            signal.signal(number, signal.SIG_DFL)


def _end(number: int, _: object) -> None:
    raise SystemExit(SIGNALLED + number)


def _in_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()
