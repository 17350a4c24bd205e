"""What can be wrong with the files of a playbook: one module for each kind of fault.

Takes: the text of files, and the models of the schema. Gives: findings and problems, each with its place and what to write instead.
Start with: `file.py`, which checks one file; `references.py` checks what the files say of each other.
Never imports: what is built from a checked playbook, save in `coverage.py`, which warns of gaps in one.
To change the words for a wrong value: see `fields.py` and `hints.py`; the form of a text: `macros/schema/patterns.py`.
"""
