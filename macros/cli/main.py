"""The command line: finds the playbook, then runs one of the commands in `commands/`.

Exit codes: 0 fine, 1 the playbook has problems, there is no such entry or the machine refused, 2 the command was used wrongly;
130 after Ctrl-C, 141 where nobody reads on, as after any such signal.
"""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from macros.cli.command import Example, errors_shown, write_examples
from macros.cli.streams import failures_shown
from macros.cli.terminal import colour_wanted
from macros.files.layout import find_root
from macros.files.transaction import finish_change
from macros.problems.closest import did_you_mean
from macros.problems.problem import printable

COMMANDS = ("new", "rename", "check", "list", "show", "diff", "review", "release", "export", "pages", "finish", "verify-links", "outside-links",
            "sync", "schema", "completion")  # fmt: skip
"""Each is the module of that name in `commands/` (with `_` for `-`), read when it is asked for: a check need not wait for what an export needs."""

FIRST_STEPS: tuple[Example, ...] = (
    ("playbook list", "See what there is."),
    ("playbook show data-sharing", "Read one entry, and see what names it."),
    ('playbook new term "Joint plan"', "Begin an entry: a file that says what to write where."),
    ("playbook check", "See what is wrong, and what to write instead."),
    ("playbook check --help", "Learn more about a command."),
)


class _Commands(click.Group):
    """The commands in the order of COMMANDS."""

    def main(self, *arguments: Any, **options: Any) -> Any:
        """Runs a command; a terminal that lacks a character shows a question mark."""
        for stream in (sys.stdout, sys.stderr):
            stream.reconfigure(errors="replace")
        gc.disable()  # a command ends before it has made garbage worth looking for, and reading ten thousand files goes a fifth faster
        try:
            with failures_shown():  # of what click itself prints
                return super().main(*arguments, **options)
        finally:
            gc.enable()

    def make_context(self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any) -> click.Context:
        """Colour is decided before anything is printed, also help."""
        with failures_shown():
            return super().make_context(info_name, args, parent, **{"color": colour_wanted(), **extra})

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command that was typed."""
        with failures_shown():
            return super().invoke(ctx)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was typed first. If there is no such command, the error suggests the closest one."""
        typed = args[0]
        if typed not in COMMANDS and not typed.startswith("-") and not ctx.resilient_parsing:
            guess = did_you_mean(typed, COMMANDS, f"the commands are {', '.join(COMMANDS)}")
            ctx.fail(f"there is no command '{printable(typed)}'; {guess}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Each command with its first sentence, whole."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, self.get_command(ctx, name).get_short_help_str(limit=200)) for name in COMMANDS])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's own
        """What to do first."""
        write_examples(formatter, "Begin with", FIRST_STEPS)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's own
        return import_module(f"macros.cli.commands.{cmd_name.replace('-', '_')}").command if cmd_name in COMMANDS else None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-C",
    "folder",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="Act on the playbook in the folder DIR, or in the nearest one above it.",
)
@click.pass_context
def main(context: click.Context, folder: Path) -> None:
    """Read, check and mend an approach playbook.

    Acts on the playbook of the current folder, or of its nearest parent that holds playbook_data/.
    """
    context.obj = _root_above(folder)
    if context.obj:
        with errors_shown(context):
            files = finish_change(context.obj)  # before anything is read: a change that was stopped halfway
        if files:
            click.echo(f"finished an interrupted change; files put in place: {files}", err=True)


def _root_above(folder: Path) -> Path | None:
    try:
        return find_root(folder)
    except FileNotFoundError:
        raise click.UsageError("the current folder was deleted; go to another one with cd") from None
