"""What other sites and search engines are told of a page, before any format is chosen.

`facts_of_page` takes a `Published` and a page, and returns its `PageFacts`: whole addresses, plain words and days. `linked_data.py` and
`share_tags.py` write them into the head of the page.
"""

from __future__ import annotations

from dataclasses import dataclass

from macros.pages.catalogue import Page
from macros.pages.descriptions import description_of
from macros.schema.entry import Entry
from macros.site.exports.pictures import Picture, picture_path
from macros.site.exports.published import Published
from macros.site.ledger.days import NO_DAYS, PageDays
from macros.text.typography import typographic


@dataclass(frozen=True, slots=True)
class PageFacts:
    """A page as others are told of it. `address` and `home` are whole addresses, empty where that of the site is not known."""

    page: Page
    title: str
    description: str
    address: str
    home: str
    site: str
    """The title of the playbook."""
    picture: Picture
    picture_address: str
    days: PageDays
    entry: Entry | None = None
    """The entry whose page it is."""


def facts_of_page(published: Published, page: Page) -> PageFacts:
    """Returns what others are told of `page`; its days are those of releases, so that they are the same in every build."""
    settings, picture = published.playbook.settings, picture_path(published, page.url)
    return PageFacts(
        page,
        typographic(page.title if page.url else settings.title),
        typographic(description_of(page, published.playbook) or settings.summary),
        address_of(published, page.url),
        address_of(published, ""),
        typographic(settings.title),
        picture,
        address_of(published, picture.path),
        published.days.get(page.url, NO_DAYS),
        published.ledger.current.entries.get(page.url),
    )


def address_of(published: Published, path: str) -> str:
    """Returns the whole address of what is at `path`; empty where that of the site is not known."""
    return published.url(path) if published.address else ""
