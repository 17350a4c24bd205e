"""Pages that the data makes: the front matter and the body of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup

from macros.pages.answers import made_from_answers
from macros.pages.catalogue import Page
from macros.pages.descriptions import description_of
from macros.pages.macros import changes, comparison, entry_page, index_page, kind_page, list_part, search_page, withdrawal
from macros.pages.renderer import Renderer
from macros.pages.whole_page import whole_page
from macros.playbook.playbook import Playbook
from macros.text.markdown import escape_title

_BODIES: Mapping[str, Callable[[Renderer, str], Markup]] = {
    "entry": entry_page,
    "list": kind_page,
    "part": list_part,
    "changes": lambda view, _: changes(view),
    "comparison": comparison,
    "search": lambda view, _: search_page(view),
    "index": lambda view, _: index_page(view),
    "whole": lambda view, _: whole_page(view),
    "withdrawn": withdrawal,
}
"""From the kind of a generated page to what makes its body from the page's name."""


@made_from_answers
def generated_body(view: Renderer, page: Page) -> str:
    """Returns the body of a page that nobody wrote by hand: finished HTML, and headings in Markdown."""
    return str(_BODIES[page.kind](view, page.name))


def generated_front(page: Page, playbook: Playbook) -> dict[str, Any]:
    """Returns the front matter of such a page, with titles made inert."""
    title = f"What changed from {page.title}" if page.kind == "comparison" else page.title
    front = {"title": escape_title(title), "description": escape_title(description_of(page, playbook))}
    is_cut = page.kind == "list" and page.name in playbook.long_lists.kinds
    if is_cut or page.kind in ("entry", "part", "search", "index", "whole"):
        front["hide"] = ["toc"]
    return {**front, "robots": "noindex"} if page.kind in ("search", "whole", "withdrawn") else front
