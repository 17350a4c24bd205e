"""Where each promised address and anchor leads now.

Enters: the promises of all releases, and what the site has now. Leaves: a Ledger, which answers for one address or anchor at a time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from macros.playbook import urls
from macros.playbook.anchors import anchors_of
from macros.playbook.playbook import Playbook
from macros.releases.store import ReleaseStore, read_store
from macros.schema.entry import Entry
from macros.schema.kinds import KINDS
from macros.schema.parts import FormerAnchor
from macros.schema.sections import section_anchors
from macros.site.ledger.current import CurrentSite
from macros.site.ledger.promises import Promise, promises_of

WITHDRAWN = "withdrawn"
"""The anchor of the notice on a withdrawn entry's page. No release promises it, as it goes when the entry returns."""
FIGURE = "figure-"


@dataclass(frozen=True, slots=True)
class Alias:
    """The anchor is another one on the same page now."""

    to: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Nothing on the page shows it any more: the page says so at its end, under the old anchor, and leads on where something does.

    `entry` is where it leads, `anchor` a section there; `reason` says why it is gone where it leads nowhere.
    """

    entry: Entry | None = None
    anchor: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Ledger:
    """All releases and the present, with what leads where."""

    store: ReleaseStore
    current: CurrentSite
    promises: Mapping[str, Promise]

    def landing(self, url: str) -> str | None:
        """The address that a published one leads to now: mostly itself; None where it leads nowhere."""
        if url in self.current.entries or url in self.current.pages:
            return url
        promise = self.promises.get(url)
        entry = self.current.playbook.once_called(promise.id) if promise and promise.id else None
        return urls.entry_url(entry) if entry else self.moved.get(url)

    @cached_property
    def moved(self) -> Mapping[str, str]:
        """From each address that is none any more to the one that took its place, in one step."""
        own = {f"{entry.kind.folder}/{old}/": urls.entry_url(entry) for entry in self.current.playbook.entries.values() for old in entry.formerly}
        released = {url: self.current.playbook.once_called(promise.id) for url, promise in self.promises.items() if promise.id}
        pages = {old: url for url in self.current.pages for old in self.current.former_addresses(url)}
        known = {**own, **{url: urls.entry_url(entry) for url, entry in released.items() if entry}, **pages}
        return {old: new for old, new in sorted(known.items()) if old not in self.current.entries and old not in self.current.pages}

    @cached_property
    def promised_here(self) -> Mapping[str, Mapping[str, str]]:
        """For each page that there is now: the anchors promised on it or on what led to it, each with the newest release that had it."""
        found: dict[str, dict[str, str]] = {}
        for url, promise in self.promises.items():
            if (now := self.landing(url)) is not None:
                found.setdefault(now, {}).update(promise.anchors)
        return found

    def fate(self, url: str, anchor: str, on_page: Collection[str]) -> Alias | Notice | None:
        """What became of an anchor that is not `on_page`, the page at `url`; None where nobody said."""
        row = self.current.former_anchors(url).get(anchor)
        if row:
            return self._declared(row)
        entry = self.current.entries.get(url)
        if entry:
            return Alias(WITHDRAWN) if entry.status == "withdrawn" else None
        return self._place_of_entry(anchor, on_page)

    def names_entry(self, anchor: str) -> bool:
        """Whether an anchor is the place of an entry on a list: it leads to that entry wherever it is now, or is lost with it."""
        bare = f"{anchor.removeprefix('group-')}-"
        return any(True for _ in self._entries_in(anchor)) or any(bare.startswith(f"{id}-") for id in self._lost)

    @cached_property
    def _lost(self) -> frozenset[str]:
        """The ids of released entries that lead nowhere."""
        return frozenset(promise.id for url, promise in self.promises.items() if promise.id and self.landing(url) is None)

    def _declared(self, row: FormerAnchor) -> Alias | Notice:
        if row.entry:
            return Notice(self.current.playbook.entries[row.entry], row.now or "")
        return Alias(row.now) if row.now else Notice(reason=row.reason or "")

    def _place_of_entry(self, anchor: str, on_page: Collection[str]) -> Alias | Notice | None:
        for prefix, entry, rest in self._entries_in(anchor):
            part = self._part_now(entry, rest)
            name = prefix + "-".join(filter(None, (entry.id, part.removeprefix(FIGURE) if part != rest else rest)))
            if name != anchor and name in on_page:
                return Alias(name)
            there = anchors_of(entry, self.current.playbook.backlinks)
            return Notice(entry, next((each for each in (part, FIGURE + part) if part and each in there), ""))
        return None

    def _part_now(self, entry: Entry, rest: str) -> str:
        """The section or figure of an entry that `rest` names: `why`, or a figure's name; by the name that it has now."""
        former = {row.anchor: row.now or "" for row in entry.former_anchors if not row.entry}
        return former.get(f"{FIGURE}{rest}", former.get(rest, rest)) if rest else ""

    def _entries_in(self, anchor: str) -> Iterator[tuple[str, Entry, str]]:
        """(prefix, entry, section or figure) that an anchor is made of: `data-sharing`, `group-decide`, `nao-why`, `rough-sleepers-unit-cost`."""
        for prefix in ("", "group-"):
            words = anchor.removeprefix(prefix).split("-") if anchor.startswith(prefix) else []
            for end in range(len(words), 0, -1):
                id, rest = "-".join(words[:end]), "-".join(words[end:])
                entry = self.current.playbook.once_called(id)
                if entry and (not rest or rest in section_anchors() or f"{FIGURE}{rest}" in self._anchors_ever(id, entry)):
                    yield prefix, entry, rest

    def _anchors_ever(self, id: str, entry: Entry) -> Collection[str]:
        ever = [promise.anchors for promise in self._by_id.get(id, ())]
        return {*anchors_of(entry, self.current.playbook.backlinks), *(anchor for anchors in ever for anchor in anchors)}

    @cached_property
    def _by_id(self) -> Mapping[str, list[Promise]]:
        found: dict[str, list[Promise]] = {}
        for promise in self.promises.values():
            found.setdefault(promise.id, []).append(promise)
        return found


def read_ledger(root: Path, playbook: Playbook) -> Ledger:
    """The ledger of the playbook in `root`; its shelf says which releases could not be read."""
    store = read_store(root)
    promises = promises_of(store.releases)
    listed = frozenset(folder for folder in KINDS if urls.kind_url(folder) in promises)
    return Ledger(store, CurrentSite(root, playbook, store.releases, listed), promises)
