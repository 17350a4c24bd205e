"""Turns changes into rows: one label and the pieces of text beside it. Every report and every page shows the same rows.

`rows_of_entry`, `rows_of_fields` and `rows_of_page` take parts of a `Diff` and return `ChangeRow`s.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from macros.releases.diff.model import EntryChange, FieldChange, NamedEntry, PageChange, ReviewChange, TouchedLink
from macros.releases.diff.word_diff import Piece, with_less_context
from macros.schema.patterns import split_outside

CONTEXT_WORDS = 8
"""Unchanged words to show on either side of a change."""
MOST_NAMED = 3
"""Entries that are named of those that change a page."""
MAX_WORDS = 60
"""Words to show of one piece."""

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
    "sorted": "Listed or found elsewhere",
    "reviewed": "Reviewed",
}
"""The heading for each entry, by the first of its change types."""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One row. `label` names a field, an anchor or a relation."""

    label: str
    pieces: tuple[Piece, ...]


def grouped_entries(changes: Iterable[EntryChange]) -> tuple[tuple[str, tuple[EntryChange, ...]], ...]:
    """Returns (heading, entries) for each type of change that occurs."""
    changes = tuple(changes)
    found = ((heading, tuple(change for change in changes if change.change_types[0] == change_type)) for change_type, heading in HEADINGS.items())
    return tuple(group for group in found if group[1])


def rows_of_entry(change: EntryChange) -> tuple[ChangeRow, ...]:
    """Returns everything that happened to an entry except the pages that show it."""
    return (
        *_outcome_rows(change),
        *rows_of_fields(change.fields),
        *_relation_rows(change),
        *_anchor_rows(change),
        *((_text_row(", ".join(change.sorted_by), "lists or the search show it elsewhere"),) if change.sorted_by else ()),
        *(_review_rows(change.review) if change.review else ()),
    )


def rows_of_page(page: PageChange) -> tuple[ChangeRow, ...]:
    """Returns everything that happened to a page written by hand."""
    moved = (_text_row("was", f"/{page.former_url}"),) if page.former_url else ()
    why = (_text_row("reason", page.reason),) if page.reason else ()
    return (*moved, *why, *rows_of_fields(page.fields), *_anchor_rows(page))


def rows_of_fields(fields: Iterable[FieldChange]) -> tuple[ChangeRow, ...]:
    """Returns one row for each field."""
    return tuple(map(_field_row, fields))


def words_of_link(link: TouchedLink) -> str:
    """Returns what a change does to a link of another site, in words."""
    there = " or ".join(link.leads_to)
    if link.outcome == "changed":
        return f"its page shows what changes in {', '.join(link.changed_by[:MOST_NAMED])}{' and more' if len(link.changed_by) > MOST_NAMED else ''}"
    if link.outcome == "broken":
        return "leads nowhere now; the check says what to do"
    if link.outcome == "part gone":
        return f"that part of the page is gone{f', and readers are led to {there}' if there else ''}"
    return (
        f"moved, and leads on to {there}"
        if link.outcome == "moved"
        else f"withdrawn: {f'readers are led to {there}' if there else 'nothing takes its place'}"
    )


def _outcome_rows(change: EntryChange) -> Iterator[ChangeRow]:
    if change.summary:
        yield _text_row("summary", change.summary)
    if change.former_place:
        yield _text_row("was", change.former_place)
    if "removed" in change.change_types and change.replaced_by:
        yield _text_row("became part of", _title_and_id(change.replaced_by[0]))
    elif "removed" in change.change_types:
        yield _text_row("its file is gone", "links to it lead nowhere; bring it back with `status: withdrawn` and a `reason:`")
    elif change.reason:
        yield _text_row("reason", change.reason)
        yield _text_row("use instead", "; ".join(map(_title_and_id, change.replaced_by)) or "nothing replaces it")


def _field_row(change: FieldChange) -> ChangeRow:
    if change.change_type == "words":
        return ChangeRow(change.path, tuple(map(_shortened, with_less_context(change.pieces, CONTEXT_WORDS))))
    if change.change_type == "layout":
        return ChangeRow(change.path, _layout_pieces(change))
    if change.change_type == "moved":
        return ChangeRow(change.path, (Piece("kept", f"stood at {change.before}: "), _shortened(Piece("kept", change.now))))
    pieces = (Piece("gone", change.before), Piece("new", change.now))
    prefix = "was " if change.change_type == "gone" and change.path.endswith("]") else ""
    return ChangeRow(f"{prefix}{change.path}", tuple(_shortened(piece) for piece in pieces if piece.text))


def _layout_pieces(change: FieldChange) -> tuple[Piece, ...]:
    if not change.before:
        return (Piece("kept", "the same words, laid out in another way"),)
    return (Piece("kept", "laid out as "), Piece("gone", change.before), Piece("new", change.now))


def _relation_rows(change: EntryChange) -> Iterator[ChangeRow]:
    """One row for each field that names other entries than before; an item that is new or gone already shows what it names."""
    named = [("gone", each) for each in change.lost] + [("new", each) for each in change.gained]
    reported = [(change_type, each) for change_type, each in named if not _is_in_item_row(each, change.fields)]
    for field in dict.fromkeys(each.field for _, each in reported):
        pieces = [(Piece("kept", ", "), Piece(change_type, _title_and_id(each))) for change_type, each in reported if each.field == field]
        yield ChangeRow(field, tuple(piece for pair in pieces for piece in pair)[1:])


def _is_in_item_row(named: NamedEntry, fields: Iterable[FieldChange]) -> bool:
    root, _, inner = named.field.partition(".")
    items = (field.before or field.now for field in fields if field.change_type in ("new", "gone") and re.split(r"[.\[]", field.path)[0] == root)
    return any(f"{inner} {named.id}" in item for item in items) if inner else False


def _anchor_rows(change: EntryChange | PageChange) -> Iterator[ChangeRow]:
    yield from (ChangeRow(f"#{anchor}", (Piece("new", "a new section"),)) for anchor in change.anchors_new)
    yield from (
        ChangeRow(f"#{anchor}", (Piece("kept", f"is at {now} now" if "#" in now else f"is #{now} now"),)) for anchor, now in change.anchors_moved
    )
    why = dict(change.anchor_reasons)
    for anchor in change.anchors_gone:
        outcome = f" is gone: {why.get(anchor, 'say what became of it under `former_anchors:`')}"
        yield ChangeRow(f"#{anchor}", (Piece("gone", "section"), Piece("kept", outcome)))


def _review_rows(review: ReviewChange) -> Iterator[ChangeRow]:
    yield _text_row("reviewed", f"{review.on}{f' by {review.by}' if review.by else ''}: {review.outcome}")
    if review.same_outcome:
        yield _text_row("reviewed", "the date was moved and the outcome was not: that is no evidence of a look")


def _text_row(label: str, text: str) -> ChangeRow:
    return ChangeRow(label, (_shortened(Piece("kept", text)),))


def _title_and_id(named: NamedEntry) -> str:
    return named.id if split_outside(named.id) else f"{named.title} ({named.id})"


def _shortened(piece: Piece) -> Piece:
    words = re.findall(r"\s*\S+\s*", piece.text)
    if len(words) <= MAX_WORDS:
        return piece
    return Piece(piece.change_type, f"{''.join(words[: MAX_WORDS - 10])}… ({len(words) - MAX_WORDS + 10} words more)")
