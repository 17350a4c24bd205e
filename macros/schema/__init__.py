"""The schema: the kinds of entries, their fields and what each field means.

Takes: nothing; it is a table written in Python.
Gives: pydantic models, and one `Field` for each of their fields.
Start with: `kinds.py`, which lists the kinds in `KINDS`; `introspect.py` answers questions about them.
Never imports: anything that reads a playbook; only the reader of YAML and its problems stand below it.
To change the kinds of this playbook: see `kinds.py`; to change those that every playbook has: see `builtin_kinds.py`.
"""
