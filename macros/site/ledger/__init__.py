"""Every address and anchor ever published, and where it leads now.

Takes: the releases and the current playbook. Gives: a `Ledger`, and a problem for each broken promise.
Start with: `ledger.py`, then `promises.py` and `current.py`.
Never imports: engines, authoring, cli, nor the rest of site except `exports`.
To change what is promised: see `promises.py`; what is checked: `check.py`, and `check_built.py` for the built pages.
To change how an old anchor stays on its page: see `kept_anchors.py`.
"""
