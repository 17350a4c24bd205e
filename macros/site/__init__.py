"""The whole site: its plan, its finish, and what it promises.

Takes: a playbook, its releases and the built pages.
Gives: the plan of a site, the finished site, and problems of the whole site.
Start with: `plan.py` and `finish.py`, then `ledger/ledger.py`.
Never imports: engines, authoring, cli.
To change what is promised: see `ledger/`; data for other sites: `exports/`; what published versions show of each other: `versions/`.
To change what an engine gets: see `plan.py`, `page_files.py` and `shell.py`; what the theme leaves open: `slots.py`; which section menus mark: `menus.py`; the search: `search/`.
To change how a page is finished: see `page_finish.py`; which pages a preview does not finish again: `built_pages.py`.
To change how links to sections are named: see `heading_marks.py`.
To change what others are told of a page: see `page_facts.py`; how a shared link looks: `share_tags.py`; what search engines learn: `linked_data.py`.
To change which scripts a page loads: see `page_scripts.py`; the stylesheet: `styles.py`; what hosts and robots are told: `host_files.py`.
To change what goes without the theme: see `of_theme.py`; the page with every entry on it: `whole.py`.
To change what is said of links that other sites are known to have: see `inbound/`.
To change old addresses: see `redirects.py`; the feed of the whole site: `feed.py`; what a page offers: `offers.py`.
To change the check of finished links: see `links.py`; of pages before they are built: `page_check.py`.
"""
