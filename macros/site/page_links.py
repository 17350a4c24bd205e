"""Where the links of pages written by hand lead: those in Markdown to files below docs/, those in HTML to addresses of the site.

`fault_of` takes a link, the page that it is on, and what there is to link to. It returns what is wrong with the link, or None.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import SplitResult, unquote, urlsplit

from macros.files.layout import DOCS
from macros.pages.catalogue import Catalogue, Page
from macros.playbook.urls import LAST_FILES, address_from, relative
from macros.problems.closest import closest, listed
from macros.text.page_reading import PageLink

_THAT_RUN = frozenset({"javascript", "vbscript", "data", "blob"})
Anchors = Callable[[str, str, bool], Collection[str] | None]
"""From the address of a page, the anchor that is wanted there and whether Markdown asks for it to the anchors of that page; None if nothing is wrong."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a link, as the end of a sentence that begins with it, and what to write instead."""

    what: str
    help: str
    loads: bool = False
    """Whether it is wrong only where a page loads it."""


@dataclass(frozen=True)
class LinkTargets:
    """What a link may lead to: pages, the other `files` below docs/, and files that the build makes."""

    catalogue: Catalogue
    files: frozenset[str]
    made: frozenset[str]
    anchors: Anchors

    @cached_property
    def by_path(self) -> dict[str, str]:
        """The path of each file below docs/, made or written, with its address."""
        pages = {page.path.removeprefix(f"{DOCS}/"): url for url, page in self.catalogue.by_url.items()}
        return {**{path: path for path in (*self.files, *self.made)}, **pages}

    @cached_property
    def paths(self) -> dict[str, str]:
        """The same the other way round."""
        return {url: path for path, url in self.by_path.items()}

    @cached_property
    def addresses(self) -> frozenset[str]:
        """Every address of the site."""
        return frozenset(self.by_path.values()) | LAST_FILES


def fault_of(link: PageLink, page: Page, targets: LinkTargets) -> Fault | None:
    """Returns what is wrong with `link`, which is on `page`."""
    try:
        parts = urlsplit(link.href)
    except ValueError:
        return Fault("is not an address", "correct it, or put it in `…` if it is an example")
    if not link.href.strip():
        return Fault("has no address", "write where it leads, or remove it")
    if parts.scheme or parts.netloc:
        return _fault_outside(link, parts)
    if parts.path.startswith(("/", "\\")):
        return _absolute(link, page, targets)
    anchor = parts.fragment if link.in_markdown else unquote(parts.fragment)  # as MkDocs and browsers look for it
    return _fault_inside(link, page, targets, path=unquote(parts.path), anchor=anchor)


def _fault_outside(link: PageLink, parts: SplitResult) -> Fault | None:
    """What is wrong with a link that leads out of the site."""
    if re.search(r"\s", link.href.strip()):
        return Fault("has a space in it", "write %20 in the place of the space")
    if parts.scheme in ("", "http", "https") and not parts.hostname:
        return Fault("is not a whole address", "write it with its host, such as https://example.org/")
    if link.loads and parts.netloc:
        what = "would be loaded from another site, which would learn who reads this page"
        return Fault(what, f"save it below {DOCS}/assets/ and write the way to it from this page, or link to it instead", loads=True)
    if len(parts.scheme) == 1 or parts.scheme == "file":
        return Fault("leads to a disk, which readers do not have", f"put the file below {DOCS}/, and write the way to it from this page")
    if parts.scheme in _THAT_RUN and not (link.loads and parts.path.startswith("image/")):
        return Fault("runs or shows what stands in it, and leads to no page", "write the address of a page or a file")
    return None


def _fault_inside(link: PageLink, page: Page, targets: LinkTargets, *, path: str, anchor: str) -> Fault | None:
    """What is wrong with a link inside the site."""
    url = _url_of(link, page, path, targets)
    if url is None:
        return _nowhere(link, page, path, targets)
    known = targets.anchors(url, anchor, link.in_markdown) if anchor and url in targets.catalogue.by_url else None
    return None if known is None else _no_anchor(url, anchor, known)


