"""The other forms of one entry, each made once: the files on the whole playbook are made of the same.

`entry_forms` takes a `Published` and an entry, and returns its JSON and its Markdown. `entry_json` and `entry_markdown` are the files beside its page.
"""

from __future__ import annotations

from dataclasses import dataclass

from macros.files.memo import remembered
from macros.playbook.urls import entry_url
from macros.schema.entry import Entry
from macros.site.exports.document import depends_on, entry_document
from macros.site.exports.entry_markdown import front_matter, markdown_body, moved_markdown
from macros.site.exports.playbook_facts import facts_of, json_text
from macros.site.exports.published import Published


@dataclass(frozen=True, slots=True)
class EntryForms:
    """An entry as JSON on one line, and as Markdown: its front matter, and the text."""

    json: str
    front: str
    body: str


def entry_forms(published: Published, entry: Entry) -> EntryForms:
    """Returns the forms of an entry, made once if all who need them ask before any other entry's turn."""
    if entry.id not in published.made_forms:
        published.made_forms.clear()
        published.made_forms[entry.id] = _entry_forms(published, entry)
    return published.made_forms[entry.id]


@remembered(depends_on)
def _entry_forms(published: Published, entry: Entry) -> EntryForms:
    document = entry_document(published, entry)
    return EntryForms(json_text(document), front_matter(published, document), markdown_body(published, entry, document))


def entry_json(published: Published, entry: Entry, at: str) -> bytes:
    """Returns `<kind>/<slug>.json`. `at` is the address at which it is asked for; at a former one it says where the entry is now."""
    now = entry_url(entry)
    moved = None if at == now else {"from": published.url(at), "to": published.url(now)}
    head = json_text({**facts_of(published, above="../"), "moved": moved})
    return f'{head[:-1]},"entry":{entry_forms(published, entry).json}}}\n'.encode()


def entry_markdown(published: Published, entry: Entry, at: str) -> bytes:
    """Returns `<kind>/<slug>.md`, in the same way."""
    made, now = entry_forms(published, entry), entry_url(entry)
    field, note = ("", "") if at == now else moved_markdown(published, published.url(now), at)
    return f"---\n{field}{made.front}---\n\n{note}{made.body}".encode()
