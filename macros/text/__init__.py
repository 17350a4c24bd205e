"""Text fields turned into safe HTML, and pages taken apart.

Takes: untrusted Markdown and HTML.
Gives: escaped HTML, and problems in texts.
Start with: `markdown.py`.
Never imports: playbook, releases, pages, site, engines, authoring, cli.
To change what a text may contain: see `markdown.py`; how terms are explained: `glossary.py`; figures and dates: `formats.py`.
To change what text on a forge may do: see `forge_markdown.py`; how a page is split into text and calls: `page_source.py`; which links and anchors it has: `page_reading.py`.
"""
