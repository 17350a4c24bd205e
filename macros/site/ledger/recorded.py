"""What a release records of the pages that are no entry's, read off the finished site.

`pages_to_record` takes a `Ledger` and what each finished page offers, and returns a `RecordedPage` for each page that readers get.
"""

from __future__ import annotations

from collections.abc import Mapping

from macros.releases.manifest import AnchorPart, RecordedPage
from macros.site.ledger.ledger import Ledger
from macros.site.offers import Offer


def pages_to_record(ledger: Ledger, offers: Mapping[str, Offer]) -> tuple[RecordedPage, ...]:
    """Returns the pages in the order of their addresses. A page that mkdocs.yml keeps out of the site is not among them."""
    return tuple(_recorded(ledger, url, offers[url]) for url in sorted(ledger.current.pages) if url in offers)


def _recorded(ledger: Ledger, url: str, offer: Offer) -> RecordedPage:
    current = ledger.current
    page = current.catalogue.by_url[url]
    anchors = () if page.kind == "comparison" else sorted(offer)
    parts = {anchor: _part(ledger, url, anchor, offer[anchor]) for anchor in anchors}
    written = current.written.get(page.path)
    of_file = {"path": written.path, "front": dict(written.front), "text": written.text} if written else {}
    return RecordedPage(url=url, title=page.title, anchors=tuple(anchors), parts=parts, **of_file)


def _part(ledger: Ledger, url: str, anchor: str, heading: tuple[str, ...]) -> AnchorPart:
    """What an anchor belongs to. One in the page's own text belongs to its heading, though an entry may have the same name."""
    named = None if anchor in ledger.current.written_anchors(url) else ledger.entry_part(anchor)
    return AnchorPart(entry=named[0], part=named[1]) if named else AnchorPart(heading=heading)
