"""Where each promised address and anchor leads now.

`read_ledger` takes the playbook's folder and returns a `Ledger`, which answers for one address or anchor at a time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from macros.playbook import urls
from macros.playbook.playbook import Playbook
from macros.releases.store import ReleaseStore, read_store
from macros.schema.entry import Entry
from macros.schema.kinds import KINDS
from macros.schema.parts import FormerAnchor
from macros.schema.sections import section_anchors
from macros.site.ledger.current import CurrentSite
from macros.site.ledger.promises import Promise, promises_of

WITHDRAWN_ANCHOR = "withdrawn"
"""The anchor of the notice on a withdrawn entry's page. No release promises it, because it is gone once the entry returns."""
FIGURE_PREFIX = "figure-"


@dataclass(frozen=True, slots=True)
class AnchorAlias:
    """The old anchor is an alias of another one on the same page."""

    to: str


@dataclass(frozen=True, slots=True)
class AnchorNotice:
    """The page no longer shows what the anchor led to; a line at its end says so, and links on if there is something to link to.

    `entry` is the target, `anchor` a section of it; `reason` says why it is gone, if there is no target.
    """

    entry: Entry | None = None
    anchor: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Ledger:
    """All releases and the current site, with where everything leads."""

    store: ReleaseStore
    current: CurrentSite
    promises: Mapping[str, Promise]

    def current_url(self, url: str) -> str | None:
        """Returns the address that a published one leads to now, usually itself; None if it leads nowhere."""
        if url in self.current.entries or url in self.current.pages:
            return url
        promise = self.promises.get(url)
        entry = self.current.playbook.once_called(promise.id) if promise and promise.id else None
        return urls.entry_url(entry) if entry else self.moved.get(url)

    @cached_property
    def moved(self) -> Mapping[str, str]:
        """From each address that no longer exists to its successor, without intermediate steps."""
        now = {url: self.current.playbook.once_called(id) for url, id in self.of_entries.items()}
        pages = {old: url for url in self.current.pages for old in self.current.former_addresses(url)}
        known = {**pages, **{url: urls.entry_url(entry) for url, entry in now.items() if entry}}
        return {old: new for old, new in sorted(known.items()) if old not in self.current.entries and old not in self.current.pages}

    @cached_property
    def of_entries(self) -> Mapping[str, str]:
        """The id of the entry at each address that an entry ever had, as far as releases and the entries themselves know."""
        own = {f"{entry.kind.folder}/{old}/": old for entry in self.current.playbook.entries.values() for old in entry.formerly}
        return {**own, **{url: promise.id for url, promise in self.promises.items() if promise.id}}

    @cached_property
    def promised_anchors(self) -> Mapping[str, Mapping[str, str]]:
        """For each current page: the anchors promised on it or on a page that leads to it, each with the newest release that had it."""
        found: dict[str, dict[str, str]] = {}
        for url, promise in self.promises.items():
            if (now := self.current_url(url)) is not None:
                found.setdefault(now, {}).update(promise.anchors)
        return found

    def anchor_outcome(self, url: str, anchor: str, on_page: Collection[str]) -> AnchorAlias | AnchorNotice | None:
        """Returns what became of an anchor that is not among those `on_page`, the page at `url`; None if that is unknown."""
        row = self.current.former_anchors(url).get(anchor)
        if row:
            return self._declared_outcome(row)
        if url in self.current.withdrawn_pages:
            return AnchorAlias(WITHDRAWN_ANCHOR)
        entry = self.current.entries.get(url)
        if entry:
            return AnchorAlias(WITHDRAWN_ANCHOR) if entry.status == "withdrawn" else None
        return self._list_anchor_outcome(anchor, on_page)

    def is_list_anchor(self, anchor: str) -> bool:
        """Returns whether an anchor marks an entry on a list: it follows that entry, or is lost with it."""
        bare = f"{anchor.removeprefix('group-')}-"
        return any(True for _ in self._entries_in(anchor)) or any(bare.startswith(f"{id}-") for id in self._lost)

    def entry_part(self, anchor: str) -> tuple[str, str] | None:
        """Returns the id of the entry that an anchor marks, and the section or figure of it, if any; None if it marks no entry."""
        return next(((entry.id, rest) for _, entry, rest in self._entries_in(anchor)), None)

    @cached_property
    def _lost(self) -> frozenset[str]:
        """The ids of released entries that lead nowhere."""
        return frozenset(promise.id for url, promise in self.promises.items() if promise.id and self.current_url(url) not in self.current.entries)

    def _declared_outcome(self, row: FormerAnchor) -> AnchorAlias | AnchorNotice:
        if row.entry:
            return AnchorNotice(self.current.playbook.entries[row.entry], row.now or "")
        return AnchorAlias(row.now) if row.now else AnchorNotice(reason=row.reason or "")

    def _list_anchor_outcome(self, anchor: str, on_page: Collection[str]) -> AnchorAlias | AnchorNotice | None:
        for prefix, entry, rest in self._entries_in(anchor):
            part = self._current_part(entry, rest)
            name = prefix + "-".join(filter(None, (entry.id, part.removeprefix(FIGURE_PREFIX) if part != rest else rest)))
            if name != anchor and name in on_page:
                return AnchorAlias(name)
            there = self.current.playbook.anchors_of(entry)
            return AnchorNotice(entry, next((each for each in (part, FIGURE_PREFIX + part) if part and each in there), ""))
        return None

    def _current_part(self, entry: Entry, rest: str) -> str:
        """The section or figure that `rest` names (`why`, or a figure's name), under its current name."""
        former = {row.anchor: row.now or "" for row in entry.former_anchors if not row.entry}
        return former.get(f"{FIGURE_PREFIX}{rest}", former.get(rest, rest)) if rest else ""

    def _entries_in(self, anchor: str) -> Iterator[tuple[str, Entry, str]]:
        """(prefix, entry, section or figure) that an anchor may consist of: `data-sharing`, `group-decide`, `nao-why`, `rough-sleepers-unit-cost`."""
        for prefix in ("", "group-"):
            words = anchor.removeprefix(prefix).split("-") if anchor.startswith(prefix) else []
            for end in range(len(words), 0, -1):
                id, rest = "-".join(words[:end]), "-".join(words[end:])
                entry = self.current.playbook.once_called(id)
                if entry and (not rest or rest in section_anchors() or f"{FIGURE_PREFIX}{rest}" in self._anchors_ever(id, entry)):
                    yield prefix, entry, rest

    def _anchors_ever(self, id: str, entry: Entry) -> Collection[str]:
        ever = [promise.anchors for promise in self._by_id.get(id, ())]
        return {*self.current.playbook.anchors_of(entry), *(anchor for anchors in ever for anchor in anchors)}

    @cached_property
    def _by_id(self) -> Mapping[str, list[Promise]]:
        found: dict[str, list[Promise]] = {}
        for promise in self.promises.values():
            found.setdefault(promise.id, []).append(promise)
        return found


def read_ledger(root: Path, playbook: Playbook) -> Ledger:
    """Returns the ledger of the playbook in `root`; its `store` lists the releases that could not be read."""
    store = read_store(root)
    promises = promises_of(store.releases)
    listed = frozenset(folder for folder in KINDS if urls.kind_url(folder) in promises)
    return Ledger(store, CurrentSite(root, playbook, store.releases, listed), promises)
