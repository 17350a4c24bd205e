"""What becomes of a command when its streams or the machine fail.

Takes whatever is raised. Shows it in one line, and ends the process with a code that says how it went.
"""

from __future__ import annotations

import signal
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import click

from macros.files.signals import SIGNALLED
from macros.files.streams import take_no_more
from macros.problems.machine_error import error_in_words, shows_traceback
from macros.problems.problem import printable
from macros.problems.user_error import UserError

READER_GONE = SIGNALLED + getattr(signal, "SIGPIPE", 13)
"""The exit code where nobody reads on, as in `playbook list | head -1`: that of programs which such a signal ends."""


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
        take_no_more(sys.stdout)
        raise SystemExit(READER_GONE) from None
    except Exception as error:
        if shows_traceback():
            traceback.print_exc()
        take_no_more(sys.stdout)
        _tell(error_in_words(error))
        raise SystemExit(1) from error


def _tell(error: UserError) -> None:
    try:
        click.echo("\n".join(map(printable, f"Error: {error}".split("\n"))), err=True)
    except OSError:
        take_no_more(sys.stderr)
