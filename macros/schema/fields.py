"""The building blocks of the schema: what a field may hold, and what it means on a page.

Enters: nothing. Leaves: annotations that `kinds.py` writes its table with.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field, StringConstraints

SLUG = r"^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$"
"""An id: lower-case letters, digits and single hyphens, beginning with a letter."""
LONGEST_SLUG = 60
ANCHOR = r"^[A-Za-z0-9_][A-Za-z0-9_.:-]*$"
"""The part of an address after its `#`, as this site writes it."""
LONGEST_ANCHOR = 200
FINGERPRINT = r"^[1-9]\d{0,2}:[0-9a-f]{8,64}$"
"""What an entry means, in short: the number of the algorithm, a colon, the first digits of a hash."""

ANCHORS = (
    "why", "good", "signs", "partners", "results", "limits", "evidence", "method", "coverage", "figures", "sources",
    "shows", "meets", "eases", "reveals", "try", "questions", "barriers", "insights", "cases", "open-questions", "cited",
    "history",
)  # fmt: skip
"""The fixed vocabulary of section anchors, in reading order. Other sites link to them: words may be added, never changed."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of entry: its folder, its names, and the sentence that opens its list."""

    folder: str
    one: str
    many: str
    intro: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page: its fixed anchor and its heading. The anchor is a promise to linking sites."""

    anchor: str
    heading: str


@dataclass(frozen=True, slots=True)
class Prose:
    """Marks a field as CommonMark: `block` for paragraphs, lists and tables, else one paragraph."""

    block: bool


@dataclass(frozen=True, slots=True)
class Plain:
    """Marks a field as plain text, where no character is markup."""


@dataclass(frozen=True, slots=True)
class Relation:
    """Marks a field as naming entries of kind `to` (None: of any kind).

    `back` is the section on the named entry's page that lists who names it; None: not listed there.
    `acyclic` relations may not lead back to where they began.
    """

    to: str | None
    back: Section | None = None
    acyclic: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class InSchema:
    """Keywords of JSON Schema that a type does not say: what a file may hold in its place, and how an editor tells of a slip."""

    keywords: Mapping[str, Any]


def slug_of(text: str, *, longest: int = LONGEST_SLUG) -> str:
    """The id that `text` comes closest to; empty where it has no letter. What is over `longest` characters is cut off."""
    with_hyphens = re.sub("[\u00ad\u2010-\u2015\u2212]", "-", unicodedata.normalize("NFKD", text))
    plain = with_hyphens.encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).lstrip("-0123456789")[:longest].strip("-")


def says(description: str, example: Any = None, **limits: Any) -> Any:
    """What a field is for, in plain words, with an example: for editors, problems and the documentation."""
    return Field(description=description, examples=None if example is None else [example], **limits)


AN_ANCHOR = {"patternErrorMessage": "Write the anchor without its #: letters, digits, hyphens and underscores."}
A_WEB_ADDRESS = {"patternErrorMessage": "Write a web address whole, beginning with https://."}
AN_ID = {"patternErrorMessage": "An id has lower-case letters, digits and single hyphens, and begins with a letter."}
Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=LONGEST_SLUG), InSchema(AN_ID)]
Anchor = Annotated[str, StringConstraints(pattern=ANCHOR, max_length=LONGEST_ANCHOR), InSchema(AN_ANCHOR)]
PlainText = Annotated[str, Plain()]
Line = Annotated[str, Prose(block=False)]
Text = Annotated[str, Prose(block=True)]
Lines = Annotated[tuple[Line, ...], Field(min_length=1)]
One = Slug
Many = tuple[Slug, ...]
