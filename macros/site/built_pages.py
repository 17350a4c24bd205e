"""The finished pages of one build: what each says, and where its file is.

`BuiltPages` takes a plan and the folder of the new site. A preview also gives it the site that it shows, in the form of a `ShownSite`: a page
that would be made of the same as there is not finished again, and its file stays where it is; or it names another version, and is the same else.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from macros.files.memo import is_keeping
from macros.site.ledger.kept_anchors import lost_anchors
from macros.site.ledger.list_anchors import anchors_led_on
from macros.site.links import BuiltTargets, Document, read_document
from macros.site.named_version import Named, VersionWords, name_version, rename_version
from macros.site.offers import Offer, read_offer
from macros.site.page_finish import PageFinish
from macros.site.plan import SitePlan
from macros.site.search.index import IndexedPage
from macros.site.search.write import SearchedPage, WrittenIndex, indexed_page
from macros.site.sitemap import NOT_LISTED
from macros.site.slots import parts_of

PAGE = "index.html"


@dataclass(frozen=True, slots=True)
class UnfinishedPage:
    """A page as an engine has made it: `html` gives its HTML, which depends on the `parts` alone."""

    url: str
    parts: tuple[Hashable, ...]
    html: Callable[[], str]


@dataclass(slots=True)
class FinishedPage:
    """What a finished page says. `made_of` is all that it depends on; None if nobody asks, or if that is not known."""

    made_of: Hashable
    stamp: tuple[int, int] | None
    """The length of its file, and when that was written; None if it is gone."""
    document: Document
    is_listed: bool
    """Whether search engines may list it."""
    explained: tuple[tuple[str, Hashable], ...]
    """The id of each term that it explains, with what it says of it."""
    named: Named
    """Where it names the version."""
    indexed: tuple[SearchedPage, IndexedPage] | None = None
    offer: Offer | None = None


@dataclass(frozen=True, slots=True)
class ShownSite:
    """A site that a preview shows, in which nothing was wrong."""

    folder: Path
    version: VersionWords
    """The version that its pages name."""
    pages: Mapping[str, FinishedPage]
    targets: BuiltTargets
    search: WrittenIndex


@dataclass(frozen=True, slots=True)
class Spared:
    """What the engine of a preview need not make again: the HTML of pages, by address, and the paths of files that the shown site has."""

    html: Mapping[str, str] = field(default_factory=dict)
    files: frozenset[str] = frozenset()


@dataclass(frozen=True)
class BuiltPages:
    """Finished pages by address. Those in `kept` have their file in the shown site, all others in `folder`."""

    plan: SitePlan
    folder: Path
    shown: ShownSite | None = None
    left: frozenset[str] = frozenset()
    """The paths of other files that are in the shown site alone."""
    pages: dict[str, FinishedPage] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)

    @cached_property
    def finish(self) -> PageFinish:
        """Finishes the pages of the plan."""
        return PageFinish(self.plan)

    @property
    def documents(self) -> Mapping[str, Document]:
        """The anchors and links of each page."""
        return {url: page.document for url, page in self.pages.items()}

    @property
    def files(self) -> frozenset[str]:
        """The path of every file of the new site."""
        written = (f"{os.path.relpath(above, self.folder)}/{name}".removeprefix("./") for above, _, names in os.walk(self.folder) for name in names)
        return self.left.union(written, (f"{url}{PAGE}" for url in self.kept))

    def html(self, url: str) -> str:
        """Returns a finished page."""
        folder = self.shown.folder if self.shown and url in self.kept else self.folder
        return (folder / url / PAGE).read_text("utf-8", "surrogateescape")

    def add(self, page: UnfinishedPage) -> None:
        """Finishes a page and writes it, unless the shown site has it.

        Raises: OSError.
        """
        made_of = (*page.parts, *self.finish.depends_on(page.url)) if is_keeping() else None
        known = self._shown(page.url, made_of)
        if known is None:
            self.pages[page.url] = self._finished(page, made_of)
        elif known.named and self.shown.version != self.plan.version:
            self.pages[page.url] = self._renamed(page.url, known)
        else:
            self.pages[page.url] = known
            self.kept.add(page.url)
            (self.folder / page.url / PAGE).unlink(missing_ok=True)  # an engine may have made it again

    def indexed(self, pages: Iterable[SearchedPage]) -> Iterator[IndexedPage]:
        """Yields those of the pages that the site has, as the index of the search holds them."""
        for searched in pages:
            if page := self.pages.get(searched.url):
                known, found = page.indexed or (None, None)
                if known != searched or found is None:
                    found = indexed_page(searched, self.html(searched.url))
                    page.indexed = (searched, found) if is_keeping() else None
                yield found

    def offers(self, addresses: Iterable[str]) -> Iterator[tuple[str, Offer]]:
        """Yields what those of the pages offer that the site has, each with its address."""
        for url in addresses:
            if page := self.pages.get(url):
                offer = read_offer(self.html(url)) if page.offer is None else page.offer
                page.offer = offer if is_keeping() else None
                yield url, offer

    def _shown(self, url: str, made_of: Hashable) -> FinishedPage | None:
        known = self.shown.pages.get(url) if self.shown and made_of else None
        if not known or known.made_of != made_of or any(self.finish.note(id) != note for id, note in known.explained):
            return None
        return known if stamp_of(self.shown.folder / url / PAGE) == known.stamp else None

    def _finished(self, page: UnfinishedPage, made_of: Hashable) -> FinishedPage:
        ledger, unfinished = self.plan.ledger, page.html()
        html = self.finish.finished(unfinished, page.url)
        named_html, named = name_version(html, self.plan.version)
        document, led_on = read_document(html), anchors_led_on(html, page.url, ledger.current)
        if made_of and (led_on or lost_anchors(parts_of(unfinished)[1], page.url, ledger)):
            made_of = None  # what becomes of these anchors depends on other entries
        explained = self.finish.explained(document) if made_of else ()
        document = replace(document, anchors=document.anchors | led_on)
        if is_keeping():
            _ = document.names  # the next build asks every page
        return FinishedPage(made_of, self._write(page.url, named_html), document, NOT_LISTED not in html, explained, named)

    def _renamed(self, url: str, known: FinishedPage) -> FinishedPage:
        """A page of the shown site that names another version now."""
        shown = (self.shown.folder / url / PAGE).read_text("utf-8", "surrogateescape")
        html, named = rename_version(shown, known.named, self.shown.version, self.plan.version)
        return replace(known, stamp=self._write(url, html), named=named)

    def _write(self, url: str, html: str) -> tuple[int, int] | None:
        """Writes the file of a page; returns its stamp."""
        file = self.folder / url / PAGE
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(html, "utf-8", "surrogateescape")
        return stamp_of(file)


def stamp_of(file: Path) -> tuple[int, int] | None:
    """Returns the length of a file, and when it was written; None if it is gone."""
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns
