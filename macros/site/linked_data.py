"""What a page is, for search engines: JSON-LD in the vocabulary of schema.org.

`linked_data` takes the `PageFacts` of a page, and returns a block of data for its head. A browser runs nothing in it, so that a strict policy lets
it stand. It names only types and properties that the vocabulary has, and only as many cited works as fit into `MOST_BYTES` bytes.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator, Mapping
from typing import Any

from macros.playbook.urls import EXPORT_FILES, kind_url
from macros.schema.builtin_kinds import Source, Term
from macros.schema.kinds import KINDS
from macros.site.exports.published import Published
from macros.site.page_facts import PageFacts, address_of
from macros.text.typography import typographic

MOST_BYTES = 1536
"""How many bytes the data of one page may have: beyond that, works that it cites are left out, from the last."""
_UNREAD = "\\u003c"
"""How JSON writes `<` so that HTML reads no tag in it."""
_Node = dict[str, Any]
_TYPES: Mapping[str, str] = {
    "part": "CollectionPage",
    "changes": "CollectionPage",
    "index": "CollectionPage",
    "search": "SearchResultsPage",
}
"""By the kind of a page that is no entry's and no list; any other is a `WebPage`."""
_DATA = {".csv": "text/csv", ".json": "application/json"}
"""The endings of files that hold data, with their types."""


def linked_data(published: Published, facts: PageFacts, language: str) -> str:
    """Returns the block for the head of the page; nothing where the address of the site is not known, as all data is about addresses."""
    if not facts.address:
        return ""
    page, way = _page(published, facts, language), [*_way(facts)]
    cited = [{"@type": "CreativeWork", "name": work.name, "url": work.address} for work in facts.works]
    block = _block(page, cited, way)
    while cited and len(block.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        cited.pop()
        block = _block(page, cited, way)
    return block


def _block(page: _Node, cited: list[_Node], way: list[_Node]) -> str:
    """The data in the element that holds it, as text in which no tag can begin."""
    nodes = [{**page, **({"citation": cited} if cited else {})}, *([{"@type": "BreadcrumbList", "itemListElement": way}] if way else [])]
    text = json.dumps({"@context": "https://schema.org", "@graph": nodes}, ensure_ascii=False, separators=(",", ":"))
    return f'<script type="application/ld+json">{text.replace("<", _UNREAD)}</script>'


def _page(published: Published, facts: PageFacts, language: str) -> _Node:
    settings, entry = published.playbook.settings, facts.entry
    node = {
        "@type": _type_of(facts),
        "@id": "" if facts.entry else facts.address,  # what others are a part of, and the set of their terms
        "url": facts.address,
        "name": facts.title,
        "headline": facts.title if entry and entry.kind.told_as != "WebPage" else "",
        "description": facts.description,
        "image": facts.picture_address,
        "inLanguage": language,
        "datePublished": facts.days.published,
        "dateModified": facts.days.changed,
        "creativeWorkStatus": entry.status.capitalize() if entry and entry.status != "current" else "",
        "license": settings.licence.url,
        "author" if facts.page.url else "publisher": _organisation(settings.lab),
        "isPartOf": {"@type": "WebSite", "@id": facts.home} if facts.page.url else None,
        "mainEntity": _main(published, facts),
        "about": {"@type": "Question", "name": facts.asked} if facts.asked else None,
    }
    return {name: value for name, value in node.items() if value}


def _way(facts: PageFacts) -> Iterator[_Node]:
    """The pages above this one, and then itself; none for the home page."""
    for place, above in enumerate(facts.above, 1):
        yield {"@type": "ListItem", "position": place, "name": above.name, "item": {"@id": above.address}}
    if facts.above:
        yield {"@type": "ListItem", "position": len(facts.above) + 1, "name": facts.title}  # its own address is known


def _organisation(name: str) -> _Node:
    return {"@type": "Organization", "name": typographic(name)}


def _type_of(facts: PageFacts) -> str | list[str]:
    if facts.entry:
        return facts.entry.kind.told_as
    if not facts.page.url:
        return "WebSite"
    listed = KINDS.get(facts.page.url.rstrip("/"))  # somebody may have written the page of a list by hand
    if listed and issubclass(listed, Term):
        return ["CollectionPage", "DefinedTermSet"]
    return "CollectionPage" if listed else _TYPES.get(facts.page.kind, "WebPage")


def _main(published: Published, facts: PageFacts) -> _Node | None:
    """What a page is about, where it is about one thing that the vocabulary has a type for: a term, a work, or tables to download."""
    match facts.entry:
        case Term() as term:
            also = [typographic(words) for words in (*filter(None, (term.short_for,)), *term.also)]
            said = {"@type": "DefinedTerm", "name": facts.title, "alternateName": also, "description": facts.description, "termCode": term.id}
            return {**{name: value for name, value in said.items() if value}, "inDefinedTermSet": address_of(published, kind_url(term.kind.folder))}
        case Source() as source:
            return _work(source)
        case None:
            return _tables(published, facts)
    return None


def _work(source: Source) -> _Node:
    """The work that a source is: a report where it has the number of one."""
    node = {
        "@type": "Report" if source.reference else "CreativeWork",
        "name": typographic(source.work),
        "creditText": typographic(", ".join(source.authors)),  # nobody says whether an author is a person
        "publisher": _organisation(source.publisher),
        "datePublished": source.published or "",
        "reportNumber": source.reference or "",
        "url": source.url or "",
    }
    return {name: value for name, value in node.items() if value}


def _tables(published: Published, facts: PageFacts) -> _Node | None:
    """The files below a page that hold its rows as data, if there are any."""
    below = [
        path for path in EXPORT_FILES if facts.page.url and f"{posixpath.dirname(path)}/" == facts.page.url and posixpath.splitext(path)[1] in _DATA
    ]
    if not below:
        return None
    settings = published.playbook.settings
    return {
        "@type": "Dataset",
        "name": f"{facts.title}, {facts.site}",
        "description": facts.description,
        "license": settings.licence.url,
        "creator": _organisation(settings.lab),
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": _DATA[posixpath.splitext(path)[1]], "contentUrl": address_of(published, path)}
            for path in below
        ],
    }
