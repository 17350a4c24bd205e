"""Which of the links that other sites are known to have a change touches: their page changes, moves, is withdrawn or loses the part that they lead to.

`touched_links` takes an `Inbound` and a `Diff`, and returns a `TouchedLink` for each of them, those that break first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from macros.releases.diff.model import LINK_OUTCOMES, Diff, EntryChange, LinkOutcome, PageChange, TouchedLink
from macros.site.inbound.known import Inbound, InboundLink
from macros.site.verify_links import LinkAnswer, Spot

_AS_READERS_SAW_IT = frozenset({("added",), ("sorted",), ("reviewed",), ("sorted", "reviewed")})
"""Changes of an entry after which its page says the same, or before which it was not there."""


def touched_links(inbound: Inbound, diff: Diff) -> tuple[TouchedLink, ...]:
    """Returns the links that the change touches. One that is fixed to a version stays as it is."""
    change = _Change(diff)
    links = ((link, link.spot, link.answer) for link in inbound.links)
    found = (change.touches(link, spot, answer) for link, spot, answer in links if spot and answer and not spot.version)
    return tuple(sorted(filter(None, found), key=lambda link: LINK_OUTCOMES.index(link.outcome)))


@dataclass(frozen=True)
class _Change:
    """A diff, asked for one link at a time."""

    diff: Diff

    def touches(self, link: InboundLink, spot: Spot, answer: LinkAnswer) -> TouchedLink | None:
        """The link with what happens to it; None if nothing does."""
        outcome = self._outcome(link, spot, answer)
        if outcome:
            return TouchedLink(link.site.title, link.site.address, link.url, outcome, (answer.to,) if answer.to else answer.instead)
        shown = tuple(dict.fromkeys((*self._shown.get(spot.at, ()), *self._shown.get(spot.now or "", ()))))
        return TouchedLink(link.site.title, link.site.address, link.url, "changed", changed_by=shown) if shown else None

    def _outcome(self, link: InboundLink, spot: Spot, answer: LinkAnswer) -> LinkOutcome | None:
        """What happens to where a link leads, if this change is why; a page that had moved before has not moved now."""
        if answer.state == "unknown":
            return "broken"
        page = self._own.get(spot.at) or self._own.get(spot.now or "")
        is_part = bool(page and link.anchor in {*page.anchors_gone, *dict(page.anchors_moved)})
        is_why = is_part or spot.at in self._left or bool(self._ids_left & set(_names_in(link.anchor)))
        if not is_why or answer.state == "ok":
            return None
        return "moved" if answer.state == "moved" else "part gone" if is_part else "withdrawn"

    @cached_property
    def _own(self) -> Mapping[str, EntryChange | PageChange]:
        """The change of the page at each address, under the one that it has and the one that it had."""
        entries = {url: change for change in self.diff.entries for url in (f"{change.former_place}/", change.url)}
        return {**entries, **{url: page for page in self.diff.pages for url in (page.former_url, page.url) if url or page.url == ""}}

    @cached_property
    def _left(self) -> frozenset[str]:
        """The addresses at which something else is than before."""
        entries = (f"{change.former_place}/" if change.former_place else change.url for change in self._gone)
        return frozenset((*entries, *(page.former_url or page.url for page in self.diff.pages if page.former_url or page.change_type != "changed")))

    @cached_property
    def _ids_left(self) -> frozenset[str]:
        """The ids that lists had as anchors."""
        return frozenset(change.former_place.rpartition("/")[2] or change.id for change in self._gone)

    @cached_property
    def _gone(self) -> tuple[EntryChange, ...]:
        return tuple(change for change in self.diff.entries if {"withdrawn", "removed", "renamed", "unpublished"} & {*change.change_types})

    @cached_property
    def _shown(self) -> Mapping[str, list[str]]:
        """From an address to what changes on its page: `barriers/data-sharing`, or the address itself for a page written by hand."""
        found: dict[str, list[str]] = {}
        for change in self.diff.entries:
            if change.change_types not in _AS_READERS_SAW_IT:
                pages = {change.url, *(page.url for page in self.diff.affected_pages.get(change.id, ()))}
                for url in pages:
                    found.setdefault(url, []).append(change.place)
        for page in self.diff.pages:
            if page.change_type == "changed":
                found.setdefault(page.url, []).append(f"/{page.url}")
        return found


def _names_in(anchor: str) -> Iterator[str]:
    """The ids that an anchor of a list may begin with."""
    words = anchor.removeprefix("group-").split("-")
    yield from ("-".join(words[:end]) for end in range(1, len(words) + 1))
