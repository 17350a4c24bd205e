"""What happened from release to release, and in the life of each entry, for the pages on changes and the histories.

`build_history` takes the releases, oldest first, and the playbook as it is. It returns a `History`: the changes between successive
releases, and the events of each entry under the id that it has now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from macros.files.memo import remembered
from macros.playbook.urls import CHANGES, UNRELEASED_ANCHOR, anchor_of, comparison_url
from macros.releases.diff.entries import compare, renames
from macros.releases.diff.model import Diff, DiffBase, EntryChange, NamedEntry, PageChange
from macros.releases.diff.rows import HEADINGS, ChangeRow, grouped_entries, rows_of_fields, rows_of_page
from macros.releases.labels import reader_rows
from macros.releases.record import Record
from macros.releases.snapshot import Snapshot
from macros.releases.store import Release

PENDING_VERSION = ""
"""The version of changes that no release has yet."""


@dataclass(frozen=True)
class ReleaseHistory:
    """A release and what it changed; the first has nothing to compare with. `version` is PENDING_VERSION for pending changes."""

    version: str
    date: str
    why: str
    entries: int
    diff: Diff | None

    @property
    def before(self) -> str:
        """The version of the release that it followed."""
        return self.diff.base.name if self.diff else ""

    @property
    def url(self) -> str:
        """The page that compares it with the release before: `changes/1.0.0-to-1.1.0/`."""
        return comparison_url(self.before, self.version) if self.diff else CHANGES

    @property
    def anchor(self) -> str:
        """Its place on the page of all changes: `release-1-1-0`."""
        return anchor_of(self.version) if self.version else UNRELEASED_ANCHOR

    @cached_property
    def groups(self) -> tuple[tuple[str, tuple[HistoryEvent, ...]], ...]:
        """What happened to entries, under one heading for each type of change."""
        groups = grouped_entries(self.diff.entries) if self.diff else ()
        return tuple((heading, tuple(HistoryEvent(self, change) for change in changes)) for heading, changes in groups)

    @cached_property
    def pages(self) -> tuple[tuple[PageChange, tuple[ChangeRow, ...]], ...]:
        """Each page written by hand that changed, with its rows."""
        return tuple((page, rows_of_page(page)) for page in self.diff.pages) if self.diff else ()

    @cached_property
    def settings(self) -> tuple[ChangeRow, ...]:
        """What changed in the playbook's settings."""
        return rows_of_fields(self.diff.settings) if self.diff else ()


@dataclass(frozen=True, slots=True)
class HistoryEvent:
    """What a release did to one entry. `change` is None if the entry was in the first release.

    `merged` is set if it happened to another entry, which became part of this one later: its first id, and its title then.
    """

    release: ReleaseHistory
    change: EntryChange | None
    merged: NamedEntry | None = None

    @property
    def what(self) -> str:
        """A few words for it: `First published`, `Renamed, reworded`."""
        words = self._words
        return f"“{self.merged.title}”, now part of it: {words}" if self.merged else words[:1].upper() + words[1:]

    @property
    def _words(self) -> str:
        if self.change is None:
            return "first published"
        if "removed" in self.change.change_types and self.change.replaced_by:
            return "merged"
        return ", ".join(HEADINGS[change_type].lower() for change_type in self.change.change_types)

    @property
    def rows(self) -> tuple[ChangeRow, ...]:
        """The change field by field, under the headings of the entry's page."""
        return reader_rows(self.change) if self.change else ()


