"""Where a kind holds words or ids: the marked fields of its model.

Enters: a model. Leaves: its slots, and what stands in them in one file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel

from macros.fields import Plain, Prose, Relation
from macros.models import field_names, is_list, model_within
from macros.places import Path


@dataclass(frozen=True, slots=True)
class Slot:
    """A field that holds words or ids, wherever it stands: `("evidence", None, "claim")`, None for each item."""

    pattern: tuple[str | None, ...]
    markers: tuple[Any, ...]


@cache
def slots_of(model: type[BaseModel], prefix: tuple[str | None, ...] = ()) -> tuple[Slot, ...]:
    """The fields of `model`, and of the models inside it, that are marked as words or relations."""
    slots: list[Slot] = []
    for name, field in field_names(model).items():
        pattern = (*prefix, name, *([None] if is_list(field.annotation) else []))
        markers = tuple(m for m in (*field.metadata, *_inner_markers(field.annotation)) if isinstance(m, (Prose, Plain, Relation)))
        if markers:
            slots.append(Slot(pattern, markers))
        if inner := model_within(field.annotation):
            slots += slots_of(inner, pattern)
    return tuple(slots)


def values_in(raw: Any, pattern: tuple[str | None, ...], path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Each value that stands where `pattern` says, with its path. A single id where a list may stand counts as one item."""
    if not pattern:
        yield path, raw
    elif pattern[0] is None:
        if isinstance(raw, list):
            for index, item in enumerate(raw):
                yield from values_in(item, pattern[1:], (*path, index))
        elif isinstance(raw, str):
            yield from values_in(raw, pattern[1:], path)
    elif isinstance(raw, dict) and pattern[0] in raw:
        yield from values_in(raw[pattern[0]], pattern[1:], (*path, pattern[0]))


def _inner_markers(annotation: Any) -> Iterator[Any]:
    """Markers inside an annotation, such as those of the items of a list."""
    yield from getattr(annotation, "__metadata__", ())
    for part in getattr(annotation, "__args__", ()):
        if not (isinstance(part, type) and issubclass(part, BaseModel)):
            yield from _inner_markers(part)
