"""`addresses.json`: every address there ever was, and what stands there now, for the page that a reader sees after following a broken link.

`addresses_file` takes a `Ledger` and returns `{format, release, entries: {id: {title, kind, url, state, …}}, pages: {url: {title, url, state}},
files: [path]}` as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from macros.playbook import urls
from macros.schema.entry import Entry
from macros.site.ledger.ledger import Ledger

ADDRESSES_FILE = "addresses.json"
ADDRESSES_FORMAT = 1
"""Grows when a key is removed or changes its meaning."""


def addresses_file(ledger: Ledger) -> bytes:
    """Returns the file. `state` is the entry's (`current`, `draft`, `withdrawn`), or `moved` for a former id or address."""
    playbook = ledger.current.playbook
    entries = {entry.id: _entry_address(ledger, entry) for entry in playbook.entries.values()}
    former = {old: {**_entry_address(ledger, entry), "state": "moved", "now": entry.id} for old, entry in playbook.former_ids.items()}
    latest = ledger.current.history.latest
    value = {
        "format": ADDRESSES_FORMAT,
        "release": latest.version if latest else None,
        "entries": dict(sorted({**former, **entries}.items())),
        "pages": dict(sorted(_pages(ledger).items())),
        "files": sorted(ledger.current.files()),
    }
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")  # no tags, in case a browser takes it for a page
    return f"{text}\n".encode()


def _pages(ledger: Ledger) -> dict[str, Mapping[str, str]]:
    """Every address that is no entry's own: lists, pages written by hand, and wherever a page or an entry once was."""
    titles = {**{url: entry.known_as for url, entry in ledger.current.entries.items()}, **ledger.current.pages}
    gone = ledger.current.withdrawn_pages
    own = {url: {"title": title, "url": url, "state": "withdrawn" if url in gone else "current"} for url, title in ledger.current.pages.items()}
    return {**{old: {"title": titles[new], "url": new, "state": "moved"} for old, new in ledger.moved.items()}, **own}


def _entry_address(ledger: Ledger, entry: Entry) -> dict[str, Any]:
    fields: dict[str, Any] = {"title": entry.known_as, "kind": entry.kind.one, "url": urls.entry_url(entry), "state": entry.status}
    if entry.status != "withdrawn":
        return fields
    release = ledger.current.history.withdrawn_in(entry.id)
    known = ledger.current.playbook.entries
    instead = [{"title": known[id].known_as, "url": urls.entry_url(known[id])} for id in entry.replaced_by or ()]
    return {**fields, "reason": entry.reason, "release": release.version if release else "", "instead": instead}
