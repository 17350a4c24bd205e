"""`playbook list`: the entries, or those of one kind."""

from __future__ import annotations

from pathlib import Path

import click

from macros.authoring.entry_report import entries_as_json, entries_as_text
from macros.cli.command import Command
from macros.cli.loading import load
from macros.cli.parameters import KindName
from macros.cli.terminal import styled

EXAMPLES = (
    ("playbook list", "Every entry, grouped by kind."),
    ("playbook list roles", "All roles, for instance to find an id."),
    ("playbook list barriers --json", "All barriers, in a form for programs."),
)


@click.command("list", cls=Command, examples=EXAMPLES)
@click.argument("kind", type=KindName(), required=False, metavar="[KIND]")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
@click.pass_obj
def command(root: Path, kind: str | None, as_json: bool) -> None:
    """List all entries, or those of one KIND.

    Use it to find an id. Each line shows an entry's id, its status if it is a draft or withdrawn, and its title.
    """
    entries = [entry for entry in load(root).entries.values() if kind in (None, entry.kind.folder)]
    click.echo(entries_as_json(entries) if as_json else "\n".join(entries_as_text(entries, style=styled)))
