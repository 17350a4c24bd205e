"""Every address and anchor ever published, and where each leads now.

Takes: the releases and the current playbook.
Gives: a `Ledger`, and a problem for each broken promise.
Start with: `ledger.py`, then `promises.py` and `current.py`.
Never imports: the rest of site, engines, authoring, cli.
To change what is promised: see `promises.py` and `recorded.py`; what is checked: `check.py`, and for the built pages `check_built.py`.
To change how an old anchor stays on its page: see `kept_anchors.py`; the days on which pages changed: `days.py`.
"""
