"""The adapters to MkDocs and mike, which no other package knows.

Takes: the playbook's folder, and the configuration of MkDocs.
Gives: a site that is built, previewed or published.
Start with: `mkdocs/hooks.py`.
Never imports: authoring, cli.
To change the build, or what is checked before it: see `mkdocs/`; `make serve`: `preview.py`; `make publish`: `mike.py`.
"""
