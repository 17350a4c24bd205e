"""The playbook's data for other sites and programs.

Takes: a `Playbook`.
Gives: files as bytes, by path.
Start with: `files.py`.
Never imports: the rest of site, engines, authoring, cli.
To change a column: see `figures.py` and `evidence.py`; the form of both: `tables.py`; to add an export: `files.py`.
"""
