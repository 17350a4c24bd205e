"""Marks, in the tabs and in the menu of a page that they do not hold, the section that it belongs to.

`with_section_marked` takes HTML as an engine built it, and returns it with those links marked. An engine marks only the pages of its own menu.
"""

from __future__ import annotations

import re

from macros.pages.catalogue import Page, PageKind
from macros.playbook.urls import EVERY_PAGE, address_from

_TABS, _MENU = '<nav class="md-tabs"', '<nav class="menu"'
_TAB = re.compile(r'<li class="md-tabs__item"><a class="md-tabs__link" href="(?P<href>[^"]*)">')
_ROW = re.compile(r'<li><a href="(?P<href>[^"]*)">')
_OF_SECTIONS: frozenset[PageKind] = frozenset(("entry", "part", "comparison", "written"))


def with_section_marked(html: str, page: Page) -> str:
    """Returns `html`, which begins with the menus, with the section of the page marked, if it has one and nothing is marked yet."""
    if page.kind not in _OF_SECTIONS or not page.url or "md-tabs__item--active" in html:
        return html
    bar, tabs, rest = html.partition(_TABS)
    head, menu, rows = bar.partition(_MENU)
    last = EVERY_PAGE if page.is_generated else ""
    rows = _marked(rows, page, _ROW, '<li><a href="{}" aria-current="true">')
    rest = _marked(rest, page, _TAB, '<li class="md-tabs__item md-tabs__item--active"><a class="md-tabs__link" href="{}" aria-current="true">', last)
    return head + menu + rows + tabs + rest


def _marked(html: str, page: Page, link: re.Pattern[str], mark: str, last: str = "") -> str:
    """The links with the nearest page above this one marked, or else the page `last`."""
    addresses = [address_from(page.url, found["href"]) for found in link.finditer(html)]
    section = max((address for address in addresses if address and page.url.startswith(address)), key=len, default=last)
    if not section:
        return html
    return link.sub(lambda found: mark.format(found["href"]) if address_from(page.url, found["href"]) == section else found[0], html)
