"""A new id for an entry, in its file and wherever it is named.

Takes: the playbook's folder, the old id and the new one.
Gives: a Renaming: the changes to make, and the lines that a person has to look at.
Start with: prepare.py, then plan.py.
Never imports: macros.cli, click or MkDocs.
To change where an id is looked for: see data_files.py for YAML, pages.py, links.py and macro_calls.py for pages.
"""
