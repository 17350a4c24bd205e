"""The three streams of a process, where one of them is closed or fails."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TextIO

_STREAMS = (("stdin", "r"), ("stdout", "w"), ("stderr", "w"))
_ERRORS = 2


def open_closed_streams() -> None:
    """A stream that was closed before the program began is empty, or takes nothing: no file that is opened later gets its number."""
    for number, (name, mode) in enumerate(_STREAMS):
        if getattr(sys, name) is None:
            _open_nothing(number)
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115 - it has no path, and stays open


def _open_nothing(number: int) -> None:
    """Reading from it gives nothing. Writing to it is refused, but for errors, which nobody can be told of."""
    handle = os.open(os.devnull, os.O_WRONLY if number == _ERRORS else os.O_RDONLY)
    if handle != number:
        os.dup2(handle, number)
        os.close(handle)


def take_no_more(stream: TextIO) -> None:
    """Whatever is left to write is dropped: Python would try again at the end, and say so."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
