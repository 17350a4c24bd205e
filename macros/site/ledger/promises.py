"""What the releases have promised: every address, and every anchor on it, ever published.

`promises_of` takes the releases, oldest first, and returns a `Promise` for each address.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from macros.releases.manifest import RecordedPage
from macros.releases.record import Record
from macros.releases.store import Release


@dataclass(slots=True)
class Promise:
    """An address, and the newest release that published it. `id` is the entry's, `file` the file that the page was made from, if any."""

    url: str
    version: str
    id: str = ""
    file: str = ""
    anchors: dict[str, str] = field(default_factory=dict)
    """Each anchor, with the newest release that had it."""
    record: Record | None = None
    """The content of the entry in that release."""
    page: RecordedPage | None = None
    """The page that is no entry's, as that release kept it."""


def promises_of(releases: Iterable[Release]) -> Mapping[str, Promise]:
    """Returns every promise by address, in the order in which they were first made."""
    made: dict[str, Promise] = {}
    for release in releases:
        for promise, anchors in _of_release(release):
            before = made.get(promise.url)
            promise.anchors = {**(before.anchors if before else {}), **dict.fromkeys(filter(None, anchors), release.version)}
            made[promise.url] = promise
    return made


def _of_release(release: Release) -> Iterator[tuple[Promise, tuple[str, ...]]]:
    for record in release.snapshot.records.values():
        file = f"playbook_data/{record.kind}/{record.id}.yml"
        yield Promise(record.url, release.version, record.id, file, record=record), record.anchors
    for page in release.manifest.pages if release.manifest else ():
        yield Promise(page.url, release.version, file=page.path, page=page), page.anchors
