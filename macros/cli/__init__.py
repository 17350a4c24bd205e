"""The command line: what people type, and what they see.

Takes: what a person types.
Gives: text on the screen, changed files and an exit code.
Start with: `command.py`, then the module of a command in `commands/`.
Never imports: engines or MkDocs.
To change a command: see `commands/`, where each has a module of its own.
To change how errors are shown: see `command.py`; what the machine refuses: see `streams.py`.
"""
