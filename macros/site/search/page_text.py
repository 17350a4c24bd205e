"""What a finished page says: its summary and its sections, as plain text.

`page_text` takes the HTML of a page and returns a PageText. What is marked `data-not-searched`, menus and headers are left out, and so are the names of
what a page cites: nearly every page says these, so the words in them would seem to say nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

_NOT_SAID = "[data-not-searched], .cited, .sources, .headerlink, nav, script, style, noscript, template, svg, form, button[hidden]"
_HEADINGS = frozenset({"h2", "h3", "h4"})
_INLINE = """
-text -comment a abbr b bdi bdo button cite code data del dfn em i ins kbd label mark q s samp span strong sub sup time u var wbr
"""
_INSIDE_A_LINE = frozenset(_INLINE.split())
"""What ends no line of text."""


@dataclass(frozen=True, slots=True)
class TextSection:
    """A part of a page. `anchor` and `heading` are empty for what comes before the first heading; a line is a paragraph, an item or a cell."""

    anchor: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of a page; the summary is in no section."""

    summary: str
    sections: tuple[TextSection, ...]


def page_text(html: str) -> PageText:
    """Returns what the page says below its title."""
    tree = LexborHTMLParser(_article_of(html))
    root = tree.css_first("article") or tree.css_first("main") or tree.body
    if root is None:
        return PageText("", ())
    for node in root.css(_NOT_SAID):
        node.decompose()
    summary = _taken(root, ".summary")
    _taken(root, "h1")
    return PageText(summary or _description(html), tuple(_sections(root)))


def _taken(root: LexborNode, selector: str) -> str:
    """The text of the first such element, which is then no part of the page any more."""
    node = root.css_first(selector)
    if node is None:
        return ""
    text = _in_one_line(node.text())
    node.decompose()
    return text


def _article_of(html: str) -> str:
    """The article alone, if there is one: most of a page is its menu, head and foot."""
    start, end = html.find("<article"), html.rfind("</article>")
    return html[start:end] if 0 <= start < end else html


def _description(html: str) -> str:
    node = LexborHTMLParser(html.partition("</head>")[0]).css_first("meta[name=description]")
    return _in_one_line(node.attributes.get("content") or "") if node else ""


def _sections(root: LexborNode) -> Iterator[TextSection]:
    anchor, heading, pieces, of_heading = "", "", list[str](), 0
    for node in root.traverse(include_text=True):
        if node.tag in _HEADINGS and node.attributes.get("id"):
            yield from _section(anchor, heading, pieces)
            words = node.text()
            anchor, heading, pieces, of_heading = node.attributes["id"] or "", _in_one_line(words), [], len(words)
        elif of_heading > 0:
            of_heading -= len(node.text_content or "") if node.tag == "-text" else 0
        elif node.tag not in _INSIDE_A_LINE or (node.prev is not None and node.prev.tag not in _INSIDE_A_LINE):
            pieces += ["\n", _without_breaks(node)]
        elif node.tag != "-text" and node.prev is not None and node.prev.tag != "-text":
            pieces.append(" ")  # two links beside each other are two words
        else:
            pieces.append(_without_breaks(node))
    yield from _section(anchor, heading, pieces)


def _section(anchor: str, heading: str, pieces: list[str]) -> Iterator[TextSection]:
    lines = map(_in_one_line, "".join(pieces).split("\n"))
    text = "\n".join(filter(None, lines))
    if text:
        yield TextSection(anchor, heading, text)


def _without_breaks(node: LexborNode) -> str:
    return (node.text_content or "").replace("\n", " ")


def _in_one_line(text: str) -> str:
    return " ".join(text.split())
