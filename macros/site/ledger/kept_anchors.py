"""A page with the anchors that it once had: as other names of what is there, or as lines at its end that say what became of them.

Enters: the finished HTML of a page, and the ledger. Leaves: the HTML with every promised anchor in it that the ledger can answer for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from macros.pages.renderer import Renderer
from macros.schema.sections import sections_of
from macros.site.ledger.ledger import FIGURE, Alias, Ledger, Notice
from macros.text.markdown import escape_html

_ID = re.compile(r"""\bid=["']([^"']+)["']""")
_TAG_WITH_ID = re.compile(r"""<(?P<name>[a-z][a-z0-9]*)\b[^<>]*?\bid=["'](?P<id>[^"']+)["'][^<>]*>""")
_HOLDS_TEXT = re.compile(r"<(?:td|th|li|dt|dd|caption)\b[^<>]*>")
_HOLDS_NO_TEXT = frozenset({"table", "thead", "tbody", "tr", "ul", "ol", "dl"})
"""Elements in which an empty span may not stand; the first cell or item in them takes it."""


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """What the end of a page says under an old anchor. `name` is what the anchor showed, where that has a name."""

    anchor: str
    name: str
    told: Notice


def with_promised_anchors(html: str, view: Renderer, ledger: Ledger) -> str:
    """The body of the page that `view` renders for, with every anchor that was promised on it."""
    url, on_page = view.page_url, frozenset(_ID.findall(html))
    wanted = {**ledger.promised_here.get(url, {}), **dict.fromkeys(ledger.current.former_anchors(url), "")}
    fates = {anchor: ledger.fate(url, anchor, on_page) for anchor in wanted if anchor not in on_page}
    aliases = {anchor: fate.to for anchor, fate in fates.items() if isinstance(fate, Alias)}
    lines = [NoticeLine(anchor, _name(ledger, url, anchor), fate) for anchor, fate in fates.items() if isinstance(fate, Notice)]
    html = with_aliases(html, aliases) if aliases else html
    return html + str(view.render("_kept.html.jinja", lines=lines)) if lines else html


def with_aliases(html: str, aliases: Mapping[str, str]) -> str:
    """`html` in which each old anchor stands inside the element that has the new one."""
    olds: dict[str, list[str]] = {}
    for old, new in aliases.items():
        olds.setdefault(new, []).append(old)
    pieces, at = [], 0
    for tag in _TAG_WITH_ID.finditer(html):
        end = _inside(html, tag)
        if tag["id"] in olds and end >= at:
            pieces += [html[at:end], *(f'<span class="once" id="{escape_html(old)}"></span>' for old in olds.pop(tag["id"]))]
            at = end
    return "".join([*pieces, html[at:]])


def _inside(html: str, tag: re.Match[str]) -> int:
    """Where text may stand inside the element."""
    found = _HOLDS_TEXT.search(html, tag.end()) if tag["name"] in _HOLDS_NO_TEXT else None
    return found.end() if found else tag.end()


def _name(ledger: Ledger, url: str, anchor: str) -> str:
    """What a section or a figure of an entry's page was called."""
    entry = ledger.current.entries.get(url)
    if entry is None:
        return ""
    if anchor.startswith(FIGURE):
        return f"Figure {anchor.removeprefix(FIGURE).replace('-', ' ')}"
    return next((section.heading for section in sections_of(type(entry)).values() if section.anchor == anchor), "")
