"""`feed.xml`: the releases as an Atom feed (RFC 4287).

`feed_file` takes the current site and its URL, if that is known; it returns None while no release has a date.
"""

from __future__ import annotations

from macros.pages.renderer import Renderer
from macros.playbook.urls import CHANGES
from macros.releases.history import ReleaseHistory
from macros.site.exports.atom import FeedFacts, FeedHead, FeedItem, authority_of, feed_facts, feed_of, settings_of
from macros.site.ledger.current import FEED, CurrentSite
from macros.text.formats import format_date
from macros.text.markdown import escape_html


def feed_file(current: CurrentSite, address: str = "") -> bytes | None:
    """Returns the feed, newest release first. Its ids are `tag:` URIs (RFC 4151), so that they hold wherever the site is, and whoever has it.

    `address` is the URL of the site with its final `/`; without it, links are relative to the feed.
    """
    facts = feed_facts(current)
    if facts is None:
        return None
    releases = [release for release in reversed(current.history.releases) if release.date]
    head = FeedHead(feed_title(current), facts.settings.summary, facts.tag("feed"), facts.newest, f"{address}{FEED}", f"{address}{CHANGES}")
    return feed_of(facts, head, (_item(current, facts, release, address) for release in releases))


def feed_title(current: CurrentSite) -> str:
    """Returns what the feed is called."""
    return f"{settings_of(current).title}: changes"


def _item(current: CurrentSite, facts: FeedFacts, release: ReleaseHistory, address: str) -> FeedItem:
    where = f"{address}{release.url}" if release.diff else f"{address}{CHANGES}#{release.anchor}"
    summary = release.why or f"Release {release.version} of {format_date(release.date)}."
    view = Renderer(current.playbook, "")
    content = str(view.render("_feed_content.html.jinja", release=release, groups=release.groups, first=f"{release.entries} entries", top=address))
    return FeedItem(
        title=f"{facts.settings.title} {release.version}",
        id=f"tag:{authority_of(current, release)}:release/{release.version}",
        day=release.date,
        href=where,
        summary=summary,
        content=content.strip() or f"<p>{escape_html(summary)}</p>",
    )
