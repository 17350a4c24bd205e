"""The building blocks of the schema: what a field may hold, and what it means on a page.

`kinds.py` writes its table with these annotations; `introspect.py` reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from macros.schema.patterns import (
    A_WEB_ADDRESS,
    AN_ANCHOR,
    AN_ID,
    AN_ID_ANYWHERE,
    LONGEST_ANCHOR,
    LONGEST_OUTSIDE_ID,
    LONGEST_SLUG,
)

MARKDOWN = "text/markdown"
TextForm = Literal["block", "line", "plain"]
"""How a text is read: as blocks of CommonMark, as the inside of one paragraph, or as characters alone."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page: its fixed anchor and its heading. The anchor is a promise to linking sites.

    What is `by_editors` goes beyond the sources: it is their own advice, and the page says so.
    """

    anchor: str
    heading: str
    by_editors: bool = False


@dataclass(frozen=True, slots=True)
class Prose:
    """Marks a field as CommonMark: `block` for paragraphs, lists and tables, else one paragraph."""

    block: bool

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: Any) -> Any:
        """Some text that an editor may show as Markdown."""
        words = {"contentMediaType": MARKDOWN, "pattern": r"\S", "patternErrorMessage": "Write some text, or remove the field."}
        return {**handler(core_schema), **words}


@dataclass(frozen=True, slots=True)
class Plain:
    """Marks a field as plain text, where no character is markup."""

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: Any) -> Any:
        """Some text on one line."""
        words = {"pattern": r"^.*\S.*$", "patternErrorMessage": "Write some text on one line, or remove the field."}
        return {**handler(core_schema), **words}


@dataclass(frozen=True, slots=True)
class Relation:
    """Marks a field as naming entries of kind `to` (None: of any kind).

    `back` is the section on the named entry's page that lists who names it; None: not listed there.
    `acyclic` relations may not lead back to where they began. A note names an entry only to record where something went, or its content on a day.
    """

    to: str | None
    back: Section | None = None
    acyclic: bool = False
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class MayLeadOutside:
    """Marks a relation whose list may also name pages of other playbooks, by ids such as `nz:silos`."""


@dataclass(frozen=True, slots=True)
class Label:
    """What readers see beside a field that fills no section, such as “Weakens”."""

    words: str


@dataclass(frozen=True, slots=True)
class FieldRole:
    """What a field is for, if it is not content for readers. The fields inside it are for the same.

    `listing`: how the entry is found, in lists and in the search. `bookkeeping`: its former ids, who reviewed it, what replaced it.
    """

    name: Literal["listing", "bookkeeping"]


LISTING, BOOKKEEPING = FieldRole("listing"), FieldRole("bookkeeping")


@dataclass(frozen=True, slots=True)
class Asks:
    """Marks a text as a question: it ends in a question mark."""


@dataclass(frozen=True, slots=True)
class Tag:
    """Marks a text as one of the tags that the playbook lists in its own file."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Marks a word as the name of the drawing and of the colour that stand for the entry wherever it is linked."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Marks a text as a date."""


@dataclass(frozen=True, slots=True)
class MayBeNull:
    """Marks a field in which `null` is an answer, meaning “none”."""


@dataclass(frozen=True, slots=True)
class OnlyWhere:
    """Marks a field that is allowed only if another one holds one of some words, and may then be required; editors show `why`."""

    field: str
    holds: tuple[str, ...]
    why: str
    is_required: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Keywords:
    """Keywords of JSON Schema that a type does not say by itself, such as what a file may hold before it is read."""

    keywords: Mapping[str, Any]

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: Any) -> Any:
        """The schema of the type with these keywords."""
        return {**handler(core_schema), **self.keywords}


def says(description: str, example: Any = None, **limits: Any) -> Any:
    """What a field is for, in plain words, with an example: for editors, problems and the documentation."""
    return Field(description=description, examples=None if example is None else [example], **limits)


Slug = Annotated[str, StringConstraints(max_length=LONGEST_SLUG), AN_ID]
Anchor = Annotated[str, StringConstraints(max_length=LONGEST_ANCHOR), AN_ANCHOR]
PlainText = Annotated[str, Plain()]
WebAddress = Annotated[PlainText, A_WEB_ADDRESS]
Line = Annotated[str, Prose(block=False)]
Text = Annotated[str, Prose(block=True)]
Lines = Annotated[tuple[Line, ...], Field(min_length=1)]
One = Slug
Many = tuple[Slug, ...]
ManyAnywhere = Annotated[
    tuple[Annotated[str, StringConstraints(max_length=LONGEST_OUTSIDE_ID), AN_ID_ANYWHERE], ...],
    MayLeadOutside(),
]
"""Ids of entries, and of pages of other playbooks."""
