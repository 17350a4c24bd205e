"""The only code that knows MkDocs and mike.

Takes: the playbook's folder and the configuration of MkDocs. Gives: a built, previewed or published site.
Start with: `mkdocs/hooks.py`.
Never imports: authoring, cli.
To change the build: see `mkdocs/`; `make serve`: `preview.py`; `make publish`: `mike.py`.
"""
