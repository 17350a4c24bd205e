"""What `playbook new` and `playbook check` compute can be asked for without a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.authoring.add_entry import checked_title, id_from, plan_new_entry
from macros.authoring.check import check_playbook
from macros.authoring.comparison import release_called
from macros.authoring.entry_report import entries_as_text, entry_as_dict, entry_as_text
from macros.authoring.ids import invalid_id
from macros.authoring.rename.prepare import prepare_renaming
from macros.authoring.rename.report import renaming_as_diff, renaming_as_text
from macros.playbook.load import load_playbook
from macros.problems.user_error import InvalidArgument, UserError


def test_a_new_entry_is_planned_and_not_written(playbook: Path) -> None:
    entry = plan_new_entry(playbook, "terms", "  Joint   working ")
    assert entry.path == "playbook_data/terms/joint-working.yml"
    assert [(change.path, change.old) for change in entry.changes] == [(entry.path, None)]
    assert b"\ntitle: Joint working\n" in entry.changes[0].new
    assert not (playbook / entry.path).exists()


def test_an_id_in_use_is_refused(playbook: Path) -> None:
    with pytest.raises(UserError, match="the id 'joining-up' belongs to playbook_data/terms/joining-up"):
        plan_new_entry(playbook, "barriers", "Other words", "joining-up")


@pytest.mark.parametrize("title", ["", " ", "x" * 91, "a\u202eb"])
def test_a_title_that_cannot_be_one_is_a_wrong_argument(title: str) -> None:
    with pytest.raises(InvalidArgument):
        checked_title("barriers", title)


def test_an_id_is_made_of_a_title() -> None:
    assert id_from("Partners use different words") == "partners-use-different-words"


def test_what_cannot_be_an_id_is_told_with_one_that_can() -> None:
    assert invalid_id("data-sharing") == ""
    assert invalid_id("Data sharing").endswith("begins with a letter and has up to 60 characters; write data-sharing")


def test_a_check_can_be_narrowed_to_a_folder(playbook: Path) -> None:
    (playbook / "playbook_data/terms/joining-up.yml").write_text("title: [", "utf-8")
    found = check_playbook(playbook)
    assert [problem.location.file for problem in found] == ["playbook_data/terms/joining-up.yml"]
    assert [problem.rule for problem in check_playbook(playbook, within=[Path("playbook_data/roles")])] == ["half-checked"]


def test_an_entry_is_described_with_its_relations_both_ways(playbook: Path) -> None:
    known = load_playbook(playbook)
    entry = next(entry for entry in known.entries.values() if known.backlinks.get(entry.id))
    described = entry_as_dict(known, entry)
    assert (described["id"], described["file"], described["fields"]["title"]) == (entry.id, entry.file, entry.title)
    assert described["named_by"]
    assert entry_as_text(known, entry).startswith(f"{entry.title}\n{entry.kind.one} · {entry.id} · {entry.file}\n")
    assert f"  {entry.id:34} {entry.title}" in list(entries_as_text([entry]))


def test_a_rename_is_planned_and_shown_without_changing_a_file(playbook: Path) -> None:
    plan = prepare_renaming(playbook, load_playbook(playbook), "joining-up", "joined-up")
    assert renaming_as_diff(plan).startswith(
        "diff --git a/playbook_data/terms/joining-up.yml b/playbook_data/terms/joined-up.yml\n"
        "rename from playbook_data/terms/joining-up.yml\nrename to playbook_data/terms/joined-up.yml\n"
    )
    shown = renaming_as_text(plan, "joining-up", "joined-up", dry_run=True)
    assert shown.startswith("would be moved   playbook_data/terms/joining-up.yml to playbook_data/terms/joined-up.yml\n")
    assert (playbook / "playbook_data/terms/joining-up.yml").is_file()


def test_a_release_is_found_by_its_first_two_numbers(tmp_path: Path) -> None:
    folder = tmp_path / "playbook_data/releases"
    folder.mkdir(parents=True)
    for version in ("1.4.0", "1.4.1", "1.5.0"):
        (folder / f"{version}.jsonl").touch()
    assert [release_called(tmp_path, name) for name in ("1.4", "1.4.0", "1.6")] == ["1.4.1", "1.4.0", None]
