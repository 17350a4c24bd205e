"""Suspect links: an entry changed in meaning, and those who name it were not looked at since."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from macros.playbook.checks.coverage import coverage_warnings
from macros.playbook.load import load_playbook
from macros.playbook.playbook import Playbook
from macros.releases.diff.suspects import seen_entries, suspects
from tests.support.playbooks import BASE, changed, facts_with_tags, write_playbook
from tests.support.repositories import commit, diff, edit, write_repository

BARRIER = "playbook_data/barriers/data-sharing.yml"
INSIGHT = "playbook_data/insights/shared-space.yml"
QUESTION = "playbook_data/questions/permission.yml"
CASE = "playbook_data/cases/one-front-door.yml"
REWORDED = changed(BARRIER, "Each partner holds a part of the story.", "No partner knows the whole story.")
NAMING = ["permission", "shared-space", "one-front-door", "who-pays"]
"""Those who name the barrier."""


def seen_by(folder: Path, id: str) -> str:
    """What a review of the entry writes down today, as YAML."""
    playbook = load_playbook(folder)
    looks = (f"{{entry: {look.entry}, fingerprint: '{look.fingerprint}'}}" for look in seen_entries(playbook, playbook.entries[id]))
    return f"[{', '.join(looks)}]"


def review(on: str = "2026-11-20", outcome: str = "Checked against the source", seen: str = "[]") -> str:
    return f"reviewed: {{on: {on}, by: delivery-team, outcome: {outcome}, seen: {seen}}}\n"


def suspects_in(playbook: Playbook) -> dict[str, list[str]]:
    return {id: [entry.id for entry in by] for id, by in suspects(playbook).items()}


def reported_suspects(folder: Path) -> dict[str, list[str]]:
    """What `playbook diff` asks to look at again."""
    return {one["id"]: [each["id"] for each in one["named_by"]] for one in json.loads(diff(folder, "HEAD", "--format", "json"))["suspects"]}


@pytest.fixture
def reviewed(tmp_path: Path) -> Path:
    """A playbook whose insight was reviewed, with what it saw."""
    write_playbook(tmp_path)
    edit(tmp_path, {INSIGHT: BASE[INSIGHT] + review(seen=seen_by(tmp_path, "shared-space"))})
    return tmp_path


def test_a_look_sees_all_that_the_entry_names_and_nothing_else(tmp_path: Path) -> None:
    linked = BASE[INSIGHT].replace("Trust grows", "Trust (see [[who-pays]]) grows") + review()
    playbook = load_playbook(write_playbook(tmp_path, {INSIGHT: linked}))
    looks = seen_entries(playbook, playbook.entries["shared-space"])
    assert [look.entry for look in looks] == ["data-sharing", "delivery-team", "nao", "shared-aims", "who-pays"]
    assert len({look.fingerprint for look in looks}) == 5


def test_who_reviewed_is_not_looked_at(tmp_path: Path) -> None:
    term = "playbook_data/terms/joining-up.yml"
    playbook = load_playbook(write_playbook(tmp_path, {term: BASE[term] + review()}))
    assert [look.entry for look in seen_entries(playbook, playbook.entries["joining-up"])] == ["shared-aims", "who-pays"]


def test_as_long_as_nothing_changes_nobody_is_suspect(reviewed: Path) -> None:
    assert suspects_in(load_playbook(reviewed)) == {}


def test_another_meaning_makes_those_suspect_who_saw_the_old_one(reviewed: Path) -> None:
    edit(reviewed, REWORDED)
    assert suspects_in(load_playbook(reviewed)) == {"data-sharing": ["shared-space"]}


@pytest.mark.parametrize(
    "same",
    [
        changed(BARRIER, "Each partner holds a part of the story.", "Each\n  partner holds   a part of the story."),
        {BARRIER: f"# a comment\n{BASE[BARRIER]}tags: [Data]\norder: 2\n", **facts_with_tags("Data")},
    ],
)
def test_another_form_makes_nobody_suspect(reviewed: Path, same: dict[str, str]) -> None:
    edit(reviewed, same)
    assert suspects_in(load_playbook(reviewed)) == {}


def test_a_look_clears_the_mark(reviewed: Path) -> None:
    edit(reviewed, REWORDED)
    edit(reviewed, {INSIGHT: BASE[INSIGHT] + review("2026-11-21", "It still helps", seen_by(reviewed, "shared-space"))})
    assert suspects_in(load_playbook(reviewed)) == {}


def test_an_entry_that_is_no_longer_named_or_no_longer_used_is_not_suspect(reviewed: Path) -> None:
    text = (reviewed / INSIGHT).read_text().replace("eases: [data-sharing]\n", "")
    edit(reviewed, REWORDED | {INSIGHT: text})
    assert suspects_in(load_playbook(reviewed)) == {}
    edit(reviewed, {INSIGHT: (reviewed / INSIGHT).read_text().replace("serves:", "eases: [data-sharing]\nserves:")})
    assert suspects_in(load_playbook(reviewed)) == {"data-sharing": ["shared-space"]}
    edit(reviewed, {INSIGHT: (reviewed / INSIGHT).read_text() + "status: withdrawn\nreason: It did not help\n"})
    assert suspects_in(load_playbook(reviewed)) == {}


def test_a_fingerprint_of_a_later_program_makes_nobody_suspect(reviewed: Path) -> None:
    edit(reviewed, REWORDED | {INSIGHT: (reviewed / INSIGHT).read_text().replace("'2:", "'3:")})
    assert suspects_in(load_playbook(reviewed)) == {}


def test_what_a_review_saw_is_no_relation(tmp_path: Path) -> None:
    term = {"playbook_data/terms/mandate.yml": "title: Mandate\nsummary: The right to act.\nmeaning: Somebody said yes.\n"}
    role = {"playbook_data/roles/sponsor.yml": "title: Sponsor\nsummary: S\nabout: A\ndoes: [Say yes]\n"}
    seen = review(seen="[{entry: sponsor, fingerprint: '1:3fa9c2d10b2e'}]")
    write_playbook(tmp_path, role | {path: text + seen for path, text in term.items()})
    playbook = load_playbook(tmp_path)
    assert "sponsor" not in playbook.backlinks
    assert [(gap.rule, gap.location.file) for gap in coverage_warnings(playbook) if "roles" in gap.location.file] == [
        ("orphan", "playbook_data/roles/sponsor.yml")
    ]


def test_since_a_base_whoever_names_what_changed_is_suspect_until_looked_at(tmp_path: Path) -> None:
    folder = write_repository(tmp_path)
    edit(folder, REWORDED)
    assert reported_suspects(folder) == {"data-sharing": NAMING}
    edit(folder, {INSIGHT: BASE[INSIGHT] + review(), CASE: BASE[CASE] + review()})
    assert reported_suspects(folder) == {"data-sharing": ["permission", "who-pays"]}


def test_an_entry_that_was_reworded_itself_was_looked_at(tmp_path: Path) -> None:
    folder = write_repository(tmp_path)
    edit(folder, REWORDED | changed(INSIGHT, "Find one room", "Find one room for all"))
    assert reported_suspects(folder) == {
        "data-sharing": [id for id in NAMING if id != "shared-space"],
        "shared-space": ["permission", "one-front-door"],
    }


@pytest.mark.parametrize(
    ("before", "now", "is_suspect"),
    [
        (review(), review(), True),
        (review(), review("2026-11-21", "It still helps"), False),
        (review(), review("2026-11-21"), True),
        (review(), "", True),
        ("", review(), False),
    ],
    ids=["the same review", "a new one", "a date that was moved", "a review taken out", "a first one"],
)
def test_a_look_by_hand_clears_the_mark_where_it_says_what_came_of_it(tmp_path: Path, before: str, now: str, is_suspect: bool) -> None:
    folder = write_repository(tmp_path, {INSIGHT: BASE[INSIGHT] + before})
    edit(folder, REWORDED | {INSIGHT: BASE[INSIGHT] + now})
    assert ("shared-space" in reported_suspects(folder)["data-sharing"]) is is_suspect


def test_a_look_with_what_it_saw_clears_the_mark_for_good(tmp_path: Path) -> None:
    folder = write_repository(tmp_path)
    edit(folder, REWORDED)
    edit(folder, {INSIGHT: BASE[INSIGHT] + review(seen=seen_by(folder, "shared-space"))})
    assert "shared-space" not in reported_suspects(folder)["data-sharing"]
    commit(folder)
    edit(folder, REWORDED | {BARRIER: REWORDED[BARRIER].replace("No partner", "Nobody")})
    assert "shared-space" in reported_suspects(folder)["data-sharing"]


def test_what_a_review_saw_is_told_also_where_nothing_changed_since_the_base(reviewed: Path, tmp_path: Path) -> None:
    text = (reviewed / INSIGHT).read_text()
    folder = write_repository(tmp_path / "repository", REWORDED | {INSIGHT: text})
    assert reported_suspects(folder) == {"data-sharing": ["shared-space"]}


def test_a_new_name_is_no_new_meaning(tmp_path: Path) -> None:
    folder = write_repository(tmp_path)
    for path, text in BASE.items():
        if path != BARRIER:
            edit(folder, {path: text.replace("data-sharing", "sharing-data")})
    edit(folder, {BARRIER: None, BARRIER.replace("data-sharing", "sharing-data"): BASE[BARRIER] + "formerly: [data-sharing]\n"})
    assert reported_suspects(folder) == {}
