"""The releases as a feed that people and programs can follow: Atom, as RFC 4287 has it.

Enters: a History, and the site's own address where it is known. Leaves: `feed.xml`; nothing while no release has a date.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from macros.pages.renderer import Renderer
from macros.playbook.urls import CHANGES
from macros.releases.history import ReleaseHistory
from macros.site.ledger.current import FEED, CurrentSite
from macros.text.formats import show_date

ATOM = "http://www.w3.org/2005/Atom"


def feed_file(current: CurrentSite, address: str = "") -> bytes | None:
    """The feed, newest release first. Its ids are `tag:` URIs (RFC 4151), so that they hold wherever the site is.

    `address` is that of the site, with its last `/`; without it, links count from the feed.
    """
    chapters = [chapter for chapter in reversed(current.history.chapters) if chapter.date]
    if not chapters:
        return None
    settings, first = current.playbook.settings, chapters[-1].date
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    _texts(feed, title=f"{settings.title}: changes", subtitle=settings.summary, id=_tag(current, first, "feed"), updated=_instant(chapters[0].date))
    SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": f"{address}{FEED}"})
    SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": f"{address}{CHANGES}"})
    _texts(SubElement(feed, "author"), name=settings.lab, email=settings.contact)
    _texts(feed, rights=settings.licence.name)
    for chapter in chapters:
        _add(feed, current, chapter, address)
    indent(feed)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(feed, encoding="utf-8") + b"\n"


def _add(feed: Element, current: CurrentSite, chapter: ReleaseHistory, address: str) -> None:
    entry = SubElement(feed, "entry")
    when = _instant(chapter.date)
    title = f"{current.playbook.settings.title} {chapter.version}"
    _texts(entry, title=title, id=_tag(current, chapter.date, f"release/{chapter.version}"), updated=when, published=when)
    where = f"{address}{chapter.url}" if chapter.diff else f"{address}{CHANGES}#{chapter.anchor}"
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": where})
    summary = chapter.why or f"Release {chapter.version} of {show_date(chapter.date)}."
    _texts(entry, summary=summary)
    view = Renderer(current.playbook, "")
    SubElement(entry, "content", {"type": "html"}).text = str(view.render("_feed_content.html.jinja", chapter=chapter, address=address)).strip()


def _texts(parent: Element, **texts: str) -> None:
    for name, text in texts.items():
        SubElement(parent, name).text = text


def _tag(current: CurrentSite, day: str, name: str) -> str:
    return f"tag:{current.playbook.settings.contact},{day}:{name}"


def _instant(day: str) -> str:
    return f"{day}T00:00:00Z"
