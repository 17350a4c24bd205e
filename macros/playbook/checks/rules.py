"""Rules between the fields of one file that its schema cannot express: withdrawal, figures, periods, reviews, the state of the playbook.

Each function takes values as YAML gives them and returns findings. Values of the wrong type are reported by `fields.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from macros.problems.problem import short
from macros.schema.entry import Entry
from macros.schema.introspect import fields_of
from macros.schema.parts import Figure, Period
from macros.schema.settings import CLOSED
from macros.yamlfile.finding import NOTHING, Finding

EMPTY_WORDS = frozenset((
    "a", "all", "and", "at", "bumped", "checked", "date", "done", "fine", "good", "i", "is", "it", "lgtm", "looked", "looks", "n", "na",
    "new", "nil", "no", "none", "nothing", "ok", "okay", "read", "review", "reviewed", "right", "same", "seen", "still", "the", "this",
    "updated", "was", "we", "yes",
))  # fmt: skip
"""Words that alone do not make an outcome: "ok", "n/a", "checked and fine"."""
GOOD_OUTCOME = "No change needed, as both figures still stand in the report"
FIRST_REVIEW = "2000-01-01"
"""No playbook of this kind is older: an earlier date is a slip."""
_DATE = re.compile(r"[12]\d{3}(-\d\d){0,2}")
_FULL_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def entry_findings(model: type[Entry], raw: Mapping[str, Any]) -> Iterator[Finding]:
    """Rules between fields of one entry; values of the wrong shape are reported elsewhere."""
    withdrawn = raw.get("status") == "withdrawn"
    if withdrawn and "reason" not in raw:
        yield Finding(
            ("status",), "withdrawn-without-reason", "a withdrawn entry says why", "add `reason:`, and `replaced_by:` where something replaces it"
        )
    field = next((field for field in ("reason", "replaced_by") if raw.get(field)), None)
    if field and not withdrawn:
        yield Finding((field,), "not-withdrawn", f"'{field}' belongs to withdrawn entries", "add `status: withdrawn`, or remove it", key=True)
    for name, field in fields_of(model).items():
        if name in raw and (rule := _ask_findings if field.asks else _RULES_OF_PARTS.get(field.model)):
            yield from rule(name, raw[name])
    yield from _review_findings(raw.get("reviewed"))


def former_anchor_findings(former: Any) -> Iterator[Finding]:
    """What became of each anchor that a page had: it is now another one, or gone for a reason. The same for entries and for pages written by hand."""
    seen: set[str] = set()
    for index, row in enumerate(former) if isinstance(former, list) else ():
        if not isinstance(row, dict):
            continue
        at, anchor = ("former_anchors", index), row.get("anchor")
        if isinstance(anchor, str) and anchor in seen:
            yield Finding((*at, "anchor"), "anchor-taken", f"'{short(anchor)}' is listed above already", "say once what became of it")
        seen.add(str(anchor))
        leads_on = [field for field in ("now", "entry") if field in row]
        if not leads_on and "reason" not in row:
            yield Finding(
                at, "anchor-untold", "it does not say what became of the anchor", "add `now:` with today's anchor, or `reason:` why it is gone"
            )
        elif leads_on and "reason" in row:
            help = f"keep `reason:` if nothing shows it any more, else `{leads_on[0]}:`"
            yield Finding((*at, "reason"), "anchor-told-twice", f"an anchor has '{leads_on[0]}' or 'reason', not both", help, key=True)


def _ask_findings(name: str, text: Any) -> Iterator[Finding]:
    if isinstance(text, str) and text.strip() and not text.rstrip().endswith("?"):
        yield Finding((name,), "not-a-question", "a question ends in a question mark", "ask it as one sentence")


def _figure_findings(field: str, figures: Any) -> Iterator[Finding]:
    rows = enumerate(figures) if isinstance(figures, list) else ()
    seen: set[str] = set()
    for index, figure in rows:
        name = figure.get("name") if isinstance(figure, dict) else None
        if isinstance(name, str) and name in seen:
            yield Finding((field, index, "name"), "name-taken", f"an earlier figure is called '{short(name)}' too", "give each its own name")
        seen.add(str(name))


def _period_findings(field: str, period: Any) -> Iterator[Finding]:
    """A period has a beginning, each of its ends once, and runs forwards. Values that are empty, misspelt or not dates are reported elsewhere."""
    if not isinstance(period, dict):
        return
    for sure, known in (("from", "known_from"), ("to", "known_until")):
        if period.get(sure) is not None and period.get(known) is not None:
            yield Finding((field, known), "two-dates", f"'{known}' is for a source that does not give '{sure}'", f"keep '{sure}' alone", key=True)
    dates = {name: str(value) for name, value in period.items() if _DATE.fullmatch(str(value))}
    begin, end = dates.get("from", dates.get("known_from")), dates.get("to", dates.get("known_until"))
    if period.keys() <= {"to", "known_until"}:
        yield Finding((field,), "no-beginning", "the period has no beginning", "write `from:`, or `known_from:` where the source does not give it")
    elif begin and end and end < begin[: len(end)]:
        last = "to" if "to" in dates else "known_until"
        yield Finding((field, last), "backwards", f"the period ends in {end}, before it begins in {begin}", "write the earlier date first")


_RULES_OF_PARTS: Mapping[type[BaseModel] | None, Callable[[str, Any], Iterator[Finding]]] = {Figure: _figure_findings, Period: _period_findings}
"""The rules of fields that hold such parts; each takes the name of the field and its value."""


def settings_findings(raw: Mapping[str, Any]) -> Iterator[Finding]:
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
            help = f"add `state: {CLOSED[0]}` or `state: {CLOSED[1]}`, or remove it"
            yield Finding((field,), "still-active", f"'{field}' belongs to a playbook that nobody maintains any more", help, key=True)
    yield from _idle_rhythms(raw.get("review_kinds"))


def _idle_rhythms(kinds: Any) -> Iterator[Finding]:
    """Review rhythms that give neither an interval nor a role."""
    help = "write `every_months:` or `by:` of a kind, or remove the field"
    if kinds == {}:
        yield Finding(("review_kinds",), "empty", NOTHING, help)
    for kind, rhythm in kinds.items() if isinstance(kinds, dict) else ():
        if rhythm == {}:
            yield Finding(("review_kinds", kind), "empty", NOTHING, help)


def _review_findings(review: Any) -> Iterator[Finding]:
    """A review has a day on which it can have been, and says what came of it: else it is a date that somebody changed."""
    if not isinstance(review, dict):
        return
    on, outcome = review.get("on"), review.get("outcome")
    if _FULL_DATE.fullmatch(str(on)) and str(on) < FIRST_REVIEW:
        yield Finding(("reviewed", "on"), "too-early", f"{on} is long before this playbook", "write the day of the review")
    if isinstance(outcome, str) and outcome.strip() and says_nothing(outcome):
        yield Finding(
            ("reviewed", "outcome"), "says-nothing", f"'{short(outcome.strip())}' does not describe the outcome of the review",
            f"say what was reviewed and what came of it, such as `{GOOD_OUTCOME}`",
        )  # fmt: skip


def says_nothing(outcome: str) -> bool:
    """Whether an outcome is made of marks and empty words alone."""
    return set(re.findall(r"\w+", outcome.casefold())) <= EMPTY_WORDS
