"""Markup in a field of plain text, such as a title: readers would see its signs.

`markup_in_plain` takes the text and yields a problem for each sign that nobody would write for its looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from macros.problems.problem import short
from macros.text.foreign_markup import TextProblem

_MARKUP = re.compile(
    r"""\[\[(?P<entry>[^\[\]\n|]+)(?:\|(?P<label>[^\[\]\n]+))?\]\]
    |   \[(?P<link>[^\[\]\n]+)\]\((?:https?:|mailto:|www\.)[^()\s]*\)
    |   \*\*(?P<bold>[^\s*](?:[^*\n]*[^\s*])?)\*\*
    |   \[\^[^\[\]\s]+\]
    |   (?P<reference>&(?![lg]t;)(?:[A-Za-z]{2,8}|\#\d{2,6}|\#[xX][0-9A-Fa-f]{2,5});)""",
    re.VERBOSE,
)
"""HTML is no such sign, nor are `&lt;` and `&gt;`: a title may be about a tag, and shows it."""


def may_be_marked(text: str) -> bool:
    """Whether a plain text may hold markup. Most have none, which this finds quickly."""
    return "[" in text or "**" in text or ("&" in text and ";" in text)


def markup_in_plain(text: str) -> Iterator[TextProblem]:
    """Yields a problem for each sign of markup in `text`."""
    for found in _MARKUP.finditer(text) if may_be_marked(text) else ():
        if found["reference"] and unescape(found[0]) == found[0]:
            continue
        yield TextProblem(
            "unknown-markup", f"this text is plain, so readers would see '{short(found[0])}' as it is written", _instead(found), found[0]
        )


def _instead(found: re.Match[str]) -> str:
    if found["reference"]:
        character = unescape(found[0])
        return f"write {character}" if character.strip() and character.isprintable() else "write an ordinary space"
    words = found["label"] or found["entry"] or found["link"] or found["bold"]
    return f"write the words alone: {words}" if words else "take it out"
