"""What `playbook check --format …` tells machines, in the files of tests/specs/reports/ and for any text.

A spec is a Markdown file: a claim, the files that are laid over a valid playbook (as in tests/problems/test_rules_by_example.py), and what
`check` prints in one or more formats, each in a fence that begins with `text`, `json`, `github` or `sarif`.

`UPDATE_SPECS=1 pytest tests/problems/test_formats.py` writes down what `check` says now: read the difference before you keep it.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections import Counter
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from urllib.parse import unquote

import pytest
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft4Validator

from macros.cli.main import main
from macros.playbook.load import read_playbook
from macros.problems.formats import FORMATS, SHOWN_BY_GITHUB, problems_as_github, problems_as_json, problems_as_sarif
from macros.problems.problem import UNPRINTABLE, Location, Problem, printable, sort_problems
from macros.problems.rules import RULE_CATALOGUE
from tests.problems.test_rules_by_example import BLOCK, SPECS, make_file
from tests.support.playbooks import run_playbook, write_playbook
from tests.support.sites import PROJECT

REPORTS = sorted((PROJECT / "tests" / "specs" / "reports").glob("*.md"))
SCHEMA = Draft4Validator(json.loads((PROJECT / "tests" / "schemas" / "sarif-2.1.0-rtm.5.json").read_text("utf-8")))
TERM = "playbook_data/terms/mandate.yml"


@pytest.mark.parametrize("spec", REPORTS, ids=lambda spec: spec.stem)
def test_report(spec: Path, tmp_path: Path) -> None:
    text = spec.read_text("utf-8")
    assert re.match(r"# [A-Z].*[^.]\n\n", text), "a spec begins with its claim"
    blocks = list(BLOCK.finditer(text))
    reports = [block for block in blocks if block["how"] in FORMATS]
    assert reports, "a spec says what `check` prints"
    write_playbook(tmp_path)
    for block in blocks:
        if block not in reports:
            make_file(tmp_path / block["path"], block["how"], block["content"])
    for block in reversed(reports):
        said = CliRunner().invoke(main, ["-C", str(tmp_path), "check", "--format", block["how"]], catch_exceptions=False).output
        said = said.replace(f'"version": "{version("approach-playbook")}"', '"version": "1.2.3"')
        if os.environ.get("UPDATE_SPECS"):
            text = text[: block.start("content")] + said + text[block.end("content") :]
            spec.write_text(text, "utf-8")
        else:
            assert said == block["content"]


def test_every_format_has_a_spec() -> None:
    told = {block["how"] for spec in REPORTS for block in BLOCK.finditer(spec.read_text("utf-8"))}
    assert set(FORMATS) - told == set()


@pytest.fixture(scope="module")
def all_problems(tmp_path_factory: pytest.TempPathFactory) -> tuple[Problem, ...]:
    """What is found in the files of every spec of a problem."""
    found = []
    for number, spec in enumerate(SPECS):
        folder = write_playbook(tmp_path_factory.mktemp(f"spec-{number}"))
        *files, _ = BLOCK.finditer(spec.read_text("utf-8"))
        for block in files:
            make_file(folder / block["path"], block["how"], block["content"])
        found += read_playbook(folder)[1]
    return sort_problems(found)


def test_sarif_of_every_problem_that_a_spec_tells_is_valid(all_problems: tuple[Problem, ...]) -> None:
    assert len(all_problems) > 100
    log = json.loads(problems_as_sarif(all_problems))
    assert [error.message for error in SCHEMA.iter_errors(log)] == []
    run = log["runs"][0]
    assert len(run["results"]) == len(all_problems)
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_the_schema_refuses_what_is_no_sarif(all_problems: tuple[Problem, ...]) -> None:
    log = json.loads(problems_as_sarif(all_problems[:1]))
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    assert [*SCHEMA.iter_errors(log)]


def test_sarif_of_no_problems_is_valid() -> None:
    assert [*SCHEMA.iter_errors(json.loads(problems_as_sarif(())))] == []


def test_every_rule_is_explained_and_no_other() -> None:
    told = {rule for spec in SPECS for rule in re.findall(r"^\S.*: (?:error|warning|note)\[([a-z0-9-]+)\]", spec.read_text("utf-8"), re.MULTILINE)}
    assert told - RULE_CATALOGUE.keys() == set(), "rules that macros/problems/rules.py lacks"
    assert RULE_CATALOGUE.keys() - told == set(), "rules that are gone"


def test_each_rule_is_explained_in_whole_sentences() -> None:
    for what, mend in RULE_CATALOGUE.values():
        assert re.fullmatch(r"[A-Z].{10,90}\.", what)
        assert re.fullmatch(r"[A-Z].{4,110}\.", mend)


def test_a_problem_keeps_its_fingerprint_when_its_line_moves() -> None:
    problem = Problem(Location("a.yml", 3, 1, 3, 5), "empty", "there is nothing here", path="title")
    moved = replace(problem, location=Location("a.yml", 9, 2, 9, 6))
    others = [replace(problem, path="summary"), replace(problem, message="m"), replace(problem, location=Location("b.yml", 3, 1, 3, 5))]
    prints = [json.loads(problems_as_sarif([p]))["runs"][0]["results"][0]["partialFingerprints"] for p in (problem, moved, *others)]
    assert prints[0] == prints[1]
    assert len({str(fingerprint) for fingerprint in prints}) == 4


anything = st.text(st.characters(exclude_categories=("Cs",)) | st.sampled_from("\r\n\x1b:,%#[](){}\u202e\u2028"), max_size=60)
problems = st.builds(
    Problem,
    st.builds(lambda file, line, column, more, wide: Location(file, line, column, line + more, max(1, column + wide)),
              anything, st.integers(1, 999), st.integers(1, 999), st.integers(0, 2), st.integers(-3, 40)),
    st.sampled_from(["not-text", "empty"]), anything, anything, anything, severity=st.sampled_from(["error", "warning"]),
)  # fmt: skip


HOSTILE = Problem(
    Location("a,b:c%2C%.yml", 3, 2, 3, 5),
    "empty",
    "see [this](https://example.org) and {0}\n::error::no\r%0A",
    "a: b, c",
    "signs[0]",
    severity="warning",
)
"""Signs that each of these formats gives a meaning of its own."""


@given(problems)
@example(HOSTILE)
def test_whatever_a_problem_says_github_reads_one_command_with_that_and_no_other(problem: Problem) -> None:
    command, count = problems_as_github([problem]).split("\n")
    assert not UNPRINTABLE.search(command.replace("\ufffd", ""))
    severity, properties, message = as_the_runner_reads(command)
    at = problem.location
    assert severity == problem.severity
    assert (properties["file"], properties["line"], properties["title"]) == (printable(at.file), str(at.line), problem.rule)
    assert ("col" in properties) == ("endColumn" in properties) == (at.line == at.end_line)
    assert int(properties.get("col", 0)) <= int(properties.get("endColumn", 0))
    assert printable(problem.message) in message
    assert printable(problem.help) in message
    assert count == "1 problem in 1 file"


@given(problems)
@example(HOSTILE)
def test_whatever_a_problem_says_sarif_and_json_are_valid_and_safe_to_print(problem: Problem) -> None:
    for report in (problems_as_sarif([problem]), problems_as_json([problem])):
        assert not any(UNPRINTABLE.search(line) for line in report.split("\n"))
    result = json.loads(problems_as_sarif([problem]))["runs"][0]["results"][0]
    location = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert re.fullmatch(r"[A-Za-z0-9._~/%-]*", location["uri"])
    assert unquote(location["uri"]) == problem.location.file
    assert not re.search(r"(?<!\\)\]\(|(?<!\{)\{\d+\}", result["message"]["text"])


def as_the_runner_reads(line: str) -> tuple[str, dict[str, str], str]:
    """A line as GitHub's runner takes it apart: `::name key=value,…::message`."""
    assert line.startswith("::")
    head, message = line[2:].split("::", 1)
    name, _, properties = head.partition(" ")
    pairs = (pair.split("=", 1) for pair in properties.split(","))
    return name, {key: unescape(value, extra={"%3A": ":", "%2C": ","}) for key, value in pairs}, unescape(message, extra={})


