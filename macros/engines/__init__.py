"""The adapters to MkDocs, other engines and mike.

Takes: the playbook's folder, and the configuration of MkDocs.
Gives: a site that is built, previewed or published; or the pages as a folder that another engine builds.
Start with: `mkdocs/hooks.py`.
Never imports: authoring, cli.
To change the build, or what is checked before it: see `mkdocs/`; other engines: `folder.py`; `make serve`: `preview.py`; how it learns of edits: `edits.py`; `make publish`: `mike.py`; `make pdf`: `pdf.py`, and the numbers in its contents: `sheets.py`.
"""
