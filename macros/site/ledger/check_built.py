"""Do the built pages keep what was promised? The model may be wrong; the pages are what readers get.

Each function takes a `Ledger` and what each built page has, and yields problems at the file that the page was made from.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from macros.playbook.urls import UNRELEASED_ANCHOR, page_source
from macros.problems.problem import Problem, file_problem, short
from macros.site.ledger.ledger import Ledger
from macros.site.offers import Offer

_SPACE = re.compile(r"\s")


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
        file = ledger.current.file_of(url) or page_source(url)
        found = () if url in comparisons else (*_unkept(url, known - {*offer}), *_unforeseen(url, {*offer} - known))
        yield from (replace(file_problem(file, *told), severity="warning") for told in found)


def _unkept(url: str, anchors: Collection[str]) -> Iterator[tuple[str, str, str]]:
    help = "write the heading on a line of its own, with an anchor of its own: { #name }"
    yield from (
        ("anchor-unkept", f"a release would promise /{url}#{anchor}, and the built page has no such anchor", help) for anchor in sorted(anchors)
    )


def _unforeseen(url: str, anchors: Collection[str]) -> Iterator[tuple[str, str, str]]:
    for anchor in sorted(anchors):
        if not anchor or _SPACE.search(anchor):
            help = "write letters, digits, hyphens and underscores between the quotes of `id`"
            yield "not-an-anchor", f"the built page /{url} has the anchor '{short(anchor)}', which no link can lead to", help
        else:
            help = f"write it into the page's text, outside calls and loops: {{ #{anchor} }} after a heading"
            yield "anchor-unforeseen", f"the built page /{url} has the anchor #{short(anchor)}, and the check cannot find it in the file", help
