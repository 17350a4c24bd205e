"""What the site has now: its pages by their addresses, and the anchors of each.

Enters: a Playbook and its releases. Leaves: a Present; whatever takes long is found out when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from macros.pages.hand_written import anchors_of_body, calls_in, written_anchors, written_body
from macros.pages.renderer import Renderer
from macros.playbook import urls
from macros.playbook.anchors import anchors_of
from macros.playbook.playbook import Playbook
from macros.playbook.urls import CHANGES, anchor_of, comparison_url
from macros.releases.history import History, build_history
from macros.releases.manifest import RecordedPage
from macros.releases.past import read_hand_written
from macros.releases.snapshot import HandWrittenPage, Snapshot, snapshot_of
from macros.releases.store import Release
from macros.schema.entry import Entry
from macros.schema.kinds import KINDS
from macros.schema.parts import FormerAnchor
from macros.site.exports import exports

FEED = "feed.xml"


@dataclass(frozen=True)
class CurrentSite:
    """The playbook in a folder as it is, after its releases, from the oldest."""

    root: Path
    playbook: Playbook
    releases: tuple[Release, ...] = ()
    listed: frozenset[str] = frozenset()
    """Kinds whose list was published once: it stays, also when the last entry has left it."""

    @cached_property
    def written(self) -> Mapping[str, HandWrittenPage]:
        """The pages written by hand, by their paths."""
        return read_hand_written(self.root)

    @cached_property
    def snapshot(self) -> Snapshot:
        """What the playbook says now."""
        return snapshot_of(self.playbook, self.written)

    @cached_property
    def history(self) -> History:
        """What happened from release to release, and since."""
        return build_history(self.releases, self.snapshot)

    @cached_property
    def pages(self) -> Mapping[str, str]:
        """The address of each page that is no entry's, with its title: lists, pages on changes, pages written by hand."""
        lists = {urls.kind_url(folder): model.kind.many for folder, model in KINDS.items() if self.has_list(folder)}
        told = {comparison_url(before.version, after.version): f"{before.version} to {after.version}" for before, after in pairwise(self.releases)}
        return {**lists, CHANGES: "Changes", **told, **{page.url: page.title for page in self.written.values()}}

    def has_list(self, folder: str) -> bool:
        """Whether a kind has a page that lists its entries."""
        return bool(self.playbook.of_kind(folder)) or folder in self.listed

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """Each entry by the address of its page."""
        return {urls.entry_url(entry): entry for entry in self.playbook.entries.values()}

    def former_addresses(self, url: str) -> tuple[str, ...]:
        """The addresses that a page written by hand had before."""
        return getattr(self.playbook.pages.get(self._paths.get(url, "")), "formerly", ())

    def file_of(self, url: str) -> str:
        """The file that the page at `url` is made from; nothing for a page that only the build makes."""
        entry = self.entries.get(url)
        return entry.file if entry else self._paths.get(url, "")

    def former_anchors(self, url: str) -> Mapping[str, FormerAnchor]:
        """What the file of a page says of the anchors that it had before."""
        said = self.entries[url] if url in self.entries else self.playbook.pages.get(self._paths.get(url, ""))
        return {row.anchor: row for row in getattr(said, "former_anchors", ())}

    def has_anchor(self, url: str, anchor: str) -> bool:
        """Whether the page at `url` has an anchor; most of those that are written need no page to be rendered."""
        return anchor in self._said(url) or anchor in self.anchors(url)

    def anchors(self, url: str) -> frozenset[str]:
        """The anchors of the page at `url`: of an entry those of the model, of a page written by hand those of its text and its calls."""
        if url not in self._anchors:
            self._anchors[url] = frozenset(self._find_anchors(url))
        return self._anchors[url]

    def _find_anchors(self, url: str) -> Iterable[str]:
        if url in self.entries:
            return anchors_of(self.entries[url], self.playbook.backlinks)
        if url in self._paths:
            page = self.written[self._paths[url]]
            history = self.history if "changes" in page.text and "changes" in calls_in(page) else None  # it takes long
            return anchors_of_body(written_body(Renderer(self.playbook, url, page.path, history), page))
        if url == CHANGES:
            return [anchor_of(release.version) for release in self.releases]
        folder = url.strip("/")
        return anchors_of_body(Renderer(self.playbook, url).kind_page(folder)) if folder in KINDS and self.has_list(folder) else ()

    def to_keep(self) -> tuple[RecordedPage, ...]:
        """Every page that is no entry's, as a release keeps it."""
        by_url = {page.url: page for page in self.written.values()}
        return tuple(_kept(url, title, sorted(self.anchors(url)), by_url.get(url)) for url, title in sorted(self.pages.items()))

    def files(self) -> tuple[str, ...]:
        """Files beside the pages that other programs fetch."""
        return (*exports(self.playbook), FEED)

    @cached_property
    def _paths(self) -> dict[str, str]:
        return {page.url: path for path, page in self.written.items()}

    def _said(self, url: str) -> frozenset[str]:
        """The anchors in the text of a page written by hand, without those that its calls give."""
        if url not in self._paths:
            return frozenset()
        if url not in self._written:
            self._written[url] = frozenset(written_anchors(self.written[self._paths[url]]))
        return self._written[url]

    @cached_property
    def _written(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def _anchors(self) -> dict[str, frozenset[str]]:
        return {}


def _kept(url: str, title: str, anchors: Iterable[str], page: HandWrittenPage | None) -> RecordedPage:
    if page is None:
        return RecordedPage(url=url, title=title, anchors=tuple(anchors))
    return RecordedPage(url=url, title=title, anchors=tuple(anchors), path=page.path, front=dict(page.front), text=page.text)
