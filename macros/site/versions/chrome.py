"""Renders what a published page shows of other versions.

`version_slots` takes the page in every version and returns HTML for the head, the banner, the menu and the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from macros.pages.renderer import environment
from macros.playbook import urls
from macros.site.exports.feeds import PageFeed
from macros.site.ledger.current import FEED
from macros.site.versions.crosswalk import PageInVersion, VersionLink
from macros.text.markdown import escape_html

_FEED_LINK = re.compile(r'<link rel="alternate" type="application/atom\+xml"[^<>]*>\n?')


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version as one page shows it: the page there, and relative links to it from this page."""

    page: PageInVersion
    links: tuple[tuple[VersionLink, str], ...]
    home: str


def version_slots(pages: Iterable[PageInVersion], *, at: str, address: str, feed: str = "", own_feed: PageFeed | None = None) -> dict[str, str]:
    """Returns the content of each slot of the page at `at`, its address in the whole site: `1.0/barriers/data-sharing/`.

    `address` is the URL of the whole site, for search engines; `feed` is the title of its feed, empty if it has none. `own_feed` is that of the page.
    """
    rows = tuple(_row(page, at) for page in pages)
    own = next(row.page for row in rows if row.page.is_own)
    latest = next(row for row in rows if row.page.is_latest)
    return {
        "head": _head(own, latest, address) + feed_tag(feed, at) + own_feed_tag(own_feed, at),
        "banner": "" if own.is_latest else _rendered("banner", own=own, latest=latest),
        "menu": _rendered("menu", own=own, rows=rows),
        "follow": follow_html(own_feed, at),
        "list": _rendered("list", own=own, rows=rows) if len(rows) > 1 else "",
    }


def canonical_tag(address: str) -> str:
    """Returns the tag in the head of a page that says where it is; `address` is its canonical one."""
    return f'<link rel="canonical" href="{escape_html(address)}">' if address else ""


def feed_tag(title: str, at: str) -> str:
    """Returns the tag in the head of the page at `at` that leads to the feed at the top of the site; nothing without a title."""
    href = urls.relative(FEED, at)
    return _feed_tag(title, href) if title else ""


def own_feed_tag(feed: PageFeed | None, at: str) -> str:
    """Returns the tag that leads to the feed of the page at `at` itself, which is above all versions."""
    return _feed_tag(feed.title, urls.relative(feed.path, at)) if feed else ""


def follow_html(feed: PageFeed | None, at: str) -> str:
    """Returns the way to the same for people."""
    return str(environment().get_template("_follow.html.jinja").render(feed=feed, href=urls.relative(feed.path, at))).strip() if feed else ""


def _feed_tag(title: str, href: str) -> str:
    return f'<link rel="alternate" type="application/atom+xml" title="{escape_html(title)}" href="{escape_html(href)}">'


def without_feed_link(html: str) -> str:
    """Returns a page without a link to the feed of its own version, which pages had before there was one feed for all."""
    return _FEED_LINK.sub("", html)


def _row(page: PageInVersion, at: str) -> VersionRow:
    return VersionRow(page, tuple((link, urls.relative(link.url, at)) for link in page.links), urls.relative(page.home, at))


def _head(own: PageInVersion, latest: VersionRow, address: str) -> str:
    """The canonical address, which is this page in the latest version, if it exists; old versions are kept out of search indexes."""
    tags = canonical_tag(address + latest.page.links[0].url) if len(latest.page.links) == 1 else ""
    return tags if own.is_latest else f'{tags}<meta name="robots" content="noindex">'


def _rendered(part: str, **values: object) -> str:
    return environment().get_template(f"_version_{part}.html.jinja").render(**values).strip()
