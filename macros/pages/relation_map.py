"""The measures of the map of relations, and of the part of it that each entry's page shows.

They take entries and return columns of them, with the strands between two columns as one SVG path. Every row of a column is as high as its others,
so that the place of a row is a fraction of the height, whatever the words in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from macros.playbook.playbook import Playbook
from macros.playbook.relations import grouped, named_by
from macros.schema.entry import Entry
from macros.schema.kind import Kind
from macros.schema.kinds import KINDS

MOST_IN_COLUMN = 60
"""Entries of one kind that the map draws."""
_MOST_NEARBY = 4
"""Entries of one kind that the page of an entry draws."""
_HEIGHT, _WIDTH = 1000, 40
"""The grid of a gap between two columns; it is stretched to the place that it has."""


@dataclass(frozen=True, slots=True)
class Column:
    """The entries of a kind from top to bottom, how many there are in all, and the strands that lead to it from the column before."""

    kind: Kind
    entries: tuple[Entry, ...]
    total: int
    strands: str = ""


@dataclass(frozen=True, slots=True)
class RelationMap:
    """The columns from left to right; and with each entry, in the same order, those that it is linked to, by their kinds."""

    columns: tuple[Column, ...]
    linked: tuple[tuple[Entry, Mapping[str, tuple[Entry, ...]]], ...]


@dataclass(frozen=True, slots=True)
class Side:
    """What is linked to an entry on one side: rows of entries, or of the words for those that are left out; and the strands between."""

    rows: tuple[Entry | str, ...]
    strands: str


@dataclass(frozen=True, slots=True)
class Nearby:
    """The linked entries whose kinds come before an entry's own on the map, and those whose kinds come after."""

    before: Side
    after: Side


def kinds_on_map() -> tuple[Kind, ...]:
    """Returns the kinds that have a column, from left to right."""
    return tuple(model.kind for model in KINDS.values() if model.kind.on_map)


def draw_map(playbook: Playbook, *, most: int = MOST_IN_COLUMN) -> RelationMap:
    """Returns the map of the first `most` entries of each kind: each column has an order in which few strands cross."""
    lists = [(kind, playbook.of_kind(kind.folder)) for kind in kinds_on_map()]
    drawn = {entry.id: entry for _, entries in lists for entry in entries[:most]}
    links = _links(drawn)
    places: dict[str, float] = {}
    columns: list[Column] = []
    for kind, entries in lists:
        # `sorted` keeps the order of the list among entries that pull to one place
        ordered = sorted(entries[:most], key=lambda entry: _mean([places[id] for id in links[entry.id] if id in places]))
        earlier = [entry.id for entry in columns[-1].entries] if columns else []
        own = _places(ordered)
        pairs = [(places[id], own[entry.id]) for entry in ordered for id in earlier if id in links[entry.id]]
        columns.append(Column(kind, tuple(ordered), len(entries), _strands(pairs)))
        places |= own
    listed = [entry for column in columns for entry in column.entries]
    return RelationMap(tuple(columns), tuple((entry, _by_kind(other for other in listed if other.id in links[entry.id])) for entry in listed))


def draw_nearby(playbook: Playbook, entry: Entry) -> Nearby | None:
    """Returns what the map shows round an entry; None where it shows nothing."""
    if not entry.kind.on_map or entry.status != "current":
        return None
    folders = [kind.folder for kind in kinds_on_map()]
    ids = [id for id, _ in named_by(entry)] + [other.id for named in playbook.backlinks.get(entry.id, {}).values() for other in named]
    others = [playbook.entries[id] for id in dict.fromkeys(ids)]
    linked = _by_kind(other for other in others if other.status == "current" and other.kind.on_map)
    at = folders.index(entry.kind.folder)
    before, after = (_rows(linked, side) for side in (folders[:at], folders[at + 1 :]))
    if not (before or after):
        return None
    middle = _HEIGHT / 2
    return Nearby(
        Side(before, _strands((y, middle) for y in _heights(len(before)))),
        Side(after, _strands((middle, y) for y in _heights(len(after)))),
    )


def _rows(linked: Mapping[str, tuple[Entry, ...]], folders: Sequence[str]) -> tuple[Entry | str, ...]:
    rows: list[Entry | str] = []
    for folder in folders:
        entries = linked.get(folder, ())
        # one that is left out would take the place of the word for it
        most = _MOST_NEARBY if len(entries) > _MOST_NEARBY + 1 else len(entries)
        rows += entries[:most]
        rows += [f"{len(entries) - most:,} more {KINDS[folder].kind.many.lower()}"] if len(entries) > most else []
    return tuple(rows)


def _links(drawn: Mapping[str, Entry]) -> Mapping[str, set[str]]:
    """From each entry to those that it names and those that name it, of another kind."""
    links: dict[str, set[str]] = {id: set() for id in drawn}
    for entry in drawn.values():
        for id, _ in named_by(entry):
            if id in drawn and drawn[id].kind is not entry.kind:
                links[entry.id].add(id)
                links[id].add(entry.id)
    return links


def _by_kind(entries: Iterable[Entry]) -> Mapping[str, tuple[Entry, ...]]:
    return dict(grouped(entries, lambda entry: entry.kind.folder))


def _places(entries: Sequence[Entry]) -> dict[str, float]:
    return {entry.id: y for entry, y in zip(entries, _heights(len(entries)), strict=True)}


def _heights(count: int) -> list[float]:
    """Where the middle of each of `count` rows is."""
    return [(number + 0.5) / count * _HEIGHT for number in range(count)]


def _mean(places: Sequence[float]) -> float:
    """The middle of some places; of none, the end, so that what nothing leads to comes last."""
    return round(sum(places) / len(places), 6) if places else _HEIGHT


def _strands(pairs: Iterable[tuple[float, float]]) -> str:
    """One path with a curve for each pair of heights: from the left edge to the right one."""
    half = _WIDTH // 2
    return "".join(f"M0 {left:.0f}C{half} {left:.0f} {half} {right:.0f} {_WIDTH} {right:.0f}" for left, right in pairs)
