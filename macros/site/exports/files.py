"""The data exports by their paths inside the site: those of the whole playbook, and the other forms of each entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from macros.playbook.urls import CARD_FORM, ENTRY_FORMS, EXPORT_FILES, FEED_FORM, KIND_FEEDS, OEMBED_FORM, PICTURE_FORM, PLAYBOOK_PICTURE, entry_url
from macros.schema.entry import Entry
from macros.schema.kinds import KINDS
from macros.site.exports.card import card_page, oembed_json
from macros.site.exports.changes_json import changes_head, changes_line
from macros.site.exports.changes_schema import changes_schema
from macros.site.exports.citations import CSL_END, bibtex_head, bibtex_items, csl_head, csl_items
from macros.site.exports.entry_forms import entry_json, entry_markdown
from macros.site.exports.evidence import evidence_csv, evidence_json
from macros.site.exports.feeds import entry_feed, kind_feed
from macros.site.exports.figures import figures_csv, figures_json
from macros.site.exports.inventory import objects_inv
from macros.site.exports.kind_tables import kind_csv
from macros.site.exports.links import links_json, verify_program
from macros.site.exports.llms import llms_entry, llms_head, llms_txt
from macros.site.exports.pictures import entry_picture, playbook_picture
from macros.site.exports.playbook_json import PLAYBOOK_END, playbook_head, playbook_line
from macros.site.exports.playbook_schema import playbook_schema
from macros.site.exports.published import Published

Export = Callable[[Published], bytes]
EntryForm = Callable[[Published, Entry, str], bytes | None]
"""None where there is nothing to tell yet. From an entry, and the address of its page at which the form is asked for: its own one, or a former one."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """A file that has a piece for each entry, so that it grows with them: it is written piece by piece, and never held as a whole."""

    head: Export
    piece: Callable[[Published, Entry], bytes]
    end: bytes = b""


_GATHERED: Mapping[str, Gathered] = {
    "playbook.json": Gathered(playbook_head, playbook_line, PLAYBOOK_END),
    "changes.json": Gathered(changes_head, changes_line, PLAYBOOK_END),
    "llms-full.txt": Gathered(llms_head, llms_entry),
    "citations.json": Gathered(csl_head, csl_items, CSL_END),
    "citations.bib": Gathered(bibtex_head, bibtex_items),
}

_MAKERS: Mapping[str, Callable[[Published], bytes | None]] = {
    "figures/figures.csv": figures_csv,
    "figures/figures.json": figures_json,
    "evidence/evidence.csv": evidence_csv,
    "evidence/evidence.json": evidence_json,
    "links.json": links_json,
    "verify_links.py": verify_program,
    "playbook.schema.json": playbook_schema,
    "llms.txt": llms_txt,
    "objects.inv": objects_inv,
    PLAYBOOK_PICTURE: playbook_picture,
    "changes.schema.json": changes_schema,
    **{path: partial(kind_feed, folder) for folder, path in zip(KINDS, KIND_FEEDS, strict=True)},
    **{f"{folder}/{folder}.csv": partial(kind_csv, KINDS[folder]) for folder in KINDS},
}
_FORMS: Mapping[str, EntryForm] = {
    "{at}.json": entry_json,
    "{at}.md": entry_markdown,
    CARD_FORM: card_page,
    OEMBED_FORM: oembed_json,
    PICTURE_FORM: entry_picture,
    FEED_FORM: entry_feed,
}


def export_files(published: Published) -> Mapping[str, bytes]:
    """Returns every export of the whole playbook as bytes, by path. What `entry_pieces` adds to stands empty there; feeds begin with a dated release."""
    made = ((path, b"" if path in _GATHERED else _MAKERS[path](published)) for path in EXPORT_FILES)
    return {path: content for path, content in made if content is not None}


def entry_pieces(published: Published) -> Iterator[tuple[str, bytes]]:
    """Yields what there is of each entry besides its page, by path: its other forms, and its pieces of the files that gather all entries."""
    yield from ((path, gathered.head(published)) for path, gathered in _GATHERED.items())
    for entry, addresses in _addresses(published):
        yield from _forms_at(published, entry, addresses)
        yield from ((path, gathered.piece(published, entry)) for path, gathered in _GATHERED.items())
    yield from ((path, gathered.end) for path, gathered in _GATHERED.items())


def _addresses(published: Published) -> Iterator[tuple[Entry, tuple[str, ...]]]:
    """Each entry with its address, and with those that it once had, since links lead there."""
    for entry in published.playbook.entries.values():
        yield entry, (entry_url(entry), *published.former_addresses.get(entry_url(entry), ()))


def _forms_at(published: Published, entry: Entry, addresses: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    """The other forms of an entry at each of its addresses, unless a file of docs/ is at a former one now."""
    for url in addresses:
        for form in ENTRY_FORMS:
            path = form.format(at=url.rstrip("/"))
            is_free = url == addresses[0] or path not in published.ledger.current.static_files
            if is_free and (made := _FORMS[form](published, entry, url)) is not None:
                yield path, made


def all_files(published: Published) -> dict[str, bytes]:
    """Returns every export and every other form of every entry, each as a whole."""
    files = dict(export_files(published))
    for path, piece in entry_pieces(published):
        files[path] = files.get(path, b"") + piece
    return files
