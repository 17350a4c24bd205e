"""The command line: `playbook new`, `check`, `list` and the others.

Takes: what a person types.
Gives: text on the screen, files that have changed, and an exit code.
Start with: command.py, then the module of a command in commands/.
Never imports: anything but click and the functions that a command calls: a command holds no logic.
To change a command: see commands/<its name>.py; how errors are shown: see command.py.
"""
