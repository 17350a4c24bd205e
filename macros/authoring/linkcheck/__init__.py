"""Whether the links that lead out of the playbook still lead somewhere.

Takes: the playbook's folder.
Gives: a verdict on each address, with the lines that link to it.
Start with: verdict.py.
Never imports: macros.cli, click or MkDocs.
To change how a site is asked: see fetch.py; which links are found: see find.py; how they are shown: see report.py.
"""
