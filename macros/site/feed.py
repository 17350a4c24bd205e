"""`feed.xml`: the releases as an Atom feed (RFC 4287).

`feed_file` takes the current site and its URL, if that is known; it returns None while no release has a date.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from pydantic import ValidationError

from macros.pages.renderer import Renderer
from macros.playbook.urls import CHANGES
from macros.releases.history import ReleaseHistory
from macros.schema.settings import Settings
from macros.site.ledger.current import FEED, CurrentSite
from macros.text.formats import format_date
from macros.text.markdown import escape_html

ATOM = "http://www.w3.org/2005/Atom"


def feed_file(current: CurrentSite, address: str = "") -> bytes | None:
    """Returns the feed, newest release first. Its ids are `tag:` URIs (RFC 4151), so that they hold wherever the site is, and whoever has it.

    `address` is the URL of the site with its final `/`; without it, links are relative to the feed.
    """
    releases = [release for release in reversed(current.history.releases) if release.date]
    if not releases:
        return None
    settings, first = _settings(current), releases[-1]
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    newest = max(release.date for release in releases)
    _texts(feed, title=feed_title(current), subtitle=settings.summary, id=_tag(current, first, "feed"), updated=_timestamp(newest))
    SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": f"{address}{FEED}"})
    SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": f"{address}{CHANGES}"})
    _texts(SubElement(feed, "author"), name=settings.lab, email=settings.contact)
    _texts(feed, rights=settings.licence.name)
    for release in releases:
        _add_entry(feed, current, release, address)
    indent(feed)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(feed, encoding="utf-8") + b"\n"


def feed_title(current: CurrentSite) -> str:
    """Returns what the feed is called."""
    return f"{_settings(current).title}: changes"


def _add_entry(feed: Element, current: CurrentSite, release: ReleaseHistory, address: str) -> None:
    entry = SubElement(feed, "entry")
    when = _timestamp(release.date)
    title = f"{_settings(current).title} {release.version}"
    _texts(entry, title=title, id=_tag(current, release, f"release/{release.version}"), updated=when, published=when)
    where = f"{address}{release.url}" if release.diff else f"{address}{CHANGES}#{release.anchor}"
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": where})
    summary = release.why or f"Release {release.version} of {format_date(release.date)}."
    _texts(entry, summary=summary)
    view = Renderer(current.playbook, "")
    content = str(view.render("_feed_content.html.jinja", release=release, address=address)).strip()
    SubElement(entry, "content", {"type": "html"}).text = content or f"<p>{escape_html(summary)}</p>"


def _texts(parent: Element, **texts: str) -> None:
    for name, text in texts.items():
        SubElement(parent, name).text = text


def _tag(current: CurrentSite, release: ReleaseHistory, name: str) -> str:
    """An id of what the release itself recorded, so that it stays the same when the playbook gets another contact."""
    return f"tag:{_contact(current, release.version)},{release.date}:{name}"


def _settings(current: CurrentSite) -> Settings:
    """The playbook's facts as the latest release has them: what no release has yet, the feed does not tell."""
    facts = current.releases[-1].manifest.facts if current.releases and current.releases[-1].manifest else None
    try:
        return Settings.model_validate(facts)
    except ValidationError:
        return current.playbook.settings


def _contact(current: CurrentSite, version: str) -> str:
    recorded = next((each.manifest for each in current.releases if each.version == version), None)
    return (str(recorded.facts.get("contact", "")) if recorded else "") or current.playbook.settings.contact


def _timestamp(day: str) -> str:
    return f"{day}T00:00:00Z"
