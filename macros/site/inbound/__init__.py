"""What became of the links that other sites are known to have.

Takes: a `Ledger` and the URL of the site.
Gives: what became of each link, as problems of the check and as rows of a diff.
Start with: `known.py`.
Never imports: engines, authoring, cli.
To change what a link is told: see `macros/site/verify_links.py`; what the check says of it: `problems.py`; what a diff does: `touched.py`.
"""
