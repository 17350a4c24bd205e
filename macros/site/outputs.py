"""The files that the releases make beside the pages. Enters: a Ledger. Leaves: files by their paths inside the site, as bytes."""

from __future__ import annotations

from collections.abc import Mapping

from macros.site.addresses import FILE, addresses_file
from macros.site.feed import feed_file
from macros.site.ledger.current import FEED
from macros.site.ledger.ledger import Ledger


def outputs(ledger: Ledger, address: str = "") -> Mapping[str, bytes]:
    """The list of addresses, and the feed as soon as a release has a day. `address` is that of the site, if it is known."""
    feed = feed_file(ledger.current, address)
    return {FILE: addresses_file(ledger), **({FEED: feed} if feed is not None else {})}
