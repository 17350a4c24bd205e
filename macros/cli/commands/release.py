"""`playbook release`: the playbook as it is, written down for good."""

from __future__ import annotations

import datetime
import shlex
from pathlib import Path

import click

from macros.authoring.release import prepare_release, release_as_text
from macros.cli.command import Command
from macros.cli.loading import from_folder, from_here, load
from macros.cli.parameters import Day
from macros.files.layout import RELEASES
from macros.files.transaction import make_changes, make_folder

EXAMPLES = (
    ("playbook release 1.1.0", "Record the current state of the playbook as release 1.1.0."),
    ('playbook release 1.1.0 --why "New cases from health"', "The same, with a sentence that tells readers why."),
    ("playbook release 2.0.0 --dry-run", "Only show what would be recorded, and whether the number is large enough."),
    ("playbook release 1.1.0 --site site", "Make it from the site that `make site` has just built, which saves the time to build it again."),
)


@click.command("release", cls=Command, examples=EXAMPLES, changes=True)
@click.argument("version", metavar="VERSION")
@click.option("--why", metavar="TEXT", default="", help="The reason for the release, in one sentence for readers.")
@click.option("--on", metavar="DATE", type=Day(), help="The day of the release, such as 2026-11-20.  [default: today]")
@click.option(
    "--site",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder of the site, if it was built from these very files.  [default: it is built]",
)
@click.option("--dry-run", is_flag=True, help="Write nothing, and show what would be written.")
@click.pass_context
def command(context: click.Context, version: str, why: str, on: datetime.date | None, site: Path | None, dry_run: bool) -> None:
    """Record the current state of the playbook as the release VERSION.

    From then on, every address and anchor in the release is a promise, and the check fails if one leads nowhere. Readers
    find the release on the page of changes, in the history of each entry and in the feed.

    VERSION is three numbers. The last goes up if only words changed, the middle one if something is new, and the first
    if an entry was withdrawn or a section is gone. A number that is too small is refused, together with the reason.

    Commit everything first, so that the release can be found again. The command builds the site as `make site` does, and
    promises what the finished pages offer: what cannot be built is never recorded. Either all files are written or none is.

    The exit code is 0 if the release is recorded, 1 if it is refused, and 2 if the command was used wrongly.
    """
    root: Path = context.obj
    playbook = load(root)
    plan = prepare_release(root, playbook, version, on=on, why=why, site=from_folder(context, site) if site else None)
    if not dry_run:
        make_folder(root, RELEASES)
        make_changes(root, plan.changes)
    way = "" if from_here(root) == "." else f"cd {shlex.quote(from_here(root))} && "
    click.echo(release_as_text(plan, version, dry_run=dry_run, way=way))
