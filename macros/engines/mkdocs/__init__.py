"""The adapters to MkDocs and to its plugin mkdocs-macros.

Takes: events of MkDocs, and mkdocs.yml.
Gives: generated pages, the files beside them, and what would stop a build.
Start with: `hooks.py`, then `check.py`.
Never imports: authoring, cli.
To change what happens during a build: see `building.py`; what hooks share: `state.py`; what is said when a build ends: `telling.py`.
To change how a preview learns of edits: see `watching.py`; what it does not build again: `unchanged.py` and `quick_theme.py`.
To change which settings are required: see `settings_check.py`; what pages may not load: `elsewhere.py`; how Markdown is read for a check: `markdown.py`.
"""
