"""The parts of an entry: dates, numbers, citations, figures, reviews. Each part reads as a table.

`kinds.py` writes its table with these annotations and models.
"""

from __future__ import annotations

import datetime
import re
from contextlib import suppress
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictFloat, StrictInt
from pydantic_core import PydanticCustomError

from macros.schema.fields import BOOKKEEPING, Anchor, Calendar, Keywords, Line, One, PlainText, Relation, Section, Slug, says
from macros.schema.patterns import A_FINGERPRINT, A_FULL_DATE, AN_ID, LONGEST_SLUG, SLUG


class Part(BaseModel):
    """A value that nobody can change; a field that is not in the table is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


def _iso_date(value: Any) -> str:
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool) and 1000 <= value <= 2999:
        return str(value)
    if isinstance(value, str) and re.fullmatch(r"[12]\d{3}(-(0[1-9]|1[0-2]))?", value):
        return value
    if isinstance(value, str) and re.fullmatch(r"[12]\d{3}-\d\d-\d\d", value):
        with suppress(ValueError):
            return datetime.date.fromisoformat(value).isoformat()
    raise PydanticCustomError("not_date", "not a date")


A_DATE = {
    "type": ["string", "integer"],
    "pattern": r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$",
    "minimum": 1000,
    "maximum": 2999,
    "patternErrorMessage": "Write what is known of the date: 2001, 2001-12 or 2001-12-07.",
}
Date = Annotated[str, Calendar(), BeforeValidator(_iso_date), Keywords(A_DATE)]
"""As far as it is known: `2001`, `2001-12` or `2001-12-07`."""
FullDate = Annotated[str, Calendar(), BeforeValidator(_iso_date), A_FULL_DATE, Keywords({"format": "date"})]
Ids = Annotated[
    tuple[Slug, ...],
    BeforeValidator(lambda value: [value] if isinstance(value, str) else value),
    Keywords({"type": ["array", "string"], "pattern": SLUG, "maxLength": LONGEST_SLUG, "patternErrorMessage": AN_ID.editor}),
]
"""One id or a list of ids."""
MOST = 10**15
Number = Annotated[StrictInt | StrictFloat, Field(ge=-MOST, le=MOST), Keywords({"minimum": -MOST, "maximum": MOST})]


class Passage(Part):
    at: Annotated[PlainText, says("Its place, as citations name it: their `at` begins with it.", "Challenge 4")]
    about: Annotated[PlainText, says("What it is about, in a few words.", "Barriers to data sharing")]
    unused: Annotated[PlainText | None, says("Why nothing was taken from it.", "It tells how the report is laid out")] = None


CITED = Section("cited", "Entries that cite it")
HISTORY = Section("history", "History")
"""The section of every entry's page that lists its releases."""


class Citation(Part):
    source: Annotated[One, Relation("sources", back=CITED), says("The id of the source.", "ifg")]
    at: Annotated[PlainText, says("The place in the source that a reader can find.", "Challenge 4")]


class Earlier(Part):
    value: Annotated[Number, says("The number alone, in the same unit.", 1850)]
    when: Annotated[PlainText | None, says("The date or period that it is for.", "June 1998")] = None


class Figure(Citation):
    name: Annotated[Slug, BOOKKEEPING, says("The name by which pages call this figure, unique in the entry.", "cost-per-bid")]
    value: Annotated[Number, says("The number alone, in full.", 30000)]
    unit: Annotated[PlainText, says("What is counted; `£` and `%` are set beside the number.", "£")]
    measures: Annotated[Line, says("What the number measures.", "Cost to a council of one bid for central funds")]
    bound: Annotated[Literal["about", "over", "up to"] | None, says("Where the source gives no exact number.", "about")] = None
    when: Annotated[PlainText | None, says("The date or period that the number is for.", "May 2015")] = None
    before: Annotated[
        Earlier | None, says("The same measure at an earlier time, where the source gives it.", {"value": 1850, "when": "June 1998"})
    ] = None
    contested: Annotated[Line | None, says("Who doubts the number, and why.", "Councils count such bids in different ways.")] = None


class SeenEntry(Part):
    entry: Annotated[One, Relation(None, is_note=True), says("The id of an entry that this one names.", "nao")]
    fingerprint: Annotated[
        PlainText,
        A_FINGERPRINT,
        says("The short code that stood for its words on that day; `playbook review` writes it.", "1:3fa9c2d10b2e"),
    ]


class Review(Part):
    on: Annotated[FullDate, says("The day of the review.", "2026-11-20")]
    by: Annotated[One | None, Relation("roles"), says("The role that looked; leave it out if the editors of the playbook did.", "delivery-team")] = (
        None
    )
    outcome: Annotated[PlainText, says("What came of it.", "No change needed")]
    seen: Annotated[
        tuple[SeenEntry, ...],
        says("What the entries that it names said on that day; `playbook review` writes it.", [{"entry": "nao", "fingerprint": "1:3fa9c2d10b2e"}]),
    ] = ()


class FormerAnchor(Part):
    anchor: Annotated[Anchor, says("The anchor that the page had, without its #.", "figure-cost-of-bids")]
    now: Annotated[Anchor | None, says("The anchor that shows the same today.", "figure-cost-per-bid")] = None
    entry: Annotated[
        One | None, Relation(None, is_note=True), says("The entry whose page shows it today, where that is another one.", "pool-budgets")
    ] = None
    reason: Annotated[PlainText | None, says("Why it is gone, where nothing shows it any more.", "The report took the number back")] = None


class Period(Part):
    from_: Annotated[Date | None, says("When it began.", 1997, alias="from")] = None
    known_from: Annotated[Date | None, says("The earliest date that the source mentions, where it does not say when the case began.", 1997)] = None
    to: Annotated[Date | None, says("When it ended.", 2007)] = None
    known_until: Annotated[Date | None, says("The latest date that the source mentions, where it does not say when the case ended.", 2015)] = None
