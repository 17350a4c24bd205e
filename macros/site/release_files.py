"""The files beside the pages that depend on releases: the list of addresses, the feed, and what a release can be made from."""

from __future__ import annotations

from collections.abc import Mapping

from macros.site.addresses import ADDRESSES_FILE, addresses_file
from macros.site.built_from import BUILT_FROM_FILE, built_from
from macros.site.feed import feed_file
from macros.site.ledger.current import FEED
from macros.site.ledger.ledger import Ledger


def release_files(ledger: Ledger, address: str = "") -> Mapping[str, bytes]:
    """Returns files by path: `addresses.json`, and `feed.xml` once a release has a date. `address` is the URL of the site, if known."""
    feed = feed_file(ledger.current, address)
    always = {ADDRESSES_FILE: addresses_file(ledger), BUILT_FROM_FILE: built_from(ledger.current.root)}
    return {**always, **({FEED: feed} if feed is not None else {})}
