"""Do the built pages keep what was promised? The model may be wrong; the pages are what readers get.

Both functions take a `Ledger` and the anchors of each built page, and yield problems at the file that the page was made from.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from macros.playbook.urls import page_source
from macros.problems.problem import Problem, file_problem
from macros.site.ledger.ledger import Ledger


def missing_promises(ledger: Ledger, pages: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """Yields what built pages lack of what was promised; `pages` gives the anchors of each page by address, old addresses included."""
    for promise in ledger.promises.values():
        file = ledger.current.file_of(ledger.current_url(promise.url) or "") or promise.file or page_source(promise.url)
        if promise.url not in pages:
            message = f"/{promise.url} was published in release {promise.version}, and the build has no page there"
            yield file_problem(file, "lost-page", message, "bring the page back, or say where it went under `formerly:` of what takes its place")
            continue
        for anchor, version in promise.anchors.items():
            if anchor not in pages[promise.url]:
                message = f"/{promise.url}#{anchor} was published in release {version}, and the built page has no such anchor"
                yield file_problem(file, "lost-anchor", message, "say what became of it under `former_anchors:` of that page")


def unbuilt_anchors(ledger: Ledger, pages: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """Yields anchors that the next release would promise and built pages lack, because the model misreads a page written by hand."""
    for url in ledger.current.pages:
        for anchor in sorted((ledger.current.anchors(url) | ledger.current.written_anchors(url)) - {*pages.get(url, ())}) if url in pages else ():
            file = ledger.current.file_of(url) or page_source(url)
            message = f"a release would promise /{url}#{anchor}, and the built page has no such anchor"
            help = "write the heading on a line of its own, with an anchor of its own: { #name }"
            yield replace(file_problem(file, "anchor-unkept", message, help), severity="warning")
