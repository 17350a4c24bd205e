"""The versions of a published site, side by side.

Takes: the ledger and the published files.
Gives: pages that know every version, and the files at the top of the site.
Start with: `publish.py`, then `crosswalk.py`.
Never imports: engines, authoring, cli.
To change what a page shows of other versions: see `chrome.py`; what is at the top of the site: `root.py`.
To change how a branch is updated: see `staging_repo.py`; the slots of a frozen page: `slots.py`.
"""
