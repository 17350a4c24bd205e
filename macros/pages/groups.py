"""What a page lists under one heading: entries that are linked for the same reason."""

from __future__ import annotations

from dataclasses import dataclass

from macros.schema.entry import Entry
from macros.schema.fields import Section

_MOST_BESIDE = 10
"""Linked entries that one section may list beside the text."""


@dataclass(frozen=True, slots=True)
class Group:
    """Entries that are linked for the same reason, under the section of the page that says which, and ids of pages of other playbooks."""

    section: Section
    entries: tuple[Entry, ...]
    outside: tuple[str, ...] = ()

    @property
    def is_long(self) -> bool:
        """Whether it is a part of the page itself: beside the text it would push the rest out of sight."""
        return len(self.entries) > _MOST_BESIDE

    @property
    def label(self) -> str:
        """The words of a link to it that say how much is there: `What eases this barrier: 4 insights`."""
        kinds = {entry.kind.folder: entry.kind for entry in self.entries}
        kind = next(iter(kinds.values())) if len(kinds) == 1 else None
        number = f"{len(self.entries) + len(self.outside):,}"
        if kind is None or self.outside or kind.many.casefold() in self.section.heading.casefold():
            return f"{self.section.heading}: {number}"
        return f"{self.section.heading}: {number} {(kind.one if len(self.entries) == 1 else kind.many).lower()}"