def unescape(text: str, *, extra: dict[str, str]) -> str:
    for code, char in {"%0D": "\r", "%0A": "\n", **extra, "%25": "%"}.items():
        text = text.replace(code, char)
    return text


def test_the_log_says_where_more_is_found_than_github_marks() -> None:
    problem = Problem(Location("a.yml"), "empty", "there is nothing here")
    many = [replace(problem, path=f"signs[{n}]") for n in range(SHOWN_BY_GITHUB + 1)]
    assert problems_as_github(many[:-1]).endswith("\n10 problems in 1 file")
    assert problems_as_github(many).endswith("\n11 problems in 1 file; GitHub marks 10 errors and 10 warnings at most, all of them are above")
    assert Counter(line[:8] for line in problems_as_github(many).splitlines()) == {"::error ": 11, "11 probl": 1}


@pytest.mark.parametrize(("git", "seen"), [("", "sub/dir/"), ("sub", "dir/"), ("sub/dir", ""), (None, "")])
def test_files_are_seen_from_the_top_of_the_repository(tmp_path: Path, git: str | None, seen: str) -> None:
    folder = write_playbook(tmp_path / "sub/dir", {TERM: "title: no\nsummary: S\nmeaning: M\n"})
    if git is not None:
        subprocess.run(["git", "init", "-q", tmp_path / git], check=True)
    annotation, _ = run_playbook(tmp_path, "-C", "sub/dir", "check", "--format", "github").stdout.splitlines()
    assert annotation.startswith(f"::error file={seen}{TERM},line=1,endLine=1,col=8,endColumn=10,title=not-text::")
    log = json.loads(run_playbook(folder, "check", "--format", "sarif").stdout)
    assert log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == f"{seen}{TERM}"
    assert json.loads(run_playbook(folder, "check", "--format", "json").stdout)[0]["file"] == TERM


def test_a_work_tree_whose_git_is_a_file_counts_too(tmp_path: Path) -> None:
    write_playbook(tmp_path / "sub", {TERM: "title: no\nsummary: S\nmeaning: M\n"})
    (tmp_path / ".git").write_text("gitdir: /elsewhere/worktrees/one\n", "utf-8")
    assert f"file=sub/{TERM}," in run_playbook(tmp_path / "sub", "check", "--format", "github").stdout
