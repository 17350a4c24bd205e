"""The words for what can change between two times: values that say it, and nothing that computes or shows it.

Enters: nothing. Leaves: the types that `diff` fills and that text, Markdown and JSON are made of.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from macros.releases.diff.words import Piece

VERSION_STEPS = ("none", "patch", "minor", "major")
"""How far a version number has to go, from the least."""

CHANGE_TYPES = (
    "added", "withdrawn", "removed", "returned", "published", "unpublished", "renamed", "reworded", "figures", "relations", "anchors", "sorted",
    "reviewed",
)  # fmt: skip
"""What can have happened to an entry; the first that fits is the heading under which it is told."""


@dataclass(frozen=True, slots=True)
class DiffBase:
    """What the playbook is compared with. `commit` is empty for a release; `why` says how it was chosen where nobody named it."""

    name: str
    commit: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """An entry that another one names in `field`: `eases`, `evidence.source`, `[[…]] in problem`."""

    field: str
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field or item of a list. `path` is where it stands now; where it is gone, where it stood: `signs[2]`, `evidence[0].claim`.

    `sort` is `words` (reworded), `value` (another number, date or choice), `new`, `gone` or `moved` (`before` is the old path).
    """

    path: str
    sort: Literal["words", "value", "new", "gone", "moved"]
    before: str = ""
    now: str = ""
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewChange:
    """A review that was recorded since. `same_outcome`: the date was moved and the outcome is word for word the old one."""

    on: str
    by: str
    outcome: str
    same_outcome: bool


@dataclass(frozen=True, slots=True)
class EntryChange:
    """All that happened to one entry. `was` is its old place where it was renamed: `barriers/old-id`."""

    id: str
    kind: str
    title: str
    url: str
    change_types: tuple[str, ...]
    summary: str = ""
    was: str = ""
    reason: str = ""
    instead: tuple[Named, ...] = ()
    fields: tuple[FieldChange, ...] = ()
    gained: tuple[Named, ...] = ()
    lost: tuple[Named, ...] = ()
    anchors_new: tuple[str, ...] = ()
    anchors_gone: tuple[str, ...] = ()
    anchors_moved: tuple[tuple[str, str], ...] = ()
    """(old, new) of each anchor that is called otherwise now."""
    anchors_why: tuple[tuple[str, str], ...] = ()
    """(anchor, reason) of those that are gone, as far as the page says why."""
    sorted_by: tuple[str, ...] = ()
    review: ReviewChange | None = None
    means_other: bool = False
    """Whether its fingerprint is another: whoever names it should look."""

    @property
    def place(self) -> str:
        """`barriers/data-sharing`: its page, and its file in the data."""
        return f"{self.kind}/{self.id}"


@dataclass(frozen=True, slots=True)
class PageChange:
    """A page written by hand. `sort` is `added`, `removed` or `changed`."""

    path: str
    url: str
    title: str
    sort: str
    fields: tuple[FieldChange, ...] = ()
    anchors_gone: tuple[str, ...] = ()
    anchors_new: tuple[str, ...] = ()
    anchors_moved: tuple[tuple[str, str], ...] = ()
    anchors_why: tuple[tuple[str, str], ...] = ()
    was: str = ""
    """Its old address, where it has another one now."""


@dataclass(frozen=True, slots=True)
class AffectedPage:
    """A page on which a change can be seen."""

    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Suspect:
    """Entries that name the entry `id`, which has changed in meaning, and that nobody has looked at since."""

    id: str
    title: str
    by: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class VersionStep:
    """How far the version number has to go, and what forces it."""

    name: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Diff:
    """What changed between `base` and now. `shown` is by id; `notes` tell what could not be compared."""

    base: DiffBase
    entries: tuple[EntryChange, ...]
    settings: tuple[FieldChange, ...]
    pages: tuple[PageChange, ...]
    suspects: tuple[Suspect, ...]
    step: VersionStep
    notes: tuple[str, ...] = ()
    shown: Mapping[str, tuple[AffectedPage, ...]] = field(default_factory=dict)
    is_shown_exactly: bool = False
    """Whether the pages were rendered as they were and as they are; else they are those that the data leads to."""
