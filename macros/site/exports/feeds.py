"""The feeds of one page (Atom): of an entry, and of the list of a kind. Each stands at one address for all versions, and tells of releases alone.

`entry_feed` and `kind_feed` are the files; both are None while no release has a date. `page_feed` takes the address of a page, and returns what leads
to its feed; `published_feed` reads the same from a feed that was published, which knows nothing that no release has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import quote, unquote, urljoin

from macros.files.memo import remembered
from macros.pages.renderer import Renderer
from macros.playbook.urls import CHANGES, FEED_FORM, entry_url, kind_url, relative
from macros.releases.diff.model import EntryChange, NamedEntry
from macros.releases.diff.word_diff import Piece
from macros.releases.history import HistoryEvent, ReleaseHistory
from macros.schema.entry import Entry
from macros.schema.kind import Kind
from macros.schema.kinds import KINDS
from macros.site.exports.atom import FeedFacts, FeedHead, FeedItem, feed_of
from macros.site.exports.document import depends_on
from macros.site.exports.published import Published
from macros.site.ledger.ledger import Ledger
from macros.text.formats import format_date

_Groups = tuple[tuple[str, tuple[HistoryEvent, ...]], ...]
MOST_RELEASES = 50
"""Releases that the feed of a kind tells of: readers of feeds keep what is older."""


_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_ITSELF = re.compile(r'<link rel="self"[^>]* href="([^"]*)"')
_NAMING = ("Use instead", "Became part of")
"""The rows that name other entries."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a feed is: `way` makes an address of a path inside the site, `top` leads above all versions; both are whole if the site knows its own."""

    view: Renderer
    way: Callable[[str], str]
    top: str


@dataclass(frozen=True, slots=True)
class PageFeed:
    """The feed of a page: its title, its path from above all versions, and whether it tells of a list."""

    title: str
    path: str
    is_of_list: bool


def page_feed(ledger: Ledger, url: str) -> PageFeed | None:
    """Returns the feed of the page at `url`; None if it has none, or if no release has a date."""
    if not any(release.date for release in ledger.current.history.releases):
        return None
    now = ledger.current_url(url)
    if now is not None and (entry := ledger.current.entries.get(now)):
        return PageFeed(_title(entry), _path(now), is_of_list=False)
    folder = url.rstrip("/")
    return PageFeed(_title_of_kind(folder), _path(url), is_of_list=True) if _has_list(ledger, folder) else None


def published_feed(content: bytes, url: str, whole: str) -> PageFeed | None:
    """Returns what leads to a feed that was published for the page at `url`; None if it cannot be read. `whole` is the URL above all versions."""
    text = content.decode("utf-8", "replace")
    title, itself = _TITLE.search(text), _ITSELF.search(text)
    if not title or not itself:
        return None
    path = unquote(urljoin(f"{whole}{quote(_path(url))}", unescape(itself[1]))).removeprefix(whole)
    return PageFeed(unescape(title[1]), path, is_of_list=url.rstrip("/") in KINDS)


def entry_feed(published: Published, entry: Entry, _at: str) -> bytes | None:
    """Returns the feed of an entry; it is the same at a former address."""
    return _entry_feed(published, entry)


def _depends_on(published: Published, entry: Entry) -> tuple[Hashable, ...]:
    facts = published.feeds
    return depends_on(published, entry, facts and (facts.authority, facts.newest))


@remembered(_depends_on)
def _entry_feed(published: Published, entry: Entry) -> bytes | None:
    facts, url = published.feeds, entry_url(entry)
    if facts is None:
        return None
    history, place = published.ledger.current.history, _place(published, url)
    released = [event for event in history.events_of(entry.id) if event.release.date]
    tag = facts.tag(f"entry/{history.first_id_of(entry.id, entry.kind.folder)}")
    updated = max((event.release.date for event in released), default=facts.newest)
    head = FeedHead(_title(entry), _subtitle(facts, entry, released), tag, updated, place.way(_path(url)), place.way(url))
    return feed_of(facts, head, (_item(facts, place, event, entry, tag) for event in released))


def _item(facts: FeedFacts, place: _Place, event: HistoryEvent, entry: Entry, tag: str) -> FeedItem:
    release, change = event.release, event.change
    id, what = f"{tag}/{release.version}", event.what
    if change and "removed" in change.change_types:
        id, what = facts.tag(f"entry/{change.id}/{release.version}"), f"“{change.title}” became part of it"
    if event.merged:  # which its own feed told, before that was one with this
        id = facts.tag(f"entry/{event.merged.id}/{release.version}")
    return FeedItem(
        title=f"{entry.full_title}: {what[:1].lower()}{what[1:]} (release {release.version})",
        id=id,
        day=release.date,
        href=place.way(entry_url(entry)),
        summary=(change.reason if change else "") or f"{what} in release {release.version} of {format_date(release.date)}.",
        content=_event_html(event, place),
    )


