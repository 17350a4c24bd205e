"""Numbers of sheets in the contents of a PDF file, which Chromium cannot put there itself.

A page is printed once to learn on which sheet each of its anchors is, and again with those numbers beside the links of its contents. `print_numbered`
takes the page as HTML and what prints HTML, and returns the file; `sheets_of` reads a file of Chromium, `with_sheets` writes the numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from selectolax.lexbor import LexborHTMLParser

_LINKS = ".whole-contents a[href^='#']"
_NUMBER = "whole-contents__sheet"
_TIMES = 3
"""How often a page is printed again before its numbers are left out: each number has room for three digits, so once is enough as a rule."""
_PLACE = re.compile(rb"/([\w.-]+) \[(\d+) 0 R /XYZ ")
"""An anchor, and the object that is its sheet."""
_FOLDER = re.compile(rb"^(\d+) 0 obj\n<</Type /Pages\b[^>]*?/Kids \[([^\]]*)\][^>]*>>", re.MULTILINE)
"""What holds sheets, or others of its kind: its number, and what it holds."""


def print_numbered(html: str, printed: Callable[[str], bytes]) -> bytes:
    """Returns a page as `printed` makes a file of it, with the numbers of sheets in its contents, if it has contents and the numbers hold."""
    if not LexborHTMLParser(html).css_matches(_LINKS):
        return printed(html)
    sheets: Mapping[str, int] = {}
    for _ in range(_TIMES):
        pdf = printed(with_sheets(html, sheets))
        found = sheets_of(pdf)
        if found == sheets:
            break
        sheets = found
    else:
        return printed(html)
    return pdf if sheets else printed(html)


def sheets_of(pdf: bytes) -> dict[str, int]:
    """Returns the sheet, counted from 1, of each anchor that a link in a file of Chromium leads to; none, if the file is written in another way."""
    inside = {number: kids.split(b" 0 R")[:-1] for number, kids in _FOLDER.findall(pdf)}
    inside = {number: [kid.strip() for kid in kids] for number, kids in inside.items()}
    held = {kid for kids in inside.values() for kid in kids}

    def leaves(number: bytes) -> Iterator[bytes]:
        for kid in inside[number]:
            yield from leaves(kid) if kid in inside else (kid,)

    order = [sheet for number in inside if number not in held for sheet in leaves(number)]
    at = {sheet: place for place, sheet in enumerate(order, 1)}
    return {name.decode(): at[sheet] for name, sheet in _PLACE.findall(pdf) if sheet in at}


def with_sheets(html: str, sheets: Mapping[str, int]) -> str:
    """Returns the page with the number of its sheet in each link of its contents. One that is not known yet has the same room."""
    page = LexborHTMLParser(html)
    for link in page.css(_LINKS):
        number = sheets.get((link.attributes["href"] or "")[1:], 0)
        span = LexborHTMLParser(f'<span class="{_NUMBER}">{number}</span>').css_first("span")
        link.insert_child(span)
    return f"<!doctype html>\n{page.root.html}"
