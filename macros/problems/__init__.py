"""What can be wrong in files and in requests, and how it is shown.

Takes: a place, a rule and words.
Gives: sorted problems, as text, JSON, SARIF or annotations; exceptions that every entry point shows alike.
Start with: `problem.py`, then `user_error.py`.
Never imports: any other package of macros.
To change the list of rules: see `rules.py`; the rules of this playbook's own kinds: `lab_rules.py`.
To change the words for what a machine refuses: see `machine_error.py`.
To change which name is suggested for a wrong one: see `closest.py`.
"""
