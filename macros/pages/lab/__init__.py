"""The macros and drawings that suit only the kinds of this playbook.

Takes: a `Renderer`, and what a page wrote in a call.
Gives: Markdown headings and finished, inert HTML.
Start with: `macros.py`.
Never imports: releases, site, engines, authoring, cli.
To change where a drawing has its bars: see `charts.py`.
To change the order of the health check: see `asked.py`; to change what its scripts know: see `check_data.py`.
To change the page of a kind: see `macros/pages/templates/lab/`; another playbook replaces that folder and this package.
"""
