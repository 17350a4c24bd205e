"""The playbook's data for other sites and programs.

Takes: a ledger and the URL of the site, as a `Published`.
Gives: files as bytes, by path.
Start with: `files.py`, and `published.py`, of which each export is made.
Never imports: the rest of site except `ledger`, engines, authoring, cli.
To change a column: see `figures.py` and `evidence.py`; the form of both: `tables.py`; to add an export, or another form of each entry: `files.py`, and the paths in `macros/playbook/urls.py`.
"""
