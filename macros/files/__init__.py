"""The files of a playbook on disk: where they lie, how they are read, how several change as one.

Takes: the playbook's folder.
Gives: bytes and paths; or all files of a change as they should be, or none.
Start with: layout.py, then read.py; transaction.py for changes.
Never imports: what knows the meaning of an entry: macros.playbook and above.
To change which folders exist: see layout.py; what a change may touch: see journal.py.
"""
