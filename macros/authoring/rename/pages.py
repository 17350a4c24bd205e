"""A page written by hand, with an entry called by its new id: in its front matter, in calls of macros, in links.

Enters: the page's text. Leaves: the new text, and how many places were mended.
Raises: CannotEdit, where the page cannot be taken to pieces.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from macros.authoring.rename.data_files import mended
from macros.authoring.rename.links import Renamed, addresses, id_in, url_of_link
from macros.authoring.rename.macro_calls import ids_in_calls
from macros.playbook.checks.file import check_source
from macros.playbook.front_matter import front_matter
from macros.schema.page_models import model_of_page
from macros.text.heading_anchors import anchors_in
from macros.text.page_source import NotReadable, Token, prose, tokens
from macros.yamlfile.editor import Splice, edited, spliced
from macros.yamlfile.finding import CannotEdit
from macros.yamlfile.source import SourceText


@dataclass(frozen=True, slots=True)
class PageParts:
    """A page as renaming sees it: where its text begins below the front matter, what Jinja reads in it, and its prose."""

    source: SourceText
    body: int
    tokens: tuple[Token, ...]
    prose: str


def take_apart(source: SourceText) -> PageParts:
    """The parts of a page."""
    front = front_matter(source).text
    body = source.text.index(front, source.text.index("\n") + 1) + len(front) if front else 0
    text = source.text[body:]
    try:
        found = tokens(text)
    except NotReadable as fault:
        line = fault.line + source.mark_at(body).line
        raise CannotEdit(f"{source.file}:{line}: {fault}; correct the macros of this page first: `mkdocs build` shows what is wrong") from None
    return PageParts(source, body, found, prose(text, found))


def page_anchor_calls(page: PageParts) -> frozenset[tuple[str, str]]:
    """(address, anchor) of each anchor that the page's author wrote."""
    url = url_of_link(page.source.file)
    return frozenset((url, anchor) for anchor in anchors_in(page.prose))


def renamed_page(page: PageParts, renamed: Renamed, new: str, written: Collection[tuple[str, str]]) -> tuple[str, int]:
    """The page's text with `new` in the place of the old id, and the number of places."""
    above, in_front = _front_matter(page, renamed.id, new)
    splices = list(_splices(page, renamed, new, written))
    return above + spliced(page.source.text[page.body :], splices), in_front + len(splices)


def _splices(page: PageParts, renamed: Renamed, new: str, written: Collection[tuple[str, str]]) -> Iterator[Splice]:
    for token in ids_in_calls(page.tokens):
        if token.text[1:-1] == renamed.id:
            yield Splice(token.start + 1, token.end - 1, new)
    for address in addresses(page.prose):
        if span := id_in(address, page.source.file, renamed, written):
            yield Splice(*span, new)


def _front_matter(page: PageParts, old: str, new: str) -> tuple[str, int]:
    """What stands above the body, mended, and in how many places."""
    above = page.source.text[: page.body]
    front = front_matter(page.source)
    if old not in front.text:
        return above, 0
    checked, _ = check_source(front, model_of_page(page.source.file))
    edits = list(mended(checked, old, new)) if checked else []
    return above.removesuffix(front.text) + edited(front, edits), len(edits)
