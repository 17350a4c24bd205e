"""What the site has now: its pages by address, and the anchors of each.

A `CurrentSite` takes a `Playbook` and its releases; slow parts are computed on first use.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from macros.files.docs import read_docs
from macros.files.layout import DOCS, SETTINGS_FILE
from macros.pages.catalogue import Catalogue, Page, catalogue_of
from macros.pages.hand_written import anchors_of_body, names_in, written_body
from macros.pages.outline import OutlineRenderer
from macros.pages.rendered_page import RenderedPage, render_page
from macros.playbook import urls
from macros.playbook.a_to_z import PROMISED_LETTERS
from macros.playbook.playbook import Playbook
from macros.playbook.urls import ENTRY_FORMS, EXPORT_FILES, anchor_of
from macros.releases.past import page_records
from macros.releases.record import PageRecord
from macros.releases.snapshot import Snapshot, snapshot_of
from macros.releases.store import Release
from macros.schema.entry import Entry
from macros.schema.parts import FormerAnchor
from macros.schema.settings import WithdrawnPage
from macros.text.heading_anchors import anchors_of_page

if TYPE_CHECKING:
    from macros.releases.history import History

FEED = "feed.xml"


@dataclass(frozen=True)
class CurrentSite:
    """The playbook in a folder as it is now, with its releases, oldest first."""

    root: Path
    playbook: Playbook
    releases: tuple[Release, ...] = ()
    listed: frozenset[str] = frozenset()
    """Kinds whose list was published once: the list stays even when its last entry is gone."""

    @cached_property
    def written(self) -> Mapping[str, PageRecord]:
        """The pages written by hand, by path."""
        return page_records(self.playbook.written)

    @cached_property
    def static_files(self) -> frozenset[str]:
        """The files of docs/ that go into the site as they are, by their paths there."""
        return frozenset(path.removeprefix(f"{DOCS}/") for path in read_docs(self.root)[0] if not path.endswith(".md"))

    @cached_property
    def snapshot(self) -> Snapshot:
        """The content of the playbook now."""
        return snapshot_of(self.playbook, self.written)

    @cached_property
    def history(self) -> History:
        """What happened from release to release, and since."""
        from macros.releases.history import History, build_history  # noqa: PLC0415 - a check compares no releases

        return build_history(self.releases, self.snapshot) if self.releases else History((), None, ())

    @cached_property
    def catalogue(self) -> Catalogue:
        """Every page of the site."""
        return catalogue_of(self.playbook, self.written, [release.version for release in self.releases], self.listed)

    @property
    def pages(self) -> Mapping[str, str]:
        """The address of each page that is no entry's and will stay, with its title: lists, pages on changes, pages written by hand."""
        return self.catalogue.titles

    @cached_property
    def bodies(self) -> dict[str, str]:
        """The Markdown of pages that a build has rendered, by their addresses: what is here is not rendered again."""
        return {}

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """Each entry by the address of its page."""
        return {urls.entry_url(entry): entry for entry in self.playbook.entries.values()}

    def ids_at(self, url: str) -> Iterator[str]:
        """Returns the ids of all entries of the kind whose list is at `url`, with those that they had before."""
        for entry in self.playbook.entries.values():
            if urls.kind_url(entry.kind.folder) == url:
                yield from (entry.id, *entry.formerly)

    @cached_property
    def withdrawn_pages(self) -> Mapping[str, WithdrawnPage]:
        """Each page that was taken away and whose address says so, by that address; a page that is there again is not among them."""
        gone = {page.address: page for page in self.playbook.settings.withdrawn_pages}
        return {url: gone[url] for url, page in self.catalogue.by_url.items() if page.kind == "withdrawn"}

    def former_addresses(self, url: str) -> tuple[str, ...]:
        """Returns the former addresses of a page written by hand."""
        return getattr(self.playbook.pages.get(self._paths.get(url, "")), "formerly", ())

    def file_of(self, url: str) -> str:
        """Returns the file that the page at `url` is made from; empty for a page that only the build makes."""
        if url in self.withdrawn_pages:
            return SETTINGS_FILE
        entry = self.entries.get(url)
        return entry.file if entry else self._paths.get(url, "")

    def former_anchors(self, url: str) -> Mapping[str, FormerAnchor]:
        """Returns the former anchors that the file of a page declares, by anchor."""
        source = self.entries[url] if url in self.entries else self.playbook.pages.get(self._paths.get(url, ""))
        return {row.anchor: row for row in getattr(source, "former_anchors", ())}

    def has_anchor(self, url: str, anchor: str) -> bool:
        """Returns whether the page at `url` has an anchor; most explicit ones are found without rendering."""
        return anchor in self.written_anchors(url) or anchor in self.anchors(url)

    def anchors(self, url: str) -> frozenset[str]:
        """Returns the anchors of the page at `url`: the model's for an entry, those of text and macro calls for a page written by hand."""
        if url not in self._anchors:
            self._anchors[url] = frozenset(self._find_anchors(url))
        return self._anchors[url]

    def _find_anchors(self, url: str) -> Iterable[str]:
        if url in self.entries:
            return self.playbook.anchors_of(self.entries[url])
        page = self.catalogue.by_url.get(url)
        if page is None or page.kind in ("part", "comparison", "search", "whole", "withdrawn"):
            return ()
        if page.kind == "changes":
            return [anchor_of(release.version) for release in self.releases]
        if page.kind == "index":
            return [f"letter-{letter.slug}" for letter in PROMISED_LETTERS]
        return anchors_of_body(self.bodies[url] if url in self.bodies else self._rendered(page))

    def _rendered(self, page: Page) -> str:
        if page.kind == "list":
            return str(OutlineRenderer(self.playbook, page.url).kind_page(page.name))
        outline = self.outline(page.path)
        return written_body(OutlineRenderer(self.playbook, page.url, page.path), self.written[page.path]) if outline.problems else outline.text

    def outline(self, path: str) -> RenderedPage:
        """Returns a page written by hand with the anchors that its calls give in their place, or what is wrong with the calls."""
        if path not in self._outlines:
            page, source = self.catalogue.at(path), self.playbook.written[path]
            self._outlines[path] = render_page(OutlineRenderer(self.playbook, page.url, path, self.history_for(page)), source)
        return self._outlines[path]

    def history_for(self, page: Page) -> History | None:
        """Returns the history if the page shows it: it takes long."""
        source = self.playbook.written.get(page.path)
        return self.history if source is None or ("changes" in source.text and "changes" in names_in(source)) else None

    @cached_property
    def _outlines(self) -> dict[str, RenderedPage]:
        return {}

    def all_anchors(self, url: str) -> frozenset[str]:
        """Returns every anchor that the check knows of the page at `url`."""
        return self.anchors(url) | self.written_anchors(url)

    def files(self) -> tuple[str, ...]:
        """Returns the paths of files besides the pages that other programs fetch."""
        return (*EXPORT_FILES, FEED)

    def promised_files(self) -> tuple[str, ...]:
        """Returns the same as a release promises them, with the patterns of the other forms of entries."""
        return (*self.files(), *ENTRY_FORMS)

    @cached_property
    def _paths(self) -> dict[str, str]:
        return {page.url: path for path, page in self.written.items()}

    def written_anchors(self, url: str) -> frozenset[str]:
        """Returns the anchors in the text of a page written by hand, without those that its macro calls add."""
        if url not in self._paths:
            return frozenset()
        if url not in self._written:
            self._written[url] = anchors_of_page(self.playbook.written[self._paths[url]])
        return self._written[url]

    @cached_property
    def _written(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def _anchors(self) -> dict[str, frozenset[str]]:
        return {}
