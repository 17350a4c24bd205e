"""Finds the same page in other versions: under the id that its entry has or had there, or what became of it.

`PublishedVersions` takes the ledger and the release in each published folder; `versions_of_page` returns a page in every version.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from macros.pages.catalogue import comparison_page
from macros.playbook.urls import LATEST_FOLDER, above_list, is_for_lists
from macros.releases.record import Record
from macros.releases.store import Release
from macros.site.ledger.ledger import Ledger


@dataclass(frozen=True, slots=True)
class VersionLink:
    """A page in another version: its address in the site, its title there, and whether it is withdrawn there."""

    url: str
    title: str
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class PageInVersion:
    """A version and the page in it: no link if it has no such page, several where it holds entries since merged or not yet split."""

    version: str
    folder: str
    date: str
    is_own: bool
    is_latest: bool
    links: tuple[VersionLink, ...]

    @property
    def home(self) -> str:
        """The home page of that version."""
        return f"{self.folder}/"


@dataclass(frozen=True)
class PublishedVersions:
    """The published versions, newest first: each release by its folder. The newest is in `latest/` too."""

    ledger: Ledger
    releases: Mapping[str, Release]

    def versions_of_page(self, folder: str, url: str) -> tuple[PageInVersion, ...]:
        """Returns the page at `url` of the version in `folder`, as it is in every version."""
        folders = [*self.releases]
        return tuple(self._page_in_version(folder, other, url, is_latest=other == folders[0]) for other in folders)

    def _page_in_version(self, folder: str, other: str, url: str, *, is_latest: bool) -> PageInVersion:
        release, there = self.releases[other], LATEST_FOLDER if is_latest else other
        links = tuple(VersionLink(f"{there}/{link.url}", link.title, link.is_withdrawn) for link in self._links(folder, other, url))
        return PageInVersion(release.version, there, release.date, folder == other, is_latest, links)

    def _links(self, folder: str, other: str, url: str) -> Sequence[VersionLink]:
        if url == "":
            return (VersionLink("", "Home"),)
        if is_for_lists(url):  # other versions need not have that part of the list
            return (VersionLink(url, ""),) if folder == other else self._links(folder, other, above_list(url))
        record = self._by_url[folder].get(url)
        if record:
            same = self.releases[other].snapshot.records.get(record.id)
            found = [same] if same else self._by_name[other].get(self._name(record), [])
            return [VersionLink(each.url, each.title, each.status == "withdrawn") for each in found]
        found = [(page, title) for page, title in self._pages[other].items() if self._page_now(page) == self._page_now(url)]
        return [VersionLink(page, title, page in _withdrawn_pages(self.releases[other])) for page, title in found]

    def _name(self, record: Record) -> str:
        """The id that an entry of any version has today."""
        entry = self.ledger.current.playbook.once_called(record.id)
        return entry.id if entry else record.id

    def _page_now(self, url: str) -> str:
        return self.ledger.current_url(url) or url

    @cached_property
    def _by_url(self) -> Mapping[str, Mapping[str, Record]]:
        return {folder: {record.url: record for record in release.snapshot.records.values()} for folder, release in self.releases.items()}

    @cached_property
    def _by_name(self) -> Mapping[str, Mapping[str, list[Record]]]:
        found: dict[str, dict[str, list[Record]]] = {}
        for folder, release in self.releases.items():
            for record in release.snapshot.records.values():
                found.setdefault(folder, {}).setdefault(self._name(record), []).append(record)
        return found

    @cached_property
    def _pages(self) -> Mapping[str, Mapping[str, str]]:
        return {folder: dict(_pages_of(release)) for folder, release in self.releases.items()}


def _pages_of(release: Release) -> Iterator[tuple[str, str]]:
    """The address and title of each page of a release that is not an entry's."""
    yield from ((page.url, page.title) for page in release.manifest.pages) if release.manifest else ()
    before = release.manifest.after if release.manifest else None
    if before:
        page = comparison_page(before.version, release.version)
        yield page.url, page.title


def _withdrawn_pages(release: Release) -> set[str]:
    """The addresses at which a release says that their page is gone."""
    return {row["address"] for row in release.manifest.facts.get("withdrawn_pages", ())} if release.manifest else set()
