"""`playbook release`: the playbook as it is, written down for good."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from macros.authoring.release import prepare_release, release_as_text
from macros.cli.command import Command
from macros.cli.loading import load
from macros.cli.parameters import Day
from macros.files.layout import RELEASES
from macros.files.transaction import make_changes, make_folder

EXAMPLES = (
    ("playbook release 1.1.0", "Record what the playbook says now as release 1.1.0."),
    ('playbook release 1.1.0 --why "New cases from health"', "The same, with a sentence for readers on why."),
    ("playbook release 2.0.0 --dry-run", "Only say what would be recorded, and whether the number is large enough."),
)


@click.command("release", cls=Command, examples=EXAMPLES)
@click.argument("version", metavar="VERSION")
@click.option("--why", metavar="TEXT", default="", help="Why it is made, in one sentence for readers.")
@click.option("--on", metavar="DATE", type=Day(), help="The day of the release, such as 2026-11-20.  [default: today]")
@click.option("--dry-run", is_flag=True, help="Write nothing, and show what would be written.")
@click.pass_obj
def command(root: Path, version: str, why: str, on: datetime.date | None, dry_run: bool) -> None:
    """Record the playbook as it is now as the release VERSION.

    From then on every address and anchor in it is a promise: the check fails when one leads nowhere. Readers find the
    release on the page on changes, in the histories of the entries and in the feed.

    VERSION is three numbers. The last one goes up where only words changed. The middle one goes up where something is
    new. The first goes up where an entry was withdrawn or a section is gone. A number that is too small is refused,
    with what asks for a larger one.

    Everything must be committed before, so that the release can be found again. All files are written, or none is.

    Ends with 0 where the release is recorded, 1 where it is refused, 2 where the command was used wrongly.
    """
    playbook = load(root)
    plan = prepare_release(root, playbook, version, on=on or datetime.datetime.now().astimezone().date(), why=why)
    if not dry_run:
        make_folder(root, RELEASES)
        make_changes(root, plan.changes)
    click.echo(release_as_text(playbook, plan, version, dry_run=dry_run))
