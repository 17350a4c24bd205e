"""Text fields turned into safe HTML, and pages taken apart.

Takes: untrusted Markdown and HTML.
Gives: escaped HTML, problems in texts, and what a text says to readers.
Start with: `parse.py`, which everything else asks what a text means; then `markdown.py`.
Never imports: playbook, releases, pages, site, engines, authoring, cli.
To change what a text may contain: see `refused.py` and `foreign_markup.py`; how it is shown: `markdown.py`; when two are the same: `canonical.py`.
To change how terms are found and explained: see `folded_text.py` and `glossary.py`; figures and dates: `formats.py`; quotation marks and apostrophes: `typography.py`.
To change what text on a forge may do: see `forge_markdown.py`; how a page is split into text and calls: `page_source.py`; which links and anchors it has: `page_reading.py`.
To change what references in BibTeX may hold: see `bibtex.py`.
To change which words are the same for the search: see `search_words.py`.
"""
