"""The adapters to MkDocs and to its plugin mkdocs-macros.

Takes: events of MkDocs.
Gives: generated pages, checked pages, and the files beside them.
Start with: `hooks.py`.
Never imports: authoring, cli.
To change what happens during a build: see `hooks.py`.
To change what macros can do: see `macros_plugin.py`; what hooks share: `state.py`.
"""
