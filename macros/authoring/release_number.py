"""Which number and which day a release can have.

Takes the ledger and what somebody asked for. Returns a `Version` or a day; raises UserError, whose help names only numbers and days that are taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from macros.problems.problem import short
from macros.problems.user_error import UserError
from macros.releases.diff.model import VERSION_STEPS, Diff
from macros.releases.version import Version, numbers_of, parse_version
from macros.site.ledger.ledger import Ledger
from macros.text.formats import format_date

MOST_REASONS = 12
_MEANINGS = {"patch": "words", "minor": "something new", "major": "something gone"}
_FIRST = Version(1, 0, 0)


def release_number(ledger: Ledger, number: str) -> Version:
    """Returns `number` as the version of the next release.

    Raises: UserError if it is no version, if it is taken or too low, if nothing has changed, or if it is too small a step for what has.
    """
    latest, diff = ledger.store.latest, _pending(ledger)
    version = parse_version(number)
    if version is None:
        raise UserError(f"'{short(number)}' is not a version", f"write three numbers, such as {_suggested(ledger, number)}: major.minor.patch")
    if latest is None:
        return version
    taken = next((each.version for each in ledger.store.releases if numbers_of(each.version) == numbers_of(number)), None)
    if taken:
        raise UserError(f"release {taken} exists already", f"a release is never made twice; {_next_ones(ledger)}")
    if numbers_of(number) < numbers_of(latest.version):
        raise UserError(f"{version} comes before {latest.version}, the latest release", _next_ones(ledger))
    if diff is None:
        raise UserError(f"nothing has changed since release {latest.version}", "there is nothing to release")
    _require_step(_as_version(latest.version), version, diff)
    return version


def release_day(ledger: Ledger, asked: date | None, *, today: date, last_day: date) -> date:
    """Returns the day of the next release: the one that was asked for, or today; `last_day` is the latest that has begun anywhere on Earth.

    Raises: UserError if it is before that of the release before, or has not begun.
    """
    latest = ledger.store.latest
    before = date.fromisoformat(latest.date) if latest and latest.date else date.min
    last_day = max(last_day, before)
    day = asked or max(today, before)
    if day < before:
        message = f"{format_date(day.isoformat())} is before {format_date(latest.date)}, the day of release {latest.version}"
        raise UserError(message, f"write {latest.date} or a later day after --on, or leave --on out")
    if day > last_day:
        raise UserError(f"{format_date(day.isoformat())} is still to come", f"write {last_day} or an earlier day after --on, or leave --on out")
    return day


def _pending(ledger: Ledger) -> Diff | None:
    pending = ledger.current.history.pending
    return pending.diff if pending else None


def _require_step(before: Version, version: Version, diff: Diff) -> None:
    asked, given = diff.step, before.step_to(version)
    if VERSION_STEPS.index(given) < VERSION_STEPS.index(asked.name):
        reasons = [f"  {reason}" for reason in asked.reasons[:MOST_REASONS]]
        reasons += [f"  and {len(asked.reasons) - MOST_REASONS} more"] if len(asked.reasons) > MOST_REASONS else []
        message = f"{version} is too small a step from {before}: what changed asks for a {asked.name} one\n" + "\n".join(reasons)
        raise UserError(message, f"release {before.next(asked.name)}, or take back what asks for it")


def _suggested(ledger: Ledger, number: str) -> Version:
    """The version that somebody may have meant, if it can be the next one; or else the smallest that can."""
    least = next((version for _, version in _possible(ledger)), _FIRST)
    typed = [int(digits) for digits in re.findall(r"[0-9]+", number)][:3]
    meant = parse_version(".".join(map(str, [*typed, 0, 0][:3]))) if typed else None
    return meant if meant and (meant >= least or not ledger.store.latest) else least


def _next_ones(ledger: Ledger) -> str:
    ones = [f"{version} ({_MEANINGS[step]})" for step, version in _possible(ledger)]
    return f"the next one is {ones[0]}" if len(ones) == 1 else f"the next ones are {', '.join(ones[:-1])} and {ones[-1]}"


def _possible(ledger: Ledger) -> Iterator[tuple[str, Version]]:
    """The steps from the latest release that are large enough for what has changed, each with its version."""
    latest, diff = ledger.store.latest, _pending(ledger)
    least = VERSION_STEPS.index(diff.step.name) if diff else 0
    for step in VERSION_STEPS[max(least, 1) :] if latest else ():
        version = _as_version(latest.version).next(step)
        if parse_version(str(version)):
            yield step, version


def _as_version(release: str) -> Version:
    return Version(*numbers_of(release))
