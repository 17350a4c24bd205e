"""`feed.xml`: the releases as an Atom feed (RFC 4287).

`feed_file` takes the current site and its URL, if that is known; it returns None while no release has a date.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from macros.pages.renderer import Renderer
from macros.playbook.urls import CHANGES
from macros.releases.history import ReleaseHistory
from macros.site.ledger.current import FEED, CurrentSite
from macros.text.formats import format_date

ATOM = "http://www.w3.org/2005/Atom"


def feed_file(current: CurrentSite, address: str = "") -> bytes | None:
    """Returns the feed, newest release first. Its ids are `tag:` URIs (RFC 4151), so that they hold wherever the site is.

    `address` is the URL of the site with its final `/`; without it, links are relative to the feed.
    """
    releases = [release for release in reversed(current.history.releases) if release.date]
    if not releases:
        return None
    settings, first = current.playbook.settings, releases[-1].date
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    _texts(
        feed,
        title=f"{settings.title}: changes",
        subtitle=settings.summary,
        id=_tag(current, first, "feed"),
        updated=_timestamp(max(release.date for release in releases)),
    )
    SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": f"{address}{FEED}"})
    SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": f"{address}{CHANGES}"})
    _texts(SubElement(feed, "author"), name=settings.lab, email=settings.contact)
    _texts(feed, rights=settings.licence.name)
    for release in releases:
        _add_entry(feed, current, release, address)
    indent(feed)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(feed, encoding="utf-8") + b"\n"


def _add_entry(feed: Element, current: CurrentSite, release: ReleaseHistory, address: str) -> None:
    entry = SubElement(feed, "entry")
    when = _timestamp(release.date)
    title = f"{current.playbook.settings.title} {release.version}"
    _texts(entry, title=title, id=_tag(current, release.date, f"release/{release.version}"), updated=when, published=when)
    where = f"{address}{release.url}" if release.diff else f"{address}{CHANGES}#{release.anchor}"
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": where})
    summary = release.why or f"Release {release.version} of {format_date(release.date)}."
    _texts(entry, summary=summary)
    view = Renderer(current.playbook, "")
    SubElement(entry, "content", {"type": "html"}).text = str(view.render("_feed_content.html.jinja", release=release, address=address)).strip()


def _texts(parent: Element, **texts: str) -> None:
    for name, text in texts.items():
        SubElement(parent, name).text = text


def _tag(current: CurrentSite, day: str, name: str) -> str:
    return f"tag:{current.playbook.settings.contact},{day}:{name}"


def _timestamp(day: str) -> str:
    return f"{day}T00:00:00Z"
