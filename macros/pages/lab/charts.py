"""The measures of the drawings: where each bar of a timeline and of a chart begins and ends.

They take cases and figures and return percentages of the drawing's width, so that it fits any screen without scripts.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass

from macros.pages.figures import Owned
from macros.playbook.long_lists import MOST_ROWS
from macros.schema.kinds import Case
from macros.schema.parts import Earlier, Period
from macros.text.formats import format_figure, format_value

_STEP = 5
"""Years between two lines of the timeline."""


@dataclass(frozen=True, slots=True)
class TimelineBar:
    """A case on the timeline, in percent of its width. An open end is one that the source does not date."""

    case: Case
    start: float
    width: float
    open_start: bool
    open_end: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """The years that are marked, each with its place in percent; and a bar for each case, the earliest first."""

    ticks: tuple[tuple[int, float], ...]
    bars: tuple[TimelineBar, ...]
    total: int = 0
    """How many cases there are, with those that have no bar because there are too many."""


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a change: as readers see it, when it was measured, and its share of the larger one, in percent."""

    shown: str
    when: str | None
    share: float


@dataclass(frozen=True, slots=True)
class ChangeBar:
    """A figure and what it was before."""

    owned: Owned
    before: Point
    later: Point


def draw_timeline(cases: Iterable[Case], *, most: int = MOST_ROWS) -> Timeline:
    """The earliest cases, `most` of them, as bars between the five-year lines that enclose them all."""
    every = sorted(((*_span(case.period), case) for case in cases), key=lambda span: (span[0], span[1], span[2].id))
    spans = every[:most]
    if not spans:
        return Timeline((), ())
    first = int(spans[0][0] // _STEP * _STEP)
    last = int(-(-max(end for _, end, _ in spans) // _STEP) * _STEP)
    years = last - first

    def place(year: float) -> float:
        return _percent(year - first, years)

    bars = tuple(
        TimelineBar(case, place(start), round(place(end) - place(start), 2), case.period.from_ is None, case.period.to is None)
        for start, end, case in spans
    )
    return Timeline(tuple((year, place(year)) for year in range(first, last + 1, _STEP)), bars, len(every))


def draw_changes(figures: Iterable[Owned]) -> tuple[ChangeBar, ...]:
    """The figures that say what they were before."""
    return tuple(_change(owned, owned.figure.before) for owned in figures if owned.figure.before)


def _change(owned: Owned, earlier: Earlier) -> ChangeBar:
    figure = owned.figure
    largest = max(abs(earlier.value), abs(figure.value)) or 1
    before = Point(format_value(earlier.value, figure.unit), earlier.when, _percent(earlier.value, largest))
    return ChangeBar(owned, before, Point(format_figure(figure), figure.when, _percent(figure.value, largest)))


def _percent(value: float, whole: float) -> float:
    return round(abs(value) / whole * 100, 2)


def _span(period: Period) -> tuple[float, float]:
    """The period in years: from the first day of its beginning to the last day of its end."""
    begin = period.from_ or period.known_from or ""
    end = period.to or period.known_until or begin
    return _year(begin, last=False), _year(end, last=True)


def _year(date: str, *, last: bool) -> float:
    """`2001-06` as 2001.42, or as 2001.5 where its last day is meant."""
    year, month, day = (int(part) for part in [*date.split("-"), "0", "0"][:3])
    if not month:
        return year + last
    if not day:
        return year + (month - 1 + last) / 12
    return year + (month - 1 + (day - 1 + last) / calendar.monthrange(year, month)[1]) / 12
