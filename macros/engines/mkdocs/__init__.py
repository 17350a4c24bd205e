"""The adapters to MkDocs and to its plugin mkdocs-macros.

Takes: events of MkDocs. Gives: generated pages, checked pages and files beside them.
Start with: `hooks.py`.
Never imports: authoring, cli.
To change what happens during a build: see `hooks.py`; what macros can do: `macros_plugin.py`; what hooks share: `state.py`.
"""
