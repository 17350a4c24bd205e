"""What is told of one change, line by line: the same lines for a terminal and for a comment on a pull request.

Enters: changes of entries, fields and pages. Leaves: rows, each a label and pieces of text that are gone, new or kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from macros.releases.diff.model import EntryChange, FieldChange, Named, PageChange, ReviewChange
from macros.releases.diff.words import Piece, shortened

AROUND = 8
"""Words that are shown beside each change."""
MOST_WORDS = 60
"""Words that are shown of one stretch."""

HEADINGS = {
    "added": "Added",
    "withdrawn": "Withdrawn",
    "removed": "Removed",
    "returned": "No longer withdrawn",
    "published": "No longer a draft",
    "unpublished": "A draft again",
    "renamed": "Renamed",
    "reworded": "Reworded",
    "figures": "Figures changed",
    "relations": "Relations changed",
    "anchors": "Sections changed",
    "sorted": "Sorted elsewhere",
    "reviewed": "Reviewed",
}
"""By the first thing that happened to an entry."""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One line: `label` names a field, an anchor or a relation."""

    label: str
    pieces: tuple[Piece, ...]


def grouped_entries(changes: Iterable[EntryChange]) -> tuple[tuple[str, tuple[EntryChange, ...]], ...]:
    """The changed entries under what happened to them."""
    changes = tuple(changes)
    found = ((heading, tuple(change for change in changes if change.change_types[0] == sort)) for sort, heading in HEADINGS.items())
    return tuple(group for group in found if group[1])


def rows_of_entry(change: EntryChange) -> tuple[ChangeRow, ...]:
    """All that happened to an entry but the pages that show it."""
    return (
        *_fate(change),
        *rows_of_fields(change.fields),
        *_relation_rows(change),
        *_anchor_rows(change),
        *((_said(", ".join(change.sorted_by), "lists show it elsewhere"),) if change.sorted_by else ()),
        *(_review_rows(change.review) if change.review else ()),
    )


def rows_of_page(page: PageChange) -> tuple[ChangeRow, ...]:
    """All that happened to a page written by hand."""
    was = (_said("was", f"/{page.was}"),) if page.was else ()
    return (*was, *rows_of_fields(page.fields), *_anchor_rows(page))


def rows_of_fields(fields: Iterable[FieldChange]) -> tuple[ChangeRow, ...]:
    """One row for each field."""
    return tuple(map(_field_row, fields))


def _fate(change: EntryChange) -> Iterator[ChangeRow]:
    if change.summary:
        yield _said("summary", change.summary)
    if change.was:
        yield _said("was", change.was)
    if "removed" in change.change_types and change.instead:
        yield _said("became part of", _called(change.instead[0]))
    elif "removed" in change.change_types:
        yield _said("its file is gone", "links to it lead nowhere; bring it back with `status: withdrawn` and a `reason:`")
    elif change.reason:
        yield _said("reason", change.reason)
        yield _said("use instead", "; ".join(map(_called, change.instead)) or "nothing replaces it")


def _field_row(change: FieldChange) -> ChangeRow:
    if change.sort == "words":
        return ChangeRow(change.path, tuple(map(_cut, shortened(change.pieces, AROUND))))
    if change.sort == "moved":
        return ChangeRow(change.path, (Piece("kept", f"stood at {change.before}: "), _cut(Piece("kept", change.now))))
    pieces = (Piece("gone", change.before), Piece("new", change.now))
    was = "was " if change.sort == "gone" and change.path.endswith("]") else ""
    return ChangeRow(f"{was}{change.path}", tuple(_cut(piece) for piece in pieces if piece.text))


def _relation_rows(change: EntryChange) -> Iterator[ChangeRow]:
    """One row for each field that names other entries than before; an item of a list that is new or gone tells itself what it names."""
    named = [("gone", each) for each in change.lost] + [("new", each) for each in change.gained]
    told = [(sort, each) for sort, each in named if not _is_told(each, change.fields)]
    for field in dict.fromkeys(each.field for _, each in told):
        pieces = [(Piece("kept", ", "), Piece(sort, _called(each))) for sort, each in told if each.field == field]
        yield ChangeRow(field, tuple(piece for pair in pieces for piece in pair)[1:])


def _is_told(named: Named, fields: Iterable[FieldChange]) -> bool:
    root, _, inner = named.field.partition(".")
    items = (field.before or field.now for field in fields if field.sort in ("new", "gone") and re.split(r"[.\[]", field.path)[0] == root)
    return any(f"{inner} {named.id}" in item for item in items) if inner else False


def _anchor_rows(change: EntryChange | PageChange) -> Iterator[ChangeRow]:
    yield from (ChangeRow(f"#{anchor}", (Piece("new", "a new section"),)) for anchor in change.anchors_new)
    yield from (
        ChangeRow(f"#{anchor}", (Piece("kept", f"is at {now} now" if "#" in now else f"is #{now} now"),)) for anchor, now in change.anchors_moved
    )
    why = dict(change.anchors_why)
    for anchor in change.anchors_gone:
        told = f" is gone: {why.get(anchor, 'say what became of it under `former_anchors:`')}"
        yield ChangeRow(f"#{anchor}", (Piece("gone", "section"), Piece("kept", told)))


def _review_rows(review: ReviewChange) -> Iterator[ChangeRow]:
    yield _said("reviewed", f"{review.on} by {review.by}: {review.outcome}")
    if review.same_outcome:
        yield _said("reviewed", "the date was moved and the outcome was not: that is no evidence of a look")


def _said(label: str, text: str) -> ChangeRow:
    return ChangeRow(label, (_cut(Piece("kept", text)),))


def _called(named: Named) -> str:
    return f"{named.title} ({named.id})"


def _cut(piece: Piece) -> Piece:
    words = re.findall(r"\s*\S+\s*", piece.text)
    if len(words) <= MOST_WORDS:
        return piece
    return Piece(piece.sort, f"{''.join(words[: MOST_WORDS - 10])}… ({len(words) - MOST_WORDS + 10} words more)")
