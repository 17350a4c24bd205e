"""`playbook rename`: a new id for an entry, in its file and wherever it is named."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from macros.authoring.rename.prepare import prepare_renaming
from macros.authoring.rename.report import renaming_as_diff, renaming_as_text
from macros.cli.command import Command
from macros.cli.loading import load
from macros.cli.parameters import EntryIdType
from macros.cli.terminal import watched
from macros.files.transaction import make_changes

EXAMPLES = (
    ("playbook rename data-sharing sharing-data", "Rename the barrier's file, and update everything that names the barrier."),
    ("playbook rename data-sharing sharing-data --dry-run", "Only show what would change, as a diff."),
)
_STYLES = {"file": {"bold": True}, "added": {"fg": "green"}, "removed": {"fg": "red"}, "place": {"fg": "cyan"}}


@click.command("rename", cls=Command, examples=EXAMPLES, changes=True)
@click.argument("old", type=EntryIdType())
@click.argument("new")
@click.option("--dry-run", is_flag=True, help="Change nothing, and show what would change.")
@click.pass_obj
def command(root: Path, old: str, new: str, dry_run: bool) -> None:
    """Give the entry OLD the id NEW.

    Moves the file, and updates every relation, link and macro that names the entry, without touching comments or layout.
    OLD is kept under `formerly`, so links to the old address lead to the entry, and no other entry can take that id.
    Places in code and in ordinary text are left as they are, and listed.

    Either all files change or none does, even if the command is interrupted.
    """
    plan = prepare_renaming(root, load(root), old, new, watch=watched)
    if dry_run:
        click.echo(renaming_as_diff(plan, style=_styled), nl=False)
    else:
        make_changes(root, plan.changes, watch=partial(watched, doing="Writing"))
    click.echo(renaming_as_text(plan, old, new, dry_run=dry_run), err=dry_run)


def _styled(part: str, text: str) -> str:
    return click.style(text, **_STYLES.get(part, {}))
