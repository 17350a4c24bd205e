"""Which pages the data makes, and the source of each.

Enters: a Playbook. Leaves: Markdown sources that hold no text from the data but titles made inert: the body comes from a macro.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from macros.playbook import urls
from macros.playbook.playbook import Playbook
from macros.playbook.urls import CHANGES
from macros.releases.history import ReleaseHistory
from macros.schema.kinds import KINDS
from macros.text.markdown import escape_title


@dataclass(frozen=True, slots=True)
class GeneratedPage:
    """A page that no file in docs/ holds. `path` is where its file would be; `made_from` is the file to edit."""

    path: str
    url: str
    source: str
    made_from: str | None


def generated_pages(
    playbook: Playbook, written: Collection[str], releases: Iterable[ReleaseHistory] = (), listed: Collection[str] = ()
) -> Iterator[GeneratedPage]:
    """One page per entry, a list for each kind that has entries and no list among the `written` pages, and the pages on changes.

    `listed` are kinds that have a list in any case, `releases` the releases.
    """
    for model in KINDS.values():
        kind = model.kind
        if not playbook.of_kind(kind.folder) and kind.folder not in listed:
            continue
        url = urls.kind_url(kind.folder)
        path = urls.page_source(url).removeprefix("docs/")
        if path not in written:
            yield GeneratedPage(path, url, _source(kind.many, kind.intro, f'kind_page("{kind.folder}")', search={"exclude": True}), None)
    for entry in playbook.entries.values():
        url = urls.entry_url(entry)
        search = {"exclude": entry.status != "current", "boost": 2}
        source = _source(entry.full_title, entry.summary, f'entry_page("{entry.id}")', hide=["toc"], search=search)
        yield GeneratedPage(urls.page_source(url).removeprefix("docs/"), url, source, entry.file)
    yield from _pages_on_changes(written, releases)


def _pages_on_changes(written: Collection[str], releases: Iterable[ReleaseHistory]) -> Iterator[GeneratedPage]:
    path = urls.page_source(CHANGES).removeprefix("docs/")
    if path not in written:
        yield GeneratedPage(
            path, CHANGES, _source("Changes", "What each release of this playbook changed, and why.", "changes()", search={"exclude": True}), None
        )
    for release in releases:
        if release.diff:
            title = f"What changed from {release.before} to {release.version}"
            source = _source(title, f"{title}, word by word.", f'comparison("{release.version}")', search={"exclude": True})
            yield GeneratedPage(urls.page_source(release.url).removeprefix("docs/"), release.url, source, None)


def _source(title: str, description: str, call: str, **front: object) -> str:
    """JSON is YAML too, so front matter written as JSON needs no care with quotes; letters stay, since YAML reads no two escapes as one letter."""
    front = {"title": escape_title(title), "description": escape_title(description), **front}
    return f"---\n{json.dumps(front, ensure_ascii=False)}\n---\n\n{{{{ {call} }}}}\n"
