"""`python -m macros`: the same as `playbook`."""

from macros.cli import main

main()
