"""The files of a playbook on disk: where they are, how they change.

Takes: the playbook's folder.
Gives: bytes and paths; a change of several files happens as a whole or not at all.
Start with: `layout.py`, then `read.py`; for changes, `transaction.py`.
Never imports: yamlfile, text, playbook, releases, pages, site, engines, authoring, cli.
To change which folders exist: see `layout.py`; what is said of a file in the wrong place: `misplaced.py`.
To change which files a change may touch: see `journal.py`.
To change who waits for whom: see `lock.py`; what Ctrl-C does: `signals.py`; what a closed stream does: `streams.py`.
To change what is taken for the inventory of another site: see `inventory.py`.
To change what a preview keeps from build to build: see `memo.py`.
"""
