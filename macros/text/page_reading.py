"""What a page written in Markdown links to, and what can be linked to on it, found without rendering it.

`read_quickly` takes the text of a page and its prose, and returns a `Reading`. It never lacks a link, and has no anchor that is not there. But it may
hold links that no reader gets, and lack anchors that only rendering shows: whoever finds fault with it must look at the rendered page.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from macros.files.memo import remembered
from macros.text.heading_anchors import headings_in, is_plain
from macros.text.page_source import is_code_plain


@dataclass(frozen=True, slots=True)
class PageLink:
    """An address in a link. One `in_markdown` names a file below docs/; one in HTML is an address, seen from that of the page.

    What a page `loads`, such as an image, is asked for as soon as somebody opens the page.
    """

    href: str
    in_markdown: bool = True
    loads: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """The links and the anchors of a page; `repeated` are anchors that stand there more than once."""

    links: tuple[PageLink, ...]
    anchors: frozenset[str]
    repeated: tuple[str, ...] = ()


OF_THEME = "__"
"""How the anchors begin that the theme puts on every page."""
OF_EXTENSIONS = ("fn:", "fnref:", "__tabbed_", "__codelineno-", "__span-")
"""How the anchors begin that extensions of Markdown number: a footnote, a tab, a line of code. No release promises them."""
_NUMBERED = re.compile(r"_\d+$")
"""How the anchor of a heading ends whose words make one that is taken."""
_OPENINGS = re.compile(r"\]\(|\]:")
_INLINE = re.compile(r"""\]\([ \t]*(?P<href>[^\s<>()"'\\&\0]*)(?:[ \t]+(?:"[^"\n]*"|'[^'\n]*'))?[ \t]*\)""")
_DEFINITION = re.compile(r"""\]:[ \t]*(?P<href>[^\s<>()"'\\&\0]+)""")
_AUTOLINK = re.compile(r"<(?P<href>(?:f|ht)tps?://[^<>]*)>", re.IGNORECASE)
_ATTRIBUTES = re.compile(r"\b(?:href|src|data|poster|id)\s*=", re.IGNORECASE)
_OF_A_LINK = re.compile(r"<(?:a|area)\s", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""(?P<name>\w+)\s*=\s*(?:"(?P<double>[^"\0&]*)"|'(?P<single>[^'\0&]*)'|(?P<bare>[^\s"'<>=`\0&{}]+))""")
_HEADING = re.compile(r"^#{1,6}[^#\n\0][^\n]*\{:? *#(?P<anchor>[A-Za-z_][\w.:-]*) *\}[ \t]*$", re.MULTILINE)
_AFTER_LINK = re.compile(r"\]\([^\s()<>\"'\\\0]*\)\{:? *#(?P<anchor>[A-Za-z_][\w.:-]*) *\}")
_CALL = re.compile(r"\0+")
_INLINE_CALLS = re.compile(r"(?:\{\{-?\s*(?:link|figure|cite)\([^{}]*\)\s*-?\}\})+")
"""Calls that give a part of a line, and not lines."""
_HTML_BLOCK = re.compile(r"^[ \t]*<", re.MULTILINE)
"""What may begin a block of HTML, in which no Markdown is read."""
_MARK = re.compile(r"\{:?[^{}\n]*?#(?P<anchor>[\w.:-]+)[^{}\n]*\}")
_COUNTS_IN_CODE = re.compile(r"\]\(|\]:|\b(?:href|src|data|poster|id)\s*=|^\s*#", re.IGNORECASE)
"""What a page would link to or offer if it were not in code."""
_HTML = re.compile(r"^ {0,3}<(?P<tag>[A-Za-z][\w-]*)", re.MULTILINE)
_INDENTED = re.compile(r"^(?: {4}|\t).*(?:\]\(|\]:|(?:href|src|data|poster|id)\s*=)", re.MULTILINE | re.IGNORECASE)
_UNCLEAR = re.compile(
    r"^[^\n]+\n(?:=+|-+)[ \t]*$|^[^\n#]*#[^\n]*\\$|^ {0,3}(?:```|~~~)|\[TOC\]|<(?:link|base|meta|style|script)\b|\burl\("
    r"|\b(?:image)?srcset\s*=|\b(?:srcdoc|background|ping|style)\s*=",
    re.MULTILINE | re.IGNORECASE,
)
"""A heading that may be a line or may not end where its line ends, code that does not end, a list of anchors that is made while the page is
rendered, what pages have in their heads, and addresses in sets and in styles."""


_FENCE_WITH_ANCHOR = re.compile(r"^.*(?:```|~~~)[^\n]*\{[^\n]*(?:#|\bid\b)", re.MULTILINE)
"""Code whose first line gives the block an anchor."""


class NotRead(Exception):
    """An extension of Markdown does not take the page: what it says."""


class _Unclear(Exception):
    """Only rendering shows what a part of the page is."""


@remembered(lambda text, prose, given=(): (text, prose, tuple(given)))
def read_quickly(text: str, prose: str, given: Collection[str] = ()) -> Reading | None:
    """Returns what the page holds, or None if only rendering can tell.

    `prose` is the `text` without code and calls, character for character; `given` are the anchors that the calls add.
    """
    if "<!--" in text or _UNCLEAR.search(prose) or _FENCE_WITH_ANCHOR.search(text) or _may_be_code(text, prose) or _may_lose_an_anchor(prose, text):
        return None
    try:
        links, attributes = [*_markdown_links(prose)], [*_attributes(prose)]
    except _Unclear:
        return None
    given = (*given,)
    written = [*(mark["anchor"] for mark in _MARK.finditer(prose)), *(value for name, value in attributes if name == "id")]
    if _may_repeat(given, written, {heading.anchor for heading in headings_in(prose, text) if not heading.is_own}):
        return None
    links += [PageLink(value, in_markdown=False, loads=name != "a href") for name, value in attributes if name != "id"]
    return Reading(tuple(dict.fromkeys(links)), frozenset([*given, *_certain_anchors(text, prose)]))


def _certain_anchors(text: str, prose: str) -> Iterator[str]:
    """The anchors that somebody wrote after a heading or a link, where they are sure to count."""
    for heading in _HEADING.finditer(prose):
        if all(_INLINE_CALLS.fullmatch(text, *call.span()) for call in _CALL.finditer(prose, *heading.span())):
            yield heading["anchor"]
    if not _HTML_BLOCK.search(prose):
        yield from (link["anchor"] for link in _AFTER_LINK.finditer(prose))


def foresees_anchors(reading: Reading, known: Collection[str], prose: str, text: str) -> bool:
    """Whether a page that was read quickly has the anchors that are `known` and no others: all are made of plain words, or stand where they count."""
    made = [heading for heading in headings_in(prose, text) if not heading.is_own]
    return all(is_plain(text[heading.start : heading.end]) for heading in made) and reading.anchors.issuperset(
        {*known} - {heading.anchor for heading in made}
    )


def _may_be_code(text: str, prose: str) -> bool:
    """Whether something that counts is indented or stands in code in a list: not every reader of Markdown sees the same there."""
    if any(text[line.start()] in " \t" for line in _INDENTED.finditer(prose)):
        return True
    if is_code_plain(text):
        return False
    lines = zip(text.splitlines(), prose.splitlines(), strict=True)
    return any(line != left and len(_COUNTS_IN_CODE.findall(line)) > len(_COUNTS_IN_CODE.findall(left)) for line, left in lines)


def _may_lose_an_anchor(prose: str, text: str) -> bool:
    """Whether a heading or an anchor may be text to Markdown: it is inside another block, inside HTML, or not at a heading."""
    places = [heading.start for heading in headings_in(prose, text)] if "#" in prose else []
    marks = (mark.start() for mark in _MARK.finditer(prose) if not prose.startswith(")", mark.start() - 1))  # one after a link is its own
    if any(not _begins_line(prose, place) for place in (*places, *marks)):
        return True
    return any(_is_inside(place, html, prose) for html in _HTML.finditer(prose) for place in places)


def _begins_line(prose: str, place: int) -> bool:
    """Whether the line of a place begins with the sign of a heading."""
    return prose.startswith("#", prose.rfind("\n", 0, place) + 1)


def _is_inside(place: int, html: re.Match[str], prose: str) -> bool:
    end = prose.find(f"</{html['tag']}", html.end())
    return html.end() <= place < (end if end >= 0 else len(prose))


def _may_repeat(given: Sequence[str], written: Sequence[str], of_headings: Collection[str]) -> bool:
    """Whether an anchor may stand twice on the page, or on every page of the theme: one of a call, one in the text, or one made of a heading's words."""
    own = [*given, *written]
    if any(anchor.startswith(OF_THEME) for anchor in (*own, *of_headings)):
        return True
    return len({*own}) < len(own) or not {*own}.isdisjoint(of_headings) or any(_NUMBERED.search(anchor) for anchor in of_headings)


def _markdown_links(prose: str) -> Iterator[PageLink]:
    """Every one of a page with images may be that of an image: what is wrong with it then makes sure that the page is rendered."""
    may_load = "![" in prose
    yield from (PageLink(found["href"]) for found in _AUTOLINK.finditer(prose))
    for opening in _OPENINGS.finditer(prose):
        found = (_INLINE if opening[0] == "](" else _DEFINITION).match(prose, opening.start())
        if found is None:
            raise _Unclear
        yield PageLink(found["href"], loads=may_load)


def _attributes(prose: str) -> Iterator[tuple[str, str]]:
    """The name and the value of each attribute of HTML that is an address or an anchor; `a href` is what a reader has to click."""
    for begin in _ATTRIBUTES.finditer(prose) if "=" in prose else ():
        found = _ATTRIBUTE.match(prose, begin.start())
        if found is None or (found["bare"] and found["name"].lower() == "id"):
            raise _Unclear
        name = "a href" if found["name"].lower() == "href" and _OF_A_LINK.match(prose, prose.rfind("<", 0, begin.start())) else found["name"].lower()
        yield name, next(value for value in found.group("double", "single", "bare") if value is not None)
