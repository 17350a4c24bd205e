"""The three streams of a process, and what becomes of a command when they or the machine fail.

Takes whatever is raised. Shows it in one line, and ends the process with a code that says how it went.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

import click

from macros.files.signals import SIGNALLED
from macros.problems.machine_error import error_in_words, shows_traceback
from macros.problems.problem import printable
from macros.problems.user_error import UserError

READER_GONE = SIGNALLED + getattr(signal, "SIGPIPE", 13)
"""The exit code where nobody reads on, as in `playbook list | head -1`: that of programs which such a signal ends."""
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


@contextmanager
def failures_shown() -> Iterator[None]:
    """Ends the process with a line that says what the machine refused, or that the program has a fault; quietly where nobody reads on.

    What click makes of an error passes through.
    """
    try:
        yield
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except BrokenPipeError:
        _drop(sys.stdout)
        raise SystemExit(READER_GONE) from None
    except Exception as error:
        if shows_traceback():
            traceback.print_exc()
        _drop(sys.stdout)
        _tell(error_in_words(error))
        raise SystemExit(1) from error


def _tell(error: UserError) -> None:
    try:
        click.echo("\n".join(map(printable, f"Error: {error}".split("\n"))), err=True)
    except OSError:
        _drop(sys.stderr)


def _drop(stream: TextIO) -> None:
    """Python would try again to write what is left, and say so."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
