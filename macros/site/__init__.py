"""The whole site: exports, links, redirects, promises and the build.

Takes: a playbook, its releases and the built pages.
Gives: the files beside the pages, and problems of the whole site.
Start with: `build.py`, then `ledger/ledger.py`.
Never imports: engines, authoring, cli.
To change what is promised: see `ledger/`; data for other sites: `exports/`; what published versions show of each other: `versions/`.
To change the search: see `search/`. To change old addresses: see `redirects.py`; the feed: `feed.py`; what a page offers: `offers.py`.
To change the check of finished links: see `links.py`; of pages before they are built: `page_check.py`.
"""
