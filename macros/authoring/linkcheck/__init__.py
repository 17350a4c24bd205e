"""The check of links that lead out of the playbook.

Takes: the playbook's folder.
Gives: a verdict on each address, with the lines that link to it.
Start with: `verdict.py`.
Never imports: cli, engines, click or MkDocs.
To change how a site is asked: see `fetch.py`.
To change which links are found: see `find.py`; how they are shown: `report.py`.
"""
