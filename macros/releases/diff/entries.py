"""What changed between two snapshots, by meaning: an entry that was renamed is the same entry, text that was wrapped anew is the same text.

Enters: the playbook as it was and as it is. Leaves: a Diff, with everything but the pages that show it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from macros.releases.diff.fields import field_changes
from macros.releases.diff.model import CHANGE_TYPES, Diff, DiffBase, EntryChange, FieldChange, Named, PageChange, ReviewChange
from macros.releases.diff.suspects import suspects_since
from macros.releases.diff.version_step import version_step_of
from macros.releases.diff.words import diff_words, one_line
from macros.releases.fingerprint import is_known, still_says
from macros.releases.record import Record
from macros.releases.references import named_in, not_content, relation_patterns, with_new_ids
from macros.releases.snapshot import HandWrittenPage, Snapshot
from macros.schema.entry import Entry
from macros.schema.front_matter import FrontMatter
from macros.schema.introspect import Steps, fields_of
from macros.schema.kinds import KINDS

_PAST_OF_A_PAGE = frozenset(field.way for field in fields_of(FrontMatter).values() if field.role != "content")
"""What front matter says of the page's own past: the anchors and the address report it."""


@dataclass(frozen=True)
class _Sides:
    """Both snapshots, the base with every entry called by the id that it has now."""

    base: Mapping[str, Record]
    head: Mapping[str, Record]
    renamed: Mapping[str, str]
    """From an old id to the id of the entry that it became."""

    is_whole: bool
    """Whether every entry of the base could be read at least as it is written."""

    def knows_anchors_of(self, record: Record) -> bool:
        """Whether an anchor that `record` lacks was not there: what nobody could read may have made it."""
        return self.is_whole and bool(record.anchors)

    def named(self, field: str, id: str) -> Named:
        record = self.head.get(id) or self.base.get(id)
        return Named(field, id, record.title if record else id)


def compare(base: Snapshot, head: Snapshot, against: DiffBase) -> Diff:
    """What changed from `base` to `head`."""
    sides = _sides(base, head)
    ids = [id for id in dict.fromkeys((*sides.head, *sides.base)) if id in sides.base or id not in base.lost_ids]
    told = [id for id in ids if sides.base.get(id) is not sides.head.get(id) and sides.base.get(id) != sides.head.get(id)]
    changes = [_change(sides, sides.base.get(id), sides.head.get(id)) for id in told]
    changes += [_merged(sides, base.records[old], new) for old, new in sides.renamed.items() if sides.base[new].id != old]
    entries = tuple(sorted((change for change in changes if change.change_types), key=_order))
    settings = field_changes(base.settings, head.settings) if base.settings is not None and head.settings is not None else ()
    pages = tuple(_pages(base.pages, head.pages)) if base.pages is not None and head.pages is not None else ()
    suspects = suspects_since(sides.base, sides.head, {entry.id for entry in entries if entry.means_other})
    return Diff(against, entries, settings, pages, suspects, version_step_of(entries, settings, pages), tuple(_notes(base)))


def renames(base: Snapshot, head: Snapshot) -> dict[str, str]:
    """From each id of the base that no entry has any more to the entry that says that it had it."""
    became = {old: record.id for record in head.records.values() for old in _ids(record.fields.get("formerly"))}
    return {old: became[old] for old in base.records if old not in head.records and old in became}


def _sides(base: Snapshot, head: Snapshot) -> _Sides:
    renamed = renames(base, head)
    called: dict[str, Record] = {}
    for record in base.records.values():
        id = renamed.get(record.id, record.id)
        fields = with_new_ids(record.kind, record.fields, renamed)
        if record.id == id or (id not in base.records and _is_nearest(record, called.get(id), head.records[id])):
            called[id] = record.model_copy(update={"fields": fields})
    return _Sides(called, head.records, renamed, not base.lost_ids)


def _is_nearest(record: Record, other: Record | None, now: Record) -> bool:
    """Whether `record`, rather than `other`, is what `now` was before: two entries may have become one."""
    return other is None or _likeness_to(record, now) > _likeness_to(other, now)


def _likeness_to(record: Record, now: Record) -> tuple[bool, bool, int]:
    formerly = _ids(now.fields.get("formerly"))
    place = formerly.index(record.id) if record.id in formerly else -1
    return record.fingerprint == now.fingerprint, record.title == now.title, place


def _merged(sides: _Sides, record: Record, into: str) -> EntryChange:
    """An entry that another one took in: its address leads there."""
    title = sides.named("", into)
    return EntryChange(record.id, record.kind, record.title, record.url, ("removed",), instead=(title,), means_other=True)


