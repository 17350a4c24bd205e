"""What people do with a playbook: add an entry, rename it, review it, check and release the playbook.

Takes: the playbook's folder, and what a person asked for.
Gives: the files to write, or text to show; nothing is written here.
Start with: add_entry.py.
Never imports: macros.cli, click or MkDocs.
To change the file of a new entry: see new_entry.py; what a check looks for: see check.py and macros/playbook/checks/.
"""
