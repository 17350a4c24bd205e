"""`playbook review`: what is due for review, and the record of a review."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from macros.authoring.review import ReviewRecord, record_reviews, recorded_text
from macros.authoring.review_report import FORMATS, report_reviews
from macros.cli.command import Command
from macros.cli.loading import entry_called, load
from macros.cli.parameters import Day, EntryIdType
from macros.files.transaction import make_changes
from macros.playbook.checks.rules import GOOD_OUTCOME
from macros.playbook.review_dates import last_day_of, today_anywhere

SOON = "30d"
EXAMPLES = (
    ("playbook review", "What is due in the next 30 days, and what has never been reviewed."),
    ("playbook review --within 3m --format markdown", "What is due in the next three months, as the text of an issue."),
    (f'playbook review data-sharing --by delivery-team --outcome "{GOOD_OUTCOME}"', "Record that the delivery team reviewed an entry today."),
)


class _Duration(click.ParamType):
    name = "time"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """A length of time as a person types it. How many days it has depends on the day on which it begins."""
        try:
            last_day_of(value, datetime.date(2000, 1, 1))
        except ValueError:
            self.fail(f"'{value}' is not a length of time; write 30d, 6w or 3m for days, weeks or months", param, ctx)
        return value


@click.command("review", cls=Command, examples=EXAMPLES, changes=True)
@click.argument("ids", nargs=-1, metavar="[ID]...", type=EntryIdType())
@click.option(
    "--within", metavar="TIME", type=_Duration(), help=f"How far to look ahead, in days, weeks or months: 30d, 6w or 3m.  [default: {SOON}]"
)
@click.option(
    "--format",
    "form",
    metavar="FORMAT",
    type=click.Choice(tuple(FORMATS)),
    help=f"How the list is shown: {', '.join([*FORMATS][:-1])} or {[*FORMATS][-1]}.  [default: text]",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
@click.option("--by", metavar="ROLE", help="The role that reviewed it, by its id; without it, the editors of the playbook did.")
@click.option("--outcome", metavar="TEXT", help="What was reviewed, and what came of it.")
@click.option("--on", metavar="DATE", type=Day(), help="The day of the review, such as 2026-11-20.  [default: today]")
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
    """List the entries that are due for review or, with an ID, record a review.

    How often entries are reviewed, and by which role, is set in playbook_data/playbook.yml. An overdue review stops
    neither the check nor the build. The list also shows suspect links: entries that name another one whose meaning has
    changed since they were reviewed.

    Record a review even if nothing had to change, so that readers see when somebody last made sure. Several IDs get
    the same record. If it does not fit one of them, nothing is written.

    The exit code is 0 if the list was shown or the review was recorded, however much is overdue.
    """
    last_day = today or today_anywhere()
    today = today or datetime.datetime.now().astimezone().date()
    if not ids:
        _refuse_if(any((by, outcome, on)), "name the entries that were looked at: playbook review ID --by ROLE --outcome TEXT")
        click.echo(
            FORMATS["json" if as_json else form or "text"](
                report_reviews(load(root), today=today, until=last_day_of(within or SOON, today), last_day=last_day)
            )
        )
        return
    _refuse_if(any((within, form, as_json)), "--within, --format and --json apply only to the list; leave them out, or leave out the IDs")
    _refuse_if(outcome is None, "to record a review, give --outcome TEXT, and --by ROLE unless the editors did it")
    _record(root, ids, ReviewRecord(on or today, by, outcome), last_day)


def _record(root: Path, ids: tuple[str, ...], review: ReviewRecord, last_day: datetime.date) -> None:
    playbook = load(root)
    entries = [entry_called(playbook, id) for id in dict.fromkeys(ids)]
    make_changes(root, record_reviews(root, playbook, entries, review, last_day=last_day))
    for entry in entries:
        click.echo(recorded_text(playbook, entry, review))


def _refuse_if(wrong: bool, message: str) -> None:
    if wrong:
        raise click.UsageError(message)
