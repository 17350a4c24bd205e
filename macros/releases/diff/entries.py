"""Compares two snapshots by meaning: a renamed entry is still the same entry, and re-wrapped text is still the same text.

`compare` takes the playbook as it was and as it is, and returns a `Diff` without the affected pages, which `pages/affected.py` adds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from macros.files.memo import remembered
from macros.releases.diff.comparison import comparison_of, comparison_of_kinds
from macros.releases.diff.fields import field_changes
from macros.releases.diff.model import ENTRY_CHANGE_TYPES, Diff, DiffBase, EntryChange, FieldChange, NamedEntry, PageChange, ReviewChange
from macros.releases.diff.suspects import suspects_since
from macros.releases.diff.version_step import version_step_of
from macros.releases.diff.word_diff import diff_words, one_line
from macros.releases.fingerprint import is_known, still_matches
from macros.releases.record import PageRecord, Record
from macros.releases.references import named_in, named_outside_in, with_new_ids
from macros.releases.snapshot import Snapshot
from macros.schema.entry import Entry
from macros.schema.front_matter import FrontMatter
from macros.schema.introspect import fields_of
from macros.schema.kinds import KINDS
from macros.schema.settings import Settings
from macros.text.page_source import canonical_page


@dataclass(frozen=True)
class _SnapshotPair:
    """Both snapshots, with every entry of the base under the id that it has now."""

    base: Mapping[str, Record]
    head: Mapping[str, Record]
    renamed: Mapping[str, str]
    """From an old id to the id of the entry that it became."""

    is_whole: bool
    """Whether every entry of the base could be read, at least as untyped fields."""

    def knows_anchors_of(self, record: Record) -> bool:
        """Returns whether an anchor that `record` lacks was truly absent: an entry that could not be read may have made it."""
        return self.is_whole and bool(record.anchors)

    def named(self, field: str, id: str) -> NamedEntry:
        record = self.head.get(id) or self.base.get(id)
        return NamedEntry(field, id, record.title if record else id)


def compare(base: Snapshot, head: Snapshot, against: DiffBase) -> Diff:
    """Returns what changed from `base` to `head`; `against` describes the base to the reader."""
    pair = _pair(base, head)
    ids = [id for id in dict.fromkeys((*pair.head, *pair.base)) if id in pair.base or id not in base.lost_ids]
    changed = [id for id in ids if not _is_unchanged(pair.base.get(id), pair.head.get(id))]
    changes = [_entry_change(pair, pair.base.get(id), pair.head.get(id)) for id in changed]
    changes += [_merged_entry(pair, base.records[old], new) for old, new in pair.renamed.items() if pair.base[new].id != old]
    entries = tuple(sorted((change for change in changes if change.change_types), key=_sort_key))
    settings = field_changes(base.settings, head.settings, comparison_of(Settings)) if base.settings is not None and head.settings is not None else ()
    pages = tuple(_page_changes(base.pages, head.pages, _withdrawn_pages(head.settings))) if base.pages is not None and head.pages is not None else ()
    suspects = suspects_since(pair.base, pair.head, {entry.id for entry in entries if entry.meaning_changed})
    return Diff(against, entries, settings, pages, suspects, version_step_of(entries, settings, pages), tuple(_notes(base)))


def _is_unchanged(before: Record | None, now: Record | None) -> bool:
    """Whether nothing at all is different; two algorithms give the same fields different fingerprints."""
    if before is None or now is None or before is now:
        return before is now
    return (before.id, before.kind, before.anchors, before.fields) == (now.id, now.kind, now.anchors, now.fields)


def renames(base: Snapshot, head: Snapshot) -> dict[str, str]:
    """Returns, for each id of the base that no entry has any more, the id of the entry that lists it under `formerly`."""
    became = {old: record.id for record in head.records.values() for old in _ids(record.fields.get("formerly"))}
    return {old: became[old] for old in base.records if old not in head.records and old in became}


def _pair(base: Snapshot, head: Snapshot) -> _SnapshotPair:
    renamed = renames(base, head)
    if not renamed:
        return _SnapshotPair(base.records, head.records, renamed, not base.lost_ids)
    base_records: dict[str, Record] = {}
    for record in base.records.values():
        id = renamed.get(record.id, record.id)
        fields = with_new_ids(record.kind, record.fields, renamed)
        if record.id == id or (id not in base.records and _is_closer(record, base_records.get(id), head.records[id])):
            base_records[id] = record.model_copy(update={"fields": fields})
    return _SnapshotPair(base_records, head.records, renamed, not base.lost_ids)


def _is_closer(record: Record, other: Record | None, now: Record) -> bool:
    """Whether `record` is a better match than `other` for what `now` was before: two entries may have been merged into one."""
    return other is None or _similarity_to(record, now) > _similarity_to(other, now)


def _similarity_to(record: Record, now: Record) -> tuple[bool, bool, int]:
    formerly = _ids(now.fields.get("formerly"))
    position = formerly.index(record.id) if record.id in formerly else -1
    return still_matches(record.fingerprint, now.kind, now.fields) is True, record.title == now.title, position


def _merged_entry(pair: _SnapshotPair, record: Record, into: str) -> EntryChange:
    """An entry that was merged into another one, which its address leads to now."""
    target = pair.named("", into)
    return EntryChange(record.id, record.kind, record.title, record.url, ("removed",), replaced_by=(target,), meaning_changed=True)


def _entry_change(pair: _SnapshotPair, base: Record | None, head: Record | None) -> EntryChange:
    if base is None:
        return _added_entry(pair, head)
    if head is None:
        return EntryChange(base.id, base.kind, base.title, base.url, ("removed",), meaning_changed=True)
    fields = field_changes(base.fields, head.fields, comparison_of_kinds(base.kind, head.kind))
    named, named_before = (_named_by(record) for record in (head, base))
    former_place = f"{base.kind}/{base.id}" if (base.id, base.kind) != (head.id, head.kind) else ""
    found = EntryChange(
        head.id, head.kind, head.title, head.url, (),
        former_place=former_place,
        fields=tuple(change for change in fields if change.path not in _reported_by_status(base, head)),
        gained=tuple(pair.named(field, id) for field, id in named if (field, id) not in named_before),
        lost=tuple(pair.named(field, id) for field, id in named_before if (field, id) not in named),
        **_anchor_changes(base.anchors if pair.knows_anchors_of(base) else head.anchors, base.anchors, head),
        sorted_by=tuple(_sorted_by(base, head)),
        review=_review_change(base.fields.get("reviewed"), head.fields.get("reviewed")),
        meaning_changed=_meaning_changed(base, head),
        **_withdrawal(pair, head),
    )  # fmt: skip
    return _with_change_types(found, base.status, head.status)


def _named_by(record: Record) -> dict[tuple[str, str], None]:
    """Each (field, id) that an entry names, here and in other playbooks."""
    return dict.fromkeys((*named_in(record.kind, record.fields), *named_outside_in(record.kind, record.fields)))


def _anchor_changes(known: Iterable[str], before: Iterable[str], head: Record) -> dict[str, Any]:
    """Sections that are new, gone or renamed. On the page of a withdrawn entry, each section that is gone leads to the notice of withdrawal."""
    moved = moved_anchors(head.fields)
    gone = [anchor for anchor in before if anchor not in head.anchors and head.status != "withdrawn"]
    return {
        "anchors_new": tuple(anchor for anchor in head.anchors if anchor not in known and anchor not in moved.values()),
        "anchors_gone": tuple(anchor for anchor in gone if anchor not in moved),
        "anchors_moved": tuple((anchor, moved[anchor]) for anchor in gone if anchor in moved),
        "anchor_reasons": _anchor_reasons(head.fields, gone),
    }


def moved_anchors(fields: Mapping[str, Any]) -> dict[str, str]:
    """Returns where each former anchor leads: to an anchor of the same page (`try`) or of another entry's (`pool-budgets#try`)."""
    ways = ((str(row.get("anchor")), str(row.get("entry") or ""), str(row.get("now") or "")) for row in _former_anchors(fields))
    return {anchor: f"{entry}#{now}" if entry else now for anchor, entry, now in ways if entry or now}


