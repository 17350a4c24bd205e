"""The kinds of entries, their fields, and what each field means.

Takes: nothing; it is a table written in Python.
Gives: pydantic models, and one `Field` for each of their fields.
Start with: `kinds.py`, which lists the kinds in `KINDS`; then `introspect.py`, which answers questions about them.
Never imports: files, text, playbook, releases, pages, site, engines, authoring, cli.
To change the kinds of this playbook: see `kinds.py`, and `lab_needs.py` for what their entries need; those that every playbook has: `builtin_kinds.py`.
To change what is said of other playbooks: see `other_playbooks.py`; of sites that link here: `inbound.py`; which file is read as what: `file_models.py`.
"""
