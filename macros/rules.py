"""Rules between the fields of one file that its schema cannot tell: the state of the playbook, its rhythm, what a review says.

Enters: a file's mapping, as YAML gives it. Leaves: findings. What has the wrong shape is told elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from macros.problems import short
from macros.shape import NOTHING, Finding

CLOSED = ("unmaintained", "archived")
"""States in which nobody looks after the playbook."""
EMPTY_WORDS = frozenset((
    "a", "all", "and", "at", "bumped", "checked", "date", "done", "fine", "good", "i", "is", "it", "lgtm", "looked", "looks", "n", "na",
    "new", "nil", "no", "none", "nothing", "ok", "okay", "read", "review", "reviewed", "right", "same", "seen", "still", "the", "this",
    "updated", "was", "we", "yes",
))  # fmt: skip
"""Words of which no outcome can be made: "ok", "n/a", "checked and fine"."""
GOOD_OUTCOME = "No change needed, as both figures still stand in the report"
FIRST_REVIEW = "2000-01-01"
"""No playbook of this kind is older: an earlier date is a slip of the hand."""
_FULL_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def facts_findings(raw: Mapping[str, Any]) -> Iterator[Finding]:
    """Rules between the playbook's own facts."""
    state = raw.get("state", "active")
    if state in CLOSED and "reason" not in raw:
        yield Finding(
            ("state",),
            "state-without-reason",
            f"a playbook that is {state} says why",
            "add `reason:`, and `successor:` where readers should go instead",
        )
    for field in ("reason", "successor"):
        if state == "active" and raw.get(field):
            help = f"add `state: {CLOSED[0]}` or `state: {CLOSED[1]}`, or take it out"
            yield Finding((field,), "still-active", f"'{field}' belongs to a playbook that nobody looks after any more", help, key=True)
    yield from _idle_rhythms(raw.get("review_kinds"))


def _idle_rhythms(kinds: Any) -> Iterator[Finding]:
    """Rhythms that say neither how often nor who."""
    help = "write `every_months:` or `by:` of a kind, or take the field out"
    if kinds == {}:
        yield Finding(("review_kinds",), "empty", NOTHING, help)
    for kind, rhythm in kinds.items() if isinstance(kinds, dict) else ():
        if rhythm == {}:
            yield Finding(("review_kinds", kind), "empty", NOTHING, help)


def review_findings(raw: Mapping[str, Any]) -> Iterator[Finding]:
    """A review has a day on which it can have been, and says what came of it: else it is a date that somebody changed."""
    review = raw.get("reviewed")
    if not isinstance(review, dict):
        return
    on, outcome = review.get("on"), review.get("outcome")
    if _FULL_DATE.fullmatch(str(on)) and str(on) < FIRST_REVIEW:
        yield Finding(("reviewed", "on"), "too-early", f"{on} is long before this playbook", "write the day of the review")
    if isinstance(outcome, str) and outcome.strip() and says_nothing(outcome):
        yield Finding(
            ("reviewed", "outcome"), "says-nothing", f"'{short(outcome.strip())}' does not say what came of the review",
            f"say what was looked at and what came of it, such as `{GOOD_OUTCOME}`",
        )  # fmt: skip


def says_nothing(outcome: str) -> bool:
    """Whether an outcome is made of marks and empty words alone."""
    return set(re.findall(r"\w+", outcome.casefold())) <= EMPTY_WORDS
