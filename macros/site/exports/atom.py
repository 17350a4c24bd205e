"""What all Atom feeds (RFC 4287) have in common: what they say of the playbook, and how they are written down.

`feed_facts` takes the current site; `feed_of` takes what one feed says and its items, and returns the file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from pydantic import ValidationError

from macros.releases.history import ReleaseHistory
from macros.schema.settings import Settings
from macros.site.ledger.current import CurrentSite

ATOM = "http://www.w3.org/2005/Atom"
ATOM_TYPE = "application/atom+xml"


@dataclass(frozen=True, slots=True)
class FeedFacts:
    """What each feed says of the playbook, as its newest release has it. `first` and `newest` are the first release with a day, and the newest day."""

    settings: Settings
    first: ReleaseHistory
    newest: str
    authority: str

    def tag(self, name: str) -> str:
        """Returns an id that stays the same wherever the site is, and whoever has it: a `tag:` URI (RFC 4151) of the first release."""
        return f"tag:{self.authority}:{name}"


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One item of a feed. `day` is that of its release; `content` is finished HTML, empty if the summary says all."""

    title: str
    id: str
    day: str
    href: str
    summary: str
    content: str


@dataclass(frozen=True, slots=True)
class FeedHead:
    """What a feed says of itself: `href` is its own address, `shown_at` that of the page that it is about."""

    title: str
    subtitle: str
    id: str
    updated: str
    href: str
    shown_at: str


def feed_facts(current: CurrentSite) -> FeedFacts | None:
    """Returns what feeds say of the playbook; None while no release has a date, since a feed must say when it was changed."""
    releases = [release for release in current.history.releases if release.date]
    if not releases:
        return None
    first = releases[0]
    return FeedFacts(settings_of(current), first, max(release.date for release in releases), authority_of(current, first))


def feed_of(facts: FeedFacts, head: FeedHead, items: Iterable[FeedItem]) -> bytes:
    """Returns the file: the items in their order, the newest first."""
    settings = facts.settings
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    _texts(feed, title=head.title, subtitle=head.subtitle, id=head.id, updated=_timestamp(head.updated))
    SubElement(feed, "link", {"rel": "self", "type": ATOM_TYPE, "href": head.href})
    SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": head.shown_at})
    _texts(SubElement(feed, "author"), name=settings.lab, email=settings.contact)
    _texts(feed, rights=settings.licence.name)
    for item in items:
        entry, when = SubElement(feed, "entry"), _timestamp(item.day)
        _texts(entry, title=item.title, id=item.id, updated=when, published=when)
        SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": item.href})
        _texts(entry, summary=item.summary)
        if item.content:
            SubElement(entry, "content", {"type": "html"}).text = item.content
    indent(feed)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(feed, encoding="utf-8") + b"\n"


def authority_of(current: CurrentSite, release: ReleaseHistory) -> str:
    """Returns who had which address on what day, as a release itself recorded it: an id then stays when the playbook gets another contact."""
    recorded = next((each.manifest for each in current.releases if each.version == release.version), None)
    contact = (str(recorded.facts.get("contact", "")) if recorded else "") or current.playbook.settings.contact
    return f"{contact},{release.date}"


def settings_of(current: CurrentSite) -> Settings:
    """Returns the playbook's facts as the latest release has them: what no release has yet, no feed tells."""
    facts = current.releases[-1].manifest.facts if current.releases and current.releases[-1].manifest else None
    try:
        return Settings.model_validate(facts)
    except ValidationError:
        return current.playbook.settings


def _texts(parent: Element, **texts: str) -> None:
    for name, text in texts.items():
        SubElement(parent, name).text = text


def _timestamp(day: str) -> str:
    return f"{day}T00:00:00Z"
