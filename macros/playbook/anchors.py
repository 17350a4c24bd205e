"""Which anchors the page of an entry has: the promise to everybody who links to a part of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from macros.files.memo import Same, remembered
from macros.playbook.passages import passage_anchors
from macros.playbook.relations import Backlinks
from macros.schema.entry import Entry
from macros.schema.parts import CITED, HISTORY
from macros.schema.patterns import slug_of
from macros.schema.sections import section_anchors, sections_of


def anchors_of(entry: Entry, backlinks: Backlinks) -> tuple[str, ...]:
    """`("why", "signs", "evidence", "sources", "eases", "figure-staff")`: sections that fields fill, those of who names it, figures, and passages."""
    own = _own_anchors(entry)
    linked = {section.anchor for section in backlinks.get(entry.id, {}) if not (section == CITED and own.passages)}
    return (*sorted(own.sections | linked, key=section_anchors().index), *own.figures, *own.passages)


@dataclass(frozen=True, slots=True)
class _OwnAnchors:
    """Those that depend on the entry alone."""

    sections: frozenset[str]
    figures: tuple[str, ...]
    passages: tuple[str, ...]


@remembered(Same)
def _own_anchors(entry: Entry) -> _OwnAnchors:
    filled = (section.anchor for field, section in sections_of(type(entry)).items() if getattr(entry, field) or field in entry.elsewhere)
    figures = tuple(f"figure-{figure.name}" for figure in getattr(entry, "figures", ()))
    return _OwnAnchors(frozenset((HISTORY.anchor, *filled)), figures, tuple(anchors_of_passages(entry).values()))


def anchors_of_passages(entry: Entry) -> Mapping[str, str]:
    """From each place that a source lists to its anchor; nothing for other entries."""
    return passage_anchors(tuple(passage.at for passage in getattr(entry, "passages", ())))


def group_anchor(heading: str) -> str:
    """The anchor of a group of entries in a list: the words of its heading, joined with hyphens."""
    return f"group-{slug_of(heading)}"
