"""Files turned into one checked and linked playbook.

Takes: the folder of a playbook.
Gives: one immutable `Playbook`, or every problem that keeps it from being one.
Start with: `load.py`, then `checks/file.py`.
Never imports: releases, pages, site, engines, authoring, cli.
To change what is checked between fields: see `checks/rules.py`; between entries: `checks/references.py`, `checks/clashes.py` and `checks/coverage.py`.
To change which names and forms pages may have: see `checks/docs_names.py` and `checks/page_form.py`; which headings: `checks/headings.py`.
To change how pages of other playbooks are found: see `elsewhere.py`, and `checks/other_playbooks.py` for what is checked.
To change addresses: see `urls.py`; which entries name each other: `relations.py`; what the index from A to Z holds: `a_to_z.py`.
"""
