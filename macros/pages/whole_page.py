"""The page that holds every entry: its contents, and the mark where the entries come when the site is finished.

`whole_page` takes a Renderer and returns the body of the page; `fits_one_page` says whether the entries of a playbook go on it.
"""

from __future__ import annotations

from markupsafe import Markup

from macros.pages.renderer import Renderer
from macros.playbook.playbook import Playbook

ENTRIES_HERE = "<!--playbook:entries-->"
"""Stands for the entries, which are made of their finished pages."""
MOST_ON_ONE_PAGE = 1000
"""Entries that one page holds: with more, browsers would take long to open it, and longer to print it."""


def whole_page(view: Renderer) -> Markup:
    """The contents of the page with every entry on it, and the place for these; where they are too many for one page, the ways to their lists."""
    kinds = [model.kind for model in view.playbook.kinds if view.playbook.is_listed(model.kind.folder)]
    listed = {kind.folder: view.playbook.of_kind(kind.folder) for kind in kinds}
    return view.render(
        "_whole.md.jinja", kinds=kinds, listed=listed, fits=fits_one_page(view.playbook), most=MOST_ON_ONE_PAGE, place=Markup(ENTRIES_HERE)
    )


def fits_one_page(playbook: Playbook) -> bool:
    """Whether the page holds the entries; else it leads to their lists."""
    return sum(len(playbook.of_kind(model.kind.folder)) for model in playbook.kinds) <= MOST_ON_ONE_PAGE
