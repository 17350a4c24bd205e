"""Anchors that the script of a long list leads to the page of their entry, because the list has their rows on other pages.

`anchors_led_on` takes the text or the HTML of a page, and returns them. Everything that looks for anchors takes them as being there.
"""

from __future__ import annotations

import re
from html import unescape

from macros.playbook.urls import address_from
from macros.site.ledger.current import CurrentSite

_NAME = "data-list="
_LIST = re.compile(rf"""\b{_NAME}"([^"]*)\"""")
"""What `docs/assets/js/lists.js` looks for too: the way to the folder of a kind whose entries the page lists in part."""


def anchors_led_on(html: str, url: str, current: CurrentSite) -> frozenset[str]:
    """Returns the ids of the entries of each kind that the page at `url` lists in part, with those that they had before."""
    ways = {unescape(way) for way in _LIST.findall(html)} if _NAME in html else ()  # a pattern alone would look at each character of each page
    return frozenset(id for way in ways for id in current.ids_at(address_from(url, way)))
