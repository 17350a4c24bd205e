"""How long ago each entry was reviewed, and when the next review is due.

Takes a playbook and a day: only `today_anywhere` asks the clock. Returns, for each entry, who looks after it, when its next review is due, and whether
that day has come.
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from typing import Literal

from macros.playbook.playbook import Playbook
from macros.schema.entry import Entry
from macros.schema.settings import Rhythm, Settings

DURATION = re.compile(r"([0-9]{1,4})([dwm])")
"""A length of time as people type it: `30d`, `6w`, `3m`."""

Urgency = Literal["overdue", "soon", "never", "future"]


@dataclass(frozen=True, slots=True)
class DueReview:
    """An entry that somebody should review: who, by when, and why now."""

    entry: Entry
    owner: str | None
    """The id of a role."""
    due: datetime.date | None
    """None if the entry was never reviewed."""
    when: Urgency
    """`overdue` before today, `soon` from today on, `never` reviewed, or the last review is in the `future`, which is a slip."""


def today_anywhere() -> datetime.date:
    """The latest day that has begun anywhere on Earth: at UTC+14. What somebody dates today is at most this, wherever the clock of a machine is."""
    return datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=14))).date()


def is_looked_after(settings: Settings) -> bool:
    """Whether anybody looks after the playbook, so that reviews are due at all."""
    return settings.state == "active"


def rhythm_of(settings: Settings, entry: Entry) -> Rhythm:
    """How often an entry is reviewed and by whom: as set for its kind, or else for all entries."""
    own = getattr(settings.review_kinds, entry.kind.folder.replace("-", "_"), None) or Rhythm()
    return Rhythm(every_months=own.every_months or settings.review_every_months, by=own.by or settings.review_by)


def reviewer_of(settings: Settings, entry: Entry) -> str | None:
    """The role that looks after an entry: the one that reviewed it last, or else the one in the settings."""
    return (entry.reviewed and entry.reviewed.by) or rhythm_of(settings, entry).by


def next_due(settings: Settings, entry: Entry) -> datetime.date | None:
    """The day on which an entry is due for review; None if it was never reviewed, or if nobody maintains it."""
    if not entry.reviewed or not is_looked_after(settings):
        return None
    return due_after(settings, entry, datetime.date.fromisoformat(entry.reviewed.on))


def due_after(settings: Settings, entry: Entry, day: datetime.date) -> datetime.date:
    """When an entry that is reviewed on `day` should be reviewed again."""
    return add_months(day, rhythm_of(settings, entry).every_months)


def due(playbook: Playbook, *, today: datetime.date, until: datetime.date, last_day: datetime.date | None = None) -> tuple[DueReview, ...]:
    """Current entries to review up to and including the day `until`: the most overdue first, those never reviewed last.

    A review after `last_day`, by default today, is in the future. A draft is not finished and a withdrawn entry is not used, so neither is due.
    """
    if not is_looked_after(playbook.settings):
        return ()
    current = (entry for entry in playbook.entries.values() if entry.status == "current")
    rows = [row for entry in current if (row := _row(playbook.settings, entry, today=today, last_day=last_day or today, until=until))]
    return tuple(sorted(rows, key=lambda row: (row.when == "never", row.due or today)))


def _row(settings: Settings, entry: Entry, *, today: datetime.date, last_day: datetime.date, until: datetime.date) -> DueReview | None:
    owner, day = reviewer_of(settings, entry), next_due(settings, entry)
    if day is None:
        return DueReview(entry, owner, None, "never")
    if entry.reviewed.on > last_day.isoformat():
        return DueReview(entry, owner, day, "future")
    return DueReview(entry, owner, day, "overdue" if day < today else "soon") if day <= until else None


def last_day_of(span: str, today: datetime.date) -> datetime.date:
    """The last day of a length of time that begins today: `30d`, `6w` or `3m`.

    Raises: ValueError if `span` is not one.
    """
    match = DURATION.fullmatch(span)
    if not match:
        raise ValueError(span)
    number = int(match[1])
    if match[2] == "m":
        return add_months(today, number)
    return today + min(datetime.timedelta(days=number * (7 if match[2] == "w" else 1)), datetime.date.max - today)


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day, `months` later; where that month is too short, its last day. No day is after the last one that Python knows."""
    years, month = divmod(day.month - 1 + months, 12)
    if day.year + years > datetime.MAXYEAR:
        return datetime.date.max
    last = calendar.monthrange(day.year + years, month + 1)[1]
    return datetime.date(day.year + years, month + 1, min(day.day, last))
