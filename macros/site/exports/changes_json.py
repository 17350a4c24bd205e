"""`changes.json`: what every release changed, by the id that each entry has now, for programs of sites that link here.

`{$schema, schema_version, playbook, licence, release, releases, pages, entries}`: `changes_head` takes a `Published` and returns what stands before the
entries, and `changes_line` returns one of these. `changes_schema.py` describes them, and docs/about/linking.md says how to read them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from macros.files.memo import remembered
from macros.playbook.urls import entry_url
from macros.releases.diff.model import EntryChange, FieldChange, NamedEntry, PageChange
from macros.releases.history import HistoryEvent, ReleaseHistory
from macros.releases.record import Record
from macros.schema.entry import Entry
from macros.site.exports.document import depends_on
from macros.site.exports.links import way_of
from macros.site.exports.playbook_facts import facts_of, json_text
from macros.site.exports.published import Published

CHANGES_SCHEMA_FILE = "changes.schema.json"
CHANGES_SCHEMA_VERSION = 1
"""Grows when a key goes, gets another name or changes its meaning; not when one is added, so readers ignore keys that they do not know."""
_IN_TEXT = "[[…]] in "
"""How a change says that the text of a field links to an entry."""
_FIELD = re.compile(r"[a-z_]+")


def changes_head(published: Published) -> bytes:
    """Returns how the file begins: all that it says before its entries."""
    facts = {**facts_of(published), "$schema": CHANGES_SCHEMA_FILE, "schema_version": CHANGES_SCHEMA_VERSION}
    head = json_text({**facts, "releases": [*_releases(published)], "pages": [*_pages(published)]})
    return f'{head[:-1]},"entries":['.encode()


def changes_line(published: Published, entry: Entry) -> bytes:
    """Returns the line of an entry."""
    is_first = entry is next(iter(published.playbook.entries.values()))
    return f"{'' if is_first else ','}\n{_line(published, entry)}".encode()


@remembered(depends_on)
def _line(published: Published, entry: Entry) -> str:
    released = [event for event in published.ledger.current.history.events_of(entry.id) if event.release.version]
    return json_text(
        {
            "id": entry.id,
            "kind": entry.kind.folder,
            "title": entry.known_as,
            "status": entry.status,
            "url": published.url(entry_url(entry)),
            "changes": [_entry_change(published, entry, event) for event in released],
        }
    )


def _releases(published: Published) -> Iterator[dict[str, Any]]:
    """Every release, the newest first, with the page that shows what it changed."""
    for release in reversed(published.ledger.current.history.releases):
        fields = release.diff.settings if release.diff else ()
        url = published.url(release.url if release.diff else f"{release.url}#{release.anchor}")
        yield {**_said_of(release), "why": release.why or None, "before": release.before or None, "url": url, "settings": _fields(fields)}


def _entry_change(published: Published, entry: Entry, event: HistoryEvent) -> dict[str, Any]:
    change, now = event.change, entry_url(entry)
    if change is None:
        record = _first_record(published, entry)
        return _change(event.release, ("added",), id=record.id, title=record.title, new_url=published.url(record.url))
    is_merged = "removed" in change.change_types
    old = change.url if is_merged else f"{change.former_place}/" if change.former_place else change.url
    new = published.ledger.current_url(change.url) or now if is_merged else change.url
    return _change(
        event.release,
        tuple("merged" if name == "removed" else name for name in change.change_types),
        id=change.id,
        title=change.title,
        old_url=None if "added" in change.change_types else published.url(old),
        new_url=published.url(new),
        reason=change.reason or None,
        replaced_by=[_named(published, named) for named in change.replaced_by],
        fields=[*dict.fromkeys((*_fields(change.fields), *change.sorted_by))],
        gained=_relations(change.gained),
        lost=_relations(change.lost),
        **_anchors(published, now, change),
    )


def _first_record(published: Published, entry: Entry) -> Record:
    """The entry as the first release has it, or what later became part of it."""
    records = published.ledger.current.history.snapshots[0].records
    first = published.ledger.current.history.first_id_of(entry.id, entry.kind.folder)
    return next(records[id] for id in (first, entry.id, *entry.formerly) if id in records)


def _pages(published: Published) -> Iterator[dict[str, Any]]:
    """The pages that are no entry's, by the address that each has now."""
    found: dict[str, list[dict[str, Any]]] = {}
    titles: dict[str, str] = {}
    for release in reversed(published.ledger.current.history.releases):
        for page in release.diff.pages if release.diff else ():
            now = published.ledger.current_url(page.url) or page.url
            titles.setdefault(now, published.ledger.current.pages.get(now, page.title))
            found.setdefault(now, []).append(_page_change(published, now, release, page))
    for url in sorted(found):
        yield {"title": titles[url], "url": published.url(url), "changes": found[url]}


def _page_change(published: Published, now: str, release: ReleaseHistory, page: PageChange) -> dict[str, Any]:
    return _change(
        release,
        ("renamed",) if page.former_url and not page.fields else (page.change_type,),
        title=page.title,
        old_url=None if page.change_type == "added" else published.url(page.former_url or page.url),
        new_url=published.url(page.url),
        reason=page.reason or None,
        fields=_fields(page.fields),
        **_anchors(published, now, page),
    )


def _change(release: ReleaseHistory, types: tuple[str, ...], **said: Any) -> dict[str, Any]:
    """What a release did to one page; each key is there in each change."""
    empty = {"reason": None, "replaced_by": [], "fields": [], "gained": [], "lost": [], "anchors_new": [], "anchors_gone": []}
    id = {"id": said["id"]} if "id" in said else {}
    return {**_said_of(release), **id, "title": said["title"], "types": types, "old_url": None, "new_url": said["new_url"], **empty, **said}


def _said_of(release: ReleaseHistory) -> dict[str, Any]:
    return {"release": release.version, "date": release.date or None}


def _fields(fields: Iterable[FieldChange]) -> list[str]:
    """The fields that changed, each once, by the names that their file had for them."""
    named = (_FIELD.match(field.path.removeprefix("was ")) for field in fields)
    return [*dict.fromkeys(found[0] for found in named if found)]


def _named(published: Published, named: NamedEntry) -> dict[str, Any]:
    entry = published.playbook.once_called(named.id)
    return {"id": named.id, "title": named.title, "url": published.url(entry_url(entry)) if entry else None}


def _relations(named: Iterable[NamedEntry]) -> list[dict[str, str]]:
    return [{"field": each.field.removeprefix(_IN_TEXT), "id": each.id} for each in named]


def _anchors(published: Published, now: str, change: EntryChange | PageChange) -> dict[str, Any]:
    """The sections that came and went; each that went says where a link to it leads today, if to anything that stands for it."""
    reasons = dict(change.anchor_reasons)
    gone = (*change.anchors_gone, *(old for old, _ in change.anchors_moved))
    rows = [{"anchor": anchor, "url": _led(published, now, anchor), "reason": reasons.get(anchor)} for anchor in gone]
    return {"anchors_new": change.anchors_new, "anchors_gone": rows}


def _led(published: Published, url: str, anchor: str) -> str | None:
    current = published.ledger.current
    on_page = current.all_anchors(url)
    if anchor in on_page:
        return published.url(f"{url}#{anchor}")
    outcome = published.ledger.anchor_outcome(url, anchor, on_page)
    way = way_of(outcome) if outcome else ""
    return published.url(f"{url}{way}" if way.startswith("#") else way) if way else None
