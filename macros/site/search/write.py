"""Writes the index of a finished site.

`searched_pages` takes a playbook and its catalogue, and yields the pages that are searched; `indexed_page` takes one of them and its HTML.
`write_search` takes the folder of the site and what that returned.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from macros.pages.catalogue import Catalogue, Page
from macros.playbook.playbook import Playbook
from macros.playbook.urls import SEARCH, kind_url
from macros.schema.kinds import KINDS
from macros.site.search.index import HEAD, SPELLING, Index, IndexedPage
from macros.site.search.page_text import page_text
from macros.site.search.page_words import page_words
from macros.site.search.ranking import page_weights
from macros.text.typography import typographic

OTHER_PAGES = ("pages", "Page", "Pages")
"""What stands for the kind of a page that is no entry's."""
_ASKED_WITH = {folder: model.kind.asked_with for folder, model in KINDS.items() if model.kind.asked_with}


@dataclass(frozen=True, slots=True)
class SearchedPage:
    """A page that the search finds: `kind` is a folder, its name for one entry and for many; `also` are words that it does not say itself.

    A list, also that of all entries or of changes, has other pages as its text, which are found themselves.
    """

    url: str
    title: str
    kind: tuple[str, str, str] = OTHER_PAGES
    also: tuple[str, ...] = ()
    is_list: bool = False


def searched_pages(playbook: Playbook, catalogue: Catalogue) -> Iterator[SearchedPage]:
    """Yields every page that the search finds: entries kind by kind, then the others."""
    found = [page for page in catalogue.by_url.values() if page.is_searchable]
    order = [*KINDS]
    entries = sorted((page for page in found if page.kind == "entry"), key=lambda page: order.index(playbook.entries[page.name].kind.folder))
    yield from (_of_entry(playbook, page) for page in entries)
    yield from (_of_page(page) for page in found if page.kind != "entry")


def _of_page(page: Page) -> SearchedPage:
    is_list = page.kind != "written" or page.url in map(kind_url, KINDS)
    return SearchedPage(page.url, page.title, also=page.also_searched, is_list=is_list)


def _of_entry(playbook: Playbook, page: Page) -> SearchedPage:
    entry = playbook.entries[page.name]
    return SearchedPage(page.url, page.title, (entry.kind.folder, entry.kind.one, entry.kind.many), entry.also_searched)


@dataclass(frozen=True, slots=True)
class WrittenIndex:
    """The index of a finished site: the name of its folder in `search/`, and a digest of each of its files."""

    name: str
    digests: Mapping[str, bytes]


def write_search(site: Path, pages: Iterable[IndexedPage], before: tuple[Path, WrittenIndex] | None = None) -> WrittenIndex:
    """Writes the index into `search/` in the folder of a site; what an earlier one left there goes.

    The pages of a kind follow one another. Files that are the same in another site, as it was `before`, are linked to those.

    Raises: OSError.
    """
    folder = site / SEARCH
    for old in folder.glob(f"*/{SPELLING}"):
        shutil.rmtree(old.parent)
    unnamed = folder / "unnamed"
    shutil.rmtree(unnamed, ignore_errors=True)
    unnamed.mkdir(parents=True)
    index, whole, digests = Index(), sha256(), dict[str, bytes]()
    for file, data in index.files(pages):
        whole.update(b"%d %s\n%s" % (len(data), file.encode(), data))
        digests[file] = sha256(data).digest()
        if not (before and _is_linked(unnamed / file, digests[file], *before)):
            (unnamed / file).write_bytes(data)
    name = whole.hexdigest()[:12]
    unnamed.rename(folder / name)
    (folder / HEAD).write_bytes(index.head(name, _ASKED_WITH))
    return WrittenIndex(name, digests)


def _is_linked(file: Path, digest: bytes, site: Path, index: WrittenIndex) -> bool:
    """Whether a file could be made by giving another name to one that is there; a disk may know no such thing."""
    if index.digests.get(file.name) != digest:
        return False
    with suppress(OSError):
        os.link(site / SEARCH / index.name / file.name, file)
        return True
    return False


def indexed_page(page: SearchedPage, html: str) -> IndexedPage:
    """Returns a page as the index holds it, from its finished HTML."""
    text = page_text(html)
    text = replace(text, sections=()) if page.is_list else text
    words = page_words(page.url, page.title, page.also, text)
    return IndexedPage(page.url, typographic(page.title), page.kind, text.summary, text.sections, page_weights(words.fields), words.spellings)
