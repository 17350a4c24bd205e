"""The slots of a page: the parts that change although the page is frozen, because they show other versions.

`fill_slots` takes HTML in which each slot is between two comments, and returns it with new content. The first comment names the
page by its address in its own version. Pages keep these comments for as long as they are published, so their form is a promise:
`<!--playbook:head barriers/data-sharing/-->…<!--/playbook:head-->`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_FOLLOW, _LIST = "follow", "list"
SLOTS = ("head", "banner", "menu", _FOLLOW, _LIST)
"""Canonical address, robots and feeds; a notice above the text; the menu in the header; the way to the page's own feed; the list below the text."""
_SLOT = re.compile(rf"<!--playbook:(?P<name>{'|'.join(SLOTS)}) (?P<url>[^\s<>]*)-->.*?<!--/playbook:(?P=name)-->", re.DOTALL)
_TEXT_BEGINS, _TEXT_ENDS = "<!--playbook:text-->", "<!--/playbook:text-->"
_TEXT = re.compile(rf"{_TEXT_BEGINS}(?P<text>.*){_TEXT_ENDS}", re.DOTALL)
"""The text of a page, between the comments that the theme puts round it until the page is finished."""


def slot(name: str, url: str, inside: str = "") -> str:
    """Returns one slot of the page at `url`, between its comments."""
    return f"<!--playbook:{name} {url}-->{inside}<!--/playbook:{name}-->"


def url_in(html: str) -> str | None:
    """Returns the address of the page from its first comment; None if the HTML is not a page of a playbook."""
    found = _SLOT.search(html)
    return found["url"] if found else None


def fill_slots(html: str, inside: Mapping[str, str]) -> str:
    """Returns `html` with new content in its slots. A page from before pages had feeds has no place for the way to its own: that follows the list."""
    if f"<!--playbook:{_FOLLOW} " not in html:
        inside = {**inside, _LIST: inside.get(_LIST, "") + inside.get(_FOLLOW, "")}
    return _SLOT.sub(lambda found: slot(found["name"], found["url"], inside.get(found["name"], "")), html)


def parts_of(html: str) -> tuple[str, str, str]:
    """Returns what is before the text of a page that an engine has built, the text, and what is after it."""
    found = _TEXT.search(html)
    return (html[: found.start()], found["text"], html[found.end() :]) if found else (html, "", "")


def whole_of(before: str, text: str, after: str) -> str:
    """Returns the page that has these parts."""
    return f"{before}{_TEXT_BEGINS}{text}{_TEXT_ENDS}{after}"
