"""Broken files by the hundred: the check ends soon, in little memory, and says what is wrong where.

`make fuzz` makes thousands; here are the same few hundred each time. Then: whatever a check could do wrong is noticed.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from macros.cli.main import main
from macros.files.layout import LARGEST_FILE
from macros.problems.problem import Location, Problem
from tests.fuzz import judge as judges
from tests.fuzz.command import differences, rude, rude_commands
from tests.fuzz.mutations import case
from tests.fuzz.run import keep, run, shrink
from tests.fuzz.seeds import TOKENS, seeds
from tests.support.playbooks import BASE, write_playbook

pytestmark = pytest.mark.slow

TERM = "playbook_data/terms/joining-up.yml"
CASES = 300


def test_hundreds_of_broken_files_end_in_problems_that_are_true_of_them() -> None:
    report = run(CASES, seed=2027)
    assert len(report.results) == CASES
    assert {result.number: result.faults for result in report.failures} == {}
    assert report.accepted > 3, "a few are no worse than before, so that their pages were made"


def test_the_real_command_says_the_same_when_asked_again() -> None:
    assert differences(2026, range(2)) == {}


HOSTILE = (
    """\
title: "{{ x }} {% y %} <script>alert(1)</script> & [[who-pays]] \\U0001F600 | a"
summary: '`rm -rf` $(reboot) %s {0} \\ "x" ../../etc/passwd'
meaning: "<img src=x onerror=alert(1)> {{ 7 * 7 }} `<b>` &#60; [[who-pays|<b>]]\\n\\n| a | b |\\n| - | - |\\n| <i> | {% raw %} |"
also: ["$(x)", "=HYPERLINK(1)", "@x", "-x", "--help", "é"]
tags: ["../..", "<b>"]
see: [who-pays, shared-aims]
"""
).encode()
"""A term without errors, whose words would do harm in HTML, a template, a shell or a table."""


@pytest.mark.parametrize("number", range(5))
def test_no_command_stumbles_over_a_broken_file_or_changes_what_it_should_not(number: int) -> None:
    assert list(rude_commands(case(2026, number), run=run_inside)) == []


def test_no_command_stumbles_over_hostile_words() -> None:
    assert list(rude_commands((TERM, HOSTILE), run=run_inside)) == []


def run_inside(folder: Path, arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """A command in this process, which takes a tenth of the time."""
    result = CliRunner().invoke(main, ["-C", str(folder), *arguments])
    raised = "" if result.exception is None or isinstance(result.exception, SystemExit) else f"Traceback: {result.exception!r}"
    return subprocess.CompletedProcess(arguments, result.exit_code, result.stdout, result.stderr + raised)


@pytest.mark.parametrize(
    ("done", "said"),
    [((3, "", ""), "exit code 3"), ((1, "", "Traceback (most"), "exit code 1, Traceback"), ((0, "\x1b[2J", ""), "U+001B"), ((1, "x", "y"), "")],
)
def test_a_command_that_ends_badly_is_noticed(done: tuple[int, str, str], said: str) -> None:
    assert said in (found := rude(subprocess.CompletedProcess((), *done)))
    assert bool(found) == bool(said)


def test_a_command_that_changes_what_it_should_not_is_noticed() -> None:
    def scribble(folder: Path, arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
        (folder / "scribble").write_text(" ".join(arguments))
        return subprocess.CompletedProcess(arguments, 0, "", "")

    said = list(rude_commands((TERM, HOSTILE), run=scribble))
    assert "`playbook list` changed scribble" in said
    assert "`playbook rename ID another-name --dry-run` changed scribble" in said
    assert not any("`playbook schema`" in line for line in said)


def test_a_number_makes_the_same_case_each_time() -> None:
    assert [case(1, number) for number in range(50)] == [case(1, number) for number in range(50)]
    assert case(1, 0) != case(2, 0)


def test_cases_are_broken_in_many_ways_and_none_is_too_large_to_be_read_by_more_than_a_little() -> None:
    cases = [case(3, number) for number in range(CASES)]
    assert len({data for _, data in cases}) > CASES * 0.98
    assert len({path for path, _ in cases}) > 50
    assert 20_000 < max(len(data) for _, data in cases) <= LARGEST_FILE + 1000
    assert sum(data in dict.fromkeys(whole for _, whole in seeds()) for _, data in cases) < CASES / 10, "nearly all are broken"


def test_every_part_of_yaml_is_among_the_pieces() -> None:
    for sign in b"&*!%@`#|>?:,-[]{}'\"\\\t\0":
        assert any(sign in token for token in TOKENS)


@pytest.mark.parametrize(
    ("way", "said"),
    [
        ("crash", "ended with -6: Fatal Python error: Aborted"),
        ("leave", "ended with 0"),
        pytest.param("hang", "hung for 5 s", marks=pytest.mark.proof),
        ("fault", "raised Traceback.*RecursionError: too deep"),
        ("memory", "raised Traceback.*MemoryError"),
        ("much_memory", r"took \d+ MB more memory"),
        pytest.param("slow", r"took 3\.\d s of the processor for [\d,]+ bytes", marks=pytest.mark.proof),
    ],
)
def test_a_check_that_fails_is_noticed_at_its_case_and_the_rest_go_on(way: str, said: str) -> None:
    report = run(5, seed=5, judge=f"tests.fuzz.broken_judges:{way}", silence=5 if way == "hang" else 30)
    assert [result.number for result in report.results] == [0, 1, 2, 3, 4]
    assert [result.number for result in report.failures] == [2]
    assert any(re.match(said, fault, re.DOTALL) for fault in report.failures[0].faults)


@pytest.mark.proof
def test_a_failure_is_kept_and_made_smaller(tmp_path: Path) -> None:
    judge = "tests.fuzz.broken_judges:dislikes_titles"
    report = run(3, seed=5, judge=judge)
    small = keep(tmp_path, 5, report.failures[0], judge=judge, tries=9).read_bytes()
    [whole] = [file.read_bytes() for file in tmp_path.glob("*.yml")]
    assert whole == case(5, report.failures[0].number)[1]
    assert b"title" in small
    assert len(small) < len(whole) / 4


def test_what_is_left_of_a_failure_cannot_be_made_smaller_by_halves() -> None:
    assert shrink(b"." * 37 + b"[" + b"." * 29 + b"]" + b"." * 90, lambda data: b"[" in data and b"]" in data, tries=200) == b"[]"


def problem(line: int = 1, column: int = 1, end: tuple[int, int] | None = None, *, file: str = TERM, excerpt: str = "", help: str = "h") -> Problem:
    return Problem(Location(file, line, column, *(end or (line, column))), "not-text", "m", help, excerpt=excerpt)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (problem(99), "is outside of a file of 5 lines"),
        (problem(0), "is outside"),
        (problem(1, 999), "is beyond the end of its line"),
        (problem(2, 1, (1, 1)), "is outside"),
        (problem(1, 5, (1, 2)), "ends before it begins"),
        (problem(1, 1, excerpt="another line"), "shows another line"),
        (problem(help=""), "does not say what is wrong"),
        (problem(help="\x1b[2J"), None),
    ],
)
def test_a_problem_in_a_wrong_place_is_noticed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, found: Problem, said: str | None) -> None:
    monkeypatch.setattr(judges, "read_playbook", lambda _: (None, (found,)))
    faults = list(judges.judge(write_playbook(tmp_path), TERM))
    assert [said in fault for fault in faults] == [True] if said else faults == []


def test_problems_in_disorder_are_noticed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(judges, "with_warnings", lambda *_, **__: (problem(2), problem(1)))
    monkeypatch.setattr(judges, "read_playbook", lambda _: (None, ()))
    assert "the problems are not sorted, or one is told twice" in list(judges.judge(write_playbook(tmp_path), TERM))


def test_a_format_that_lets_a_control_character_through_is_noticed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(judges.FORMATS, "text", lambda _: "\x1b[2J")
    assert "the format text holds a character that controls a terminal" in list(judges.judge(write_playbook(tmp_path), TERM))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("see: &a [who-pays]", "the anchor or alias 'a' is accepted"),
        ("see: !t [who-pays]", "the tag '!t' is accepted"),
        ("title: again", "a name that stands twice, or is none, is accepted"),
        ("? [a]\n: b", "a name that stands twice, or is none, is accepted"),
        ("---\na: b", "what is too deep, or holds two documents, is accepted"),
        (f"see: {'[' * 40}{']' * 40}", "what is too deep, or holds two documents, is accepted"),
        ("tags: [x\x02y]", "U+0002 is accepted"),
    ],
)
def test_a_file_that_should_not_be_accepted_is_noticed(line: str, said: str) -> None:
    assert said in list(judges.not_to_be_accepted((BASE[TERM].rstrip() + f"\n{line}\n").encode(), TERM))
    assert list(judges.not_to_be_accepted(BASE[TERM].encode(), TERM)) == []
