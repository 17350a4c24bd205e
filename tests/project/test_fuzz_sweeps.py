"""Machines in every state: a few trials of each sweep hold, and whatever a command could do wrong in one is noticed.

`make fuzz` makes hundreds.
"""

from __future__ import annotations

import errno
import os
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from macros.files.layout import RELEASES
from tests.fuzz import disturb, machine, oddities, pages, pairs, releases
from tests.fuzz.child import run
from tests.fuzz.disks import composed, folding, without_case
from tests.fuzz.run import run_trials
from tests.fuzz.states import COMMAND_LINES, STATES, Trial, trial
from tests.fuzz.sweeps import SWEEPS

pytestmark = pytest.mark.slow

FEW = {"states": 12, "oddities": 3, "releases": 5, "pairs": 4}
"""Trials of each sweep, of which none may fail. The others are long."""


@pytest.mark.parametrize("name", [pytest.param(name, marks=() if name == "oddities" else pytest.mark.proof) for name in FEW])
def test_a_few_trials_of_each_sweep_hold(name: str) -> None:
    sweep = next(sweep for sweep in SWEEPS if sweep.name == name)
    report = run_trials(range(1000, 1000 + FEW[name]), seed=3, judge=sweep.judge, workers=1)
    assert len(report.results) == FEW[name]
    assert [fault for result in report.failures for fault in result.faults] == []


@pytest.mark.parametrize(
    ("way", "said"),
    [
        ("crash", "ended with -6"),
        ("leave", "ended with 0"),
        pytest.param("hang", "hung for 5 s", marks=pytest.mark.proof),
        ("fault", "raised Traceback"),
    ],
)
def test_a_trial_that_fails_is_noticed_and_the_rest_go_on(way: str, said: str) -> None:
    report = run_trials(range(4), seed=5, judge=f"tests.fuzz.broken_judges:{way}", workers=1, silence=5 if way == "hang" else 30)
    assert [result.number for result in report.results] == [0, 1, 2, 3]
    assert [(result.number, result.faults[0][: len(said)]) for result in report.failures] == [(2, said)]


def test_a_number_makes_the_same_trial_and_all_commands_are_tried_in_all_states(tmp_path: Path) -> None:
    trials = [trial(1, number, tmp_path, 0) for number in range(1200)]
    assert trial(1, 7, tmp_path, 0).words == trials[7].words
    assert len({(each.words, each.state) for each in trials}) >= len(COMMAND_LINES) * len(STATES) - 2


# ---- what a command says ----

CALM = Trial(("check",), "calm", lambda: None, {}, same=False, deaf=False, mute=False, ends=())


