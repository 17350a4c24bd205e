"""The page with every entry on it: made of the finished pages, so that it says what they say.

`with_entries` takes the page as an engine has made it, and returns it with the entries in their place. Each becomes a section with its id as
anchor, and the anchors on its page follow that: `#data-sharing.why`. Links between entries become links inside the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from macros.files.memo import remembered
from macros.pages.whole_page import ENTRIES_HERE
from macros.playbook.playbook import Playbook
from macros.playbook.urls import WHOLE, address_from, entry_url, relative
from macros.schema.kinds import KINDS
from macros.text.markdown import escape_html

_ARTICLE = re.compile(r"<article\b.*</article>", re.DOTALL)
_KEPT = ".strip, .related, .related *, .hub, .hub *, .basis, .by-editors"
"""What the search does not look at, and paper shows all the same."""
_LEFT_OUT = (
    f"[data-not-searched]:not({_KEPT}), nav, form, script, template, button:not(.term, .basis), [popover], .headerlink, .terms-at-end, .kept, [hidden]",
    "#history, .history, .related li > p, .hub li > p",  # the one is no part of the text, the other is what the page says elsewhere
)
_COMMENT = "-comment"
_UNWRAPPED = "button.term, .by-editors a"
_NEEDLESS = (("aside[aria-label], section[aria-label]", "aria-label"), ("button[popovertarget]", "popovertarget"), ("button[type]", "type"))
"""What elements have no use for that become others."""
_REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "for", "headers")
"""Attributes that name anchors of the same page."""
_HEADING = re.compile(r"<(?P<end>/?)h(?P<level>[1-6])\b")
_BUTTON = re.compile(r"<(?P<end>/?)button\b")
_LANDMARK = re.compile(r"<(?P<end>/?)(?:aside|section|header|footer)\b")
"""Elements of which a page has few, so that those who do not see it can leap between them."""
_LINK = re.compile(r' href="#(?P<anchor>[^"]+)"')
_ANCHOR = re.compile(r' id="(?P<anchor>[^"]+)"')
_LEADS_TO = ' data-to="'
"""How the contents name an anchor until it is there."""
_BETWEEN = "."
"""Stands between an entry's id and an anchor of its page: no id has it."""


def with_entries(html: str, playbook: Playbook, page_at: Callable[[str], str]) -> str:
    """Returns the page with every current entry in place of the mark, if it has that. `page_at` returns the finished page at an address."""
    before, mark, after = html.partition(ENTRIES_HERE)
    if not mark:
        return html
    targets = frozenset((entry_url(entry), entry.id) for folder in KINDS for entry in playbook.of_kind(folder))
    parts = "".join(_parts(playbook, page_at, targets))
    anchors = frozenset(found["anchor"] for found in _ANCHOR.finditer(parts))

    def led(found: re.Match[str]) -> str:
        """A link to a part that stands on the entry's own page alone leads to the entry."""
        anchor = found["anchor"]
        return found[0] if anchor in anchors else f' href="#{anchor.partition(_BETWEEN)[0]}"'

    contents = before.replace(_LEADS_TO, ' href="#')
    return f'{contents}<div class="whole">\n{_LINK.sub(led, parts)}</div>{after}'


def _parts(playbook: Playbook, page_at: Callable[[str], str], targets: frozenset[tuple[str, str]]) -> Iterator[str]:
    for folder, model in KINDS.items():
        entries = playbook.of_kind(folder)
        if entries:
            yield f'<h2 class="whole__kind" id="kind{_BETWEEN}{folder}">{escape_html(model.kind.many)}</h2>\n<p>{escape_html(model.kind.intro)}</p>\n'
            yield from (_part(page_at(entry_url(entry)), entry_url(entry), entry.id, targets) for entry in entries)


@remembered(lambda *content: content)
def _part(html: str, url: str, id: str, targets: frozenset[tuple[str, str]]) -> str:
    """An entry as a section of the page, made of its own page."""
    article = LexborHTMLParser(_ARTICLE.search(html)[0]).css_first("article")
    for selector in _LEFT_OUT:
        for node in article.css(selector):
            node.decompose()
    for node in [child for child in article.iter(include_text=True) if child.tag == _COMMENT]:  # the slots are those of its own page
        node.decompose()
    for node in article.css(_UNWRAPPED):
        node.unwrap()
    _rename_anchors(article, id)
    places = dict(targets)
    for link in article.css("a[href]"):
        link.attrs["href"] = _led(link.attributes["href"] or "", url, places)
    inside = article.html.partition(">")[2].removesuffix("</article>").strip()
    inside = _LANDMARK.sub(r"<\g<end>div", _BUTTON.sub(r"<\g<end>span", inside))
    inside = _HEADING.sub(lambda found: f"<{found['end']}h{min(6, int(found['level']) + 2)}", inside)
    return f'<div class="whole__entry">\n{inside}\n</div>\n'


def _rename_anchors(article: LexborNode, id: str) -> None:
    for node in article.css("[id]"):
        node.attrs["id"] = f"{id}{_BETWEEN}{node.attributes['id']}"
    for name in _REFERENCES:
        for node in article.css(f"[{name}]"):
            node.attrs[name] = " ".join(f"{id}{_BETWEEN}{word}" for word in (node.attributes[name] or "").split())
    for selector, name in _NEEDLESS:
        for node in article.css(selector):
            del node.attrs[name]
    article.css_first("h1").attrs["id"] = id


def _led(href: str, url: str, places: dict[str, str]) -> str:
    """A link of the page at `url` as it leads on: inside this page, if the entry is there."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        return href
    address = address_from(url, unquote(parts.path))
    if address in places:
        return f"#{places[address]}{_BETWEEN}{parts.fragment}" if parts.fragment else f"#{places[address]}"
    query = f"?{parts.query}" if parts.query else ""
    return relative(address_from(url, parts.path), WHOLE) + query + (f"#{parts.fragment}" if parts.fragment else "")