def _event_html(event: HistoryEvent, place: _Place) -> str:
    """What a release did to an entry, field by field, and why the release was made. No template: there are many of these, and each is short."""
    named = event.change.replaced_by if event.change else ()
    instead = ", ".join(_link_html(each, place) for each in named)
    rows = "".join(
        f"<li>{escape(row.label)}: {(row.label in _NAMING and instead) or ''.join(map(_piece_html, row.pieces))}</li>" for row in event.rows
    )
    why = f": {escape(event.release.why)}" if event.release.why else ""
    release = f"<p>Release {escape(event.release.version)} of {format_date(event.release.date)}{why}</p>"
    return (f"<ul>{rows}</ul>" if rows else "") + release


def _piece_html(piece: Piece) -> str:
    tag = {"gone": "del", "new": "ins"}.get(piece.change_type)
    return f"<{tag}>{escape(piece.text)}</{tag}>" if tag else escape(piece.text)


def _link_html(named: NamedEntry, place: _Place) -> str:
    address = place.view.playbook.address_of(named.id)
    return f'<a href="{escape(place.way(address))}">{escape(named.title)}</a>' if address else escape(named.title)


def kind_feed(folder: str, published: Published) -> bytes | None:
    """Returns the feed of all entries of a kind: an item for each release that changed some of them. None also if the kind has no list."""
    facts, url = published.feeds, kind_url(folder)
    if facts is None or not _has_list(published.ledger, folder):
        return None
    history, place = published.ledger.current.history, _place(published, url)
    first = sum(record.kind == folder for record in history.snapshots[0].records.values())
    changes = [(release, _groups(release, folder)) for release in reversed(history.releases) if release.date]
    told = [(release, groups) for release, groups in changes if groups or (not release.diff and first)][:MOST_RELEASES]
    subtitle = f"What each release of {facts.settings.title} changed in this list."
    updated = max((release.date for release, _ in told), default=facts.newest)
    tag = facts.tag(f"kind/{folder}")
    head = FeedHead(_title_of_kind(folder), subtitle, tag, updated, place.way(_path(url)), place.way(url))
    return feed_of(
        facts, head, (_item_of_kind(place, KINDS[folder].kind, release, groups, f"{tag}/{release.version}", first) for release, groups in told)
    )


def _item_of_kind(place: _Place, kind: Kind, release: ReleaseHistory, groups: _Groups, id: str, first: int) -> FeedItem:
    changed = sum(len(events) for _, events in groups)
    what = f"{changed} changed in release {release.version}" if release.diff else f"first published in release {release.version}"
    said = {"release": release, "groups": groups, "first": f"{first} {(kind.one if first == 1 else kind.many).lower()}"}
    return FeedItem(
        title=f"{kind.many}: {what}",
        id=id,
        day=release.date,
        href=place.way(release.url if release.diff else f"{CHANGES}#{release.anchor}"),
        summary=release.why or f"Release {release.version} of {format_date(release.date)}.",
        content=str(place.view.render("_feed_content.html.jinja", top=place.top, **said)).strip(),
    )


def _groups(release: ReleaseHistory, folder: str) -> _Groups:
    """What a release did to entries of a kind, also to those that went to another one."""
    found = ((heading, tuple(event for event in events if event.change and _is_of_kind(event.change, folder))) for heading, events in release.groups)
    return tuple((heading, events) for heading, events in found if events)


def _is_of_kind(change: EntryChange, folder: str) -> bool:
    return change.kind == folder or change.former_place.startswith(f"{folder}/")


def _subtitle(facts: FeedFacts, entry: Entry, released: Sequence[HistoryEvent]) -> str:
    if entry.status == "withdrawn":
        return f"Withdrawn. {entry.reason or ''}".strip()
    return f"What each release of {facts.settings.title} changed on this page." if released else "No release has this page yet."


def _place(published: Published, url: str) -> _Place:
    path, view = _path(url), Renderer(published.playbook, url)
    if published.address:
        return _Place(view, published.url_above, published.whole)
    return _Place(view, lambda to: relative(quote(to, safe="/#"), path), relative("", path))


def _path(url: str) -> str:
    return FEED_FORM.format(at=url.rstrip("/"))


def _title(entry: Entry) -> str:
    return f"{entry.full_title}: changes"


def _title_of_kind(folder: str) -> str:
    return f"{KINDS[folder].kind.many}: changes"


def _has_list(ledger: Ledger, folder: str) -> bool:
    return folder in KINDS and kind_url(folder) in ledger.current.catalogue.by_url