def done(code: int, out: str = "", err: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.CompletedProcess((), code, out, err)


NORMAL = machine.Outcome(done(0, "no problems\n"), {"a": b"old"}, {"a": b"new"}, ("", ""))


@pytest.mark.parametrize(
    ("tried", "ended", "hindered", "said"),
    [
        (CALM, done(0, "no problems\n"), [], None),
        (CALM, done(1, "", "Error: no\n"), ["docs"], None),
        (CALM, done(3), [], "exit code 3"),
        (CALM, done(1, "", "Traceback (most recent call last)"), [], "exit code 1, Traceback"),
        (CALM, done(1, "", "this is a fault of the program"), [], "exit code 1, this is a fault"),
        (CALM, done(-signal.SIGKILL, "x"), [], "exit code -9"),
        (replace(CALM, ends=(-signal.SIGKILL,)), done(-signal.SIGKILL), [], None),
        (replace(CALM, same=True), done(1, "two words"), [], "it ends in another way"),
        (replace(CALM, deaf=True), done(0), [], "nobody got what it said"),
        (CALM, done(0, "no"), [], "it says less than it should"),
        (CALM, done(0, "no problems"), ["playbook_data/releases"], "it could not read playbook_data/releases"),
        (CALM, done(0, "no problems"), ["playbook_data/schemas/ids.json"], None),
        (CALM, done(1), [], "it does not say what went wrong"),
        (replace(CALM, mute=True), done(1), [], None),
    ],
)
def test_a_command_that_ends_as_it_should_not_is_noticed(
    tried: Trial, ended: subprocess.CompletedProcess[str], hindered: list[str], said: str | None
) -> None:
    faults = list(machine.misbehaviour(tried, NORMAL, ended, hindered))
    assert [said in fault for fault in faults] == ([True] if said else [])


# ---- what a command leaves ----


@pytest.fixture
def room() -> Iterator[tuple[Path, Path]]:
    with machine.scratch() as folders:
        yield folders


RENAME = ("rename", "nao", "audit")


@pytest.mark.parametrize(
    ("path", "code", "said"),
    [
        ("", 1, None),
        ("", 0, "its exit code is 0, and nothing has changed"),
        ("playbook/docs/about.md", 1, "the files are neither as they were nor as they should be: docs/about.md"),
        ("playbook/.half", 1, "neither as they were nor as they should be: .half"),
        ("temporary/half", 1, "half is left among the temporary files"),
    ],
)
def test_a_mess_is_noticed(room: tuple[Path, Path], path: str, code: int, said: str | None) -> None:
    if path:
        (room[0].parent / path).write_text("half", "utf-8")
    faults = list(machine.what_is_left(replace(CALM, words=RENAME), machine.outcome(RENAME), done(code, "x"), *room))
    assert [said in fault for fault in faults] == ([True] if said else [])


@pytest.mark.parametrize(("codes", "is_lost"), [((1, 1), False), ((0, 1), True), ((1, 0), True), ((0, 0), True)])
def test_a_change_that_another_command_lost_is_noticed(room: tuple[Path, Path], codes: tuple[int, int], is_lost: bool) -> None:
    pair = [["schema"], [*RENAME]]
    assert bool([*pairs.what_is_left(pair, [done(code) for code in codes], room[0])]) == is_lost


# ---- what is done to a command ----


def test_a_refusal_hits_the_file_that_it_names_and_is_told(room: tuple[Path, Path]) -> None:
    told, write = os.pipe()
    befall = disturb.at_use(room[0], disturb.READS, 3, disturb.refuse(errno.EACCES, write), lasting=True)
    ended = run(room[0], ["check"], befall=befall)
    path = os.read(told, 1000).decode().split("\n")[0]
    assert ended.returncode == 1
    assert f"{path}:1:1: error[unreadable]" in ended.stdout


@pytest.mark.parametrize(("fold", "name"), [(without_case, "INDEX.MD"), (composed, "e\u0301.md")])
def test_a_disk_that_folds_names_leads_to_the_file_that_there_is(tmp_path: Path, fold: object, name: str) -> None:
    (tmp_path / "index.md").write_text("1", "utf-8")
    (tmp_path / "é.md").write_text("2", "utf-8")

    def befall() -> None:
        folding(tmp_path, fold)()
        print((tmp_path / name).read_text("utf-8"), Path(name).exists(), flush=True)

    assert run(tmp_path, ["--help"], befall=befall).stdout[:6] in ("1 True", "2 True")


@pytest.mark.parametrize(
    ("path", "thing", "told"),
    [
        ("playbook_data/terms/x.yml", "a pipe", True),
        ("playbook_data/terms/.x.yml", "a pipe", False),
        ("docs/x.md", "a socket", True),
        ("docs/x.png", "a socket", True),
        ("docs/x.png", "bytes of another program", False),
        ("playbook_data/releases/notes.txt", "an empty file", True),
        ("playbook_data/releases/9.0.0.jsonl", "a folder", True),
    ],
)
def test_what_is_no_part_of_a_playbook_is_to_be_told(path: str, thing: str, told: bool) -> None:
    assert oddities.is_no_part(path, thing) == told


def test_an_edit_to_a_release_that_nobody_tells_of_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(releases, "run", lambda _, line: done(0, "[]" if "json" in line else "x"))
    found = {fault.split(",")[0] for number in range(12) for fault in releases.judge(1, number)}
    assert found >= {"1.0.0.jsonl", "1.1.0.jsonl"}
    assert f"{RELEASES}/1.1.0.json" not in found, "the newest record may say something else"


@pytest.mark.parametrize("says_which", [True, False])
def test_the_page_that_a_build_refuses_is_found(tmp_path: Path, says_which: bool) -> None:
    written = {f"docs/page-{number}.md": b"bad" if number in (2, 5) else b"good" for number in range(7)}
    (tmp_path / "docs").mkdir()
    for path, content in written.items():
        (tmp_path / path).write_bytes(content)

    def fake_build(project: Path) -> str:
        bad = sorted(file.name for file in (project / "docs").iterdir() if file.read_bytes() == b"bad")
        return f"docs/{bad[0]}:1:1 is bad" if bad and says_which else "one is bad" if bad else ""

    assert [page for page, _ in pages.refused(tmp_path, written, fake_build)] == [b"bad", b"bad"]
