"""Suspect links: an entry changed in meaning, and those who name it have not been looked at since.

Enters: a playbook, or two snapshots. Leaves: for each changed entry those who name it. What a review saw is kept in the
review itself, as fingerprints: `seen: [{entry: nao, fingerprint: "1:3fa9c2d10b2e"}]`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from macros.playbook.playbook import Playbook
from macros.releases.diff.model import Named, Suspect
from macros.releases.diff.words import one_line
from macros.releases.fingerprint import fingerprint, is_known, still_says
from macros.releases.record import Record, entry_as_mapping
from macros.releases.references import named_in
from macros.schema.entry import Entry
from macros.schema.parts import SeenEntry


def seen_entries(playbook: Playbook, entry: Entry) -> tuple[SeenEntry, ...]:
    """What a review of `entry` sees today: each entry that it names, with its fingerprint, by id."""
    ids = {id for _, id in named_in(entry.kind.folder, entry_as_mapping(entry))} - {entry.id}
    known = playbook.entries
    return tuple(SeenEntry(entry=id, fingerprint=fingerprint(known[id].kind.folder, entry_as_mapping(known[id]))) for id in sorted(ids))


def suspects(playbook: Playbook) -> dict[str, tuple[Entry, ...]]:
    """From the id of an entry that means something else than its reviewers saw to those entries, in the playbook's order.

    Withdrawn entries are not looked at again, and a fingerprint of an algorithm that nobody knows here says nothing.
    """
    says_other = cache(lambda seen, named: _says_other(seen, playbook.entries[named]))
    found: dict[str, list[Entry]] = {}
    for entry in playbook.entries.values():
        if entry.status == "withdrawn" or not entry.reviewed:
            continue
        named = {id for _, id in named_in(entry.kind.folder, entry_as_mapping(entry))}
        for look in entry.reviewed.seen:
            if look.entry in named and says_other(look.fingerprint, look.entry):
                found.setdefault(look.entry, []).append(entry)
    return {id: tuple(found[id]) for id in playbook.entries if id in found}


def suspects_since(base: Mapping[str, Record], head: Mapping[str, Record], changed: Collection[str]) -> tuple[Suspect, ...]:
    """Entries of `head` that name one of the `changed` and were not looked at: not by a review, nor by being reworded themselves.

    To these come all that `suspects` would tell: what a review saw is no longer what is said.
    """
    found: dict[str, list[Named]] = {}
    for record in head.values():
        for field, id in _first_fields(record):
            if id in head and id != record.id and _is_suspect(base.get(record.id), record, head[id], is_changed=id in changed and id in base):
                found.setdefault(id, []).append(Named(field, record.id, record.title))
    return tuple(Suspect(id, head[id].title, tuple(by)) for id, by in found.items())


def _first_fields(record: Record) -> Iterable[tuple[str, str]]:
    """Each entry that `record` names, once, with the first field that names it; nobody looks at a withdrawn entry again."""
    named: dict[str, str] = {}
    for field, id in named_in(record.kind, record.fields) if record.status != "withdrawn" else ():
        named.setdefault(id, field)
    return ((field, id) for id, field in named.items())


def _is_suspect(before: Record | None, record: Record, named: Record, *, is_changed: bool) -> bool:
    seen = dict(_seen(record)).get(named.id)
    if seen is not None and is_known(seen):
        return not still_says(seen, named.kind, named.fields)
    return is_changed and before is not None and before.fingerprint == record.fingerprint and not _was_looked_at(before, record)


def _was_looked_at(before: Record, now: Record) -> bool:
    """Whether a review was recorded since; a date that was moved with the same outcome is no evidence of one."""
    old, new = (record.fields.get("reviewed") for record in (before, now))
    if not isinstance(new, dict) or old == new:
        return False
    return not isinstance(old, dict) or one_line(str(old.get("outcome"))) != one_line(str(new.get("outcome")))


def _seen(record: Record) -> Iterator[tuple[str, str]]:
    review: Any = record.fields.get("reviewed")
    looks = review.get("seen") if isinstance(review, dict) else ()
    yield from ((str(look.get("entry")), str(look.get("fingerprint"))) for look in looks or () if isinstance(look, dict))


def _says_other(seen: str, entry: Entry) -> bool:
    return still_says(seen, entry.kind.folder, entry_as_mapping(entry)) is False
