"""What reviewers should look at, as text, as Markdown for a standing issue and as JSON.

Takes entries that are due, and links that have become suspect. Returns text in which everything from the data is escaped.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal

from macros.playbook.playbook import Playbook
from macros.playbook.review_dates import DueReview, Urgency, due, is_looked_after
from macros.problems.problem import printable
from macros.releases.diff.suspects import suspects
from macros.schema.entry import Entry
from macros.schema.settings import Settings
from macros.text.forge_markdown import escape_markdown
from macros.text.formats import format_date

NOBODY = "nobody"
SUSPECT = "Suspect links"
LONGEST = 60_000
"""Characters: an issue or a comment takes a few thousand more."""
HOW_TO_RECORD = 'playbook review ID --by ROLE --outcome "What came of it"'
_OF_A_DAY: tuple[Urgency, ...] = ("overdue", "soon", "future")


@dataclass(frozen=True, slots=True)
class ReviewReport:
    """What to review until a day, as of the day `today`."""

    settings: Settings
    today: date
    until: date
    rows: tuple[DueReview, ...]
    suspects: tuple[tuple[Entry, tuple[Entry, ...]], ...] = ()
    """Entries that have changed in meaning, each with those that name it and were reviewed before."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look at."""
        return not self.rows and not self.suspects

    def when(self, when: Urgency) -> tuple[DueReview, ...]:
        """The rows of one group."""
        return tuple(row for row in self.rows if row.when == when)

    def heading(self, when: Urgency) -> str:
        """What the group is called."""
        return {
            "overdue": "Overdue",
            "soon": f"Due by {format_date(self.until.isoformat())}",
            "future": "Reviewed on a day that is still to come",
            "never": "Never reviewed",
        }[when]


def report_reviews(playbook: Playbook, *, today: date, until: date, last_day: date | None = None) -> ReviewReport:
    """What is due by `until`, and which links have become suspect; nothing in a playbook that is no longer looked after."""
    changed = suspects(playbook) if is_looked_after(playbook.settings) else {}
    named = tuple((playbook.entries[id], naming) for id, naming in changed.items())
    return ReviewReport(playbook.settings, today, until, due(playbook, today=today, until=until, last_day=last_day), named)


def reviews_as_text(report: ReviewReport) -> str:
    """For people, in a terminal."""
    return "\n".join(printable(line) for line in _text_lines(report))


def _text_lines(report: ReviewReport) -> Iterator[str]:
    if closed := _closed(report):
        yield closed
        return
    for when in _OF_A_DAY:
        if rows := report.when(when):
            yield f"{report.heading(when)}: {len(rows)}"
            yield from (f"  {row.entry.reviewed.on if when == 'future' else row.due}  {_text_row(row)}" for row in rows)
            yield ""
    if report.suspects:
        yield f"{SUSPECT}: {len(report.suspects)}"
        for changed, naming in report.suspects:
            yield f"  {changed.id} has changed in meaning since these entries, which name it, were reviewed:"
            yield from (f"    {entry.id:34} {entry.title}" for entry in naming)
        yield ""
    if never := report.when("never"):
        yield f"{report.heading('never')}: {len(never)}"
        for kind, rows in _by_kind(never):
            yield f"  {kind}"
            yield from (f"    {_text_row(row)}" for row in rows)
        yield ""
    yield f"Record a look with: {HOW_TO_RECORD}" if not report.is_empty else _nothing(report)


def _text_row(row: DueReview) -> str:
    return f"{row.entry.id:34} {row.owner or NOBODY:24} {row.entry.title}"


def reviews_as_markdown(report: ReviewReport) -> str:
    """For the issue that lists each month what is due. Long lists are folded, and cut where they would not fit into one issue."""
    shown = ("\n".join(_markdown_lines(report, most)) for most in (10_000, 100, 20, 5, 0))
    return next((text for text in shown if len(text) <= LONGEST), _counted(report))


