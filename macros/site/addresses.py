"""Every entry there ever was, by its id, for the page that a reader sees who followed a link to nothing.

Enters: a Ledger. Leaves: `addresses.json`: `{format, release, entries: {id: {title, url, state, ...}}}`.
"""

from __future__ import annotations

import json
from typing import Any

from macros.playbook import urls
from macros.schema.entry import Entry
from macros.site.ledger.ledger import Ledger

FILE = "addresses.json"
FORMAT = 1


def addresses_file(ledger: Ledger) -> bytes:
    """The file. `state` is that of the entry (`current`, `draft`, `withdrawn`) or `moved`, where an id is a former one."""
    playbook = ledger.current.playbook
    entries = {entry.id: _told(ledger, entry) for entry in playbook.entries.values()}
    former = {old: {**_told(ledger, entry), "state": "moved", "now": entry.id} for old, entry in playbook.former_ids.items()}
    latest = ledger.current.history.latest
    value = {"format": FORMAT, "release": latest.version if latest else None, "entries": dict(sorted({**former, **entries}.items()))}
    said = json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")  # no tag, whoever takes it for a page
    return f"{said}\n".encode()


def _told(ledger: Ledger, entry: Entry) -> dict[str, Any]:
    said: dict[str, Any] = {"title": entry.known_as, "kind": entry.kind.one, "url": urls.entry_url(entry), "state": entry.status}
    if entry.status != "withdrawn":
        return said
    chapter = ledger.current.history.withdrawn_in(entry.id)
    known = ledger.current.playbook.entries
    instead = [{"title": known[id].known_as, "url": urls.entry_url(known[id])} for id in entry.replaced_by or ()]
    return {**said, "reason": entry.reason, "release": chapter.version if chapter else "", "instead": instead}
