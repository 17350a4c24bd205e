"""The parts of a page that change although the page is frozen: what it says of other versions.

Enters: HTML in which each of these parts stands between two comments, and what to put there. Leaves: the HTML with them.
The first comment names the page by its address in its own version. Pages keep these comments for as long as they are published,
so their form is a promise: `<!--playbook:head barriers/data-sharing/-->…<!--/playbook:head-->`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

SLOTS = ("head", "banner", "menu", "list")
"""Canonical address and robots; a notice above the text; the menu in the header; the list below the text."""
_PART = re.compile(rf"<!--playbook:(?P<part>{'|'.join(SLOTS)}) (?P<url>[^\s<>]*)-->.*?<!--/playbook:(?P=part)-->", re.DOTALL)


def slot(part: str, url: str, inside: str = "") -> str:
    """One part of the page at `url`, between its comments."""
    return f"<!--playbook:{part} {url}-->{inside}<!--/playbook:{part}-->"


def url_in(html: str) -> str | None:
    """The address of the page, as its first comment has it; None where it is no page of a playbook."""
    found = _PART.search(html)
    return found["url"] if found else None


def fill_slots(html: str, inside: Mapping[str, str]) -> str:
    """`html` with new insides of its parts."""
    return _PART.sub(lambda found: slot(found["part"], found["url"], inside.get(found["part"], "")), html)
