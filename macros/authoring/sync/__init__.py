"""Copies of other playbooks' inventories, fetched when asked for.

Takes: the playbook's folder, and prefixes of other playbooks.
Gives: the files to write, and what changed in them.
Start with: `copies.py`.
Never imports: cli, engines, click or MkDocs.
To change how a site is asked: see `download.py`.
To change what is taken for an inventory: see `macros/files/inventory.py`.
"""
