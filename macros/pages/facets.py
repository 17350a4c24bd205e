"""What readers may narrow a list by: the kinds with few entries that its rows lead to, and the tags.

`facets_of` takes the rows of a list and returns a `Facet` for each; `fits` says which options a row has. No kind is named here: the schema says
what leads where.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from macros.playbook.anchors import group_anchor
from macros.playbook.relations import Backlinks
from macros.schema.entry import Entry
from macros.schema.fields import Relation
from macros.schema.introspect import fields_of
from macros.schema.kinds import KINDS
from macros.schema.patterns import slug_of
from macros.schema.settings import Settings

LEAST_ROWS = 15
"""Rows that are worth a filter."""
_MOST_OPTIONS = 8
"""Entries of a kind that a reader may choose from: more of them are a list of their own."""
_TAG = "tag"


class Asked(Protocol):
    """What is asked of a `Playbook`."""

    settings: Settings
    entries: Mapping[str, Entry]
    backlinks: Backlinks

    def of_kind(self, folder: str) -> tuple[Entry, ...]:
        """The current entries of a kind."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One choice: its name in addresses, its label, and its options, each with a value and what readers see."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]


def facets_of(playbook: Asked, rows: Sequence[Entry]) -> tuple[Facet, ...]:
    """Returns the choices that tell some of the rows from others."""
    if len(rows) < LEAST_ROWS:
        return ()
    had = {option for row in rows for option in _options(playbook, row)}
    found = [_of_kind(playbook, folder, had) for folder in KINDS if any(kind == folder for kind, _ in had)]
    tags = tuple((_value_of(tag), tag) for tag in playbook.settings.tags if (_TAG, tag) in had)
    return tuple(facet for facet in (*found, Facet(_TAG, "Theme", tags)) if len(facet.options) > 1)


def fits(playbook: Asked, row: Entry) -> str:
    """Returns the options that a row has, as a page holds them: `pillar:focus-on-delivery tag:money-and-risk`."""
    options = dict.fromkeys(_options(playbook, row))
    return " ".join(f"{_TAG}:{_value_of(option)}" if kind == _TAG else f"{_name_of(kind)}:{option}" for kind, option in options)


def _of_kind(playbook: Asked, folder: str, had: set[tuple[str, str]]) -> Facet:
    named = [entry for entry in playbook.of_kind(folder) if (folder, entry.id) in had]
    return Facet(_name_of(folder), KINDS[folder].kind.one, tuple((entry.id, entry.known_as) for entry in named))


def _options(playbook: Asked, row: Entry) -> Iterator[tuple[str, str]]:
    """The folder and the id of each entry that a row names; of a kind that it cannot name, those that the entries naming it name."""
    yield from ((_TAG, tag) for tag in row.tags)
    yield from _named(playbook, [row])
    others = [other for named in playbook.backlinks.get(row.id, {}).values() for other in named]
    own = {relation.to for _, relation in _relations(type(row))} | {row.kind.folder}
    yield from ((kind, id) for kind, id in _named(playbook, others) if kind not in own)


def _named(playbook: Asked, entries: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    for entry in entries:
        for attribute, relation in _relations(type(entry)):
            if len(playbook.of_kind(relation.to)) <= _MOST_OPTIONS:
                value = getattr(entry, attribute)
                yield from ((relation.to, id) for id in (value if isinstance(value, tuple) else (value,)) if id)


@cache
def _relations(model: type[Entry]) -> tuple[tuple[str, Relation], ...]:
    """The fields of a kind that name entries of one kind."""
    fields = fields_of(model).values()
    return tuple((field.attribute, field.relation) for field in fields if field.relation and field.relation.to and not field.relation.is_note)


def _name_of(folder: str) -> str:
    return slug_of(KINDS[folder].kind.one)


def _value_of(tag: str) -> str:
    return group_anchor(tag).removeprefix("group-")
