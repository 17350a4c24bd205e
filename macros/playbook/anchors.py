"""Which anchors the page of an entry has: the promise to everybody who links to a part of it."""

from __future__ import annotations

from macros.playbook.relations import Backlinks
from macros.schema.entry import Entry
from macros.schema.parts import CITED, HISTORY
from macros.schema.patterns import slug_of
from macros.schema.sections import section_anchors, sections_of


def anchors_of(entry: Entry, backlinks: Backlinks) -> tuple[str, ...]:
    """`("why", "signs", "evidence", "sources", "eases", "figure-staff")`: sections that fields fill, those of who names it, and figures."""
    found = {HISTORY.anchor, *(section.anchor for field, section in sections_of(type(entry)).items() if getattr(entry, field))}
    cited_by_passage = getattr(entry, "passages", ())
    found |= {section.anchor for section in backlinks.get(entry.id, {}) if not (section == CITED and cited_by_passage)}
    return (*sorted(found, key=section_anchors().index), *(f"figure-{figure.name}" for figure in getattr(entry, "figures", ())))


def group_anchor(heading: str) -> str:
    """The anchor of a group of entries in a list: the words of its heading, joined with hyphens."""
    return f"group-{slug_of(heading)}"
