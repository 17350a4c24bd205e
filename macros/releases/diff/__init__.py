"""What changed between two snapshots, by meaning.

Takes: two snapshots.
Gives: a `Diff`, and its text, Markdown and JSON.
Start with: `model.py`, then `entries.py`.
Never imports: the history, pages, site, engines, authoring, cli.
To change what is compared: see `entries.py` and `fields.py`; the version step: `version_step.py`.
To change what people read: see `rows.py`, `report.py` and `templates/`.
"""
