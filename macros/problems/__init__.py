"""What can be wrong and how it is shown: problems of files, and errors of what a person asked for.

Takes: a place, a rule and words.
Gives: sorted problems, as text, JSON, SARIF or annotations; exceptions that every entry point shows alike.
Start with: problem.py, then user_error.py.
Never imports: any other package of macros.
To change the list of rules: see rules.py; the guess at a wrong name: see closest.py.
"""
