"""Gives a page the anchors that it once had: as aliases of what is there, or as lines at its end that say what became of them.

`with_promised_anchors` takes the rendered HTML of a page and returns it with every promised anchor whose outcome the ledger knows;
`lost_anchors` returns those that need one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape

from macros.pages.renderer import Renderer
from macros.playbook.passages import PASSAGE_PREFIX
from macros.schema.sections import sections_of
from macros.site.ledger.ledger import FIGURE_PREFIX, AnchorAlias, AnchorNotice, Ledger
from macros.site.ledger.list_anchors import anchors_led_on
from macros.text.markdown import escape_html

_ID = re.compile(r"""id=(?<=\bid=)["']([^"']+)["']""")
"""It begins with letters that can be found quickly."""
_TAG_WITH_ID = re.compile(r"""<(?P<name>[a-z][a-z0-9]*)\b[^<>]*?\bid=["'](?P<id>[^"']+)["'][^<>]*>""")
_HOLDS_TEXT = re.compile(r"<(?:td|th|li|dt|dd|caption|legend)\b[^<>]*>")
_HOLDS_NO_TEXT = frozenset({"table", "thead", "tbody", "tr", "ul", "ol", "dl", "fieldset"})
"""Elements that may not contain an empty span; the first cell or item in them takes it."""


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A line at the end of a page, under an old anchor. `name` is what stood there, if that has a name."""

    anchor: str
    name: str
    notice: AnchorNotice


def with_promised_anchors(html: str, view: Renderer, ledger: Ledger) -> str:
    """Returns the body of the page that `view` renders for, with every anchor that was promised on it, but for those that its script leads on."""
    url = view.page_url
    lost = lost_anchors(html, url, ledger)
    on_page = _anchors_in(html) if lost else frozenset()
    outcomes = {anchor: ledger.anchor_outcome(url, anchor, on_page) for anchor in lost}
    aliases = {anchor: outcome.to for anchor, outcome in outcomes.items() if isinstance(outcome, AnchorAlias)}
    lines = [NoticeLine(anchor, _name(ledger, url, anchor), outcome) for anchor, outcome in outcomes.items() if isinstance(outcome, AnchorNotice)]
    html = with_aliases(html, aliases) if aliases else html
    return html + str(view.render("_kept.html.jinja", lines=lines)) if lines else html


def promised_anchors(url: str, ledger: Ledger) -> tuple[str, ...]:
    """Returns every anchor that was promised on a page, and those that its file calls former ones."""
    return tuple(dict.fromkeys((*ledger.promised_anchors.get(url, ()), *ledger.current.former_anchors(url))))


def lost_anchors(html: str, url: str, ledger: Ledger) -> tuple[str, ...]:
    """Returns those of them that the body of the page lacks, but for those that its script leads on."""
    promised = promised_anchors(url, ledger)
    kept = _anchors_in(html) | anchors_led_on(html, url, ledger.current) if promised else ()
    return tuple(anchor for anchor in promised if anchor not in kept)


def with_aliases(html: str, aliases: Mapping[str, str]) -> str:
    """Returns `html` with each old anchor inside the element that has the new one."""
    olds: dict[str, list[str]] = {}
    for old, new in aliases.items():
        olds.setdefault(new, []).append(old)
    pieces, at = [], 0
    for tag in _TAG_WITH_ID.finditer(html):
        end = _inside(html, tag)
        new = unescape(tag["id"])
        if new in olds and end >= at:
            pieces += [html[at:end], *(f'<span class="once" id="{escape_html(old)}"></span>' for old in olds.pop(new))]
            at = end
    return "".join([*pieces, html[at:]])


def _anchors_in(html: str) -> frozenset[str]:
    return frozenset(map(unescape, _ID.findall(html)))


def _inside(html: str, tag: re.Match[str]) -> int:
    """The position inside the element where text is allowed."""
    found = _HOLDS_TEXT.search(html, tag.end()) if tag["name"] in _HOLDS_NO_TEXT else None
    return found.end() if found else tag.end()


def _name(ledger: Ledger, url: str, anchor: str) -> str:
    """The former heading of a section, figure or passage of an entry's page."""
    entry = ledger.current.entries.get(url)
    if entry is None:
        return ""
    for prefix, name in ((FIGURE_PREFIX, "Figure"), (PASSAGE_PREFIX, "Passage")):
        if anchor.startswith(prefix):
            return f"{name} {anchor.removeprefix(prefix).replace('-', ' ')}"
    return next((section.heading for section in sections_of(type(entry)).values() if section.anchor == anchor), "")
