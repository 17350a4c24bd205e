"""The checks of a playbook's files, one module for each type of fault.

Takes: the text of files, and the models of the schema.
Gives: findings and problems, each with its place and what to write instead.
Start with: `file.py`, which checks one file; then `references.py`, which checks entries against each other.
Never imports: releases, pages, site, engines, authoring, cli.
To change the words for a wrong value: see `fields.py` and `hints.py`; the form of a text: `macros/schema/patterns.py`.
"""
