"""The list of sections that the theme puts beside the text of a page.

`without_contents` and `without_subsections` take the HTML of a page and return it with less of that list.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_LIST = '<nav class="contents"'
_INNER = '<ul class="contents__inner"'
_TAG = re.compile(r"<(?P<end>/?)(?:nav|ul)\b[^>]*>")


def without_contents(html: str) -> str:
    """Returns the page without the list: it would be there, but hidden."""
    return _replaced(html, _LIST, lambda _: "")


def without_subsections(html: str) -> str:
    """Returns the page with sections alone in the list."""
    return _replaced(html, _LIST, lambda contents: _replaced(contents, _INNER, lambda _: ""))


def _replaced(html: str, begins: str, replace: Callable[[str], str]) -> str:
    """`html` with each element that begins so replaced; one inside another is a part of that."""
    pieces, at = [], 0
    while (start := html.find(begins, at)) >= 0:
        end = _end_of(html, start)
        pieces += [html[at:start], replace(html[start:end])]
        at = end
    return "".join([*pieces, html[at:]])


def _end_of(html: str, start: int) -> int:
    depth = 0
    for tag in _TAG.finditer(html, start):
        depth += -1 if tag["end"] else 1
        if not depth:
            return tag.end()
    return len(html)
