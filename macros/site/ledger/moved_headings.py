"""Has an anchor passed from one heading of a page to another? Then an old link shows what it was not made for, and nothing is missing.

`moved_headings` takes a `Ledger` and yields a problem at each heading that has the anchor of another one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from macros.problems.problem import Problem
from macros.site.ledger.ledger import Ledger
from macros.site.ledger.promises import Promise
from macros.text.heading_anchors import Heading, headings_in, paths_of, slug_of_heading
from macros.text.page_source import NotReadable, PageSource
from macros.yamlfile.source import SourceText


def moved_headings(ledger: Ledger) -> Iterator[Problem]:
    """Yields the problems of pages whose text has changed since the latest release that had them."""
    for promise in ledger.promises.values():
        url = ledger.current_url(promise.url) or ""
        page = ledger.current.playbook.written.get(ledger.current.file_of(url))
        if page and promise.page and promise.page.path and promise.page.text != page.text:
            yield from _moved_on(promise, page, ledger.current.former_anchors(url))


def _moved_on(promise: Promise, page: PageSource, declared: Collection[str]) -> Iterator[Problem]:
    then, now = _headings(PageSource(SourceText(promise.page.path, promise.page.text))), _headings(page)
    by_anchor = {heading.anchor: (path, heading) for path, heading in now}
    by_path = dict(reversed(now))
    for path, old in then:
        here, there = by_anchor.get(old.anchor), by_path.get(path)
        if here and there and here[0] != path and there.anchor != old.anchor and old.anchor not in declared:
            yield _problem(page, promise, here[1], there)


def _problem(page: PageSource, promise: Promise, heading: Heading, other: Heading) -> Problem:
    begin, end, elsewhere = (page.source.mark_at(page.begins + place) for place in (heading.start, heading.end, other.start))
    line = elsewhere.line + 1
    message = f"release {promise.version} published /{promise.url}#{heading.anchor} for the heading that is in line {line} now, and it leads here"
    help = f"write {{ #{heading.anchor} }} after the heading in line {line}, and an anchor of its own after this one"
    return page.source.problem((begin, end), "anchor-moved", message, help)


def _headings(page: PageSource) -> list[tuple[tuple[str, ...], Heading]]:
    """Each heading with what it says, below those that it stands under; marks and capital letters make no difference."""
    try:
        found = headings_in(page.prose, page.text)
    except NotReadable:
        return []
    return [(tuple(map(slug_of_heading, path)), heading) for path, heading in zip(paths_of(found), found, strict=True)]
