"""What happened to the playbook from release to release, and to each entry: what the pages on changes and the histories tell.

Enters: the releases, from the oldest, and the playbook as it is. Leaves: a History: the changes between releases that follow each
other, and the events in the life of each entry, by the id that it has now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from macros.playbook.urls import CHANGES, anchor_of, comparison_url
from macros.releases.diff.entries import compare, renames
from macros.releases.diff.model import Diff, DiffBase, EntryChange, PageChange
from macros.releases.diff.rows import HEADINGS, ChangeRow, grouped_entries, rows_of_fields, rows_of_page
from macros.releases.labels import reader_rows
from macros.releases.snapshot import Snapshot
from macros.releases.store import Release

NOT_RELEASED = ""
"""The version of what no release has yet."""


@dataclass(frozen=True, slots=True)
class ReleaseHistory:
    """A release and what it changed; for the first one there is nothing to compare with. `version` is NOT_RELEASED for what is to come."""

    version: str
    date: str
    why: str
    entries: int
    diff: Diff | None

    @property
    def before(self) -> str:
        """The release that it followed."""
        return self.diff.base.name if self.diff else ""

    @property
    def url(self) -> str:
        """The page that compares it with the release before: `changes/1.0.0-to-1.1.0/`."""
        return comparison_url(self.before, self.version) if self.diff else CHANGES

    @property
    def anchor(self) -> str:
        """Its place on the page of all changes: `release-1-1-0`."""
        return anchor_of(self.version) if self.version else "not-released"

    @property
    def groups(self) -> tuple[tuple[str, tuple[HistoryEvent, ...]], ...]:
        """What happened to entries, under a heading for each sort of it."""
        groups = grouped_entries(self.diff.entries) if self.diff else ()
        return tuple((heading, tuple(HistoryEvent(self, change) for change in changes)) for heading, changes in groups)

    @property
    def pages(self) -> tuple[tuple[PageChange, tuple[ChangeRow, ...]], ...]:
        """Each page written by hand that changed, with what changed on it."""
        return tuple((page, rows_of_page(page)) for page in self.diff.pages) if self.diff else ()

    @property
    def settings(self) -> tuple[ChangeRow, ...]:
        """What changed in the playbook's own facts."""
        return rows_of_fields(self.diff.settings) if self.diff else ()


@dataclass(frozen=True, slots=True)
class HistoryEvent:
    """What a release did to one entry. `change` is None where the entry was there from the first release on."""

    chapter: ReleaseHistory
    change: EntryChange | None

    @property
    def what(self) -> str:
        """In a few words: `First published`, `Renamed, reworded`."""
        if self.change is None:
            return "First published"
        if "removed" in self.change.change_types and self.change.instead:
            return "Merged"
        words = ", ".join(HEADINGS[sort].lower() for sort in self.change.change_types)
        return words[:1].upper() + words[1:]

    @property
    def rows(self) -> tuple[ChangeRow, ...]:
        """Field by field, under the words of the entry's page."""
        return reader_rows(self.change) if self.change else ()


@dataclass(frozen=True)
class History:
    """`chapters` from the oldest; `pending` is what changed since the latest, None where nothing did or nothing was released yet."""

    chapters: tuple[ReleaseHistory, ...]
    pending: ReleaseHistory | None
    snapshots: tuple[Snapshot, ...]
    """What each release said, and last what is said now."""

    @property
    def latest(self) -> ReleaseHistory | None:
        """The newest release."""
        return self.chapters[-1] if self.chapters else None

    def events_of(self, id: str) -> tuple[HistoryEvent, ...]:
        """The events in the life of the entry that is called `id` now, from the newest."""
        return self._events.get(id, ())

    def withdrawn_in(self, id: str) -> ReleaseHistory | None:
        """The release in which a withdrawn entry was withdrawn, or what is to come; None where that was before any release."""
        events = (event for event in self.events_of(id) if event.change and {"withdrawn", "returned"} & {*event.change.change_types})
        first = next(events, None)
        return first.chapter if first and "withdrawn" in first.change.change_types else None

    @cached_property
    def _events(self) -> Mapping[str, tuple[HistoryEvent, ...]]:
        found: dict[str, list[HistoryEvent]] = {}
        for chapter, ids in reversed([*zip(self._told, self._ids_now, strict=True)]):
            for id, event in _events_of(chapter, ids):
                found.setdefault(id, []).append(event)
        if self.chapters:
            first, ids = self.chapters[0], self._names_now(0)
            for id in dict.fromkeys(ids.get(id, id) for id in self.snapshots[0].records):
                found.setdefault(id, []).append(HistoryEvent(first, None))
        return {id: tuple(events) for id, events in found.items()}

    @property
    def _told(self) -> tuple[ReleaseHistory, ...]:
        return (*self.chapters[1:], *((self.pending,) if self.pending else ()))

    @property
    def _ids_now(self) -> tuple[Mapping[str, str], ...]:
        """For each chapter that tells changes: from the ids of that time to those of today."""
        return tuple(self._names_now(number) for number in range(1, 1 + len(self._told)))

    def _names_now(self, number: int) -> dict[str, str]:
        """From the ids that release `number` had to today's, where they are others. A rename may be told several releases later."""
        return renames(self.snapshots[number], self.snapshots[-1])


def build_history(releases: Sequence[Release], current: Snapshot) -> History:
    """The changes of each release, and of what follows the latest one."""
    chapters = [_chapter(releases[number], releases[number - 1] if number else None) for number in range(len(releases))]
    pending = None
    if releases:
        diff = compare(releases[-1].snapshot, current, DiffBase(releases[-1].version, why="the latest release"))
        pending = ReleaseHistory(NOT_RELEASED, "", "", len(current.records), diff) if diff.step.name != "none" else None
    return History(tuple(chapters), pending, (*(release.snapshot for release in releases), current))


def _chapter(release: Release, before: Release | None) -> ReleaseHistory:
    diff = compare(before.snapshot, release.snapshot, DiffBase(before.version, why="the release before")) if before else None
    return ReleaseHistory(release.version, release.date, release.why, len(release.snapshot.records), diff)


def _events_of(chapter: ReleaseHistory, ids: Mapping[str, str]) -> Iterator[tuple[str, HistoryEvent]]:
    """(id of today, event). What became a part of another entry is told in that entry's history too."""
    for change in chapter.diff.entries if chapter.diff else ():
        event = HistoryEvent(chapter, change)
        if "removed" in change.change_types:
            yield from ((ids.get(named.id, named.id), event) for named in change.instead)
        else:
            yield ids.get(change.id, change.id), event
