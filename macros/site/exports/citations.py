"""`citations.json` and `citations.bib`: the playbook, its entries, and the works that its sources stand for, as lists of references.

Takes a `Published`, and returns the pieces of each file. An entry is cited just as its page says under "Cite or link". A source gives two items:
its page in the playbook, and the work itself, whose key begins with `work:`. Drafts are left out, since nobody should rely on one. What was
withdrawn stays, and says so, because texts that cite it do so for good.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

from macros.pages.citation import Cited, csl_date, csl_keys, key_of
from macros.playbook.urls import entry_url
from macros.schema.builtin_kinds import Source
from macros.schema.entry import Entry
from macros.site.exports.published import Published
from macros.text.bibtex import bibtex_address, bibtex_date, bibtex_entry, bibtex_keys, bibtex_rows, bibtex_text

CSL_END = b"\n]\n"


def csl_head(published: Published) -> bytes:
    """Returns how `citations.json` begins: with the playbook as a whole."""
    return f"[\n{_csl_of_page(_cited(published))}".encode()


def csl_items(published: Published, entry: Entry) -> bytes:
    """Returns the items of an entry, each after a comma."""
    return "".join(f",\n{item}" for item in _items(published, entry, _csl_of_page, _csl_of_work)).encode()


def bibtex_head(published: Published) -> bytes:
    """Returns how `citations.bib` begins: with the playbook as a whole."""
    return f"{_cited(published).bibtex}\n".encode()


def bibtex_items(published: Published, entry: Entry) -> bytes:
    """Returns the items of an entry, each after an empty line."""
    return "".join(f"\n{item}\n" for item in _items(published, entry, lambda cited: cited.bibtex, _bibtex_of_work)).encode()


def _items(published: Published, entry: Entry, of_page: Callable[[Cited], str], of_work: Callable[[Source], str]) -> Iterator[str]:
    if entry.status == "draft":
        return
    yield of_page(_cited(published, entry))
    if isinstance(entry, Source):
        yield of_work(entry)


def _cited(published: Published, entry: Entry | None = None) -> Cited:
    """An entry, or the playbook as a whole, as its page cites it."""
    settings, url = published.playbook.settings, entry_url(entry) if entry else ""
    status = "withdrawn" if entry and entry.status == "withdrawn" else ""
    title, is_released = entry.full_title if entry else "", published.is_released(url)
    former = tuple(key_of(old) for old in published.former_addresses.get(url, ()))
    return Cited(settings.lab, title, settings.title, key_of(url), quote(url), is_released, status, former_keys=former, said=published.cited)


def _work_keys(source: Source) -> tuple[str, ...]:
    """The keys of the work that a source stands for, today's first. No other key has a colon, as no id and no address has one."""
    return tuple(f"work:{id}" for id in (source.id, *source.formerly))


def _csl_of_page(cited: Cited) -> str:
    return _without_tags(cited.csl[1:-1])


def _without_tags(item: str) -> str:
    """The same without a tag, in case a browser takes it for a page."""
    return item.replace("<", "\\u003c")


def _csl_of_work(source: Source) -> str:
    """A work as CSL-JSON. An author may be a person or an office, so each name stays whole."""
    key, *former = _work_keys(source)
    item: dict[str, Any] = {"id": key, "type": "report" if source.reference else "document", "title": source.work}
    if source.authors:
        item["author"] = [{"literal": name} for name in source.authors]
    said = {"publisher": source.publisher, "number": source.reference, "URL": source.url}
    item |= {name: text for name, text in said.items() if text}
    item |= {**csl_date(source.published or ""), **csl_keys(tuple(former))}
    return _without_tags(json.dumps(item, ensure_ascii=False))


def _bibtex_of_work(source: Source) -> str:
    """The same in BibTeX: a work that has a number in a series is a report."""
    key, *former = _work_keys(source)
    type, publisher = ("techreport", "institution") if source.reference else ("misc", "howpublished")
    about = {"title": source.work, publisher: source.publisher, "number": source.reference or ""}
    fields = {
        "author": " and ".join(bibtex_text(name) for name in source.authors),
        **{name: bibtex_text(text) for name, text in about.items()},
        **bibtex_date(source.published or ""),
        "url": bibtex_address(source.url or ""),
        **bibtex_keys(tuple(former)),
    }
    return bibtex_entry(type, key, bibtex_rows(fields))
