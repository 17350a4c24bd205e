"""What only the kinds of this playbook show: macros of its own and drawings. Another playbook replaces this package and `templates/lab/`."""
