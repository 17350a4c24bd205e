"""What a page holds, in one sentence: for search engines, and for the page that lists all pages.

`description_of` takes a page and the playbook, and returns plain text; it is empty if the author of a page wrote none.
"""

from __future__ import annotations

from macros.pages.catalogue import Page
from macros.playbook.playbook import Playbook
from macros.schema.kinds import KINDS


def description_of(page: Page, playbook: Playbook) -> str:
    """Returns what search engines show below the title of a page."""
    match page.kind:
        case "entry":
            return playbook.entries[page.name].summary
        case "list":
            return KINDS[page.name].kind.intro
        case "changes":
            return "What each release of this playbook changed, and why."
        case "written":
            front = playbook.pages.get(page.path)
            return getattr(front, "description", None) or getattr(front, "excerpt", None) or ""
    return {
        "part": f"{page.title}, in {playbook.settings.title}.",
        "index": "Every entry by its title, its other names and the everyday words that people use for it.",
        "search": f"Look for words in {playbook.settings.title}.",
        "whole": f"Every entry of {playbook.settings.title} on one page, with contents.",
        "withdrawn": f"This page was withdrawn from {playbook.settings.title}.",
    }.get(page.kind, f"What changed from {page.title}, word by word.")
