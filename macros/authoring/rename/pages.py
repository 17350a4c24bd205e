"""Writes an entry's new id into a page written by hand: into its front matter, its calls of macros and its links.

`renamed_page` takes a page and returns its new text and the number of places that changed. `require_readable` raises `CannotEdit` if
the macros of a page cannot be parsed; `renamed_page` raises it if a link in the front matter hides the id.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from macros.authoring.rename.data_files import edits_for_new_id
from macros.authoring.rename.links import Renamed, id_in
from macros.authoring.rename.macro_calls import ids_in_calls
from macros.playbook.checks.file import check_source
from macros.playbook.urls import page_url
from macros.schema.page_models import model_of_page
from macros.text.heading_anchors import anchors_in
from macros.text.links import addresses
from macros.text.page_source import NotReadable, PageSource
from macros.yamlfile.editor import Splice, edited, spliced
from macros.yamlfile.finding import CannotEdit


def require_readable(page: PageSource) -> None:
    """Raises CannotEdit if the page has a fault in its macros."""
    try:
        _ = page.tokens
    except NotReadable as fault:
        line = fault.line + page.source.mark_at(page.begins).line
        raise CannotEdit(f"{page.source.file}:{line}: {fault}; correct the macros of this page first: `playbook check` shows what is wrong") from None


def page_anchor_calls(page: PageSource) -> frozenset[tuple[str, str]]:
    """(address, anchor) of each anchor that the page's author wrote."""
    url = page_url(page.source.file)
    return frozenset((url, anchor) for anchor in anchors_in(page.prose, page.text))


def renamed_page(page: PageSource, renamed: Renamed, new: str, written: Collection[tuple[str, str]]) -> tuple[str, int]:
    """The page's text with `new` instead of the old id, and the number of places that changed."""
    above, in_front = _front_matter(page, renamed.id, new)
    splices = list(_splices(page, renamed, new, written))
    return above + spliced(page.text, splices), in_front + len(splices)


def _splices(page: PageSource, renamed: Renamed, new: str, written: Collection[tuple[str, str]]) -> Iterator[Splice]:
    for token in ids_in_calls(page.tokens):
        if token.text[1:-1] == renamed.id:
            yield Splice(token.start + 1, token.end - 1, new)
    for address in addresses(page.prose):
        if span := id_in(address, page.source.file, renamed, written):
            yield Splice(*span, new)


def _front_matter(page: PageSource, old: str, new: str) -> tuple[str, int]:
    """The part above the text, with the new id, and the number of places that changed."""
    whole, front = page.source.text, page.front
    if old not in front.text:
        return whole[: page.begins], 0
    checked, _ = check_source(front, model_of_page(page.source.file), parsed=page.fields)
    edits = list(edits_for_new_id(checked, old, new)) if checked else []
    return whole[: page.front_begins] + edited(front, edits) + whole[page.front_begins + len(front.text) : page.begins], len(edits)
