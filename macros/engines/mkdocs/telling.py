"""Says on the terminal what stands in the way of a build, and ends it: MkDocs then adds nothing."""

from __future__ import annotations

from typing import NoReturn

import click
from mkdocs.exceptions import Abort, MkDocsException

from macros.engines.mkdocs.own_hooks import fault_in_hook
from macros.engines.mkdocs.templates import fault_in_template
from macros.problems.machine_error import error_in_words, shows_traceback
from macros.problems.problem import Problem, printable, problems_as_text
from macros.problems.user_error import InvalidPlaybook

LEFT = "The site was left as it was."
_NEW = "the new site"


def stop(problems: tuple[Problem, ...]) -> NoReturn:
    """Shows the problems. Raises: Abort."""
    click.echo(problems_as_text(problems), err=True)
    raise Abort(LEFT)


def stop_saying(message: str) -> NoReturn:
    """Shows a message of one or several lines. Raises: Abort."""
    click.echo("\n".join(map(printable, f"Error: {message}".split("\n"))), err=True)
    raise Abort(LEFT) from None


def tell(found: tuple[Problem, ...]) -> None:
    """Shows what was found. A preview goes on with what lacks something between entries, so that an author sees an entry before others link to it.

    Raises: Abort, if an error is among it.
    """
    if any(problem.severity == "error" for problem in found):
        stop(found)
    if found:
        click.echo(problems_as_text(found), err=True)


def tell_error(error: Exception, *, is_preview: bool) -> None:
    """Says in a line what a template, a hook or the machine refused. A preview shows whoever edits these where they fail.

    Raises: Abort, unless MkDocs itself should tell the error.
    """
    if isinstance(error, InvalidPlaybook):
        stop(error.problems)
    if isinstance(error, MkDocsException) or shows_traceback() or is_preview:
        return
    if fault := fault_in_template(error) or fault_in_hook(error):
        stop((fault,))
    told = error_in_words(error, writing=_NEW)
    stop_saying(f"{told.message}\n{told.help}")


def refused(error: OSError) -> str:
    """Returns in one line what the machine refused a preview."""
    return f"Error: {printable(error_in_words(error, writing=_NEW).message)}. The preview was left as it was."
