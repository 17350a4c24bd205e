"""Pages that the data makes: the front matter and the body of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup

from macros.pages.catalogue import Page
from macros.pages.macros import changes, comparison, entry_page, kind_page, list_part, withdrawal
from macros.pages.renderer import Renderer
from macros.playbook.playbook import Playbook
from macros.schema.kinds import KINDS
from macros.text.markdown import escape_title

_BODIES: Mapping[str, Callable[[Renderer, str], Markup]] = {
    "entry": entry_page,
    "list": kind_page,
    "part": list_part,
    "changes": lambda view, _: changes(view),
    "comparison": comparison,
    "withdrawn": withdrawal,
}
"""From the kind of a generated page to what makes its body from the page's name."""


def generated_body(view: Renderer, page: Page) -> str:
    """Returns the body of a page that nobody wrote by hand: finished HTML, and headings in Markdown."""
    return str(_BODIES[page.kind](view, page.name))


def generated_front(page: Page, playbook: Playbook) -> dict[str, Any]:
    """Returns the front matter of such a page, with titles made inert."""
    search = {"exclude": not page.is_searchable}
    if page.kind == "entry":
        return _front(page.title, playbook.entries[page.name].summary, hide=["toc"], search={**search, "boost": 2})
    if page.kind == "list":
        hidden = {"hide": ["toc"]} if page.name in playbook.long_lists.kinds else {}
        return _front(page.title, KINDS[page.name].kind.intro, **hidden, search=search)
    if page.kind == "part":
        return _front(page.title, f"{page.title}, in {playbook.settings.title}.", hide=["toc"], search=search)
    if page.kind == "changes":
        return _front(page.title, "What each release of this playbook changed, and why.", search=search)
    if page.kind == "withdrawn":
        return _front(page.title, f"This page was withdrawn from {playbook.settings.title}.", search=search, robots="noindex")
    title = f"What changed from {page.title}"
    return _front(title, f"{title}, word by word.", search=search)


def _front(title: str, description: str, **front: object) -> dict[str, Any]:
    return {"title": escape_title(title), "description": escape_title(description), **front}
