"""The addresses in the links of a page: in Markdown, and in HTML that is written in it.

`addresses` takes the prose of a page and returns each address, with its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_INLINE = re.compile(r"\]\([ \t]*(?:<(?P<quoted>[^<>\n]*)>|(?P<href>[^\s<>()]*(?:\([^\s()]*\)[^\s<>()]*)*))(?=[\s)])")
_DEFINED = re.compile(r"^ {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*(?:<(?P<quoted>[^<>\n]*)>|(?P<href>[^\s<>]+))", re.MULTILINE)
_TAG = re.compile(r"<[A-Za-z][^<>]*>")
_HREF = re.compile(r"""\bhref\s*=\s*(?P<quote>["'])(?P<href>[^"']*)(?P=quote)""")


@dataclass(frozen=True, slots=True)
class LinkedAddress:
    """An address in a link. One in Markdown may name the file that a page is made from; one in HTML is an address of the site."""

    start: int
    text: str
    is_markdown: bool


def addresses(prose: str) -> Iterator[LinkedAddress]:
    """Every address that a link leads to, in the order of their kinds."""
    for pattern in (_INLINE, _DEFINED):
        for found in pattern.finditer(prose):
            form = "href" if found["quoted"] is None else "quoted"
            yield LinkedAddress(found.start(form), found[form], is_markdown=True)
    for tag in _TAG.finditer(prose):
        for found in _HREF.finditer(tag[0]):
            yield LinkedAddress(tag.start() + found.start("href"), found["href"], is_markdown=False)