def _change(sides: _Sides, base: Record | None, head: Record | None) -> EntryChange:
    if base is None:
        return _added(sides, head)
    if head is None:
        return EntryChange(base.id, base.kind, base.title, base.url, ("removed",), means_other=True)
    fields = field_changes(base.fields, head.fields, _reported_elsewhere(head.kind) | _reported_elsewhere(base.kind))
    named, named_before = (dict.fromkeys(named_in(record.kind, record.fields)) for record in (head, base))
    was = f"{base.kind}/{base.id}" if (base.id, base.kind) != (head.id, head.kind) else ""
    found = EntryChange(
        head.id, head.kind, head.title, head.url, (),
        was=was,
        fields=tuple(change for change in fields if change.path not in _told_by_status(base, head)),
        gained=tuple(sides.named(field, id) for field, id in named if (field, id) not in named_before),
        lost=tuple(sides.named(field, id) for field, id in named_before if (field, id) not in named),
        **_anchors(base.anchors if sides.knows_anchors_of(base) else head.anchors, base.anchors, head),
        sorted_by=tuple(_sorted_by(base, head)),
        review=_review(base.fields.get("reviewed"), head.fields.get("reviewed")),
        means_other=_means_other(base, head),
        **_withdrawal(sides, head),
    )  # fmt: skip
    return _with_sorts(found, base.status, head.status)


def _reported_elsewhere(folder: str) -> frozenset[Steps]:
    """Fields of a kind that make no changed field: relations, the entry's place in lists, and its books have changes of their own."""
    return relation_patterns(folder) | not_content(folder)


def _anchors(known: Iterable[str], before: Iterable[str], head: Record) -> dict[str, Any]:
    """Sections that are new, gone or called otherwise. On the page of a withdrawn entry, each one that is gone leads to what became of the entry."""
    moved = moved_anchors(head.fields)
    gone = [anchor for anchor in before if anchor not in head.anchors and head.status != "withdrawn"]
    return {
        "anchors_new": tuple(anchor for anchor in head.anchors if anchor not in known and anchor not in moved.values()),
        "anchors_gone": tuple(anchor for anchor in gone if anchor not in moved),
        "anchors_moved": tuple((anchor, moved[anchor]) for anchor in gone if anchor in moved),
        "anchors_why": _why(head.fields, gone),
    }


def moved_anchors(fields: Mapping[str, Any]) -> dict[str, str]:
    """From each anchor that a page had to what shows the same now: an anchor of the page, or of another entry's: `pool-budgets#try`."""
    ways = ((str(row.get("anchor")), str(row.get("entry") or ""), str(row.get("now") or "")) for row in _former_anchors(fields))
    return {anchor: f"{entry}#{now}" if entry else now for anchor, entry, now in ways if entry or now}


def _why(fields: Mapping[str, Any], gone: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """(anchor, reason) of each anchor that is gone, as far as the page says why."""
    said = {str(row.get("anchor")): one_line(str(row["reason"])) for row in _former_anchors(fields) if row.get("reason")}
    return tuple((anchor, said[anchor]) for anchor in gone if anchor in said)


def _former_anchors(fields: Mapping[str, Any]) -> list[dict[str, Any]]:
    rows = fields.get("former_anchors")
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, (list, tuple)) else []


def _told_by_status(base: Record, head: Record) -> tuple[str, ...]:
    """Fields that need no line of their own: what happened to the entry tells them."""
    return ("status", "reason") if head.status == "withdrawn" != base.status else ("status",)


def _added(sides: _Sides, head: Record) -> EntryChange:
    named = dict.fromkeys(named_in(head.kind, head.fields))
    gained = tuple(sides.named(field, id) for field, id in named)
    summary = one_line(str(head.fields.get("summary", "")))
    change_types = ("added", *(("withdrawn",) if head.status == "withdrawn" else ()))
    return EntryChange(head.id, head.kind, head.title, head.url, change_types, summary=summary, gained=gained, **_withdrawal(sides, head))


def _withdrawal(sides: _Sides, head: Record) -> dict[str, Any]:
    """Why an entry is withdrawn, and what to use in its place."""
    if head.status != "withdrawn":
        return {}
    instead = tuple(sides.named("replaced_by", id) for id in _ids(head.fields.get("replaced_by")))
    return {"reason": one_line(str(head.fields.get("reason", ""))), "instead": instead}


