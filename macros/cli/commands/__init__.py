"""The commands, one module each.

Takes: the arguments of a command, already checked by click.
Gives: what the command prints, and its exit code.
Start with: `list.py`, the shortest.
Never imports: engines, MkDocs or another command.
To change what a command computes: see `macros/authoring/`, which it calls.
"""
