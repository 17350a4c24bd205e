"""Relations in both directions: what an entry names, and who names it.

`named_by` follows the typed fields of one entry; `find_backlinks` returns, for each entry, the sections of its page that list who names it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from macros.schema.entry import Entry
from macros.schema.fields import Relation, Section
from macros.schema.introspect import Field, Steps, all_fields, attribute_of, fields_of
from macros.schema.kinds import KINDS
from macros.schema.parts import Citation

Backlinks = Mapping[str, Mapping[Section, tuple[Entry, ...]]]
"""From an id to the sections of its page, each with the entries that name it there."""


OTHERS = "Others"
"""The heading of entries that have no word to be grouped by."""


def in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """By kind, then by the entries' own order, then by title."""
    kinds = list(KINDS)
    return tuple(sorted(entries, key=lambda e: (kinds.index(e.kind.folder), e.order is None, e.order or 0, e.title.casefold(), e.id)))


def grouped(entries: Iterable[Entry], word_of: Callable[[Entry], str], *, order: Iterable[str] = ()) -> list[tuple[str, tuple[Entry, ...]]]:
    """Entries grouped by their word, in `order`, or else as the words first occur. Those without one come last, under OTHERS."""
    groups: dict[str, list[Entry]] = {word: [] for word in order}
    for entry in entries:
        groups.setdefault(word_of(entry) or OTHERS, []).append(entry)
    return [(word, tuple(groups[word])) for word in sorted(groups, key=lambda word: word == OTHERS) if groups[word]]


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
    """Each id that `entry` names in a typed field, with its relation. The ids that a review recorded are not relations."""
    for relation, steps in _relations_of(type(entry)):
        yield from ((id, relation) for id in _ids(entry, steps))


@cache
def _relations_of(model: type[Entry]) -> tuple[tuple[Relation, Steps], ...]:
    """Each relation of a kind, with the attributes that lead to its ids; None for each item of a list."""
    fields = [field for field in all_fields(model) if field.relation and not field.relation.is_note]
    return tuple((field.relation, _attributes(field)) for field in fields)


def ids_of(entry: Entry, field: Field) -> tuple[str, ...]:
    """The ids that `entry` names in one field, each once, with those of pages of other playbooks."""
    outside = () if field.inside else entry.elsewhere.get(field.attribute, ())
    return tuple(dict.fromkeys((*_ids(entry, _attributes(field)), *outside)))


@cache
def _attributes(field: Field) -> Steps:
    return tuple(name and attribute_of(name) for name in field.steps)


def citations_of(entry: Entry) -> tuple[Citation, ...]:
    """Every citation of an entry: its sources, and each list of claims or figures that say where they come from."""
    return tuple(cited for attribute in _citing_fields(type(entry)) for cited in getattr(entry, attribute))


@cache
def _citing_fields(model: type[Entry]) -> tuple[str, ...]:
    return tuple(field.attribute for field in fields_of(model).values() if field.is_list and field.model and issubclass(field.model, Citation))


def _ids(value: Any, steps: Steps) -> Iterable[str]:
    for number, step in enumerate(steps):
        if value is None:
            return ()
        if step is None:
            rest = steps[number + 1 :]
            return [id for item in value for id in _ids(item, rest)] if rest else value
        value = getattr(value, step)
    return () if value is None else (value,)
