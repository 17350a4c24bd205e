"""What finished pages offer to those who link to them: anchors, each with the headings that it belongs to.

`read_offer` takes the HTML of a page and returns its `Offer`; `read_offers` takes the folder of a finished site and its addresses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from macros.text.page_reading import OF_EXTENSIONS, OF_THEME

Offer = Mapping[str, tuple[str, ...]]
"""From each anchor of a page to the words of the heading that it is in, below those that this one stands under; none above the first one."""
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NOT_OFFERED = ".kept, .once, .term-note, .terms-at-end, .notice#withdrawn, .not-released, .whole, .unpromised"
"""What stands for something that is gone, and what comes and goes with the words of a text."""


def read_offer(html: str) -> Offer:
    """Returns what the text of a page offers, without what the theme puts round it."""
    tree = LexborHTMLParser(html)
    text = tree.css_first("article") or tree.css_first("main") or tree.body
    left_out = {node.mem_id for gone in text.css(_NOT_OFFERED) for node in (gone, *gone.css("[id]"))}
    offer: dict[str, tuple[str, ...]] = {}
    path: list[tuple[int, str]] = []
    for node in text.css(", ".join(("[id]", *_HEADINGS))):
        if node.tag in _HEADINGS:
            level = int(node.tag[1])
            path = [*(above for above in path if above[0] < level), (level, _words(node))]
        anchor = node.attributes.get("id")
        if anchor is not None and node.mem_id not in left_out and not anchor.startswith((OF_THEME, *OF_EXTENSIONS)):
            offer.setdefault(anchor, _below_title(path))
    return offer


def read_offers(site: Path, addresses: Iterable[str]) -> Mapping[str, Offer]:
    """Returns what each of the pages offers that the folder `site` has, by address."""
    files = ((url, site / url / "index.html") for url in addresses)
    return {url: read_offer(file.read_text("utf-8")) for url, file in files if file.is_file()}


def _below_title(path: list[tuple[int, str]]) -> tuple[str, ...]:
    return tuple(words for level, words in path if level > 1 or len(path) == 1)


def _words(heading: LexborNode) -> str:
    """What a reader sees in a heading, without the mark that links to it."""
    pieces = (node.text(deep=False) for node in heading.traverse(include_text=True) if node.tag == "-text" and not _is_mark(node.parent))
    return " ".join("".join(pieces).split())


def _is_mark(node: LexborNode | None) -> bool:
    return node is not None and "headerlink" in (node.attributes.get("class") or "")
