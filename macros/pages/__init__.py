"""The bodies of pages: entries, lists, and the macros that pages call.

Takes: a `Playbook`, and the history of its releases.
Gives: Markdown headings and finished, inert HTML.
Start with: `renderer.py`, then `macros.py`.
Never imports: site, engines, authoring, cli.
To change which pages exist: see `catalogue.py`; the page with every entry on it: `whole_page.py`; how the calls of a page are run: `rendered_page.py`.
To change what the page More and the foot of each page list: see `directory.py`; what a list can be narrowed by: `facets.py`.
To change when a preview renders a page again: see `answers.py`.
To change the map of relations: see `relation_map.py`; which kinds are on it, the table of kinds says.
To change how others cite a page: see `citation.py` and `_cite.html.jinja`; a figure or evidence: `cite` in `_parts.md.jinja`.
To change what only the kinds of this playbook show: see `lab/` and `templates/lab/`.
"""
