"""`playbook review`: what is due for a look, and the record of a look."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from macros.authoring.review import ReviewRecord, record_reviews, recorded_text
from macros.authoring.review_report import FORMATS, report_reviews
from macros.cli.command import Command
from macros.cli.loading import entry_called, load
from macros.cli.parameters import Day, EntryId
from macros.files.transaction import make_changes
from macros.playbook.checks.rules import GOOD_OUTCOME
from macros.playbook.review_dates import last_day_of

SOON = "30d"
EXAMPLES = (
    ("playbook review", "What is due in the next 30 days, and what nobody has looked at yet."),
    ("playbook review --within 3m --format markdown", "What is due in the next three months, for an issue."),
    (f'playbook review data-sharing --by delivery-team --outcome "{GOOD_OUTCOME}"', "Record that the delivery team looked at an entry today."),
)


class _Duration(click.ParamType):
    name = "time"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """A stretch of time as a person types it; how long it is depends on the day on which it begins."""
        try:
            last_day_of(value, datetime.date(2000, 1, 1))
        except ValueError:
            self.fail(f"'{value}' is no stretch of time; write 30d, 6w or 3m for days, weeks or months", param, ctx)
        return value


@click.command("review", cls=Command, examples=EXAMPLES)
@click.argument("ids", nargs=-1, metavar="[ID]...", type=EntryId())
@click.option("--within", metavar="TIME", type=_Duration(), help=f"How far to look ahead: 30d, 6w or 3m is days, weeks or months.  [default: {SOON}]")
@click.option(
    "--format", "form", metavar="FORMAT", type=click.Choice(tuple(FORMATS)), help=f"How the list is shown: {' or '.join(FORMATS)}.  [default: text]"
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
@click.option("--by", metavar="ROLE", help="Who looked: the id of a role.")
@click.option("--outcome", metavar="TEXT", help="What was looked at, and what came of it.")
@click.option("--on", metavar="DATE", type=Day(), help="The day of the look, such as 2026-11-20.  [default: today]")
@click.option("--today", metavar="DATE", type=Day(), help="Act as if it were this day.")
@click.pass_obj
def command(  # noqa: PLR0913, PLR0917 - click passes each option by its name
    root: Path,
    ids: tuple[str, ...],
    within: str | None,
    form: str | None,
    as_json: bool,
    by: str | None,
    outcome: str | None,
    on: datetime.date | None,
    today: datetime.date | None,
) -> None:
    """List the entries that are due for a look; with an ID, record that somebody looked.

    How often entries are looked at, and by which role, is in playbook_data/playbook.yml. A day that has passed breaks
    nothing: the check goes on and the site is built. The list also has suspect links: entries that name one which has
    changed in meaning since they were reviewed.

    Record a look also where nothing had to change, so that readers see when somebody last made sure. Several IDs get
    the same record. If one of them cannot have it, none is written.

    Ends with 0 where the list was shown or the look is recorded, however much is overdue.
    """
    today = today or datetime.datetime.now().astimezone().date()
    if not ids:
        _refuse_if(any((by, outcome, on)), "name the entries that were looked at: playbook review ID --by ROLE --outcome TEXT")
        click.echo(FORMATS["json" if as_json else form or "text"](report_reviews(load(root), today=today, until=last_day_of(within or SOON, today))))
        return
    _refuse_if(any((within, form, as_json)), "--within, --format and --json belong to the list of what is due; leave them or the IDs out")
    _refuse_if(by is None or outcome is None, "a look has --by ROLE, who looked, and --outcome TEXT, what came of it")
    _record(root, ids, ReviewRecord(on or today, by, outcome), today)


def _record(root: Path, ids: tuple[str, ...], review: ReviewRecord, today: datetime.date) -> None:
    playbook = load(root)
    entries = [entry_called(playbook, id) for id in dict.fromkeys(ids)]
    make_changes(root, record_reviews(root, playbook, entries, review, today=today))
    for entry in entries:
        click.echo(recorded_text(playbook, entry, review))


def _refuse_if(wrong: bool, message: str) -> None:
    if wrong:
        raise click.UsageError(message)
