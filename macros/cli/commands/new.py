"""`playbook new`: the file of a new entry, to be filled in."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import click

from macros.authoring.add_entry import plan_new_entry
from macros.cli.command import Command
from macros.cli.loading import from_here
from macros.cli.parameters import KindName
from macros.files.layout import DATA
from macros.files.transaction import make_changes, make_folder

EXAMPLES = (
    ('playbook new barrier "Partners use different words"', "Write playbook_data/barriers/partners-use-different-words.yml."),
    ('playbook new source "Annual report 2025" --id annual-report', "Choose the id yourself, because it stays in the address for good."),
)


@click.command("new", cls=Command, examples=EXAMPLES, changes=True)
@click.argument("kind", type=KindName())
@click.argument("title")
@click.option("--id", "id", metavar="ID", help="The entry's id; without it, the id is made from the title.")
@click.pass_context
def command(context: click.Context, kind: str, title: str, id: str | None) -> None:
    """Write a file for a new entry of a KIND, ready to be filled in.

    Use it to begin an entry. The file has every field that the kind needs, each with a comment that says what it is for.
    Replace each TODO with your text; `playbook check` reports every TODO until none is left.

    TITLE is three to nine words in quotes. You may change the title later, but never the id.
    """
    root: Path = context.obj
    entry = plan_new_entry(root, kind, title, id)
    make_folder(root, f"{DATA}/{kind}")  # for the first entry of a kind
    make_changes(root, entry.changes)
    click.echo(from_here(root / entry.path))
    click.echo(f"Open it and write over each TODO. Then type: {_check_of(root / entry.path, context)}", err=True)


def _check_of(file: Path, context: click.Context) -> str:
    """The command that checks the file, as it is typed in the same folder."""
    folder: Path = context.find_root().params["folder"]
    named = [] if folder == Path() else ["-C", str(folder)]
    return shlex.join(["playbook", *named, "check", os.path.relpath(file, folder.resolve())])
