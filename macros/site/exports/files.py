"""The data exports by their paths inside the site: those of the whole playbook, and the other forms of each entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from macros.playbook.urls import ENTRY_FORMS, EXPORT_FILES, entry_url
from macros.schema.entry import Entry
from macros.schema.kinds import KINDS
from macros.site.exports.entry_forms import entry_json, entry_markdown
from macros.site.exports.evidence import evidence_csv, evidence_json
from macros.site.exports.figures import figures_csv, figures_json
from macros.site.exports.kind_tables import kind_csv
from macros.site.exports.links import links_json, verify_program
from macros.site.exports.llms import llms_full_txt, llms_txt
from macros.site.exports.playbook_json import playbook_json
from macros.site.exports.playbook_schema import playbook_schema
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
    "playbook.json": playbook_json,
    "playbook.schema.json": playbook_schema,
    "llms.txt": llms_txt,
    "llms-full.txt": llms_full_txt,
    **{f"{folder}/{folder}.csv": partial(kind_csv, KINDS[folder]) for folder in KINDS},
}
_FORMS: Mapping[str, EntryForm] = {"{at}.json": entry_json, "{at}.md": entry_markdown}


def export_files(published: Published) -> Mapping[str, bytes]:
    """Returns every export of the whole playbook as bytes, by path."""
    return {path: _MAKERS[path](published) for path in EXPORT_FILES}


def entry_files(published: Published) -> Iterator[tuple[str, bytes]]:
    """Yields each other form of each entry, with its path; also at the addresses that an entry once had, unless a file of docs/ is there now."""
    ledger = published.ledger
    addresses = {entry_url(entry): entry for entry in ledger.current.playbook.entries.values()}
    for old, new in ledger.moved.items():
        if entry := ledger.current.entries.get(new):
            addresses[old] = entry
    for url, entry in addresses.items():
        for form in ENTRY_FORMS:
            path = form.format(at=url.rstrip("/"))
            if url == entry_url(entry) or path not in ledger.current.static_files:
                yield path, _FORMS[form](published, entry, url)
