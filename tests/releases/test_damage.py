"""A release whose files were damaged: the check says what has happened, and what it says puts them right."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.playbooks import changed, run_playbook
from tests.support.releases import record_release
from tests.support.repositories import commit, edit, git, write_repository

ENTRIES, MANIFEST = (f"playbook_data/releases/1.0.0.{ending}" for ending in ("jsonl", "json"))
TERM = "playbook_data/terms/joining-up.yml"


def reversed_lines(data: bytes) -> bytes:
    return b"".join(reversed(data.splitlines(keepends=True)))


DAMAGE: dict[str, tuple[str, Callable[[bytes], bytes], str]] = {
    "the end of the last line": (ENTRIES, lambda data: data[:-1], "it is not what release 1.0.0 was: the end of its last line was lost"),
    "empty lines": (ENTRIES, lambda data: data + b"\n\n", "release-line"),
    "the order": (ENTRIES, reversed_lines, "it is not what release 1.0.0 was: its lines were put in another order"),
    "line ends": (ENTRIES, lambda data: data.replace(b"\n", b"\r\n"), "it is not what release 1.0.0 was: its line ends were changed from LF to CRLF"),
    "a word": (ENTRIES, lambda data: data.replace(b"Sit", b"Stand"), "it is not what release 1.0.0 was: a line was edited, added or lost"),
    "the manifest": (MANIFEST, lambda data: data[:100], "it is not JSON"),
    "a conflict": (MANIFEST, lambda data: b"<<<<<<< HEAD\n" + data + b"=======\n>>>>>>> other\n", "git left a conflict in it"),
}


def check(folder: Path) -> str:
    return run_playbook(folder, "check").stdout


def obey(folder: Path, said: str) -> None:
    """Runs the commands that the help of a problem shows."""
    if "to .gitattributes" in said:
        (folder / ".gitattributes").write_text(re.search(r"add the line `(.*?)`", said)[1] + "\n")
    for command in re.findall(r"`((?:git|rm) .*?)`", said):
        subprocess.run(command, shell=True, cwd=folder, check=True, capture_output=True)


@pytest.fixture
def released(tmp_path: Path) -> Path:
    folder = write_repository(tmp_path)
    record_release(folder, "1.0.0")
    return folder


@pytest.mark.parametrize("name", DAMAGE)
def test_a_damaged_release_is_put_right_by_what_the_check_says(released: Path, name: str) -> None:
    path, damage, told = DAMAGE[name]
    before = (released / path).read_bytes()
    edit(released, {path: damage(before)})
    git(released, "commit", "--quiet", "--all", "--message", "Damage")
    said = check(released)
    assert f"{path}:" in said
    assert told in said
    obey(released, said)
    assert (released / path).read_bytes() == before
    assert check(released) == "no problems\n"


def test_releases_of_two_branches_that_were_merged_are_told_and_put_right(released: Path) -> None:
    for version, number in (("1.0.1", 1), ("1.0.2", 2)):
        git(released, "switch", "--quiet", "--create", f"branch-{number}", "main")
        edit(released, changed(TERM, "act as one", f"act as one {number}") if number == 1 else {"docs/us.md": "# Us\n"})
        commit(released)
        record_release(released, "1.1.0" if number == 2 else version)
    git(released, "merge", "--quiet", "--no-edit", "branch-1")
    said = check(released)
    assert said.startswith(
        "playbook_data/releases/1.0.1.json:1:1: error[release-fork] releases 1.0.1 and 1.1.0 both follow release 1.0.0: "
        "each was made on a branch of its own, and then the branches were merged\n"
    )
    obey(released, said.splitlines()[3])
    commit(released)
    assert check(released) == "no problems\n"
    record_release(released, "1.1.0")
    assert check(released) == "no problems\n"
