"""`playbook show`: one entry, with its relations both ways."""

from __future__ import annotations

from pathlib import Path

import click

from macros.authoring.entry_report import entry_as_json, entry_as_text
from macros.cli.command import Command
from macros.cli.loading import entry_called, load
from macros.cli.parameters import EntryIdType
from macros.cli.terminal import styled

EXAMPLES = (
    ("playbook show data-sharing", "What the entry says, and which entries name it."),
    ("playbook show data-sharing --json", "The same, in a form for programs."),
)


@click.command("show", cls=Command, examples=EXAMPLES)
@click.argument("id", type=EntryIdType())
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
@click.pass_obj
def command(root: Path, id: str, as_json: bool) -> None:
    """Show the entry ID, with its relations in both directions.

    Use it before you change an entry, to see which other entries name it.
    """
    playbook = load(root)
    entry = entry_called(playbook, id)
    click.echo(entry_as_json(playbook, entry) if as_json else entry_as_text(playbook, entry, style=styled))
