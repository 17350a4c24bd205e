"""Headings whose anchors would not last: a page written by hand is linked to by them for years.

`check_headings` takes a page and yields a problem at each heading that needs an anchor of its own, in the place where it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, count

from macros.problems.problem import Problem, short
from macros.schema.patterns import NEW_ANCHOR, slug_of
from macros.text.heading_anchors import Heading, headings_in, paths_of, slug_of_heading
from macros.text.page_source import CALL, NotReadable, PageSource

_TEXT_IN_CALL = re.compile(r"""["']([^"'\n]+)["']""")


@dataclass(frozen=True)
class _Page:
    source: PageSource
    prose: str
    headings: Sequence[Heading]

    @cached_property
    def paths(self) -> Mapping[int, tuple[str, ...]]:
        """The words of each heading and of those that it stands under, by its place."""
        return {heading.start: path for heading, path in zip(self.headings, paths_of(self.headings), strict=True)}

    @cached_property
    def by_anchor(self) -> Mapping[str, Heading]:
        """The headings by the anchors that they have."""
        return {heading.anchor: heading for heading in self.headings}

    @cached_property
    def offered(self) -> dict[str, int]:
        """Each anchor that a message has offered, since none is offered twice; and the last number that was tried with the same words."""
        return {}

    def line_of(self, heading: Heading) -> int:
        """The number of its line in the file, from 1."""
        return self.source.source.mark_at(self.source.begins + heading.start).line + 1

    def problem(self, heading: Heading, rule: str, message: str, help: str) -> Problem:
        """A problem at its words."""
        begin, end = (self.source.source.mark_at(self.source.begins + place) for place in (heading.start, heading.end))
        return self.source.source.problem((begin, end), rule, message, help)


def check_headings(source: PageSource) -> Iterator[Problem]:
    """Yields the problems of the headings of a page; none if its calls cannot be read, which is a problem of its own."""
    try:
        page = _Page(source, source.prose, headings_in(source.prose, source.text))
    except NotReadable:
        return
    for heading in page.headings:
        yield from _own_anchor_problems(page, heading) if heading.is_own else _words_problems(page, heading)


def _own_anchor_problems(page: _Page, heading: Heading) -> Iterator[Problem]:
    anchor = heading.anchor
    if CALL not in anchor and not re.fullmatch(NEW_ANCHOR, anchor):
        found = f"'{short(anchor)}' cannot be an anchor" if anchor else "the anchor of this heading is empty"
        help = f"write letters, digits, hyphens and underscores, such as {{ #{slug_of(anchor) or slug_of(heading.words) or 'a-name'} }}"
        yield page.problem(heading, "not-an-anchor", found, help)


def _words_problems(page: _Page, heading: Heading) -> Iterator[Problem]:
    """A heading without an anchor of its own has one that is made of its words: they must be there, stay, and be its alone."""
    if CALL in page.prose[heading.start : heading.end]:
        message = "the words of this heading come from a macro, so its anchor would change when they do"
        named = _TEXT_IN_CALL.search(page.source.text, heading.start, heading.end)
        yield page.problem(heading, "heading-without-anchor", message, _write((slug_of(named[1]) if named else "") or "a-name"))
    elif not re.search(r"[a-z0-9]", heading.slug):
        message = "this heading has no letter from A to Z and no digit, so it has no anchor that lasts"
        yield page.problem(heading, "heading-without-anchor", message, _write("a-name"))
    elif heading.anchor != heading.slug:
        other = page.by_anchor.get(heading.slug)
        where = f" in line {page.line_of(other)}" if other else ""
        message = f"#{heading.slug} is the anchor of another heading{where}; the number in #{heading.anchor} would change with their order"
        yield page.problem(heading, "heading-twice", message, _write(_another(page, heading)))


def _write(anchor: str) -> str:
    return f"write an anchor after it, such as {{ #{anchor} }}"


def _another(page: _Page, heading: Heading) -> str:
    """An anchor that no heading has: its words, and those of the heading above it where they tell it apart."""
    words = slug_of_heading(heading.words)
    above = filter(None, (slug_of_heading(word) for word in reversed(page.paths[heading.start][:-1])))
    for name in chain(above, count(page.offered.get(words, 1) + 1)):
        anchor = f"{words}-{name}"
        if isinstance(name, int):
            page.offered[words] = name
        if anchor not in page.by_anchor and anchor not in page.offered:
            page.offered[anchor] = 1
            break
    return anchor
