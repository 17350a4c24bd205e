"""Whether pages written by hand can be published: their calls of macros, their links, and their anchors.

`page_problems` takes a `CurrentSite` and a function that reads rendered Markdown. It returns every problem, each at its place: the check shows them,
and a build shows the same before it begins. Most pages need not be rendered for that: see `macros/text/page_reading.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from macros.pages.catalogue import Page
from macros.pages.generated import generated_body
from macros.pages.hand_written import anchors_of_body
from macros.pages.misplaced_calls import misplaced_calls
from macros.pages.rendered_page import render_page
from macros.pages.renderer import Renderer
from macros.playbook.checks.headings import check_headings
from macros.problems.problem import Location, Problem, file_problem, short, sort_problems
from macros.site.addresses import ADDRESSES_FILE
from macros.site.ledger.anchors_offered import anchor_warnings
from macros.site.ledger.current import CurrentSite
from macros.site.ledger.list_anchors import anchors_led_on
from macros.site.page_links import Fault, LinkTargets, fault_of
from macros.text.page_reading import OF_EXTENSIONS, OF_THEME, NotRead, PageLink, Reading, foresees_anchors, read_quickly
from macros.text.page_source import NotReadable, PageSource

ReadMarkdown = Callable[[str], Reading]
"""Renders Markdown as the build does, and returns the links and anchors in it."""
_BEFORE = r"""\]\(\s*<?|\]:\s*<?|=\s*["']?|<"""
_BEFORE_NOTHING = r"""\]\(\s*|\b(?:href|src|data|poster)\s*=\s*["']"""
_BEFORE_WHAT_LOADS = (
    r"""!\[[^\]\n]*\]\(\s*<?|\]:\s*<?|\b(?:src|data|poster|background|ping)\s*=\s*["']?|<(?:base|link|use|image|feImage)\b[^>]*\bhref\s*=\s*["']?"""
)
_BEFORE_WHAT_LOADS += r"""|\b(?:image)?srcset\s*=\s*["'](?:[^"']*[\s,])?|\burl\(\s*["']?|@import\s*["']"""
"""What stands in front of an address, of one that is empty, and of one that a browser loads by itself."""
_GIVEN = re.compile(r'<i id="([^"]+)"></i>')


def page_problems(
    site: CurrentSite, read_markdown: ReadMarkdown, *, once: Mapping[str, Collection[str]] | None = None, quickly: bool = True
) -> tuple[Problem, ...]:
    """Returns what is wrong with the pages written by hand.

    `once` are the anchors that each page keeps for old links to it, by address: a link in HTML may lead to them. Unless `quickly`, all pages are
    rendered: the Markdown of the site has more to it than what can be read without that.
    """
    pages = _Pages(site, read_markdown, once or {}, quickly)
    return sort_problems(problem for path in site.playbook.written for problem in pages.problems_of(path))


@dataclass(frozen=True)
class _Pages:
    """The pages of a site, each read as far as it takes."""

    site: CurrentSite
    read_markdown: ReadMarkdown
    once: Mapping[str, Collection[str]]
    quickly: bool

    def problems_of(self, path: str) -> Iterator[Problem]:
        """Every problem of the page in the file `path`. Its anchors are held against those of the rendered page where nothing else is wrong."""
        found = [*self._wrong(path)]
        page = self.site.catalogue.at(path)
        if not found and not self._foresees_anchors(page) and (rendered := self._render(page)):
            known = {*anchors_of_body(self._text(page) or ""), *self.site.written_anchors(page.url)}  # as a build knows them
            yield from anchor_warnings(page.url, path, known, rendered.anchors)
        yield from found

    def _foresees_anchors(self, page: Page) -> bool:
        """Whether the anchors that the check knows are those of the page, which then need not be rendered."""
        quick, source = self._read_quickly(page.url), self.site.playbook.written[page.path]
        return quick is not None and foresees_anchors(quick, self.site.all_anchors(page.url), source.prose, source.text)

    def _wrong(self, path: str) -> Iterator[Problem]:
        yield from check_headings(self.site.playbook.written[path])
        misplaced = [*misplaced_calls(self.site.playbook.written[path])]
        yield from misplaced
        outline = self.site.outline(path)
        page = self.site.catalogue.at(path)
        if outline.problems or misplaced:
            yield from outline.problems
            yield from self._dead_whatever_the_calls(page)
            return
        quick = self._read_quickly(page.url)
        if quick is not None and not any(self._fault(page, link) for link in quick.links):
            return
        rendered = self._render(page)
        if rendered is None:
            yield from render_page(self._view(page), self.site.playbook.written[path]).problems or self._not_read.get(page.url, ())
            return
        source = self.site.playbook.written[path]
        for link in rendered.links:
            if fault := self._fault(page, link):
                yield from _dead_links(source, link, fault)
        yield from (_repeated(source, anchor) for anchor in rendered.repeated)
        yield from (
            _of_theme(source, anchor) for anchor in sorted(rendered.anchors) if anchor.startswith(OF_THEME) and not anchor.startswith(OF_EXTENSIONS)
        )

    def _dead_whatever_the_calls(self, page: Page) -> Iterator[Problem]:
        """The dead links of a page that cannot be rendered, but for those to anchors, which its calls may make."""
        source = self.site.playbook.written[page.path]
        try:
            quick = read_quickly(source.text, source.prose)
        except NotReadable:
            return
        for link in quick.links if quick else ():
            if "#" not in link.href and (fault := self._fault(page, link)):
                yield from _dead_links(source, link, fault)

    def _fault(self, page: Page, link: PageLink) -> Fault | None:
        return fault_of(link, page, self.targets)

    @cached_property
    def targets(self) -> LinkTargets:
        """What a link may lead to."""
        return LinkTargets(self.site.catalogue, self.site.static_files, frozenset({*self.site.files(), ADDRESSES_FILE}), self._anchors)

    def _anchors(self, url: str, wanted: str, in_markdown: bool) -> Collection[str] | None:  # noqa: FBT001 - a callback
        """The anchors of a page, or None if it has the one that is `wanted`, or is broken so that nobody knows."""
        quick = self._read_quickly(url)
        if (quick and wanted in quick.anchors) or (not in_markdown and wanted in self.once.get(url, ())):
            return None
        page = self.site.catalogue.by_url[url]
        rendered = self._render(page)
        if rendered is None or wanted in rendered.anchors or wanted in anchors_led_on(self._text(page) or "", url, self.site):
            return None
        return frozenset(anchor for anchor in rendered.anchors if not anchor.startswith(OF_THEME))

    def _read_quickly(self, url: str) -> Reading | None:
        if url not in self._quick:
            page = self.site.catalogue.by_url[url]
            if page.is_generated:
                self._quick[url] = Reading((), frozenset(self.site.anchors(url)))
            else:
                source, outline = self.site.playbook.written[page.path], self.site.outline(page.path)
                given = _GIVEN.findall(outline.text) if "{" in source.text else ()
                is_quick = self.quickly and outline.is_plain and not outline.problems
                self._quick[url] = read_quickly(source.text, source.prose, given) if is_quick else None
        return self._quick[url]

    def _render(self, page: Page) -> Reading | None:
        """The page as readers get it; None if its calls are wrong."""
        if page.url not in self._rendered:
            text = self._text(page)
            try:
                self._rendered[page.url] = None if text is None else self.read_markdown(text)
            except NotRead as error:
                help = "correct the page, or remove that extension from `markdown_extensions:` in mkdocs.yml"
                self._not_read[page.url] = (
                    file_problem(page.path, "extension-fault", f"an extension of Markdown cannot read it: {short(str(error), 200)}", help),
                )
                self._rendered[page.url] = None
        return self._rendered[page.url]

    def _text(self, page: Page) -> str | None:
        view = self._view(page)
        if not page.is_generated:
            done = render_page(view, self.site.playbook.written[page.path])
            return None if done.problems else done.text
        return generated_body(view, page)

    def _view(self, page: Page) -> Renderer:
        return Renderer(self.site.playbook, page.url, page.path, self.site.history_for(page))

    @cached_property
    def _quick(self) -> dict[str, Reading | None]:
        return {}

    @cached_property
    def _not_read(self) -> dict[str, tuple[Problem, ...]]:
        return {}

    @cached_property
    def _rendered(self) -> dict[str, Reading | None]:
        return {}


def _dead_links(source: PageSource, link: PageLink, fault: Fault) -> Iterator[Problem]:
    """A problem at each place where the page has the link."""
    href = link.href
    spans = [found.span("href") for found in _link_to(href, loads=fault.loads).finditer(source.prose)]
    spans = spans or [found.span() for found in re.finditer(re.escape(href), source.text)][:1] if href else spans
    message = f"the link '{short(href, 80)}' {fault.what}" if href else f"a link {fault.what}"
    for span in spans or [None]:
        yield _problem(source, span, "dead-link", message, fault.help)


def _link_to(href: str, *, loads: bool) -> re.Pattern[str]:
    """What a link to `href` looks like in Markdown or in HTML; if `loads`, where it is that of an image or the like."""
    before = _BEFORE_WHAT_LOADS if loads else _BEFORE if href else _BEFORE_NOTHING
    return re.compile(rf"""(?:{before})(?P<href>{re.escape(href)})(?=[\s)>"'{{}}]|$)""")


def _repeated(source: PageSource, anchor: str) -> Problem:
    help = "list each entry once on a page, or write another { #anchor }"
    return _problem(source, _written_anchor(source, anchor), "anchor-twice", f"the page has the anchor '#{short(anchor)}' twice", help)


def _of_theme(source: PageSource, anchor: str) -> Problem:
    message = f"the page has the anchor '#{short(anchor)}', and anchors that begin with {OF_THEME} belong to the theme"
    return _problem(source, _written_anchor(source, anchor), "anchor-twice", message, "write another { #anchor } after the heading")


def _written_anchor(source: PageSource, anchor: str) -> tuple[int, int] | None:
    """Where the text has the anchor last, if it is written there and not made by a call or from the words of a heading."""
    written = re.compile(rf"""(?:#|\bid\s*=\s*["']?)(?P<anchor>{re.escape(anchor)})(?=[\s}}"'>])""")
    found = [match.span("anchor") for match in written.finditer(source.prose)]
    return found[-1] if found else None


def _problem(source: PageSource, span: tuple[int, int] | None, rule: str, message: str, help: str) -> Problem:
    """A problem at a part of the page's text, or of the whole page where the part is not found."""
    if span is None:
        return file_problem(source.source.file, rule, message, help)
    start, end = (source.source.mark_at(source.begins + index) for index in span)
    line = source.source.lines[start.line]
    return Problem(Location(source.source.file, start.line + 1, start.column + 1, end.line + 1, end.column + 1), rule, message, help, "", line)
