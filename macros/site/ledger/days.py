"""When each page was first in a release, and when it last changed in one.

`days_of_pages` takes a `CurrentSite`, and returns the two days of each page by its address. What no release has yet, has no day; neither has the
clock of a build any part in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from macros.pages.catalogue import Page
from macros.pages.hand_written import calls_in, names_in
from macros.playbook.urls import above_list, entry_url
from macros.releases.manifest import RecordedPage
from macros.schema.entry import Entry
from macros.site.ledger.current import CurrentSite
from macros.site.ledger.ledger import Ledger


@dataclass(frozen=True, slots=True)
class PageDays:
    """The days of the releases in which a page was first published and last changed, as `2026-11-20`; empty where they are not known."""

    published: str = ""
    changed: str = ""


NO_DAYS = PageDays()
_SHOW_AN_ENTRY, _SHOW_A_KIND, _SHOW_NONE = ("link", "entry", "figure", "cite"), ("entries",), ("fields",)
"""Macros by what they show: the entry or the kind that they name first, or nothing that a release changes. Any other may show every entry."""


def days_of_pages(site: CurrentSite) -> Mapping[str, PageDays]:
    """Returns the days of every page that a release has.

    A list changes with the entries of its kind, and a page written by hand with those that its calls name; so do, with those of any kind, the other
    pages that show entries.
    """
    found = {url: _of_entry(site, entry) for url, entry in site.entries.items()}
    kinds: dict[str, PageDays] = {}
    for entry in site.playbook.entries.values():
        kinds[entry.kind.folder] = _together(kinds.get(entry.kind.folder, NO_DAYS), found[entry_url(entry)])
    recorded = _Recorded(site, found.copy(), kinds, _all_of(kinds.values()))
    found.update({page.url: recorded.days_of(page) for page in site.catalogue.by_url.values() if page.kind != "entry"})
    return {url: days for url, days in found.items() if days.changed}


def days_of_changes(ledger: Ledger) -> Mapping[str, str]:
    """Returns the day of the newest release that changed each page, by the address that it has and by those that it had before."""
    days = {url: days.changed for url, days in days_of_pages(ledger.current).items()}
    return {**{old: days[new] for old, new in ledger.moved.items() if new in days}, **days}


def _of_entry(site: CurrentSite, entry: Entry) -> PageDays:
    told = [event for event in site.history.events_of(entry.id) if event.release.version and event.release.date]
    days, own = ([event.release.date for event in events] for events in (told, [event for event in told if not event.merged]))
    return PageDays((own or days)[-1], days[0]) if days else NO_DAYS


@dataclass(frozen=True)
class _Recorded:
    """What is known of the pages that are no entry's.

    `entries`, `kinds` and `whole` are the days of each entry by its address, of the entries of each kind, and of all.
    """

    site: CurrentSite
    entries: Mapping[str, PageDays]
    kinds: Mapping[str, PageDays]
    whole: PageDays

    def days_of(self, page: Page) -> PageDays:
        """The days of a list, of a page on changes, or of one written by hand."""
        match page.kind:
            case "list" | "part":
                return self.kinds.get(above_list(page.url).rstrip("/"), self.whole)
            case "index" | "whole":
                return self.whole
            case "changes" | "comparison":
                return _all_of(PageDays(release.date, release.date) for release in self.site.releases if page.name in ("", release.version))
            case "withdrawn":
                return PageDays(changed=str(self.site.withdrawn_pages[page.url].on))
        return self._of_written(page) if page.kind == "written" else NO_DAYS

    def _of_written(self, page: Page) -> PageDays:
        """The days on which a release changed the file of a page, or an entry that macros show in it."""
        own = _all_of(PageDays(day, day) for day in self._days_of_file((page.url, *self.site.former_addresses(page.url))))
        source = self.site.playbook.written[page.path]
        calls = calls_in(source) if own.changed and names_in(source) else ()
        return PageDays(own.published, max([own.changed, *(self._shown_by(name, first).changed for name, first in calls)]))

    def _shown_by(self, name: str, first: str) -> PageDays:
        """The days of what a macro shows that is given the text `first`."""
        if name in _SHOW_NONE:
            return NO_DAYS
        if name in _SHOW_A_KIND:
            return self.kinds.get(first, self.whole)
        entry = self.site.playbook.entries.get(first) if name in _SHOW_AN_ENTRY else None
        return self.entries.get(entry_url(entry), NO_DAYS) if entry else self.whole

    def _days_of_file(self, addresses: tuple[str, ...]) -> Iterator[str]:
        before: RecordedPage | None = None
        for day, pages in self._releases:
            now = next((pages[url] for url in addresses if url in pages), None)
            if now and (before is None or _said(now) != _said(before)):
                yield day
            before = now or before

    @cached_property
    def _releases(self) -> tuple[tuple[str, Mapping[str, RecordedPage]], ...]:
        """The day of each release, and its pages by address."""
        return tuple((release.date, {page.url: page for page in release.manifest.pages}) for release in self.site.releases if release.manifest)


def _said(page: RecordedPage) -> tuple[object, ...]:
    return page.url, page.title, page.text, repr(page.front)


def _together(one: PageDays, other: PageDays) -> PageDays:
    return PageDays(min(filter(None, (one.published, other.published)), default=""), max(one.changed, other.changed))


def _all_of(days: Iterable[PageDays]) -> PageDays:
    found = NO_DAYS
    for each in days:
        found = _together(found, each)
    return found
