"""Every page of the site: its address, its file, its title, and how readers find it.

Made from a playbook, the pages written by hand and the releases; renders nothing. To change what is searched, what is in the
navigation or where terms are explained, change the properties here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal

from macros.files.layout import DOCS, SETTINGS_FILE
from macros.pages.cuts import list_pages
from macros.playbook import urls
from macros.playbook.playbook import Playbook
from macros.playbook.urls import CHANGES, INDEX, SEARCH, WHOLE
from macros.releases.record import PageRecord
from macros.schema.entry import Entry
from macros.schema.kinds import KINDS
from macros.schema.settings import WithdrawnPage

PageKind = Literal["entry", "list", "part", "changes", "comparison", "search", "index", "whole", "written", "withdrawn", "shell"]
TERMS = "terms/"
_FOUND = ("written", "list", "changes", "index", "whole")
"""The pages that the search finds, besides entries."""
_FOR_CHANGES = ("what is new", "recent updates", "release notes", "latest version", "changelog", "last updated", "version history")
_FOR_THE_INDEX = ("alphabetical list", "all topics", "everyday words", "site map")
_FOR_THE_WHOLE = ("print everything", "download", "download as PDF", "PDF", "offline copy", "single page", "full text")
"""Words that readers use for pages that the build makes."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `path` is where its Markdown file is, or would be if somebody wrote it; `name` is an entry's id, a list's kind, a version or an address.

    A page that shows a further part of a long list is a `part`: it comes and goes with the number of entries, so no release promises it.
    """

    url: str
    title: str
    path: str
    kind: PageKind
    name: str = ""
    made_from: str = ""
    """The file that people edit; none if the build makes the page of several."""
    is_current: bool = True
    """Whether an entry is neither a draft nor withdrawn."""
    also_searched: tuple[str, ...] = ()
    """Words that readers use for a page that is no entry's."""

    @property
    def is_generated(self) -> bool:
        """Whether the build writes its Markdown."""
        return self.kind != "written"

    @property
    def in_navigation(self) -> bool:
        """Whether menus show it; entries and comparisons are reached through their lists, the search from each page, and what is gone through old links."""
        return self.kind not in ("entry", "part", "comparison", "search", "withdrawn", "shell")

    @property
    def is_searchable(self) -> bool:
        """Whether the search finds it: readers search for what the playbook says, and for its lists, but not for how it is made."""
        return self.is_current if self.kind == "entry" else self.kind in _FOUND and not self._is_for_authors

    @property
    def explains_terms(self) -> bool:
        """Whether terms are explained on it: not on their own list, on further parts of lists, in the search and the index, where they all stand, nor where authors read how things are written."""
        return self.url not in (TERMS, SEARCH, INDEX, WHOLE) and self.kind != "part" and not self._is_for_authors

    @property
    def is_citable(self) -> bool:
        """Whether readers are shown how to cite it: what the playbook says, and lists of it, as long as they may rely on it."""
        return self.kind in ("entry", "list", "changes", "written") and self.is_current and not self._is_for_authors

    @property
    def _is_for_authors(self) -> bool:
        return self.path.startswith(f"{DOCS}/contribute/")


@dataclass(frozen=True)
class Catalogue:
    """All pages in the order in which the build makes them."""

    by_url: Mapping[str, Page]

    def at(self, path: str) -> Page:
        """Returns the page that the file at `path` makes, also where it is no page of the playbook's."""
        return self._by_path.get(path) or Page(urls.page_url(path), path, path, "written", made_from=path)

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The address of each page that is no entry's and will stay, with its title."""
        return {page.url: page.title for page in self.by_url.values() if page.kind not in ("entry", "part")}

    @cached_property
    def _by_path(self) -> Mapping[str, Page]:
        return {page.path: page for page in self.by_url.values()}


def catalogue_of(playbook: Playbook, written: Mapping[str, PageRecord], versions: Sequence[str] = (), listed: Collection[str] = ()) -> Catalogue:
    """Returns every page. `versions` are the releases from the oldest, `listed` kinds that keep their list without entries.

    A page written by hand takes the place of a list, or of the page on changes, with its address.
    """
    made = (
        *map(withdrawn_page, playbook.settings.withdrawn_pages),
        *(list_page(folder) for folder in KINDS if playbook.of_kind(folder) or folder in listed),
        *map(entry_page, playbook.entries.values()),
        *(Page(url, page.title, urls.page_source(url), "part", url) for url, page in list_pages(playbook).items()),
        Page(CHANGES, "Changes", urls.page_source(CHANGES), "changes", also_searched=_FOR_CHANGES),
        *(comparison_page(before, version) for before, version in pairwise(versions)),
        Page(SEARCH, "Search", urls.page_source(SEARCH), "search"),
        Page(INDEX, "Index from A to Z", urls.page_source(INDEX), "index", also_searched=_FOR_THE_INDEX),
        Page(WHOLE, "The whole playbook", urls.page_source(WHOLE), "whole", also_searched=_FOR_THE_WHOLE),
    )
    return Catalogue({page.url: page for page in (*made, *_written_pages(written.values()))})


def list_page(folder: str) -> Page:
    """Returns the list of a kind."""
    url, kind = urls.kind_url(folder), KINDS[folder].kind
    return Page(url, kind.many, urls.page_source(url), "list", folder, also_searched=kind.also_searched)


def entry_page(entry: Entry) -> Page:
    """Returns the page of an entry."""
    url = urls.entry_url(entry)
    return Page(url, entry.full_title, urls.page_source(url), "entry", entry.id, entry.file, entry.status == "current")


def withdrawn_page(gone: WithdrawnPage) -> Page:
    """Returns the page that stands at the address of one that is gone."""
    return Page(gone.address, gone.title, urls.page_source(gone.address), "withdrawn", gone.address, SETTINGS_FILE, is_current=False)


def comparison_page(before: str, version: str) -> Page:
    """Returns the page that compares a release with the one before."""
    url = urls.comparison_url(before, version)
    return Page(url, f"{before} to {version}", urls.page_source(url), "comparison", version)


def _written_pages(pages: Iterable[PageRecord]) -> Iterator[Page]:
    for page in pages:
        listed = page.front.get("also_searched")
        also = tuple(map(str, listed)) if isinstance(listed, list) else ()
        yield Page(page.url, page.title, page.path, "written", made_from=page.path, also_searched=also)
