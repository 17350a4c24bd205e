"""Do the links of the built site lead somewhere? MkDocs does not check links that are written as HTML.

`link_problems` takes `BuiltTargets`, a `Document` for each page and the files of the site, and yields problems with links and anchors.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from sys import intern
from urllib.parse import SplitResult, unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from macros.playbook.urls import SEARCH, address_from
from macros.problems.problem import Problem, file_problem

_NAMED = ", ".join(f'link[rel="{name}" i]' for name in ("canonical", "alternate", "license", "author", "help", "me", "next", "prev"))
"""Elements that say where something is, and have nothing loaded."""
_FOLLOWED = f"a[href], area[href], {_NAMED}"
_LOADED = {
    "data": "object[data]",
    **dict.fromkeys(("href", "xlink:href"), f"[href]:not(a, area, {_NAMED})"),
    **{name: f"[{name}]" for name in ("src", "poster", "background")},
}
"""What a browser asks for as soon as somebody opens the page, or what it puts in front of that: attributes, each with the elements that count."""
_IN_A_SET = re.compile(r"(?P<address>[^\s,](?:\S*[^\s,])?)(?:\s[^,]*)?")
"""An address in `srcset`, and the width or the density after it."""
_LOADS_NOTHING = re.compile(r"/\*.*?\*/|@namespace\b[^;{}]*", re.DOTALL | re.IGNORECASE)
"""Comments, and names that look like addresses."""
_IN_STYLES = re.compile(r"""(?:\burl\(\s*["']?|@import\s*["']|[(,]\s*["'](?=(?:https?:)?//))(?P<address>(?!data:)[^"'()\s]+)""", re.IGNORECASE)
_STYLED = ", ".join(f'[{name}*="url("]' for name in ("fill", "stroke", "filter", "mask", "clip-path", "cursor"))
"""Attributes of a drawing that hold an address as a style does."""
_IN_SCRIPTS = re.compile(r"""["'`](?P<address>(?:https?:)?//(?!www\.w3\.org/)[\w-]+\.[^"'`\s]+)""", re.IGNORECASE)
"""An address of another site in a script; one of w3.org is the name of an XML namespace."""
_THAT_RUN = frozenset({"", "module", "text/javascript", "application/javascript", "importmap"})
_ANY = "/"
"""The name of whatever a link leads to that says `..` or `index.html`."""
_UNNAMED = re.compile(rf"{SEARCH}[^/]+/")
"""The index of the search: each has a new name, which no page says."""
_REFRESH = re.compile(r"""^[\d.\s;,]*url\s*=\s*["']?(?P<address>[^"'\s]+)""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DeadLink:
    """A link on the page at `page` that leads nowhere."""

    page: str
    href: str
    reason: str


@dataclass(frozen=True)
class Document:
    """The anchors of one page, and its links."""

    anchors: frozenset[str]
    links: tuple[str, ...]
    repeated: tuple[str, ...] = ()
    """Anchors that occur more than once, so that a link to them is ambiguous."""
    loaded: frozenset[str] = frozenset()
    """Those of its links that a browser follows by itself."""

    @cached_property
    def names(self) -> frozenset[str]:
        """What its links name: the last step of each path, and each anchor."""
        parts = (href.partition("#") for href in self.links)
        return frozenset(name for path, _, anchor in parts for name in (_name(unquote(path.partition("?")[0])), intern(unquote(anchor))))


def read_document(html: str) -> Document:
    """Returns the anchors and links of a page. Pages share the memory of those that are the same, as most are."""
    tree = LexborHTMLParser(html)
    anchors = Counter(intern(node.attributes["id"] or "") for node in tree.css("[id]"))
    loaded = [*_loaded(tree)]
    repeated = tuple(anchor for anchor, times in anchors.items() if times > 1)
    followed = _values(tree, _FOLLOWED, "href")
    return Document(frozenset(anchors), tuple(dict.fromkeys((*followed, *loaded))), repeated, frozenset(loaded))


def _values(tree: LexborHTMLParser, selector: str, name: str) -> Iterator[str]:
    return (intern(node.attributes[name] or "") for node in tree.css(selector) if name in node.attributes)


def _loaded(tree: LexborHTMLParser) -> Iterator[str]:
    for name, selector in _LOADED.items():
        yield from _values(tree, selector, name)
    for name in ("srcset", "imagesrcset"):
        for images in _values(tree, f"[{name}]", name):
            yield from (image["address"] for image in _IN_A_SET.finditer(images))
    for addresses in _values(tree, "[ping]", "ping"):
        yield from addresses.split()
    for page in _values(tree, "[srcdoc]", "srcdoc"):
        yield from _loaded(LexborHTMLParser(page))
    for content in _values(tree, "meta[http-equiv=refresh i][content]", "content"):
        yield from (found["address"] for found in _REFRESH.finditer(content))
    yield from _in_styles(tree)
    yield from _in_scripts(tree)


def _in_styles(tree: LexborHTMLParser) -> Iterator[str]:
    drawn = (value or "" for node in tree.css(_STYLED) for value in node.attributes.values())
    for styles in (*_values(tree, "[style]", "style"), *(node.text() for node in tree.css("style")), *drawn):
        yield from (styles[start:end] for start, end in addresses_in_css(styles))


def _in_scripts(tree: LexborHTMLParser) -> Iterator[str]:
    for script in tree.css("script:not([src])"):
        if (script.attributes.get("type") or "").lower() in _THAT_RUN:
            yield from (found["address"] for found in _IN_SCRIPTS.finditer(script.text()))


def addresses_in_css(styles: str) -> Iterator[tuple[int, int]]:
    """Yields where the addresses begin and end that a style sheet has a browser load."""
    bare = _LOADS_NOTHING.sub(lambda found: " " * len(found[0]), styles)
    yield from (found.span("address") for found in _IN_STYLES.finditer(bare))


@dataclass(frozen=True, slots=True)
class BuiltTargets:
    """What links of a site may lead to: pages are `barriers/`, files `assets/x.css`."""

    documents: Mapping[str, Document]
    files: frozenset[str]

    def pages_still_right(self, now: BuiltTargets) -> Collection[str]:
        """Returns the pages whose links need no further look: those that are the same, and link to nothing that has the name of what is gone."""
        lost = [path for path in (self.files - now.files) | (self.documents.keys() - now.documents.keys()) if not _UNNAMED.match(path)]
        gone = {*map(_name, lost), *([_ANY] if lost else [])}
        same = {url: page for url, page in self.documents.items() if url in now.documents}
        for url, page in same.items():
            if page is not now.documents[url]:
                gone |= page.anchors - now.documents[url].anchors
        unchanged = (url for url, page in same.items() if page is now.documents[url])
        return frozenset(url for url in unchanged if not gone or gone.isdisjoint(now.documents[url].names))


def _name(path: str) -> str:
    """The last step of a path, unless that says nothing."""
    name = intern(path.rstrip("/").rpartition("/")[2])
    return name if name.strip(".") and name != "index.html" else _ANY


def link_problems(targets: BuiltTargets, sources: Mapping[str, str], right: Collection[str] = ()) -> Iterator[Problem]:
    """Yields the problems with links and anchors, each at the file in `sources` that its page was made from. The pages in `right` have none."""
    checked = {page: document for page, document in targets.documents.items() if page not in right}
    for dead in dead_links(checked, targets):
        message = f"the page /{dead.page} links to '{dead.href}': {dead.reason}"
        yield file_problem(sources[dead.page], "dead-link", message, "correct the link, or what it should lead to")
    for page, document in checked.items():
        for anchor in document.repeated:
            message = f"the page /{page} has the anchor '#{anchor}' twice"
            yield file_problem(sources[page], "anchor-twice", message, "list each entry once on a page, or write another { #anchor }")


def dead_links(checked: Mapping[str, Document], targets: BuiltTargets) -> Iterator[DeadLink]:
    """Yields links of the pages `checked` that lead to no page, file or anchor."""
    for page, document in checked.items():
        for href in document.links:
            if reason := _reason(page, href, targets):
                yield DeadLink(page, href, reason)


def _reason(page: str, href: str, targets: BuiltTargets) -> str | None:
    if not href:
        return "it has no address"
    try:
        parts = urlsplit(href)
    except ValueError:
        return "it is not an address"
    return None if parts.scheme or parts.netloc else _reason_inside(page, parts, targets)


def _reason_inside(page: str, parts: SplitResult, targets: BuiltTargets) -> str | None:
    if parts.path.startswith("/"):
        return "it begins with /, so that it breaks where the site has a prefix"
    target = address_from(page, unquote(parts.path))
    if target.startswith(".."):
        return "it leads out of the site"
    if target in targets.documents:
        anchor = unquote(parts.fragment)
        missing = anchor and anchor not in targets.documents[target].anchors
        return f"there is no '#{anchor}' on that page" if missing else None
    return None if target in targets.files else "there is no such page or file"