def _markdown_lines(report: ReviewReport, most: int) -> Iterator[str]:
    if closed := _closed(report):
        yield closed
        return
    yield _counted(report)
    for when in _OF_A_DAY:
        if rows := report.when(when):
            yield from ("", f"### {report.heading(when)}", "", "| Day | Entry | Who looks |", "| --- | --- | --- |")
            yield from _cut([_markdown_row(row) for row in rows], most, "| | {} | |")
    if report.suspects:
        yield from (
            "",
            f"### {SUSPECT}",
            "",
            "Each of these has changed in meaning since the entries below it, which name it, were reviewed:",
            "",
        )
        for changed, naming in report.suspects[:most]:
            yield f"- {_markdown_entry(changed)}"
            yield from _cut([f"  - {_markdown_entry(entry)}" for entry in naming], most, "  - {}")
    if never := report.when("never"):
        yield from ("", f"### {report.heading('never')}")
        for kind, rows in _by_kind(never):
            yield from ("", f"<details><summary>{escape_markdown(kind)}: {len(rows)}</summary>", "")
            yield from _cut([f"- {_markdown_entry(row.entry)} ({row.owner or NOBODY})" for row in rows], most, "- {}")
            yield from ("", "</details>")
    if not report.is_empty:
        yield from ("", "After a look, write down what came of it, also where nothing had to change:", "", f"    {HOW_TO_RECORD}")


def _cut(lines: Sequence[str], most: int, form: str) -> Iterator[str]:
    """The first lines, and how many there are besides."""
    yield from lines[:most]
    if len(lines) > most:
        yield form.format(f"… and {len(lines) - most} more: `playbook review` shows them all")


def _counted(report: ReviewReport) -> str:
    counts = [(report.heading(when), len(report.when(when))) for when in (*_OF_A_DAY, "never")]
    found = [f"{heading}: {number}" for heading, number in [*counts, (SUSPECT, len(report.suspects))] if number]
    return f"{'. '.join(found)}." if found else _nothing(report)


def _markdown_row(row: DueReview) -> str:
    day = row.entry.reviewed.on if row.when == "future" else row.due.isoformat()
    return f"| {format_date(day)} | {_markdown_entry(row.entry)} | {row.owner or NOBODY} |"


def _markdown_entry(entry: Entry) -> str:
    return f"`{entry.id}` {escape_markdown(entry.title)}"


def reviews_as_json(report: ReviewReport) -> str:
    """For machines: `{today, until, state, due: [{id, kind, title, file, owner, reviewed, due, when}], suspects: [{id, title, named_by}]}`."""
    value = {
        "today": report.today.isoformat(),
        "until": report.until.isoformat(),
        "state": report.settings.state,
        "due": [_as_dict(row) for row in report.rows],
        "suspects": [{"id": one.id, "title": one.title, "named_by": [entry.id for entry in naming]} for one, naming in report.suspects],
    }
    return json.dumps(value, ensure_ascii=False, indent=2)


def _as_dict(row: DueReview) -> dict[str, str | None]:
    entry = row.entry
    return {
        "id": entry.id,
        "kind": entry.kind.folder,
        "title": entry.title,
        "file": entry.file,
        "owner": row.owner,
        "reviewed": entry.reviewed.on if entry.reviewed else None,
        "due": row.due.isoformat() if row.due else None,
        "when": row.when,
    }


FORMATS: dict[Literal["text", "markdown", "json"], Callable[[ReviewReport], str]] = {
    "text": reviews_as_text,
    "markdown": reviews_as_markdown,
    "json": reviews_as_json,
}


def _closed(report: ReviewReport) -> str:
    return "" if is_looked_after(report.settings) else f"The playbook is {report.settings.state}, so no review is due."


def _nothing(report: ReviewReport) -> str:
    return f"No review is due by {format_date(report.until.isoformat())}."


def _by_kind(rows: Sequence[DueReview]) -> list[tuple[str, tuple[DueReview, ...]]]:
    """Rows in the order of the lists, under the name of their kind."""
    return [(kind, tuple(its)) for kind, its in groupby(rows, lambda row: row.entry.kind.many)]
