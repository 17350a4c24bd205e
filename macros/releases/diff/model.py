"""The model of a difference between two snapshots: plain values, which `entries.py` fills and `report.py` renders.

Start with `Diff`, at the end. Nothing here computes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from macros.releases.diff.word_diff import Piece

VERSION_STEPS = ("none", "patch", "minor", "major")
"""How far a version number must move, smallest step first."""

ENTRY_CHANGE_TYPES = (
    "added", "withdrawn", "removed", "returned", "published", "unpublished", "renamed", "reworded", "figures", "relations", "anchors", "sorted",
    "reviewed",
)  # fmt: skip
"""What can happen to an entry; the first type that applies is the heading under which the entry is listed."""


@dataclass(frozen=True, slots=True)
class DiffBase:
    """What the playbook is compared with. `commit` is empty for a release; `why` says how the base was chosen when nobody named one."""

    name: str
    commit: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class NamedEntry:
    """An entry that another entry names in `field`: `eases`, `evidence.source`, `[[…]] in problem`."""

    field: str
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A change of one field or list item. `path` is its place now or, if it is gone, its former place: `signs[2]`, `evidence[0].claim`.

    `change_type` is `words` (reworded), `layout` (a list that became a paragraph; `before` and `now` name the blocks, or are empty where those
    are the same), `value` (another number, date or choice), `new`, `gone` or `moved` (`before` is the old path).
    """

    path: str
    change_type: Literal["words", "layout", "value", "new", "gone", "moved"]
    before: str = ""
    now: str = ""
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewChange:
    """A review recorded since the base. `same_outcome`: the date moved while the outcome stayed word for word the same."""

    on: str
    by: str
    outcome: str
    same_outcome: bool


@dataclass(frozen=True, slots=True)
class EntryChange:
    """Everything that happened to one entry. `former_place` is `barriers/old-id` if it was renamed or moved to another kind."""

    id: str
    kind: str
    title: str
    url: str
    change_types: tuple[str, ...]
    summary: str = ""
    former_place: str = ""
    reason: str = ""
    replaced_by: tuple[NamedEntry, ...] = ()
    fields: tuple[FieldChange, ...] = ()
    gained: tuple[NamedEntry, ...] = ()
    lost: tuple[NamedEntry, ...] = ()
    anchors_new: tuple[str, ...] = ()
    anchors_gone: tuple[str, ...] = ()
    anchors_moved: tuple[tuple[str, str], ...] = ()
    """(old, new) for each anchor that was renamed."""
    anchor_reasons: tuple[tuple[str, str], ...] = ()
    """(anchor, reason) for each anchor that is gone and whose reason the page gives."""
    sorted_by: tuple[str, ...] = ()
    review: ReviewChange | None = None
    meaning_changed: bool = False
    """Whether its fingerprint changed, so that entries that name it need another look."""

    @property
    def place(self) -> str:
        """The kind and id, `barriers/data-sharing`, as in the address of its page and the path of its file."""
        return f"{self.kind}/{self.id}"


@dataclass(frozen=True, slots=True)
class PageChange:
    """A change of a page written by hand. `change_type` is `added`, `removed`, `withdrawn` (for a `reason`) or `changed`."""

    path: str
    url: str
    title: str
    change_type: str
    fields: tuple[FieldChange, ...] = ()
    anchors_gone: tuple[str, ...] = ()
    anchors_new: tuple[str, ...] = ()
    anchors_moved: tuple[tuple[str, str], ...] = ()
    anchor_reasons: tuple[tuple[str, str], ...] = ()
    former_url: str = ""
    """Its old address, if it has moved."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AffectedPage:
    """A page on which a change is visible."""

    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Suspect:
    """The entry `id` changed its meaning; the entries in `named_by` name it and have not been reviewed since."""

    id: str
    title: str
    named_by: tuple[NamedEntry, ...]


LinkOutcome = Literal["broken", "withdrawn", "part gone", "moved", "changed"]
LINK_OUTCOMES: tuple[LinkOutcome, ...] = get_args(LinkOutcome)
"""What a change can do to a link of another site, the worst first."""


@dataclass(frozen=True, slots=True)
class TouchedLink:
    """A link that the site `site` is known to have. `leads_to` are the URLs that it leads on to; `changed_by` says what changes on its page."""

    site: str
    site_address: str
    url: str
    outcome: LinkOutcome
    leads_to: tuple[str, ...] = ()
    changed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VersionStep:
    """How far the version number must move, and the reasons."""

    name: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Diff:
    """What changed between `base` and now. `affected_pages` is by entry id; `notes` say what could not be compared."""

    base: DiffBase
    entries: tuple[EntryChange, ...]
    settings: tuple[FieldChange, ...]
    pages: tuple[PageChange, ...]
    suspects: tuple[Suspect, ...]
    step: VersionStep
    notes: tuple[str, ...] = ()
    affected_pages: Mapping[str, tuple[AffectedPage, ...]] = field(default_factory=dict)
    are_affected_pages_exact: bool = False
    """Whether both versions of the pages were rendered and compared; if not, the pages are those that use the entry's data."""
    inbound: tuple[TouchedLink, ...] = ()
    """The known links of other sites that lead to what changed."""
