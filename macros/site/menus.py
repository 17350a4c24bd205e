"""Marks, in the tabs and in the drawer of a page that no menu holds, the section that it belongs to.

`with_section_marked` takes HTML as an engine built it, and returns it with that link marked. An engine marks only the pages of its own menu.
"""

from __future__ import annotations

import re

from macros.pages.catalogue import Page, PageKind
from macros.playbook.urls import EVERY_PAGE, address_from

_LINK = re.compile(
    r'<li class="(?P<item>md-(?P<menu>tabs|nav)__item)(?P<more>[^"]*)">(?P<space>\s*)<a href="(?P<href>[^"]*)" class="(?P<link>md-(?:tabs|nav)__link)">'
)
"""A link of the tabs or of the drawer that the engine has not marked."""
_IS_MARKED = "md-tabs__item--active"
_OF_SECTIONS: frozenset[PageKind] = frozenset(("entry", "part", "comparison", "written"))


def with_section_marked(html: str, page: Page) -> str:
    """Returns `html` with the section of the page marked, if there is one and nothing is marked yet."""
    if page.kind not in _OF_SECTIONS or not page.url or _IS_MARKED in html:
        return html
    section = _section_of(page, {address_from(page.url, found["href"]) for found in _LINK.finditer(html)})
    return _LINK.sub(lambda found: _marked(found, page, section), html) if section else html


def _section_of(page: Page, addresses: set[str]) -> str:
    """The nearest page above this one that the menus hold; else the page that lists all, for what the build makes."""
    above = [address for address in addresses if address and page.url.startswith(address)]
    return max(above, key=len, default=EVERY_PAGE if page.is_generated and EVERY_PAGE in addresses else "")


def _marked(found: re.Match[str], page: Page, section: str) -> str:
    if address_from(page.url, found["href"]) != section:
        return found[0]
    item = f"{found['item']}{found['more']} {found['item']}--active"
    link = f"{found['link']} {found['link']}--active" if found["menu"] == "nav" else found["link"]
    return f'<li class="{item}">{found["space"]}<a href="{found["href"]}" class="{link}" aria-current="true">'
