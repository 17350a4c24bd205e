"""The data exports by their paths inside the site: those of the whole playbook, and the other forms of each entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from macros.playbook.urls import ENTRY_FORMS, EXPORT_FILES, entry_url
from macros.schema.entry import Entry
from macros.site.exports.evidence import evidence_csv, evidence_json
from macros.site.exports.figures import figures_csv, figures_json
from macros.site.exports.links import links_json, verify_program
from macros.site.exports.published import Published

Export = Callable[[Published], bytes]
EntryForm = Callable[[Published, Entry, str], bytes]
"""From an entry, and the address of its page at which the form is asked for: its own one, or a former one."""

_MAKERS: Mapping[str, Export] = {
    "figures/figures.csv": figures_csv,
    "figures/figures.json": figures_json,
    "evidence/evidence.csv": evidence_csv,
    "evidence/evidence.json": evidence_json,
    "links.json": links_json,
    "verify_links.py": verify_program,
}
_FORMS: Mapping[str, EntryForm] = {}


def export_files(published: Published) -> Mapping[str, bytes]:
    """Returns every export of the whole playbook as bytes, by path."""
    return {path: _MAKERS[path](published) for path in EXPORT_FILES}


def entry_files(published: Published) -> Iterator[tuple[str, bytes]]:
    """Yields each other form of each entry, with its path; also at the addresses that an entry once had, since links lead there."""
    ledger = published.ledger
    addresses = {entry_url(entry): entry for entry in ledger.current.playbook.entries.values()}
    for old, new in ledger.moved.items():
        if entry := ledger.current.entries.get(new):
            addresses[old] = entry
    for url, entry in addresses.items():
        for form in ENTRY_FORMS:
            yield form.format(at=url.rstrip("/")), _FORMS[form](published, entry, url)
