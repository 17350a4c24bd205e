"""Relations both ways: what an entry names, and who names it.

Enters: typed entries. Leaves: for each entry the sections of its page that list those who name it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from macros.schema.fields import Relation, Section
from macros.schema.introspect import attribute_of, slots_of
from macros.schema.kinds import KINDS, Entry
from macros.schema.parts import Citation

Backlinks = Mapping[str, Mapping[Section, tuple[Entry, ...]]]
"""From an id to the sections of its page, each with the entries that name it there."""


_OF_THE_PAST = frozenset({"former_anchors"})
"""Fields that name entries only to say where something went."""
OTHERS = "Others"
"""The heading of what has no word to be grouped by."""


def in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """By kind, then as the entries ask for, then by title."""
    kinds = list(KINDS)
    return tuple(sorted(entries, key=lambda e: (kinds.index(e.kind.folder), e.order is None, e.order or 0, e.title.casefold(), e.id)))


def grouped(entries: Iterable[Entry], word_of: Callable[[Entry], str]) -> list[tuple[str, tuple[Entry, ...]]]:
    """Entries under the word of each, in the order in which the words come up; those without one last, under OTHERS."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(word_of(entry) or OTHERS, []).append(entry)
    return [(word, tuple(groups[word])) for word in sorted(groups, key=lambda word: word == OTHERS)]


def find_backlinks(entries: Iterable[Entry]) -> Backlinks:
    """Who names each entry, by the section that shows it; drafts and withdrawn entries do not count."""
    found: dict[str, dict[Section, dict[str, Entry]]] = {}
    for entry in entries:
        if entry.status != "current":
            continue
        for id, relation in named_by(entry):
            if relation.back:
                found.setdefault(id, {}).setdefault(relation.back, {})[entry.id] = entry
    return MappingProxyType({id: MappingProxyType({section: tuple(named.values()) for section, named in by.items()}) for id, by in found.items()})


def named_by(entry: Entry) -> Iterable[tuple[str, Relation]]:
    """Each id that `entry` names in a typed field, with the relation it stands for; what a review noted down is no relation."""
    for relation, steps in _relations_of(type(entry)):
        yield from ((id, relation) for id in _ids(entry, steps))


@cache
def _relations_of(model: type[Entry]) -> tuple[tuple[Relation, tuple[str | None, ...]], ...]:
    """Each relation of a kind, with the attributes that lead to its ids; None for each item of a list."""
    slots = [slot for slot in slots_of(model) if slot.relation and slot.pattern[0] not in _OF_THE_PAST and slot.pattern[:2] != ("reviewed", "seen")]
    return tuple((slot.relation, tuple(name and attribute_of(name) for name in slot.pattern)) for slot in slots)


def citations_of(entry: Entry) -> tuple[Citation, ...]:
    """Every citation of an entry: its sources, and those of its evidence and its figures."""
    return (*entry.sources, *getattr(entry, "evidence", ()), *getattr(entry, "figures", ()))


def _ids(value: Any, steps: tuple[str | None, ...]) -> Iterable[str]:
    for number, step in enumerate(steps):
        if value is None:
            return ()
        if step is None:
            rest = steps[number + 1 :]
            return [id for item in value for id in _ids(item, rest)] if rest else value
        value = getattr(value, step)
    return () if value is None else (value,)
