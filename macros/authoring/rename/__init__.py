"""A new id for an entry, in its own file and wherever it is named.

Takes: the playbook's folder, the old id and the new one.
Gives: a `Renaming`: the changes to make, and the lines that a person has to look at.
Start with: `prepare.py`, then `plan.py`.
Never imports: cli, engines, click or MkDocs.
To change where YAML names an entry: see `data_files.py`.
To change where pages name an entry: see `pages.py`, `links.py` and `macro_calls.py`.
"""
