"""Finds the pages on which a change can be seen: those that differ between two playbooks and mention the changed entry.

`with_affected_pages` takes a `Diff`, and the playbook as it was and as it is. It renders both and returns the `Diff` with the affected
pages of each entry. If one of the two cannot be rendered, these are the pages that the relations in the data lead to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from macros.pages.catalogue import Catalogue, catalogue_of
from macros.pages.generated import generated_body
from macros.pages.hand_written import written_body
from macros.pages.renderer import Renderer
from macros.pages.whole_page import fits_one_page
from macros.playbook import urls
from macros.playbook.playbook import Playbook
from macros.releases.diff.model import AffectedPage, Diff, EntryChange
from macros.releases.past import Past
from macros.releases.record import PageRecord, entry_as_mapping
from macros.releases.references import named_in
from macros.releases.snapshot import Snapshot
from macros.schema.builtin_kinds import Term
from macros.schema.entry import Entry
from macros.schema.filled import texts_of
from macros.schema.kinds import KINDS
from macros.text.glossary import Glossary

NOT_RENDERED = "The base could not be rendered: the pages listed are those that the data leads to, and some may show no change."


def with_affected_pages(diff: Diff, base: Past, head: Past) -> Diff:
    """`diff` with the pages on which each of its entries shows that it changed, its own page first."""
    if base.playbook is None or head.playbook is None:
        linked = _links_in(base.snapshot, head.snapshot)
        shown = {change.id: tuple(_by_model(change, head.snapshot, linked.get(change.id, set()))) for change in diff.entries}
        return replace(diff, affected_pages=shown, notes=(*diff.notes, *([NOT_RENDERED] if diff.entries else ())))
    moved = {f"{change.place}/": f"{change.former_place}/" for change in diff.entries if change.former_place}
    pages = head.snapshot.pages or {}
    before, now = _Site(base.playbook, base.snapshot.pages or pages), _Site(head.playbook, pages)
    claims = {change.id: tuple(_claims(change, before, now, moved)) for change in diff.entries}
    shown = {id: tuple(AffectedPage(url, now.titles[url]) for url in urls_of) for id, urls_of in claims.items()}
    return replace(diff, affected_pages=shown, are_affected_pages_exact=True)


@dataclass(frozen=True)
class _Site:
    """A playbook's pages by their addresses, each rendered when it is asked for."""

    playbook: Playbook
    written: Mapping[str, PageRecord]

    @cached_property
    def titles(self) -> dict[str, str]:
        """The title of each page, in the order in which pages are listed: those that show several entries or none, then entries."""
        listed = {page.url: page.title for page in self._catalogue.by_url.values() if page.kind in ("list", "written", "index", "whole")}
        entries = {page.url: page.title for page in self._catalogue.by_url.values() if page.kind == "entry"}
        return {**dict(sorted(listed.items())), **entries}

    @cached_property
    def _catalogue(self) -> Catalogue:
        return catalogue_of(self.playbook, self.written)

    def body(self, url: str) -> str | None:
        """The part of the page that the data and the page's author can change; None if there is no such page."""
        if url not in self._bodies:
            self._bodies[url] = self._rendered(url) if url in self.titles else None
        return self._bodies[url]

    def _rendered(self, url: str) -> str:
        page = self._catalogue.by_url[url]
        view = Renderer(self.playbook, url, page.path if page.kind == "written" else "")
        html = written_body(view, self.written[page.path]) if page.kind == "written" else generated_body(view, page)
        return view.explain_terms(html, self._glossary, own=page.name) if page.explains_terms else html

    def candidates(self, id: str) -> Iterator[str]:
        """The pages that may mention the entry `id`."""
        entry = self.playbook.entries.get(id)
        if entry is None:
            return
        yield from (urls.entry_url(entry), urls.INDEX, urls.WHOLE, *self._lists, *self._by_hand)
        others = (*self.playbook.neighbours(entry), *self._linked(id), *(self._using(entry) if isinstance(entry, Term) else ()))
        yield from (urls.entry_url(other) for other in others if other)

    def speaks_of(self, url: str, id: str) -> bool:
        """Whether the page at `url` links to the entry or has an anchor named after its id."""
        entry, body = self.playbook.entries.get(id), self.body(url)
        if entry is None or body is None:
            return False
        own = urls.entry_url(entry)
        return own == url or f'"{urls.relative(own, url)}"' in body or bool(re.search(rf'["#/:]{re.escape(id)}(?:\.md)?["#) ]', body))

    def _using(self, term: Term) -> Iterator[Entry]:
        """The entries on whose pages a term may be explained: those that use it, and those that show the summary of one that does."""
        wanted = Glossary([term])
        for entry in self.playbook.entries.values():
            if wanted.used_in("\n\n".join(text for _, text in texts_of(entry))):
                yield entry
                yield from self._linked(entry.id) if wanted.used_in(entry.summary) else ()

    def _linked(self, id: str) -> Iterator[Entry]:
        entries = self.playbook.entries
        yield from (entries[other] for other in (*self._named.get(id, ()), *self._naming.get(id, ())) if other in entries)

    @cached_property
    def _named(self) -> dict[str, frozenset[str]]:
        entries = self.playbook.entries.values()
        return {entry.id: frozenset(id for _, id in named_in(entry.kind.folder, entry_as_mapping(entry))) for entry in entries}

    @cached_property
    def _naming(self) -> dict[str, list[str]]:
        naming: dict[str, list[str]] = {}
        for id, named in self._named.items():
            for other in named:
                naming.setdefault(other, []).append(id)
        return naming

    def holds(self, url: str) -> bool:
        """Whether the page at `url` is that of an entry that the page of the whole playbook holds."""
        return url in self._held

    @cached_property
    def _held(self) -> frozenset[str]:
        if not fits_one_page(self.playbook):
            return frozenset()
        return frozenset(urls.entry_url(entry) for model in self.playbook.kinds for entry in self.playbook.of_kind(model.kind.folder))

    @cached_property
    def _lists(self) -> tuple[str, ...]:
        """Every list: one of another kind may name the entry among what its rows can be narrowed by."""
        return tuple(page.url for page in self._catalogue.by_url.values() if page.kind == "list")

    @cached_property
    def _by_hand(self) -> tuple[str, ...]:
        return tuple(page.url for page in self.written.values())

    @cached_property
    def _glossary(self) -> Glossary:
        return Glossary(self.playbook.of_kind("terms"))

    @cached_property
    def _bodies(self) -> dict[str, str | None]:
        return {}


