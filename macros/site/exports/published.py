"""What the exports are made of: the playbook with its releases, and the URLs under which others find it.

A `Published` takes a ledger and the URL of the site; each export takes a `Published`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from macros.pages.citation import release_words
from macros.playbook.playbook import Playbook
from macros.playbook.urls import LATEST_FOLDER
from macros.releases.history import ReleaseHistory
from macros.releases.version import folder_of
from macros.schema.builtin_kinds import Source
from macros.site.exports.atom import FeedFacts, feed_facts
from macros.site.ledger.days import PageDays, days_of_pages
from macros.site.ledger.ledger import Ledger


@dataclass(frozen=True)
class Published:
    """The playbook as a site has it. `address` is the URL of the newest version with its final `/`; empty if it is not known."""

    ledger: Ledger
    address: str = ""

    @property
    def playbook(self) -> Playbook:
        """The entries, the settings and the pages written by hand."""
        return self.ledger.current.playbook

    @cached_property
    def release(self) -> ReleaseHistory | None:
        """The newest release."""
        return self.ledger.current.history.latest

    @cached_property
    def cited(self) -> Mapping[str, str]:
        """What stands for each mark of a citation."""
        return release_words(self.release, self.address, self.whole, has_changes=bool(self.ledger.current.history.pending))

    @property
    def whole(self) -> str:
        """The URL above all versions; empty if it is not known."""
        return self.address.removesuffix(f"{LATEST_FOLDER}/")

    def url(self, path: str) -> str:
        """Returns the URL that shows `path` in the newest version: `https://example.org/barriers/data-sharing/`; from the top of the host if that is not known."""
        return f"{self.address or '/'}{quote(path, safe='/#')}"

    def url_above(self, path: str) -> str:
        """Returns the URL of `path` above all versions, where one file serves them all: `https://example.org/barriers/feed.xml`."""
        return f"{self.whole or '/'}{quote(path, safe='/#')}"

    def pinned_url(self, path: str) -> str | None:
        """Returns the URL of the page at `path` in the newest release, which keeps its words but for corrections; None if that lacks the page."""
        if self.release is None or not self.is_released(path.partition("#")[0]):
            return None
        return f"{self.whole or '/'}{folder_of(self.release.version)}/{quote(path, safe='/#')}"

    @cached_property
    def feeds(self) -> FeedFacts | None:
        """What each feed says of the playbook; None while no release has a date, and there is none."""
        return feed_facts(self.ledger.current)

    @cached_property
    def former_addresses(self) -> Mapping[str, tuple[str, ...]]:
        """The addresses that each page had before, by the one that it has now."""
        found: dict[str, list[str]] = {}
        for old, new in self.ledger.moved.items():
            found.setdefault(new, []).append(old)
        return {new: tuple(old) for new, old in found.items()}

    @cached_property
    def days(self) -> Mapping[str, PageDays]:
        """The days on which releases first had each page and last changed it, by its address."""
        return days_of_pages(self.ledger.current)

    @cached_property
    def references(self) -> dict[str, dict[str, Any]]:
        """What programs are told of each page that some entry names, by its id, as far as anyone has asked."""
        return {}

    @cached_property
    def made_forms(self) -> dict[str, Any]:
        """The other forms of the entry that was last asked for, by its id: those of all would fill the memory."""
        return {}

    @cached_property
    def around(self) -> str:
        """What each form of each entry may depend on, besides the entry and what names it: as short as it stays different."""
        entries = [(entry.id, entry.kind.folder, entry.known_as) for entry in self.playbook.entries.values()]
        places = [(entry.id, *(passage.at for passage in entry.passages)) for entry in self.playbook.entries.values() if isinstance(entry, Source)]
        release = self.release and (self.release.version, self.release.date)
        known = (self.address, release, entries, places, self.former_addresses, self.playbook.settings)
        return sha256(repr(known).encode("utf-8", "surrogatepass")).hexdigest()

    def is_released(self, url: str) -> bool:
        """Returns whether the newest release has the page at `url`."""
        promise = self.ledger.promises.get(url)
        return bool(promise and self.release and promise.version == self.release.version)