def _url_of(link: PageLink, page: Page, path: str, targets: LinkTargets) -> str | None:
    """The address that a path leads to, if there is one."""
    if not path:
        return page.url
    if link.in_markdown:
        return targets.by_path.get(_joined(page.path.removeprefix(f"{DOCS}/"), path))
    address = address_from(page.url, path)
    return address if address in targets.addresses else None


def _joined(base: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), path))


def _absolute(link: PageLink, page: Page, targets: LinkTargets) -> Fault:
    path = urlsplit(link.href).path.replace("\\", "/").lstrip("/")
    meant = next((_way(link, page, url, targets) for url in _guesses(path) if url in targets.addresses), None)
    help = f"write '{meant}'" if meant else "write the way from this page, without / in front"
    return Fault("begins with /, so that it breaks where the site has a prefix", help)


def _nowhere(link: PageLink, page: Page, path: str, targets: LinkTargets) -> Fault:
    """A path that leads nowhere: what it was meant to be, as far as that can be guessed."""
    base = page.path.removeprefix(f"{DOCS}/") if link.in_markdown else page.url
    target = _joined(base, path)
    where = f"leads out of {DOCS}/" if target.startswith("..") else f"leads nowhere: there is no {_thing(link, target, path)}"
    seen = [targets.by_path.get(_joined(page.path.removeprefix(f"{DOCS}/"), path)), *_guesses(target), *_guesses(_joined(page.url, path))]
    meant = next((url for url in seen if url is not None and url in targets.addresses), None)
    if meant is not None and (not link.in_markdown or meant not in LAST_FILES):
        fragment = f"#{urlsplit(link.href).fragment}" if urlsplit(link.href).fragment else ""
        what = "a file, seen from this one" if link.in_markdown else "an address, seen from that of this page"
        return Fault(
            where, f"a link in {'Markdown' if link.in_markdown else 'HTML'} names {what}: write '{_way(link, page, meant, targets)}{fragment}'"
        )
    names = {_way(link, page, url, targets): None for url in targets.addresses}
    near = closest(path, names, cutoff=75)
    return Fault(where, f"did you mean '{near}'?" if near else "correct the link, or add what it should lead to")


def _thing(link: PageLink, target: str, path: str) -> str:
    if not link.in_markdown:
        return f"page or file /{address_from('', target + ('/' if path.endswith('/') else ''))}"
    return f"file {DOCS}/{target}"


def _guesses(path: str) -> Iterator[str]:
    """Addresses that somebody may mean by a path."""
    bare = path.removesuffix("index.html").removesuffix(".html").removesuffix(".md").strip("/")
    for guess in (bare, bare.removesuffix("/index").removesuffix("/README")):
        yield from (f"{guess}/" if guess not in ("", ".", "index", "README") else "", guess)
    yield path


def _way(link: PageLink, page: Page, url: str, targets: LinkTargets) -> str:
    """How `page` links to an address, in Markdown or in HTML."""
    if not link.in_markdown:
        return relative(url, page.url)
    file = targets.paths.get(url, url)
    return posixpath.relpath(file, posixpath.dirname(page.path.removeprefix(f"{DOCS}/")) or ".")


def _no_anchor(url: str, anchor: str, known: Collection[str]) -> Fault:
    near = closest(anchor, sorted(known), cutoff=70)
    help = f"did you mean '#{near}'?" if near else _anchors_there(known)
    return Fault(f"leads nowhere: the page /{url} has no '#{anchor}'", help)


def _anchors_there(known: Collection[str]) -> str:
    if not known:
        return "that page has no anchors: link to it without #, or write { #name } after one of its headings"
    return f"its anchors are {listed(sorted(known))}"
