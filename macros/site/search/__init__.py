"""The search: an index in small files, read in the browser.

Takes: pages with their titles and kinds, and their finished HTML.
Gives: `search/index.json`, and beside it the files that it leads to.
Start with: `write.py`; then `docs/assets/js/search.js`, which reads the files.
Never imports: engines, authoring, cli.
To change which words are the same: see `macros/text/search_words.py`; which mean the same: `alike.py`, and which phrases: `phrases.py`; which page comes first: `ranking.py`.
To change which words are taken for slips: see `other_words.py`; which ask for a kind: `asked_with` of the kinds.
To change what of a page is searched: see `page_text.py` and `page_words.py`.
To change the files and their form: see `index.py`; which pages are searched: `macros/pages/catalogue.py`.
"""
