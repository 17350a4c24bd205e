"""Errors that a person can put right.

Takes the words of the error. Returns exceptions that every entry point shows in the same way: no command catches them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from macros.problems.problem import Problem, problems_as_text, sort_problems


class UserError(Exception):
    """What was asked for cannot be done: why, and what to do instead. The exit code is 1.

    `help` is a line of its own. A short remedy may be part of `message`, after a semicolon.
    """

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__("\n".join(filter(None, (message, help))))
        self.message = message
        self.help = help


class InvalidArgument(UserError):
    """What was typed names nothing or cannot be used. The exit code is 2, and the usage of the command is shown."""


class InvalidPlaybook(UserError):
    """Files have problems, so nothing is made from them. `message` is the line above the list of `problems`."""

    def __init__(self, problems: Iterable[Problem], message: str = "the playbook has problems") -> None:
        self.problems = sort_problems(problems)
        super().__init__(message, problems_as_text(self.problems))


@contextmanager
def with_outcome(outcome: str) -> Iterator[None]:
    """Adds an outcome such as `nothing is recorded` to the remedy of each UserError that is raised inside.

    Raises: UserError.
    """
    try:
        yield
    except InvalidPlaybook:
        raise
    except UserError as error:
        raise UserError(error.message, f"{error.help or 'try again'}; {outcome}") from None
