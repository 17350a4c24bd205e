"""`playbook list`: the entries, or those of one kind."""

from __future__ import annotations

import json
from pathlib import Path

import click

from macros.cli.command import Command
from macros.cli.loading import load
from macros.cli.parameters import KindName

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
    if as_json:
        rows = [{"id": e.id, "kind": e.kind.folder, "title": e.title, "status": e.status, "file": e.file} for e in entries]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for folder in dict.fromkeys(entry.kind.folder for entry in entries):
        click.secho(folder, bold=True)
        for entry in (e for e in entries if e.kind.folder == folder):
            status = "" if entry.status == "current" else f"({entry.status}) "
            click.echo(f"  {entry.id:34} {status}{entry.title}")