def _anchor_reasons(fields: Mapping[str, Any], gone: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """(anchor, reason) of each anchor that is gone and whose reason the page gives."""
    reasons = {str(row.get("anchor")): one_line(str(row["reason"])) for row in _former_anchors(fields) if row.get("reason")}
    return tuple((anchor, reasons[anchor]) for anchor in gone if anchor in reasons)


def _former_anchors(fields: Mapping[str, Any]) -> list[dict[str, Any]]:
    rows = fields.get("former_anchors")
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, (list, tuple)) else []


def _reported_by_status(base: Record, head: Record) -> tuple[str, ...]:
    """Fields that need no line of their own, because the change of status reports them."""
    return ("status", "reason") if head.status == "withdrawn" != base.status else ("status",)


def _added_entry(pair: _SnapshotPair, head: Record) -> EntryChange:
    gained = tuple(pair.named(field, id) for field, id in _named_by(head))
    summary = one_line(str(head.fields.get("summary", "")))
    change_types = ("added", *(("withdrawn",) if head.status == "withdrawn" else ()))
    return EntryChange(head.id, head.kind, head.title, head.url, change_types, summary=summary, gained=gained, **_withdrawal(pair, head))


def _withdrawal(pair: _SnapshotPair, head: Record) -> dict[str, Any]:
    """Why an entry is withdrawn, and what to use instead."""
    if head.status != "withdrawn":
        return {}
    replaced_by = tuple(pair.named("replaced_by", id) for id in _ids(head.fields.get("replaced_by")))
    return {"reason": one_line(str(head.fields.get("reason", ""))), "replaced_by": replaced_by}


