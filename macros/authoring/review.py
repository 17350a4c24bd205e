"""The record of a review in an entry's file: who reviewed it, when, the outcome, and fingerprints of the entries that it names on that day.

Takes a playbook without problems and a ReviewRecord. Returns the changed files; comments and layout stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from macros.files.read import DataFile, read_bytes
from macros.files.transaction import FileChange
from macros.playbook.checks.file import check_file
from macros.playbook.checks.rules import GOOD_OUTCOME, says_nothing
from macros.playbook.names import missing_entry, names_of
from macros.playbook.playbook import Playbook
from macros.playbook.review_dates import due_after, is_looked_after
from macros.problems.closest import listed
from macros.problems.problem import Problem, short
from macros.problems.user_error import InvalidPlaybook, UserError
from macros.releases.diff.suspects import seen_entries
from macros.schema.entry import Entry
from macros.text.formats import format_date
from macros.yamlfile.editor import edited, encoded, set_mapping
from macros.yamlfile.reader import parse_yaml
from macros.yamlfile.source import decode

REFUSED = "the record would be a problem, so nothing was written"


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """One review. `by` is the id of a role; None stands for the editors of the playbook."""

    on: date
    by: str | None
    outcome: str


def record_reviews(root: Path, playbook: Playbook, entries: Iterable[Entry], review: ReviewRecord, *, last_day: date) -> tuple[FileChange, ...]:
    """The changed files of all `entries`. A review is not recorded before it can have been: `last_day` is the latest day that has begun.

    Raises: UserError; InvalidPlaybook if a file would have a problem.
    """
    _require_possible(playbook, review, last_day)
    return tuple(_recorded(root, playbook, entry, review) for entry in entries)


def _require_possible(playbook: Playbook, review: ReviewRecord, last_day: date) -> None:
    roles = [entry.id for entry in playbook.entries.values() if entry.kind.folder == "roles"]
    if review.by is not None and review.by not in roles:
        _, help = missing_entry(names_of(playbook.entries.values()), review.by, "roles", look=f"the roles are {listed(roles)}")
        raise UserError(f"there is no role '{short(review.by)}'; {help}")
    if says_nothing(review.outcome):
        found = f"'{short(review.outcome.strip())}'" if review.outcome.strip() else "an empty text"
        raise UserError(f'{found} does not describe the outcome; say what was reviewed and what came of it, such as "{GOOD_OUTCOME}"')
    if review.on > last_day:
        raise UserError(f"{format_date(review.on.isoformat())} is still to come; write the day of the review")


def _recorded(root: Path, playbook: Playbook, entry: Entry, review: ReviewRecord) -> FileChange:
    if entry.status == "withdrawn":
        raise UserError(f"'{entry.id}' is withdrawn, so it needs no review")
    if entry.reviewed and entry.reviewed.on > review.on.isoformat():
        raise UserError(f"'{entry.id}' already has a later review, on {format_date(entry.reviewed.on)}; write the day of the newest review")
    old = read_bytes(root, entry.file)
    source = old if isinstance(old, Problem) else decode(entry.file, old)
    if isinstance(source, Problem):
        raise InvalidPlaybook([source], REFUSED)
    order = (*(name for name in parse_yaml(source)[0] if name != "reviewed"), "reviewed")
    new = encoded(edited(source, set_mapping(source, ("reviewed",), _block(playbook, entry, review), order=order)), like=old)
    if problems := check_file(DataFile(entry.file, entry.kind.folder, entry.id, new))[1]:
        raise InvalidPlaybook(problems, REFUSED)
    return FileChange(entry.file, old, new)


def _block(playbook: Playbook, entry: Entry, review: ReviewRecord) -> dict[str, Any]:
    """The fields of `reviewed`, as the file has them. The fingerprints of named entries are included only if the entry names any."""
    by = {"by": review.by} if review.by else {}
    block: dict[str, Any] = {"on": review.on, **by, "outcome": " ".join(review.outcome.split())}
    seen = [look.model_dump() for look in seen_entries(playbook, entry)]
    return {**block, "seen": seen} if seen else block


def recorded_text(playbook: Playbook, entry: Entry, review: ReviewRecord) -> str:
    """Where a review was recorded and, if the playbook is maintained, when the next one is due."""
    if not is_looked_after(playbook.settings):
        return f"recorded in {entry.file}"
    return f"recorded in {entry.file}; next review due {format_date(due_after(playbook.settings, entry, review.on).isoformat())}"
