"""Every page that readers may want, with what it is: what the page "More" shows, and the foot of each page.

`directory_of` takes the pages of a playbook and returns them in groups. A page that somebody writes under `docs/` is in it without further care.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from macros.pages.catalogue import Page
from macros.pages.descriptions import description_of
from macros.playbook.playbook import Playbook
from macros.playbook.urls import CHANGES, EVERY_PAGE, START

_ABOUT, _CONTRIBUTE = "about/", "contribute/"
_FIRST = ("", START, _ABOUT)
"""The pages that stand before those in the order of their titles."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the directory: its address, its title and, in one sentence, what it holds."""

    url: str
    title: str
    holds: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """Pages of one sort, under a heading with a fixed anchor."""

    anchor: str
    heading: str
    pages: tuple[Listed, ...]


def directory_of(pages: Iterable[Page], playbook: Playbook) -> tuple[Shelf, ...]:
    """Returns the pages that menus may show: those to begin with, the list of each kind, and those about the playbook itself."""
    shown = [page for page in pages if page.in_navigation and page.url != EVERY_PAGE and _is_first_of_its_folder(page)]
    about = [page for page in shown if page.url.startswith((_ABOUT, _CONTRIBUTE, CHANGES))]
    lists = {page.url: page for page in shown if page.url.removesuffix("/") in {model.kind.folder for model in playbook.kinds}}
    kinds = [lists[url] for url in (f"{model.kind.folder}/" for model in playbook.kinds) if url in lists]
    others = [page for page in shown if page not in about and page.url not in lists]
    shelves = (
        Shelf("ways-in", "Ways in", _listed(_in_order(others), playbook)),
        Shelf("entries", "What it holds", _listed(kinds, playbook)),
        Shelf("about", "About this playbook", _listed(_in_order(about), playbook)),
    )
    return tuple(shelf for shelf in shelves if shelf.pages)


def _is_first_of_its_folder(page: Page) -> bool:
    """The guides for contributors have a first page, which leads to the others."""
    return not page.url.startswith(_CONTRIBUTE) or page.url == _CONTRIBUTE


def _in_order(pages: Iterable[Page]) -> list[Page]:
    return sorted(pages, key=lambda page: (page.url not in _FIRST, page.url == _CONTRIBUTE, page.title.casefold(), page.url))


def _listed(pages: Iterable[Page], playbook: Playbook) -> tuple[Listed, ...]:
    return tuple(Listed(page.url, page.title, description_of(page, playbook)) for page in pages)
