"""What readers call the fields of an entry: the headings of its page, not the names that YAML uses.

Enters: a row of a change, which is labelled for people who edit. Leaves: its label for people who read.
"""

from __future__ import annotations

import re
from functools import cache

from macros.releases.diff.model import EntryChange
from macros.releases.diff.rows import ChangeRow, rows_of_entry
from macros.schema.introspect import attribute_of, field_names, sections_of
from macros.schema.kinds import KINDS

_NAME_OF_FIGURE = re.compile(r"figures\[\d+\]\.name")
"""What no reader reads: the anchor that goes with it is told."""
_STEP = re.compile(r"([a-z_]+)(?:\[(\d+)\])?")


def reader_rows(change: EntryChange) -> tuple[ChangeRow, ...]:
    """All that happened to an entry, under the words of its page. Of a new entry it is enough to say what it is about."""
    rows = rows_of_entry(change)
    told = (
        [row for row in rows if row.label == "summary"]
        if "added" in change.change_types
        else [row for row in rows if not _NAME_OF_FIGURE.fullmatch(row.label)]
    )
    return tuple(ChangeRow(label_of(change.kind, row.label), row.pieces) for row in told)


def label_of(kind: str, label: str) -> str:
    """`signs[2]` as “What you would see, 3”, `evidence[0].claim` as “Evidence, 1, claim”, `[[…]] in problem` as “Links in why it gets in the way”."""
    if label in _FATES:
        return _FATES[label]
    if label.startswith("[[…]] in "):
        inside = label_of(kind, label.removeprefix("[[…]] in "))
        return f"Links in “{inside}”"
    if label.startswith("#"):
        return f"Section {label}"
    if label.startswith("was ") and label != "was":
        return f"{label_of(kind, label.removeprefix('was '))} (before)"
    steps = [_STEP.fullmatch(step) for step in label.removesuffix(".source").split(".")]
    if not all(steps):
        return label
    named = [_named(kind, step[1], number) for number, step in enumerate(steps)]
    return ", ".join(part for (name, step) in zip(named, steps, strict=True) for part in (name, _place(step[2])) if part)


def _place(index: str | None) -> str:
    return "" if index is None else str(int(index) + 1)


def _named(kind: str, name: str, depth: int) -> str:
    if depth:
        return name.replace("_", " ")
    return _headings(kind).get(name) or _STRIP.get(name) or name.replace("_", " ").capitalize()


_FATES = {"was": "Was called", "use instead": "Use instead", "became part of": "Became part of"}
_STRIP = {
    "hits": "Weakens",
    "serves": "Strengthens",
    "roles": "Who can act",
    "touches": "About",
    "forms": "Form",
    "within": "A kind of",
    "see": "See it at work",
}
"""What the strip below a page's summary calls fields that fill no section."""


@cache
def _headings(kind: str) -> dict[str, str]:
    """The heading under which readers find a field."""
    if kind not in KINDS:
        return {}
    sections = sections_of(KINDS[kind])
    return {name: sections[attribute].heading for name in field_names(KINDS[kind]) if (attribute := attribute_of(name)) in sections}
