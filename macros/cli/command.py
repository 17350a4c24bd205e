"""What every command of `playbook` has: examples in its help, a playbook to act on, and errors shown in one way.

Takes what a person typed. Raises click's exceptions, which end the command with a message and an exit code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import click

from macros.cli.terminal import styled
from macros.files.layout import DATA
from macros.files.lock import hold
from macros.files.transaction import LOCK_TIMEOUT
from macros.problems.problem import printable, problems_as_text
from macros.problems.user_error import InvalidArgument, InvalidPlaybook, UserError

Example = tuple[str, str]
"""What to type, and what it does."""

_MAYBE_TEXT = re.compile(r"-[^-]|-.*\s")
_HOW_TO_WRITE_TEXT = "If that is the beginning of a text and no option, write the text last, after two hyphens and a space: -- '- a text'"


class Command(click.Command):
    """A command whose help ends in examples that work as they are typed.

    It acts on a playbook. If there is none, it says how to name one. A command with `anywhere` needs no playbook. One that `changes` it
    has it for itself from the first file that it reads to the last that it writes; others share it, except one that is `slow`.
    """

    def __init__(
        self,
        *arguments: Any,
        examples: tuple[Example, ...] = (),
        anywhere: bool = False,
        changes: bool = False,
        slow: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        self.examples = examples
        self.anywhere = anywhere
        self.changes = changes
        self.slow = slow

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's own
        """The examples, last in the help."""
        write_examples(formatter, "Examples", self.examples)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """What was typed. A text that begins with a hyphen is taken for an option; the error says how to write it as a text."""
        typed = [*args]
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            takes_text = any(isinstance(each, click.Argument) for each in self.params)
            if error.possibilities or not takes_text or not any(map(_MAYBE_TEXT.match, typed)):
                raise
            raise click.UsageError(f"{error.format_message()}\n{_HOW_TO_WRITE_TEXT}", ctx) from None

    def invoke(self, ctx: click.Context) -> Any:
        """Runs it on the playbook that `-C` or the current folder names."""
        if ctx.obj is None and not self.anywhere:
            folder = ctx.parent.params["folder"].resolve()
            raise click.UsageError(f"there is no {DATA}/ in {folder} or above it; name the folder with -C")
        with errors_shown(ctx), self._held(ctx.obj):
            return super().invoke(ctx)

    def _held(self, root: Path | None) -> AbstractContextManager[None]:
        return nullcontext() if root is None or self.slow else hold(root / DATA, seconds=LOCK_TIMEOUT, shared=not self.changes)


@contextmanager
def errors_shown(ctx: click.Context) -> Iterator[None]:
    """Ends the command with the words of the UserError that is raised inside: the one place where they are shown."""
    try:
        yield
    except InvalidPlaybook as error:
        raise click.ClickException(f"{error.message}\n{problems_as_text(error.problems, style=styled)}") from None
    except InvalidArgument as error:
        raise click.UsageError(_printable_lines(error), ctx) from None
    except UserError as error:
        raise click.ClickException(_printable_lines(error)) from None


def _printable_lines(error: UserError) -> str:
    return "\n".join(map(printable, str(error).rstrip("\n").split("\n")))


def format_option(forms: Iterable[str], what: str) -> Callable[[Any], Any]:
    """The option `--format`, which is handed to a command as `form`."""
    forms = tuple(forms)
    help = f"How {what} is shown: {', '.join(forms[:-1])} or {forms[-1]}."
    return click.option("--format", "form", metavar="FORMAT", type=click.Choice(forms), default=forms[0], show_default=True, help=help)


def write_examples(formatter: click.HelpFormatter, heading: str, examples: Iterable[Example]) -> None:
    """What to type, on a line of its own so that it can be copied, and below it what that does."""
    with formatter.section(heading):
        for typed, does in examples:
            formatter.write(f"{'':{formatter.current_indent}}{typed}\n")
            with formatter.indentation(), formatter.indentation():
                formatter.write_text(does)