def _with_change_types(change: EntryChange, before: str, now: str) -> EntryChange:
    is_figure = [field.path.startswith("figures[") or field.path == "figures" for field in change.fields]
    is_reported = [figure and not field.path.endswith("].name") for figure, field in zip(is_figure, change.fields, strict=True)]
    applies = {
        "withdrawn": before != now == "withdrawn",
        "returned": before == "withdrawn" != now,
        "published": (before, now) == ("draft", "current"),
        "unpublished": (before, now) == ("current", "draft"),
        "renamed": change.former_place,
        "reworded": not all(is_figure),
        "figures": any(is_reported),
        "relations": change.gained or change.lost,
        "anchors": change.anchors_new or change.anchors_gone or change.anchors_moved,
        "sorted": change.sorted_by,
        "reviewed": change.review,
    }
    return replace(change, change_types=tuple(change_type for change_type in ENTRY_CHANGE_TYPES if applies.get(change_type)))


def _meaning_changed(base: Record, head: Record) -> bool:
    """Whether the entry means something else now: by the algorithm of the old fingerprint, or by comparing fields where that is unknown."""
    if is_known(base.fingerprint):
        return not still_matches(base.fingerprint, head.kind, head.fields)
    return bool(field_changes(base.fields, head.fields, comparison_of_kinds(head.kind)))


def _sorted_by(base: Record, head: Record) -> Iterator[str]:
    """Fields that place an entry in lists, and lists of ids that hold the same ids in another order."""
    for field in fields_of(KINDS.get(head.kind, Entry)).values():
        before, now = (record.fields.get(field.name) for record in (base, head))
        is_list_of_ids = field.role == "content" and field.relation and field.is_list
        if before != now and (field.role == "listing" or (is_list_of_ids and sorted(_ids(before)) == sorted(_ids(now)))):
            yield field.name


def _review_change(before: Any, now: Any) -> ReviewChange | None:
    old, new = ({} if not isinstance(review, dict) else review for review in (before, now))
    if not new or {**old, "seen": 0} == {**new, "seen": 0}:
        return None
    outcome, by, on = (one_line(str(new.get(name) or "")) for name in ("outcome", "by", "on"))
    return ReviewChange(on, by, outcome, bool(old) and outcome == one_line(str(old.get("outcome", ""))) and on != str(old.get("on")))


def _withdrawn_pages(settings: Mapping[str, Any] | None) -> dict[str, str]:
    """From the address of each page that is gone to the reason."""
    return {str(row.get("address")): one_line(str(row.get("reason", ""))) for row in (settings or {}).get("withdrawn_pages", ())}


def _page_changes(base: Mapping[str, PageRecord], head: Mapping[str, PageRecord], withdrawn: Mapping[str, str]) -> Iterator[PageChange]:
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
    for old in (page for page in base.values() if page.url not in current):
        change_type = "withdrawn" if old.url in withdrawn else "removed"
        yield PageChange(old.path, old.url, old.title, change_type, reason=withdrawn.get(old.url, ""))


def _page_change(old: PageRecord, new: PageRecord) -> PageChange | None:
    fields = (*field_changes(old.front, new.front, comparison_of(FrontMatter)), *_text_change(old.text, new.text))
    moved = moved_anchors(new.front)
    gone, new_anchors = sorted(old.written_anchors - new.written_anchors), sorted(new.written_anchors - old.written_anchors - {*moved.values()})
    former_url = old.url if old.url != new.url else ""
    change = PageChange(
        new.path,
        new.url,
        new.title,
        "changed",
        fields,
        anchors_gone=tuple(anchor for anchor in gone if anchor not in moved),
        anchors_new=tuple(new_anchors),
        anchors_moved=tuple((anchor, moved[anchor]) for anchor in gone if anchor in moved),
        anchor_reasons=_anchor_reasons(new.front, gone),
        former_url=former_url,
    )
    return change if any((fields, gone, new_anchors, former_url)) else None


@remembered(lambda before, now: (before, now))
def _text_change(before: str, now: str) -> tuple[FieldChange, ...]:
    if before == now:
        return ()
    old, new = one_line(before), one_line(now)
    if old != new:
        return (FieldChange("text", "words", old, new, diff_words(old, new)),)
    return () if canonical_page(before) == canonical_page(now) else (FieldChange("text", "layout"),)


def _notes(base: Snapshot) -> Iterator[str]:
    if base.pages is None:
        yield "This release holds entries alone: pages written by hand and the playbook's own facts were not compared."
    yield from (each.sentence for each in base.unread)
    if base.unread:
        yield "The version step may be larger than shown: not all of the base was compared."


def _ids(value: Any) -> list[str]:
    """One id or a list of ids, as a list; any other value gives none."""
    return [value] if isinstance(value, str) else [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _sort_key(change: EntryChange) -> tuple[int, int, str]:
    kinds = list(KINDS)
    return ENTRY_CHANGE_TYPES.index(change.change_types[0]), kinds.index(change.kind) if change.kind in kinds else len(kinds), change.id
