"""One immutable playbook: made by the checks, and used by everything else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from macros.playbook.a_to_z import Lookup, lookups_of
from macros.playbook.anchors import anchors_of
from macros.playbook.elsewhere import Elsewhere, OutsidePage
from macros.playbook.letters import Letter, by_letter
from macros.playbook.long_lists import LongLists, find_long_lists
from macros.playbook.passages import passage_of
from macros.playbook.relations import Backlinks, citations_of, find_backlinks
from macros.playbook.urls import entry_url
from macros.schema.builtin_kinds import Source
from macros.schema.entry import Entry
from macros.schema.inbound import InboundLinks
from macros.schema.kinds import KINDS
from macros.schema.parts import Part, Passage
from macros.schema.settings import Settings
from macros.text.page_source import PageSource


@dataclass(frozen=True)
class Playbook:
    """The playbook's facts and its entries by id, in the order of their lists, with the relations between them."""

    settings: Settings
    entries: Mapping[str, Entry]
    pages: Mapping[str, Part]
    """The front matter of each page that is written by hand, by its path: `docs/approach/joined-up.md`."""
    written: Mapping[str, PageSource] = field(default_factory=dict)
    """Those pages themselves, by the same paths; none in a playbook of another time."""
    elsewhere: Elsewhere = field(default_factory=Elsewhere)
    """The other playbooks that this one links to."""
    inbound: InboundLinks = field(default_factory=InboundLinks)
    """The sites that link here, as far as anyone has told."""

    @cached_property
    def backlinks(self) -> Backlinks:
        """What names each entry, by the section of its page that lists it."""
        return find_backlinks(self.entries.values())

    def anchors_of(self, entry: Entry) -> tuple[str, ...]:
        """The anchors of an entry's page, computed once."""
        if entry.id not in self._anchors:
            self._anchors[entry.id] = anchors_of(entry, self.backlinks)
        return self._anchors[entry.id]

    @cached_property
    def _anchors(self) -> dict[str, tuple[str, ...]]:
        return {}

    def of_kind(self, folder: str) -> tuple[Entry, ...]:
        """The current entries of a kind, in order: what lists show. Drafts and withdrawn entries only have their page."""
        return self._lists[folder]

    def is_listed(self, folder: str) -> bool:
        """Whether a list of the kind has any entry to show."""
        return bool(self._lists[folder])

    @cached_property
    def long_lists(self) -> LongLists:
        """The lists that need several pages."""
        return find_long_lists(self)

    @cached_property
    def lookups(self) -> tuple[tuple[Letter, tuple[Lookup, ...]], ...]:
        """The index from A to Z: each letter with its lines."""
        return by_letter(lookups_of(entry for entries in self._lists.values() for entry in entries))

    @cached_property
    def former_ids(self) -> Mapping[str, Entry]:
        """From each id that an entry had before to that entry."""
        return MappingProxyType({old: entry for entry in self.entries.values() for old in entry.formerly})

    def once_called(self, id: str) -> Entry | None:
        """The entry that has this id, or had it."""
        return self.entries.get(id) or self.former_ids.get(id)

    def address_of(self, id: str) -> str | None:
        """The address of the page of the entry that has this id, or had it."""
        entry = self.once_called(id)
        return entry_url(entry) if entry else None

    def outside(self, id: str) -> OutsidePage | None:
        """The page of another playbook that an id such as `nz:silos` names."""
        return self.elsewhere.find(id)

    def title_of(self, id: str) -> str:
        """What links call what `id` names, in this playbook or in another one; the id itself where nothing is known of it."""
        named = self.entries.get(id)
        outside = None if named else self.outside(id)
        return named.known_as if named else outside.title if outside else id

    def neighbours(self, entry: Entry) -> tuple[Entry | None, Entry | None]:
        """The entries before and after `entry` in the list of its kind; none for an entry that no list shows."""
        return self._neighbours.get(entry.id, (None, None))

    def coverage(self, source: Source) -> tuple[tuple[Passage, tuple[Entry, ...]], ...]:
        """Each passage of a source, with the current entries that cite it."""
        places = tuple(passage.at for passage in source.passages)
        citing: dict[str | None, dict[str, Entry]] = {}
        for at, entry in self._citing.get(source.id, ()):
            citing.setdefault(passage_of(at, places), {})[entry.id] = entry
        return tuple((passage, tuple(citing.get(passage.at, {}).values())) for passage in source.passages)

    @cached_property
    def _citing(self) -> Mapping[str, list[tuple[str, Entry]]]:
        """From a source's id to each place that is cited, with the current entry that cites it."""
        found: dict[str, list[tuple[str, Entry]]] = {}
        for entry in self.entries.values():
            for cited in citations_of(entry) if entry.status == "current" else ():
                found.setdefault(cited.source, []).append((cited.at, entry))
        return found

    @cached_property
    def _lists(self) -> Mapping[str, tuple[Entry, ...]]:
        current = [entry for entry in self.entries.values() if entry.status == "current"]
        return {folder: tuple(entry for entry in current if entry.kind.folder == folder) for folder in KINDS}

    @cached_property
    def _neighbours(self) -> Mapping[str, tuple[Entry | None, Entry | None]]:
        rows = [(None, *row, None) for row in self._lists.values()]
        return {entry.id: (before, after) for row in rows for before, entry, after in zip(row, row[1:], row[2:], strict=False)}

    @cached_property
    def kinds(self) -> tuple[type[Entry], ...]:
        """The kinds that have at least one current entry."""
        return tuple(model for folder, model in KINDS.items() if self.of_kind(folder))
