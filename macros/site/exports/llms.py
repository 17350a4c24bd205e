"""`llms.txt` and `llms-full.txt`: the playbook for language models, as llmstxt.org describes it.

`llms_txt` takes a `Published` and returns the first, which lists every entry with the address of its Markdown, and the pages for readers. The
second holds all of that Markdown: `llms_head` and `llms_entry` return its pieces.
"""

from __future__ import annotations

from collections.abc import Iterator

from macros.playbook.urls import EXPORT_FILES, entry_url
from macros.schema.entry import Entry
from macros.schema.kinds import KINDS
from macros.site.exports.entry_forms import entry_forms
from macros.site.exports.markdown_parts import markdown_link
from macros.site.exports.published import Published
from macros.site.ledger.current import FEED
from macros.text.formats import format_date
from macros.text.markdown_source import as_markdown

_NOTES = {
    "playbook.json": "every entry with its relations both ways, as JSON",
    "playbook.schema.json": "what that file holds, as JSON Schema",
    "llms-full.txt": "every entry in full, as one file of Markdown",
    "changes.json": "what each release changed, by the id of each entry, as JSON",
    "changes.schema.json": "what that file holds, as JSON Schema",
    "citations.json": "a reference for each entry and for each work that it cites, as CSL-JSON",
    "citations.bib": "the same references in BibTeX",
    "figures/figures.csv": "every figure with its source, as CSV",
    "evidence/evidence.csv": "every piece of evidence with its source, as CSV",
    **{f"{folder}/{folder}.csv": f"{model.kind.many}, a row for each, as CSV" for folder, model in KINDS.items() if model.kind.as_table},
    "links.json": "every address and anchor that there has been, and what became of it, as JSON",
    "objects.inv": "what each entry and each part of it is called, as an inventory of Sphinx",
}
"""What each file is, that a program may want besides the entries. Schemas stand behind what they describe."""

_ROUND = str.maketrans("[]", "()")


def llms_txt(published: Published) -> bytes:
    """Returns the title, what the playbook is and how to cite it, and below a heading for each kind a list of its entries."""
    return "\n".join([*_head(published), *_lists(published), *_pages(published), *_optional(published)]).encode()


def llms_head(published: Published) -> bytes:
    """Returns how `llms-full.txt` begins, which is as `llms.txt` does."""
    return "\n".join(_head(published)).encode()


def llms_entry(published: Published, entry: Entry) -> bytes:
    """Returns an entry in full; nothing of a draft. What was withdrawn says so."""
    return b"" if entry.status == "draft" else f"\n{entry_forms(published, entry).body}".encode()


def _head(published: Published) -> Iterator[str]:
    settings, release = published.playbook.settings, published.release
    yield f"# {as_markdown(settings.title)}\n"
    yield f"> {as_markdown(settings.summary)}\n"
    version = f"Version {release.version}" + (f" of {format_date(release.date)}" if release.date else "") if release else "Not released yet"
    yield f"- {version}, published by {as_markdown(settings.lab)} under the licence {markdown_link(settings.licence.name, settings.licence.url)}."
    yield "- The page of an entry has the address of its Markdown, with a slash in place of `.md`. Cite that page."
    if pinned := published.pinned_url(""):
        yield f"- To cite exact words, put the version into the address, as in {markdown_link(pinned, pinned)}"
    yield ""


def _lists(published: Published) -> Iterator[str]:
    for model in published.playbook.kinds:
        yield f"## {model.kind.many}\n"
        yield from (_line(published, entry) for entry in published.playbook.of_kind(model.kind.folder))
        yield ""


def _pages(published: Published) -> Iterator[str]:
    """The pages that people wrote by hand for readers. They have no Markdown of their own, since much of it would be calls."""
    current = published.ledger.current
    pages = [page for page in current.catalogue.by_url.values() if page.kind == "written" and page.is_searchable]
    if pages:
        yield "## Pages\n"
        for page in sorted(pages, key=lambda page: page.url):
            description = current.written[page.path].front.get("description")
            about = f": {as_markdown(description)}" if isinstance(description, str) else ""
            yield f"- {markdown_link(page.title.translate(_ROUND), published.url(page.url))}{about}"
        yield ""


def _line(published: Published, entry: Entry) -> str:
    return f"- {_markdown_of(published, entry)}: {as_markdown(entry.summary)}"


def _markdown_of(published: Published, entry: Entry) -> str:
    """A link to the Markdown of an entry. Readers of this form take the first bracket for the end of a title, whatever stands before it."""
    return markdown_link(entry.known_as.translate(_ROUND), published.url(f"{entry_url(entry).rstrip('/')}.md"))


def _optional(published: Published) -> Iterator[str]:
    """What a reader with little room may leave out."""
    yield "## Optional\n"
    yield from (f"- {markdown_link(path, published.url(path))}: {note}" for path, note in _NOTES.items() if path in EXPORT_FILES)
    if published.feeds:
        yield f"- {markdown_link(FEED, published.url_above(FEED))}: what each release changed, as an Atom feed; add `{FEED}` to the address of a page for its own"
    for entry in _withdrawn(published):
        yield f"- {_markdown_of(published, entry)}: withdrawn. {as_markdown(entry.reason or '')}"
    yield ""


def _withdrawn(published: Published) -> Iterator[Entry]:
    return (entry for entry in published.playbook.entries.values() if entry.status == "withdrawn")