def _claims(change: EntryChange, before: _Site, now: _Site, old_urls: Mapping[str, str]) -> Iterator[str]:
    """The pages that show the change. The page of the whole playbook shows what the pages of its entries do, but for their reviews."""
    found = [*_differing(change, before, now, old_urls)]
    # its contents tell which entries came and went
    is_held = change.change_types != ("reviewed",) and any(now.holds(url) for url in found)
    held = (urls.WHOLE,) if is_held and urls.WHOLE not in found else ()
    yield from _in_order((*found, *held), change.url, now.titles)


def _differing(change: EntryChange, before: _Site, now: _Site, old_urls: Mapping[str, str]) -> Iterator[str]:
    """Present pages that differ from before, and mention the entry now or did then. A page that moved counts as changed."""
    old_id = change.former_place.rpartition("/")[2] or change.id
    new_urls = {old: new for new, old in old_urls.items()}
    candidates = {*now.candidates(change.id), *(new_urls.get(url, url) for url in before.candidates(old_id))}
    for url in (url for url in candidates if url in now.titles):
        old_url = old_urls.get(url, url)
        if url == change.url != old_url or (
            now.body(url) != before.body(old_url) and (now.speaks_of(url, change.id) or before.speaks_of(old_url, old_id))
        ):
            yield url


def _by_model(change: EntryChange, now: Snapshot, linked: Iterable[str]) -> Iterator[AffectedPage]:
    """The entry's own page, the list of its kind, and the pages of the entries that it names and that name it."""
    if change.id in now.records:
        yield AffectedPage(change.url, change.title)
    if change.kind in KINDS:
        yield AffectedPage(urls.kind_url(change.kind), KINDS[change.kind].kind.many)
    yield from (AffectedPage(now.records[id].url, now.records[id].title) for id in sorted({*linked} - {change.id}) if id in now.records)


def _links_in(*snapshots: Snapshot) -> dict[str, set[str]]:
    """From an id to those that its entry names or that name it, in one snapshot or another."""
    linked: dict[str, set[str]] = {}
    for snapshot in snapshots:
        for record in snapshot.records.values():
            for _, id in named_in(record.kind, record.fields):
                linked.setdefault(record.id, set()).add(id)
                linked.setdefault(id, set()).add(record.id)
    return linked


def _in_order(found: Iterable[str], own: str, titles: Mapping[str, str]) -> list[str]:
    places = {url: place for place, url in enumerate(titles)}
    return sorted(found, key=lambda url: (url != own, places[url]))
