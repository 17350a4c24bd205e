"""What people do with a playbook: add, rename, review, release.

Takes: the playbook's folder, and what a person asked for.
Gives: the changes to make to files, or text to show. It writes no file of the playbook itself.
Start with: `add_entry.py`.
Never imports: cli, click or MkDocs.
To change the file of a new entry: see `new_entry.py`.
To change what a check looks for: see `check.py` and `macros/playbook/checks/`.
"""
