"""The bodies of pages: entries, lists and what pages written by hand call.

Takes: a Playbook, and the history of its releases.
Gives: Markdown headings and finished, inert HTML.
Start with: `renderer.py`, then `macros.py`.
Never imports: MkDocs, or the packages that write a site.
To change what only the kinds of this playbook show: see `lab/` and `templates/lab/`.
"""
