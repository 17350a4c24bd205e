"""What readers call the fields of an entry: the headings of its page, not the names that YAML uses.

`reader_rows` takes a change and returns its rows with labels for readers; `label_of` translates one label.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from macros.releases.diff.model import EntryChange
from macros.releases.diff.rows import ChangeRow, rows_of_entry
from macros.schema.entry import Entry
from macros.schema.introspect import field_at, fields_of, words_of_name
from macros.schema.kinds import KINDS

_STEP = re.compile(r"([a-z_]+)(?:\[(\d+)\])?")


def reader_rows(change: EntryChange) -> tuple[ChangeRow, ...]:
    """Returns everything that happened to an entry, under the headings of its page; for a new entry only its summary."""
    rows = rows_of_entry(change)
    shown_rows = (
        [row for row in rows if row.label == "summary"]
        if "added" in change.change_types
        else [row for row in rows if _is_for_readers(change.kind, row.label)]
    )
    return tuple(ChangeRow(label_of(change.kind, row.label), row.pieces) for row in shown_rows)


@lru_cache(maxsize=4096)
def label_of(kind: str, label: str) -> str:
    """Returns the label for readers: `signs[2]` as “What you would see, 3”, `evidence[0].claim` as “Evidence, 1, claim”."""
    if label in _FIXED_LABELS:
        return _FIXED_LABELS[label]
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
    named = [_step_label(kind, step[1], number) for number, step in enumerate(steps)]
    return ", ".join(part for (name, step) in zip(named, steps, strict=True) for part in (name, _position(step[2])) if part)


@lru_cache(maxsize=4096)
def _is_for_readers(kind: str, label: str) -> bool:
    """Whether readers see the value that a row is about."""
    path = tuple(step[1] for step in _STEP.finditer(label))
    field = field_at(KINDS[kind], path) if kind in KINDS and "." in label else None
    return field is None or field.role == "content"


def _position(index: str | None) -> str:
    return "" if index is None else str(int(index) + 1)


def _step_label(kind: str, name: str, depth: int) -> str:
    if depth:
        return name.replace("_", " ")
    return _label_of_field(kind, name)


_FIXED_LABELS = {"was": "Was called", "use instead": "Use instead", "became part of": "Became part of"}


@cache
def _label_of_field(kind: str, name: str) -> str:
    """What readers see beside a field of an entry."""
    fields = fields_of(KINDS.get(kind, Entry))
    return fields[name].label if name in fields else words_of_name(name)
