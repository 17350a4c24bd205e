"""The command line: finds the playbook, then hands over to one of the modules in `commands/`.

Exit codes: 0 fine, 1 the playbook has problems or no such entry, 2 the command was used wrongly.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import click

from macros.files import find_root

COMMANDS = ("check", "list", "show", "export")
"""Each is the module of that name in `commands/`, read when it is asked for: a check need not wait for what an export needs."""


class _Commands(click.Group):
    """The commands in the order of COMMANDS."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's own
        return import_module(f"macros.commands.{cmd_name}").command if cmd_name in COMMANDS else None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("-C", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".", help="Act on the playbook in this folder.")
@click.pass_context
def main(context: click.Context, folder: Path) -> None:
    """Check and read an approach playbook.

    Acts on the playbook of the current folder, or of its nearest parent that holds playbook_data/.
    """
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # a terminal that lacks a character shows a question mark
    root = find_root(folder)
    if root is None:
        raise click.UsageError(f"there is no playbook_data/ in {folder.resolve()} or above it; name the folder with -C")
    context.obj = root
