"""One entry as Markdown that reads well alone: its sections as on its page, with whole addresses.

`markdown_body` takes an entry and its document, and returns the text; `front_matter` returns what stands above it as YAML.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import yaml

from macros.pages.renderer import BASIS_NOTES
from macros.schema.entry import Entry
from macros.schema.introspect import Field
from macros.schema.sections import section_anchors
from macros.site.exports.document import EntryDocument, content_of
from macros.site.exports.markdown_parts import cited_places, in_one_line, links, markdown_link, points, told
from macros.site.exports.published import Published
from macros.text.formats import format_date
from macros.text.markdown_source import as_markdown

_EDITORS = f"*{BASIS_NOTES['editors']}*"
_Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def front_matter(published: Published, document: EntryDocument) -> str:
    """Returns the front matter, without the lines round it; what is not known is left out."""
    settings, release = published.playbook.settings, published.release
    withdrawn = document["withdrawn"] or {}
    values = {
        "title": document["title"],
        "description": document["summary"],
        "kind": document["kind"],
        "id": document["id"],
        "status": document["status"],
        "url": document["url"],
        "pinned_url": document["pinned_url"],
        "former_urls": document["former_urls"],
        "reason": withdrawn.get("reason"),
        "replaced_by": [other["url"] for other in withdrawn.get("replaced_by", ())],
        "playbook": settings.title,
        "publisher": settings.lab,
        "version": release and release.version,
        "date": release and release.date,
        "licence": settings.licence.name,
        "licence_url": settings.licence.url,
        "tags": document["fields"].get("tags"),
        "keywords": document["fields"].get("also_searched"),
    }
    filled = {name: value for name, value in values.items() if value}
    return yaml.dump(filled, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1 << 20)


def moved_markdown(published: Published, document_url: str, came_from: str) -> tuple[str, str]:
    """Returns what stands in the front matter and above the text at `came_from`, a former address of an entry."""
    address = published.url(came_from)
    return f"moved_from: {json.dumps(address)}\n", f"> **Moved.** This was at {address} and is now at {document_url}\n\n"


def markdown_body(published: Published, entry: Entry, document: EntryDocument) -> str:
    """Returns the text: the title, what the page shows above its sections, and the sections."""
    blocks = [*_head(published, entry, document), *_sections(published, entry, document), *_foot(published, document)]
    return "\n\n".join(blocks) + "\n"


def _head(published: Published, entry: Entry, document: EntryDocument) -> Iterator[str]:
    yield f"# {in_one_line(entry.title)}"
    known = f": {as_markdown(entry.known_as)}" if entry.known_as != entry.title else ""
    yield f"{as_markdown(entry.kind.one)}{known} in the {markdown_link(published.playbook.settings.title, published.url(''))}"
    yield as_markdown(entry.summary)
    if entry.status == "draft":
        yield "> **Draft.** This page is not finished: please do not rely on it yet."
    if document["withdrawn"]:
        yield _withdrawal(document["withdrawn"])
    strip = [
        line for field in content_of(type(entry)).values() if not field.section and field.role == "content" for line in _fact(published, entry, field)
    ]
    if strip:
        yield points(strip)


def _withdrawal(said: EntryDocument) -> str:
    when = f" in release {said['release']}" if said["release"] else ""
    when += f", on {format_date(said['date'])}" if said["date"] else ""
    instead = f"Use instead: {links(said['replaced_by'])}." if said["replaced_by"] else "Nothing replaces it."
    return f"> **Withdrawn{when}.** {as_markdown(said['reason'])}\n>\n> {instead}"


def _fact(published: Published, entry: Entry, field: Field) -> Iterator[str]:
    value = getattr(entry, field.attribute)
    if value == entry.known_as:
        return  # which the first line says
    if value or field.attribute in entry.elsewhere:
        yield f"**{as_markdown(field.label)}:** {told(published, field, value, entry.elsewhere.get(field.attribute, ()))}"


def _sections(published: Published, entry: Entry, document: EntryDocument) -> Iterator[str]:
    """What fields fill, in the order of the page, then what names the entry, then its sources."""
    own = [field for field in content_of(type(entry)).values() if field.section and document["fields"].get(field.name)]
    for field in own:
        if field.attribute != "sources":
            yield f"## {field.label}"
            yield from [_EDITORS] if field.section.by_editors else ()
            yield _of_section(published, entry, field)
    for group in sorted(document["linked_from"], key=lambda group: section_anchors().index(group["anchor"])):
        yield f"## {group['label']}"
        yield points(markdown_link(other["title"], other["url"]) for other in group["entries"])
    if entry.sources:
        yield "## Sources"
        yield points(cited_places(published, entry.sources))


def _of_section(published: Published, entry: Entry, field: Field) -> str:
    value = getattr(entry, field.attribute)
    outside = entry.elsewhere.get(field.attribute, ())
    if field.is_list:
        return points(told(published, field, item) for item in (*value, *outside))
    return told(published, field, value)


def _foot(published: Published, document: EntryDocument) -> Iterator[str]:
    """Where the text comes from, and what others may do with it."""
    settings, release = published.playbook.settings, published.release
    licence, url, pinned = markdown_link(settings.licence.name, settings.licence.url), document["url"], document["pinned_url"]
    fixed = f", fixed as version {release.version} has it at {markdown_link(pinned, pinned)}" if release and pinned else ""
    yield f"---\n\nSource: {as_markdown(settings.lab)}, {as_markdown(settings.title)}, {markdown_link(url, url)}{fixed}. Licence: {licence}."
