"""Do the built pages keep what was promised? The model may be wrong; the pages are what readers get.

Each function takes a `Ledger` and what each built page has, and yields problems at the file that the page was made from.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from macros.playbook.urls import UNRELEASED_ANCHOR, page_source
from macros.problems.problem import Problem, file_problem
from macros.site.ledger.anchors_offered import anchor_warnings
from macros.site.ledger.ledger import Ledger
from macros.site.offers import Offer


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


def offer_warnings(ledger: Ledger, offers: Mapping[str, Offer]) -> Iterator[Problem]:
    """Yields what finished pages offer otherwise than the check finds in the files, so that nobody could hold a release to it.

    Takes what each page offers, by address; pages that are not among them are left out, as are comparisons, whose anchors are no promise.
    """
    comparisons = {page.url for page in ledger.current.catalogue.by_url.values() if page.kind == "comparison"}
    for url, offer in offers.items():
        known = (ledger.current.anchors(url) - {UNRELEASED_ANCHOR}) | ledger.current.written_anchors(url)
        if url not in comparisons:
            yield from anchor_warnings(url, ledger.current.file_of(url) or page_source(url), known, offer)
