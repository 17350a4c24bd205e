"""`playbook.json`: the whole playbook, one entry on each line.

`{$schema, schema_version, playbook, licence, release, kinds, pages, entries}`: `playbook_head` takes a `Published` and returns what stands before the
entries, and `playbook_line` returns one of these. `playbook_schema.py` describes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from macros.playbook.urls import kind_url
from macros.schema.entry import Entry
from macros.schema.kinds import KINDS
from macros.site.exports.document import content_of
from macros.site.exports.entry_forms import entry_forms
from macros.site.exports.playbook_facts import facts_of, json_text
from macros.site.exports.published import Published

PLAYBOOK_END = b"\n]}\n"


def playbook_head(published: Published) -> bytes:
    """Returns how the file begins: all that it says before its entries."""
    head = json_text({**facts_of(published), "kinds": [*_kinds(published)], "pages": [*_pages(published)]})
    return f'{head[:-1]},"entries":['.encode()


def playbook_line(published: Published, entry: Entry) -> bytes:
    """Returns the line of an entry."""
    is_first = entry is next(iter(published.playbook.entries.values()))
    return f"{'' if is_first else ','}\n{entry_forms(published, entry).json}".encode()


def _kinds(published: Published) -> Iterator[dict[str, Any]]:
    """What kinds of entries there are, and what people call their fields."""
    for folder, model in KINDS.items():
        fields = {name: field.label for name, field in content_of(model).items()}
        names = {"kind": folder, "one": model.kind.one, "many": model.kind.many, "about": model.kind.intro}
        yield {**names, "url": published.url(kind_url(folder)), "fields": fields}


def _pages(published: Published) -> Iterator[dict[str, Any]]:
    """The pages that people wrote by hand, in the order of their addresses."""
    for page in sorted(published.ledger.current.written.values(), key=lambda page: page.url):
        description = page.front.get("description")
        yield {
            "title": page.title,
            "description": description if isinstance(description, str) else None,
            "url": published.url(page.url),
            "pinned_url": published.pinned_url(page.url),
        }
