"""When an entry should be looked at again, and by whom: from the day of its last review and the rhythm in playbook.yml."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from macros.playbook.load import load_playbook
from macros.playbook.playbook import Playbook
from macros.playbook.review_dates import add_months, due, last_day_of, next_due, reviewer_of
from macros.schema.introspect import fields_of
from macros.schema.kinds import KINDS
from macros.schema.settings import Settings
from tests.support.playbooks import BASE, Files, write_playbook

FACTS = "playbook_data/playbook.yml"
TODAY = date(2026, 11, 20)
SPONSOR = {"playbook_data/roles/sponsor.yml": "title: Sponsor\nsummary: S\nabout: A\ndoes: [Say yes]\n"}


def book(folder: Path, settings: str = "", files: Files | None = None) -> Playbook:
    return load_playbook(write_playbook(folder, {FACTS: BASE[FACTS] + settings, **SPONSOR, **(files or {})}))


def reviewed(path: str, on: str, more: str = "") -> dict[str, str]:
    """A file of the base playbook with a review."""
    return {path: f"{BASE[path]}{more}reviewed: {{on: {on}, by: delivery-team, outcome: No change needed}}\n"}


TERM = "playbook_data/terms/joining-up.yml"
BARRIER = "playbook_data/barriers/data-sharing.yml"
CASE = "playbook_data/cases/one-front-door.yml"


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2026-11-20", 12, "2027-11-20"),
        ("2026-11-20", 1, "2026-12-20"),
        ("2026-11-20", 2, "2027-01-20"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2027-11-30", 3, "2028-02-29"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2026-08-31", 1, "2026-09-30"),
        ("2026-12-31", 120, "2036-12-31"),
        ("2999-12-31", 120, "3009-12-31"),
        ("9999-12-31", 1, "9999-12-31"),
    ],
)
def test_months_are_added_by_the_calendar(day: str, months: int, later: str) -> None:
    assert add_months(date.fromisoformat(day), months).isoformat() == later


@pytest.mark.parametrize(("span", "end"), [("0d", "2026-11-20"), ("30d", "2026-12-20"), ("6w", "2027-01-01"), ("3m", "2027-02-20")])
def test_a_stretch_of_time_begins_today(span: str, end: str) -> None:
    assert last_day_of(span, TODAY).isoformat() == end
    assert last_day_of(span, date.max) == date.max


@pytest.mark.parametrize("span", ["", "30", "d", "-3d", "3 d", "3D", "1y", "12345d", "٣d"])
def test_what_is_no_stretch_of_time_is_refused(span: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        last_day_of(span, TODAY)


def test_every_kind_may_have_a_rhythm_of_its_own() -> None:
    assert list(fields_of(Settings)["review_kinds"].fields) == list(KINDS)


@pytest.mark.parametrize(
    ("settings", "term", "barrier"),
    [
        ("", "2027-11-20", "2027-11-20"),
        ("review_every_months: 6\n", "2027-05-20", "2027-05-20"),
        ("review_kinds: {terms: {every_months: 36}}\n", "2029-11-20", "2027-11-20"),
        ("review_kinds: {terms: {by: sponsor}}\nreview_every_months: 1\n", "2026-12-20", "2026-12-20"),
        ("state: unmaintained\nreason: The lab closed.\n", None, None),
        ("state: archived\nreason: The lab closed.\n", None, None),
    ],
)
def test_the_next_review_is_due_by_the_rhythm_of_the_kind_or_of_all(tmp_path: Path, settings: str, term: str | None, barrier: str | None) -> None:
    playbook = book(tmp_path, settings, {**reviewed(TERM, "2026-11-20"), **reviewed(BARRIER, "2026-11-20")})
    days = [next_due(playbook.settings, playbook.entries[id]) for id in ("joining-up", "data-sharing")]
    assert [day and day.isoformat() for day in days] == [term, barrier]


def test_an_entry_that_nobody_reviewed_has_no_day(tmp_path: Path) -> None:
    playbook = book(tmp_path)
    assert next_due(playbook.settings, playbook.entries["joining-up"]) is None


@pytest.mark.parametrize(
    ("settings", "never", "looked_at"),
    [
        ("", None, "delivery-team"),
        ("review_by: sponsor\n", "sponsor", "delivery-team"),
        ("review_by: delivery-team\nreview_kinds: {barriers: {by: sponsor}}\n", "sponsor", "delivery-team"),
        ("review_kinds: {open-questions: {by: sponsor}}\n", None, "delivery-team"),
    ],
)
def test_an_entry_belongs_to_who_looked_last_else_to_the_role_of_its_kind_or_of_all(
    tmp_path: Path, settings: str, never: str | None, looked_at: str
) -> None:
    playbook = book(tmp_path, settings, reviewed(TERM, "2026-11-20"))
    assert reviewer_of(playbook.settings, playbook.entries["data-sharing"]) == never
    assert reviewer_of(playbook.settings, playbook.entries["joining-up"]) == looked_at


def test_a_kind_whose_name_has_a_hyphen_has_its_rhythm_too(tmp_path: Path) -> None:
    playbook = book(
        tmp_path,
        "review_kinds: {open-questions: {every_months: 3, by: sponsor}}\n",
        reviewed("playbook_data/open-questions/who-pays.yml", "2026-01-31"),
    )
    assert next_due(playbook.settings, playbook.entries["who-pays"]) == date(2026, 4, 30)


def rows(playbook: Playbook, until: date = TODAY) -> list[tuple[str, str]]:
    return [(row.entry.id, row.when) for row in due(playbook, today=TODAY, until=until)]


def test_the_most_overdue_comes_first_and_what_nobody_reviewed_last(tmp_path: Path) -> None:
    files = {**reviewed(TERM, "2025-11-19"), **reviewed(BARRIER, "2024-01-01"), **reviewed(CASE, "2025-12-01")}
    found = rows(book(tmp_path, files=files), until=date(2026, 12, 1))
    assert found[:3] == [("data-sharing", "overdue"), ("joining-up", "overdue"), ("one-front-door", "soon")]
    assert {when for _, when in found[3:]} == {"never"}
    assert len(found) == len(KINDS) + 1


@pytest.mark.parametrize(
    ("on", "when"),
    [("2025-11-19", "overdue"), ("2025-11-20", "soon"), ("2025-12-20", "soon"), ("2025-12-21", None), ("2026-11-20", None), ("2026-11-21", "future")],
)
def test_the_day_itself_is_not_overdue_and_the_last_day_of_the_time_counts(tmp_path: Path, on: str, when: str | None) -> None:
    assert dict(rows(book(tmp_path, files=reviewed(TERM, on)), until=date(2026, 12, 20))).get("joining-up") == when


@pytest.mark.parametrize("status", ["status: draft\n", "status: withdrawn\nreason: Nobody used it.\n"])
def test_drafts_and_withdrawn_entries_are_not_due(tmp_path: Path, status: str) -> None:
    assert "joining-up" not in dict(rows(book(tmp_path, files=reviewed(TERM, "2020-01-01", status))))
    assert "joining-up" not in dict(rows(book(tmp_path / "other", files={TERM: BASE[TERM] + status})))


@pytest.mark.parametrize("state", ["unmaintained", "archived"])
def test_nothing_is_due_in_a_playbook_that_nobody_looks_after(tmp_path: Path, state: str) -> None:
    assert rows(book(tmp_path, f"state: {state}\nreason: The lab closed.\n", reviewed(TERM, "2020-01-01"))) == []
