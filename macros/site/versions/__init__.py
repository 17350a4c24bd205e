"""The versions of a published site, side by side.

Takes: the playbook's repository, the ledger and the published files.
Gives: the releases to publish, pages that know every version, and the files at the top of the site.
Start with: `plan.py`, then `publish.py` and `crosswalk.py`.
Never imports: engines, authoring, cli.
To change what a page shows of other versions: see `chrome.py`; what is at the top of the site: `root.py`.
To change which releases are published: see `plan.py`; from which commit: `release_commits.py`; what is published already: `listed.py`.
To change how a branch is found: see `published_branch.py`; how it is updated: `staging_repo.py`.
"""
