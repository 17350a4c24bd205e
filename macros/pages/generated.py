"""The Markdown of pages that the data makes: titles made inert, and one call of a macro that gives the body."""

from __future__ import annotations

import json

from macros.pages.catalogue import Page
from macros.playbook.playbook import Playbook
from macros.schema.kinds import KINDS
from macros.text.markdown import escape_title


def generated_source(page: Page, playbook: Playbook) -> str:
    """Returns the Markdown of a page that nobody wrote by hand."""
    if page.kind == "entry":
        entry = playbook.entries[page.name]
        return _source(page.title, entry.summary, f'entry_page("{page.name}")', hide=["toc"])
    if page.kind == "list":
        return _source(page.title, KINDS[page.name].kind.intro, f'kind_page("{page.name}")')
    if page.kind == "changes":
        return _source(page.title, "What each release of this playbook changed, and why.", "changes()")
    if page.kind == "search":
        return _source(page.title, f"Look for words in {playbook.settings.title}.", "search_page()", hide=["toc"], robots="noindex")
    if page.kind == "withdrawn":
        description = f"This page was withdrawn from {playbook.settings.title}."
        return _source(page.title, description, f'withdrawal("{page.name}")', robots="noindex")
    title = f"What changed from {page.title}"
    return _source(title, f"{title}, word by word.", f'comparison("{page.name}")')


def _source(title: str, description: str, call: str, **front: object) -> str:
    """JSON is YAML too, so front matter written as JSON needs no care with quotes; letters stay, since YAML reads no two escapes as one letter."""
    front = {"title": escape_title(title), "description": escape_title(description), **front}
    return f"---\n{json.dumps(front, ensure_ascii=False)}\n---\n\n{{{{ {call} }}}}\n"
