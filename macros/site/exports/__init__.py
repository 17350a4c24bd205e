"""The playbook's data for other sites and programs.

Takes: a ledger and the URL of the site, as a `Published`.
Gives: files as bytes, by path.
Start with: `files.py`, and `published.py`, of which each export is made.
Never imports: the rest of site except `ledger`, engines, authoring, cli.
To change what JSON and Markdown say of an entry: see `document.py`, of which `entry_forms.py`, `entry_markdown.py` and `markdown_parts.py` make both.
To change the files on the whole playbook: see `playbook_json.py`, `playbook_facts.py` and `llms.py`; what they promise: `playbook_schema.py`.
To change the lists of references: see `citations.py`.
To change the feeds of single pages: see `feeds.py`, and `atom.py` for what all feeds have in common; what programs are told of changes: `changes_json.py` and `changes_schema.py`.
To change what other sites call entries and their parts: see `inventory.py`.
To change the shapes of the schemas: see `schema_shapes.py`.
To change the picture of a page that is shared: see `pictures.py` for its words and colours, and `drawing.py` for how texts fit.
To change a column: see `figures.py`, `evidence.py` and `kind_tables.py`; the form of all: `tables.py`; to add an export, or another form of each entry: `files.py`, and the paths in `macros/playbook/urls.py`.
"""