def _with_sorts(change: EntryChange, before: str, now: str) -> EntryChange:
    is_figure = [field.path.startswith("figures[") or field.path == "figures" for field in change.fields]
    is_told = [figure and not field.path.endswith("].name") for figure, field in zip(is_figure, change.fields, strict=True)]
    happened = {
        "withdrawn": before != now == "withdrawn",
        "returned": before == "withdrawn" != now,
        "published": (before, now) == ("draft", "current"),
        "unpublished": (before, now) == ("current", "draft"),
        "renamed": change.was,
        "reworded": not all(is_figure),
        "figures": any(is_told),
        "relations": change.gained or change.lost,
        "anchors": change.anchors_new or change.anchors_gone or change.anchors_moved,
        "sorted": change.sorted_by,
        "reviewed": change.review,
    }
    return replace(change, change_types=tuple(sort for sort in CHANGE_TYPES if happened.get(sort)))


def _means_other(base: Record, head: Record) -> bool:
    """Whether readers are told something else: by the algorithm that the old fingerprint names, or by the newest where it is not known."""
    if is_known(base.fingerprint):
        return not still_says(base.fingerprint, head.kind, head.fields)
    return bool(field_changes(base.fields, head.fields, _reported_elsewhere(head.kind)))


def _sorted_by(base: Record, head: Record) -> Iterator[str]:
    """Fields that say where an entry stands in lists, and lists of ids that hold the same in another order."""
    for field in fields_of(KINDS.get(head.kind, Entry)).values():
        before, now = (record.fields.get(field.name) for record in (base, head))
        is_list_of_ids = field.role == "content" and field.relation and field.is_list
        if before != now and (field.role == "listing" or (is_list_of_ids and sorted(_ids(before)) == sorted(_ids(now)))):
            yield field.name


def _review(before: Any, now: Any) -> ReviewChange | None:
    old, new = ({} if not isinstance(review, dict) else review for review in (before, now))
    if not new or {**old, "seen": 0} == {**new, "seen": 0}:
        return None
    outcome, by, on = (one_line(str(new.get(name, ""))) for name in ("outcome", "by", "on"))
    return ReviewChange(on, by, outcome, bool(old) and outcome == one_line(str(old.get("outcome", ""))) and on != str(old.get("on")))


def _pages(base: Mapping[str, HandWrittenPage], head: Mapping[str, HandWrittenPage]) -> Iterator[PageChange]:
    moved = {page.url: url for page in head.values() for url in _ids(page.front.get("formerly"))}
    before = {page.url: page for page in base.values()}
    followed = {moved[new.url] for new in head.values() if new.url in moved and new.url not in before and moved[new.url] in before}
    for new in sorted(head.values(), key=lambda page: page.path):
        old = before.get(new.url) or (before.get(moved[new.url]) if moved.get(new.url) in followed else None)
        if old is None:
            yield PageChange(new.path, new.url, new.title, "added")
        elif change := _page_change(old, new):
            yield change
    current = {page.url for page in head.values()} | followed
    yield from (PageChange(old.path, old.url, old.title, "removed") for old in base.values() if old.url not in current)


def _page_change(old: HandWrittenPage, new: HandWrittenPage) -> PageChange | None:
    fields = (*field_changes(old.front, new.front, _PAST_OF_A_PAGE), *_text_change(old.text, new.text))
    moved = moved_anchors(new.front)
    gone, come = sorted(old.anchors - new.anchors), sorted(new.anchors - old.anchors - {*moved.values()})
    was = old.url if old.url != new.url else ""
    change = PageChange(
        new.path,
        new.url,
        new.title,
        "changed",
        fields,
        anchors_gone=tuple(anchor for anchor in gone if anchor not in moved),
        anchors_new=tuple(come),
        anchors_moved=tuple((anchor, moved[anchor]) for anchor in gone if anchor in moved),
        anchors_why=_why(new.front, gone),
        was=was,
    )
    return change if any((fields, gone, come, was)) else None


def _text_change(before: str, now: str) -> tuple[FieldChange, ...]:
    old, new = one_line(before), one_line(now)
    return () if old == new else (FieldChange("text", "words", old, new, diff_words(old, new)),)


def _notes(base: Snapshot) -> Iterator[str]:
    if base.pages is None:
        yield "This release holds entries alone: pages written by hand and the playbook's own facts were not compared."
    yield from (each.sentence for each in base.unread)
    if base.unread:
        yield "The version step may be larger than is told: not all of the base was compared."


def _ids(value: Any) -> list[str]:
    """One id or a list of ids, as a list; anything else names nothing."""
    return [value] if isinstance(value, str) else [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _order(change: EntryChange) -> tuple[int, int, str]:
    kinds = list(KINDS)
    return CHANGE_TYPES.index(change.change_types[0]), kinds.index(change.kind) if change.kind in kinds else len(kinds), change.id
