"""`python -m macros`: the same as `playbook`."""

from macros.cli.main import main

main()
