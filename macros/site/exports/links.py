"""`links.json`: every address and anchor that was ever published, and what became of each, for sites that check their links.

`links_json` takes a `Published` and returns the file, as `verify_links.py` reads it; `known_links` returns what it holds. `verify_program` returns that
program as sites copy it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from macros.playbook.urls import ENTRY_FORMS, LINKED_FILES, entry_url
from macros.releases.store import Release
from macros.releases.version import folder_of
from macros.schema.entry import Entry
from macros.schema.settings import WithdrawnPage
from macros.site import verify_links
from macros.site.exports.published import Published
from macros.site.ledger.kept_anchors import promised_anchors
from macros.site.ledger.ledger import AnchorAlias, AnchorNotice, Ledger

_WITHOUT_PROMISE = ("part", "comparison", "search", "whole")
"""Pages whose anchors no release promises, so that none is looked for."""


def links_json(published: Published) -> bytes:
    """Returns `known_links` as JSON."""
    value = known_links(published.ledger, published.whole)
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")  # no tags, in case a browser takes it for a page
    return f"{text}\n".encode()


def known_links(ledger: Ledger, address: str) -> dict[str, Any]:
    """Returns `{format, playbook, address, release, versions: {folder: …}, pages: {url: …}, moved: {old: url}, files, entry_forms}`.

    `address` is the URL above all versions; empty if it is not known.
    """
    pages = dict(sorted(_pages(ledger)))
    moved = dict(sorted(ledger.moved.items()))
    return {
        "format": verify_links.LINKS_FORMAT,
        "playbook": ledger.current.playbook.settings.title,
        "address": address,
        "release": ledger.store.latest.version if ledger.store.latest else None,
        "versions": {folder: {"release": release.version, "lacks": _lacking(release, {*pages, *moved})} for folder, release in _versions(ledger)},
        "pages": pages,
        "moved": moved,
        "files": sorted(LINKED_FILES.union(ledger.current.files())),
        "entry_forms": [form.removesuffix("index.html") for form in ENTRY_FORMS],
    }


def verify_program(published: Published) -> bytes:
    """Returns the program that checks links, with the address of this playbook in it."""
    text = Path(verify_links.__file__).read_text("utf-8")
    return text.replace('\nSITE = ""\n', f"\nSITE = {json.dumps(published.whole)}\n", 1).encode()


def _pages(ledger: Ledger) -> Iterator[tuple[str, dict[str, Any]]]:
    current = ledger.current
    for url, entry in current.entries.items():
        known = {"title": entry.known_as, "id": entry.id}
        yield url, known | (_withdrawn(ledger, entry) if entry.status == "withdrawn" else _anchors(ledger, url, frozenset(current.anchors(url))))
    for url, title in current.pages.items():
        gone, kind = current.withdrawn_pages.get(url), current.catalogue.by_url[url].kind
        if gone:
            yield url, {"title": title, "state": "withdrawn", "reason": gone.reason, "instead": [*_in_place_of(ledger, gone)]}
        elif kind in _WITHOUT_PROMISE:
            yield url, {"title": title}
        else:
            yield url, {"title": title} | _anchors(ledger, url, current.all_anchors(url).union(current.ids_at(url)))


def _in_place_of(ledger: Ledger, gone: WithdrawnPage) -> Iterator[str]:
    yield from [gone.page] if gone.page else ()
    yield from [entry_url(ledger.current.playbook.entries[gone.entry])] if gone.entry else ()


def _withdrawn(ledger: Ledger, entry: Entry) -> dict[str, Any]:
    known = ledger.current.playbook.entries
    return {"state": "withdrawn", "reason": entry.reason, "instead": [entry_url(known[id]) for id in entry.replaced_by or ()]}


def _anchors(ledger: Ledger, url: str, on_page: frozenset[str]) -> dict[str, Any]:
    """The anchors of a page, and where those lead that it once had: an anchor of the same page, one of another page, or nothing (empty)."""
    lost = (anchor for anchor in promised_anchors(url, ledger) if anchor not in on_page)
    outcomes = ((anchor, ledger.anchor_outcome(url, anchor, on_page)) for anchor in lost)
    moved = {anchor: way_of(outcome) for anchor, outcome in outcomes if outcome}
    return {"anchors": sorted(on_page), **({"moved_anchors": dict(sorted(moved.items()))} if moved else {})}


def way_of(outcome: AnchorAlias | AnchorNotice) -> str:
    """Returns where an anchor that a page no longer has leads: to one of the same page (`#try`), to one of another page, or to nothing (empty)."""
    if isinstance(outcome, AnchorAlias):
        return f"#{outcome.to}"
    return f"{entry_url(outcome.entry)}#{outcome.anchor}" if outcome.entry else ""


def _versions(ledger: Ledger) -> Iterator[tuple[str, Release]]:
    """The folder of each version that is published, with the release in it: the newest of those that share one."""
    yield from {folder_of(release.version): release for release in ledger.store.releases}.items()


def _lacking(release: Release, addresses: set[str]) -> list[str]:
    had = {record.url for record in release.snapshot.records.values()}
    pages = {page.url for page in release.manifest.pages} if release.manifest else set()
    return sorted(addresses - had - pages)