@dataclass(frozen=True)
class History:
    """All `releases`, oldest first; `pending` is what changed since the latest, None if nothing did or nothing was released yet."""

    releases: tuple[ReleaseHistory, ...]
    pending: ReleaseHistory | None
    snapshots: tuple[Snapshot, ...]
    """The content of each release, and last the content now."""

    @property
    def latest(self) -> ReleaseHistory | None:
        """The newest release."""
        return self.releases[-1] if self.releases else None

    def events_of(self, id: str) -> tuple[HistoryEvent, ...]:
        """Returns the events in the life of the entry that is called `id` now, and of those that became part of it, newest first."""
        return self._events.get(id, ())

    def own_events_of(self, id: str) -> tuple[HistoryEvent, ...]:
        """Returns the same without what happened to others before they became part of it."""
        return tuple(event for event in self.events_of(id) if not event.merged)

    def first_id_of(self, id: str, kind: str) -> str:
        """Returns the id that an entry had first, as far as releases know: what is named after it keeps that name for good."""
        place = f"{kind}/{id}"
        for event in self.events_of(id):
            if event.change and event.change.place == place and event.change.former_place:
                place = event.change.former_place
        return place.rpartition("/")[2]

    def withdrawn_in(self, id: str) -> ReleaseHistory | None:
        """Returns the release that withdrew an entry, or the pending one; None if it was withdrawn before the first release."""
        events = (event for event in self.own_events_of(id) if event.change and {"withdrawn", "returned"} & {*event.change.change_types})
        first = next(events, None)
        return first.release if first and "withdrawn" in first.change.change_types else None

    @cached_property
    def _events(self) -> Mapping[str, tuple[HistoryEvent, ...]]:
        found: dict[str, list[HistoryEvent]] = {}
        for release, ids in reversed([*zip(self._with_changes, self._current_ids, strict=True)]):
            for id, event in _events_of(release, ids):
                found.setdefault(id, []).append(event)
        if self.releases:
            first, ids = self.releases[0], self._current_ids_of(0)
            for id in dict.fromkeys(ids.get(id, id) for id in self.snapshots[0].records):
                found.setdefault(id, []).append(HistoryEvent(first, None))
        return {id: tuple(_told_apart(events, self.snapshots[0].records if self.releases else {})) for id, events in found.items()}

    @property
    def _with_changes(self) -> tuple[ReleaseHistory, ...]:
        return (*self.releases[1:], *((self.pending,) if self.pending else ()))

    @property
    def _current_ids(self) -> tuple[Mapping[str, str], ...]:
        """For each release with changes: from the ids of that time to those of today."""
        return tuple(self._current_ids_of(number) for number in range(1, 1 + len(self._with_changes)))

    def _current_ids_of(self, number: int) -> dict[str, str]:
        """From the ids that release `number` had to today's, where they differ. A rename may only be recorded several releases later."""
        return renames(self.snapshots[number], self.snapshots[-1])


def build_history(releases: Sequence[Release], current: Snapshot) -> History:
    """Returns the changes of each release, and those that follow the latest one."""
    recorded = [_release_history(releases[number], releases[number - 1] if number else None) for number in range(len(releases))]
    pending = None
    if releases:
        diff = compare(releases[-1].snapshot, current, DiffBase(releases[-1].version, why="the latest release"))
        pending = ReleaseHistory(PENDING_VERSION, "", "", len(current.records), diff) if diff.step.name != "none" else None
    return History(tuple(recorded), pending, (*(release.snapshot for release in releases), current))


@remembered(lambda release, before: (release, before))
def _release_history(release: Release, before: Release | None) -> ReleaseHistory:
    diff = compare(before.snapshot, release.snapshot, DiffBase(before.version, why="the release before")) if before else None
    return ReleaseHistory(release.version, release.date, release.why, len(release.snapshot.records), diff)


def _told_apart(events: Sequence[HistoryEvent], first: Mapping[str, Record]) -> Iterator[HistoryEvent]:
    """The events of an entry, newest first: those of another one, from before that became part of it, say so. `first` are the records of the first release."""
    lines: dict[str, str] = {}  # from the place of each such entry, at that time, to where it was last
    firsts: dict[str, str] = {}  # from there to the id that it had first
    was_added = False
    for event in events:
        change = event.change
        if change and "removed" in change.change_types:
            lines[change.place], firsts[change.place] = change.place, change.id
        elif change and (line := lines.get(change.place)) and change.former_place:
            lines[change.former_place], firsts[line] = line, change.former_place.rpartition("/")[2]
        was_added = was_added or bool(change and "added" in change.change_types and change.place not in lines)
    firsts = {place: firsts[line] for place, line in lines.items()}
    yield from (_event_of_line(event, firsts, first, was_added=was_added) for event in events)


def _event_of_line(event: HistoryEvent, firsts: Mapping[str, str], records: Mapping[str, Record], *, was_added: bool) -> HistoryEvent:
    if event.change is None:  # an entry that was added later was not in the first release
        id = next((id for id in firsts.values() if id in records), "") if was_added else ""
        return replace(event, merged=NamedEntry("", id, records[id].title)) if id else event
    id = "" if "removed" in event.change.change_types else firsts.get(event.change.place, "")
    return replace(event, merged=NamedEntry("", id, event.change.title)) if id else event


def _events_of(release: ReleaseHistory, ids: Mapping[str, str]) -> Iterator[tuple[str, HistoryEvent]]:
    """(id of today, event). A merged entry appears in the history of the entry that took it in."""
    for change in release.diff.entries if release.diff else ():
        event = HistoryEvent(release, change)
        if "removed" in change.change_types:
            yield from ((ids.get(named.id, named.id), event) for named in change.replaced_by)
        else:
            yield ids.get(change.id, change.id), event
