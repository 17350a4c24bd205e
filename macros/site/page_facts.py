"""What other sites and search engines are told of a page, before any format is chosen.

`facts_of_page` takes a `Published` and a page, and returns its `PageFacts`: whole addresses, plain words and days. `linked_data.py` and
`share_tags.py` write them into the head of the page. Whatever these write depends on the facts and the settings alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from macros.pages.catalogue import Page
from macros.pages.descriptions import description_of
from macros.playbook.urls import entry_url
from macros.schema.builtin_kinds import Source
from macros.schema.entry import Entry
from macros.schema.introspect import fields_of
from macros.site.exports.pictures import Picture, picture_path
from macros.site.exports.published import Published
from macros.site.ledger.days import NO_DAYS, PageDays
from macros.text.markdown import plain_text
from macros.text.typography import typographic


@dataclass(frozen=True, slots=True)
class NamedPage:
    """A page by its name and its whole address."""

    name: str
    address: str


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
    above: tuple[NamedPage, ...]
    """The pages above it, from the home page; none for that itself."""
    entry: Entry | None = None
    """The entry whose page it is."""
    asked: str = ""
    """What the entry asks, if its kind asks something."""
    works: tuple[NamedPage, ...] = ()
    """The works on which the entry rests, each with the page that says more of it."""


def facts_of_page(published: Published, page: Page) -> PageFacts:
    """Returns what others are told of `page`; its days are those of releases, so that they are the same in every build."""
    settings, picture = published.playbook.settings, picture_path(published, page.url)
    entry = published.ledger.current.entries.get(page.url)
    return PageFacts(
        page=page,
        title=typographic(page.title if page.url else settings.title),
        description=typographic(description_of(page, published.playbook) or settings.summary),
        address=address_of(published, page.url),
        home=address_of(published, ""),
        site=typographic(settings.title),
        picture=picture,
        picture_address=address_of(published, picture.path),
        days=published.days.get(page.url, NO_DAYS),
        above=tuple(_above(published, page.url)),
        entry=entry,
        asked=_asked(published, entry) if entry else "",
        works=tuple(_works(published, entry)) if entry else (),
    )


def address_of(published: Published, path: str) -> str:
    """Returns the whole address of what is at `path`; empty where that of the site is not known."""
    return published.url(path) if published.address else ""


def _above(published: Published, url: str) -> Iterator[NamedPage]:
    if url:
        yield NamedPage(typographic(published.playbook.settings.title), address_of(published, ""))
    known = published.ledger.current.catalogue.by_url
    for above in (url[:end] for end, sign in enumerate(url, 1) if sign == "/" and end < len(url)):
        if above in known:
            yield NamedPage(typographic(known[above].title), address_of(published, above))


def _asked(published: Published, entry: Entry) -> str:
    asked = ((getattr(entry, field.attribute), field.form) for field in fields_of(type(entry)).values() if field.asks)
    return next((typographic(plain_text(text, published.playbook.title_of, form)) for text, form in asked if text), "")


def _works(published: Published, entry: Entry) -> Iterator[NamedPage]:
    for source in dict.fromkeys(citation.source for citation in entry.sources):
        work = published.playbook.entries.get(source)
        if isinstance(work, Source):
            yield NamedPage(typographic(work.work), address_of(published, entry_url(work)))
