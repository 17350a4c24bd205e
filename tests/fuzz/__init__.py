"""Playbooks that are broken, on machines that are not as they should be: each command ends soon, in words that are true, and leaves no mess.

Takes a seed and a number, from which a case is made. Returns what went wrong with it, and how long it took.

`run.py` runs cases in workers. Broken files are made by `mutations.py` and judged by `judge.py`; whatever else is tried is in `sweeps.py`.
"""
