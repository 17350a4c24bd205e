"""Suspect links: an entry changed its meaning, and the entries that name it have not been reviewed since.

`suspects` looks at one playbook, `suspects_since` at two snapshots. A review keeps what it saw as fingerprints:
`seen: [{entry: nao, fingerprint: "1:3fa9c2d10b2e"}]`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from macros.playbook.playbook import Playbook
from macros.releases.diff.model import NamedEntry, Suspect
from macros.releases.diff.word_diff import one_line
from macros.releases.fingerprint import fingerprint, is_known, still_matches
from macros.releases.record import Record, entry_as_mapping
from macros.releases.references import named_in
from macros.schema.entry import Entry
from macros.schema.parts import SeenEntry


def seen_entries(playbook: Playbook, entry: Entry) -> tuple[SeenEntry, ...]:
    """Returns what a review of `entry` sees today: each entry that it names, with its fingerprint, by id."""
    ids = {id for _, id in named_in(entry.kind.folder, entry_as_mapping(entry))} - {entry.id}
    known = playbook.entries
    return tuple(SeenEntry(entry=id, fingerprint=fingerprint(known[id].kind.folder, entry_as_mapping(known[id]))) for id in sorted(ids))


def suspects(playbook: Playbook) -> dict[str, tuple[Entry, ...]]:
    """Returns, for each entry whose meaning has changed since a review saw it, the reviewed entries that name it, in the playbook's order.

    Withdrawn entries need no further review, and a fingerprint of an unknown algorithm proves nothing.
    """
    has_new_meaning = cache(lambda seen, named: _has_new_meaning(seen, playbook.entries[named]))
    found: dict[str, list[Entry]] = {}
    for entry in playbook.entries.values():
        if entry.status == "withdrawn" or not entry.reviewed:
            continue
        named = {id for _, id in named_in(entry.kind.folder, entry_as_mapping(entry))}
        for seen in entry.reviewed.seen:
            if seen.entry in named and has_new_meaning(seen.fingerprint, seen.entry):
                found.setdefault(seen.entry, []).append(entry)
    return {id: tuple(found[id]) for id in playbook.entries if id in found}


def suspects_since(base: Mapping[str, Record], head: Mapping[str, Record], changed: Collection[str]) -> tuple[Suspect, ...]:
    """Returns the entries of `head` that name one of `changed` and have been neither reviewed nor reworded since `base`.

    Entries that `suspects` would return come on top: their last review saw another meaning.
    """
    found: dict[str, list[NamedEntry]] = {}

    @cache  # many entries name the same one
    def fingerprint_of(id: str, algorithm: str) -> str:
        return fingerprint(head[id].kind, head[id].fields, algorithm)

    def is_as_seen(given: str, id: str) -> bool:
        return is_known(given) and fingerprint_of(id, given.partition(":")[0]) == given

    for record in head.values():
        for field, id in _first_fields(record):
            is_changed = id in changed and id in base
            if id in head and id != record.id and _is_suspect(base.get(record.id), record, id, is_as_seen, is_changed=is_changed):
                found.setdefault(id, []).append(NamedEntry(field, record.id, record.title))
    return tuple(Suspect(id, head[id].title, tuple(by)) for id, by in found.items())


def _first_fields(record: Record) -> Iterable[tuple[str, str]]:
    """Each entry that `record` names, once, with the first field that names it; none for a withdrawn entry."""
    named: dict[str, str] = {}
    for field, id in named_in(record.kind, record.fields) if record.status != "withdrawn" else ():
        named.setdefault(id, field)
    return ((field, id) for id, field in named.items())


def _is_suspect(before: Record | None, record: Record, named: str, is_as_seen: Callable[[str, str], bool], *, is_changed: bool) -> bool:
    seen = dict(_seen(record)).get(named)
    if seen is not None and is_known(seen):
        return not is_as_seen(seen, named)
    return is_changed and before is not None and is_as_seen(before.fingerprint, record.id) and not _was_reviewed(before, record)


def _was_reviewed(before: Record, now: Record) -> bool:
    """Whether a review was recorded since; a moved date with the same outcome does not count as one."""
    old, new = (record.fields.get("reviewed") for record in (before, now))
    if not isinstance(new, dict) or old == new:
        return False
    return not isinstance(old, dict) or one_line(str(old.get("outcome"))) != one_line(str(new.get("outcome")))


def _seen(record: Record) -> Iterator[tuple[str, str]]:
    review: Any = record.fields.get("reviewed")
    rows = review.get("seen") if isinstance(review, dict) else ()
    yield from ((str(row.get("entry")), str(row.get("fingerprint"))) for row in rows or () if isinstance(row, dict))


def _has_new_meaning(seen: str, entry: Entry) -> bool:
    return still_matches(seen, entry.kind.folder, entry_as_mapping(entry)) is False
