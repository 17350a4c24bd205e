"""The workflows: what lints say of them, and what holds for each so that a pull request can do no harm."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.playbooks import SECONDS
from tests.support.sites import PROJECT

BIN = Path(sys.executable).parent
FOLDER = PROJECT / ".github" / "workflows"
WORKFLOWS = sorted(path.name for path in FOLDER.glob("*.y*ml"))
PINNED = re.compile(r"^\s*(?:- )?uses: ([\w-]+/[\w/-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$")
WRITES_NOTHING_OF_OURS = ("actions/checkout", "actions/download-artifact")
SCHEMAS = {
    ".github/dependabot.yml": "vendor.dependabot",
    **{f".github/workflows/{name}": "vendor.github-workflows" for name in WORKFLOWS},
    **{
        str(path.relative_to(PROJECT)): "vendor.github-issue-forms"
        for path in (PROJECT / ".github/ISSUE_TEMPLATE").glob("*.yml")
        if path.stem != "config"
    },
}
OPEN_TO_ATTACK = """\
name: Greet
on: pull_request_target
jobs:
  greet:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
        with:
          ref: ${{ github.event.pull_request.head.ref }}
      - run: echo ${{ github.event.pull_request.title }} $unquoted
"""


def text_of(name: str) -> str:
    return (FOLDER / name).read_text("utf-8")


def workflow(name: str) -> dict[str, Any]:
    """A workflow as GitHub reads it; YAML 1.1 takes its `on` for yes."""
    read = yaml.safe_load(text_of(name))
    return {"on" if key is True else key: value for key, value in read.items()}


def jobs() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for name in WORKFLOWS:
        for job, what in workflow(name)["jobs"].items():
            yield name, job, what


def steps() -> Iterator[tuple[str, dict[str, Any]]]:
    for name, _, job in jobs():
        yield from ((name, step) for step in job["steps"])


def run(*command: str | Path, folder: Path = PROJECT, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, env=os.environ | environment, capture_output=True, encoding="utf-8", timeout=SECONDS, check=False)


def actionlint(*files: Path) -> subprocess.CompletedProcess[str]:
    return run(BIN / "actionlint", "-no-color", "-shellcheck", BIN / "shellcheck", "-pyflakes", "", *files)


def zizmor(*files: Path) -> subprocess.CompletedProcess[str]:
    return run(BIN / "zizmor", "--offline", "--no-config", "--no-progress", "--color=never", "--persona=pedantic", *files)


def test_actionlint_and_shellcheck_find_nothing() -> None:
    done = actionlint(*(FOLDER / name for name in WORKFLOWS))
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_zizmor_finds_no_hole() -> None:
    done = zizmor(PROJECT / ".github")
    assert done.returncode == 0, done.stdout
    assert "No findings to report" in done.stdout


@pytest.mark.parametrize("file", SCHEMAS)
@pytest.mark.slow
def test_a_file_has_the_shape_that_github_expects(file: str) -> None:
    done = run(BIN / "check-jsonschema", "--builtin-schema", SCHEMAS[file], file)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_lints_find_what_they_are_there_for(tmp_path: Path) -> None:
    bad = tmp_path / "greet.yml"
    bad.write_text(OPEN_TO_ATTACK)
    said = actionlint(bad).stdout
    assert all(word in said for word in ("potentially untrusted", "SC2086", 'runtime "node20" is deprecated'))
    said = zizmor(bad).stdout
    assert all(f"[{audit}]" in said for audit in ("template-injection", "dangerous-triggers", "unpinned-uses", "artipacked", "excessive-permissions"))
    bad.write_text(OPEN_TO_ATTACK.replace("runs-on", "run-on"))
    assert run(BIN / "check-jsonschema", "--builtin-schema", "vendor.github-workflows", bad).returncode == 1


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_begins_by_saying_what_it_does_for_whom(name: str) -> None:
    assert re.match(r"# For (readers|contributors|reviewers|maintainers|those who)[^\n]*: ", text_of(name))


@pytest.mark.parametrize("name", WORKFLOWS)
def test_every_action_is_pinned_to_a_commit_that_names_its_version(name: str) -> None:
    uses = [line for line in text_of(name).splitlines() if re.match(r"\s*(?:- )?uses:", line)]
    assert uses
    assert [line for line in uses if not PINNED.match(line)] == []


def test_an_action_is_pinned_to_the_same_commit_everywhere() -> None:
    found = {match.groups() for name in WORKFLOWS for line in text_of(name).splitlines() if (match := PINNED.match(line))}
    assert len({action for action, *_ in found}) == len(found)


def test_only_actions_of_github_itself_are_used() -> None:
    assert {step["uses"].partition("/")[0] for _, step in steps() if "uses" in step} == {"actions"}


def test_no_workflow_gives_a_pull_request_our_rights() -> None:
    assert not [name for name in WORKFLOWS if "pull_request_target" in text_of(name)]


def test_what_a_pull_request_runs_can_only_read_and_knows_no_secret() -> None:
    exposed = [name for name in WORKFLOWS if "pull_request" in workflow(name)["on"]]
    assert exposed == ["check.yml"]
    assert all(job["permissions"] in ({}, {"contents": "read"}) for name, _, job in jobs() if name in exposed)
    assert not re.search(r"secrets\.\w|secrets: *inherit|github\.token|GITHUB_TOKEN", text_of("check.yml"))


def test_a_job_has_only_the_rights_that_it_names() -> None:
    assert [name for name in WORKFLOWS if workflow(name)["permissions"] != {}] == []
    assert {(name, job): rights for name, job, what in jobs() if (rights := [r for r, level in what["permissions"].items() if level == "write"])} == {
        ("comment.yml", "comment"): ["pull-requests"],
        ("links.yml", "issue"): ["issues"],
        ("publish.yml", "push"): ["contents"],
        ("review.yml", "issue"): ["issues"],
    }


def test_a_job_that_can_write_installs_nothing_and_runs_only_git_and_our_scripts() -> None:
    for _, _, job in jobs():
        if "write" in job["permissions"].values():
            assert all(step["uses"].split("@")[0] in WRITES_NOTHING_OF_OURS for step in job["steps"] if "uses" in step)
            commands = [line.split()[:2] for step in job["steps"] for line in step.get("run", "").splitlines() if not re.match(r"options=|\[ ", line)]
            assert all(words[0] == "git" or (words[0] == "python3" and words[1].startswith(".github/scripts/")) for words in commands)


def test_a_workflow_that_can_write_takes_its_scripts_from_the_main_branch() -> None:
    for name, step in steps():
        if name != "check.yml" and step.get("uses", "").startswith("actions/checkout@"):
            assert not {"ref", "repository"} & step["with"].keys()


def test_no_checkout_leaves_a_token_behind() -> None:
    checkouts = [step["with"] for _, step in steps() if step.get("uses", "").startswith("actions/checkout@")]
    assert len(checkouts) >= len(WORKFLOWS)
    assert all(options["persist-credentials"] is False for options in checkouts)


def test_what_publishes_has_every_commit_and_tag_and_passes_no_name_through_a_shell() -> None:
    publish = workflow("publish.yml")
    checkout, *_ = (step["with"] for step in publish["jobs"]["build"]["steps"] if step.get("uses", "").startswith("actions/checkout@"))
    assert checkout["fetch-depth"] == 0
    assert not {"filter", "sparse-checkout"} & checkout.keys()
    assert script("publish.yml", "build", "Put the releases on the branch").splitlines()[-1] == "make publish"
    assert "$(TAG)" not in (PROJECT / "Makefile").read_text()


def test_nothing_is_pasted_into_a_script() -> None:
    assert [step["run"] for _, step in steps() if "${{" in step.get("run", "")] == []


def test_every_job_ends_in_bounded_time_on_a_named_system() -> None:
    assert all(job["timeout-minutes"] <= 60 and job["runs-on"] == "ubuntu-24.04" for _, _, job in jobs())


def test_two_runs_that_write_the_same_do_not_overlap() -> None:
    assert all(workflow(name)["concurrency"]["group"] for name in WORKFLOWS)
    assert [name for name in WORKFLOWS if workflow(name)["concurrency"]["cancel-in-progress"] is not False] == ["check.yml"]


def test_the_comment_follows_the_check() -> None:
    assert workflow("comment.yml")["on"]["workflow_run"]["workflows"] == [workflow("check.yml")["name"]]


@pytest.mark.parametrize("file", ["Makefile", ".ci/run", ".github/workflows/check.yml", ".github/workflows/publish.yml", ".pre-commit-config.yaml"])
def test_nothing_that_may_fail_a_change_asks_other_peoples_sites(file: str) -> None:
    assert "outside-links" not in (PROJECT / file).read_text()


def test_the_page_for_maintainers_tells_of_every_workflow() -> None:
    page = (PROJECT / "docs/contribute/workflows.md").read_text()
    assert [name for name in WORKFLOWS if f"`{name}`" not in page] == []


def script(name: str, job: str, step: str) -> str:
    """The shell script of one step, as the workflow has it."""
    return next(item["run"] for item in workflow(name)["jobs"][job]["steps"] if item["name"] == step)


def run_step(folder: Path, text: str, playbook: str = "", **environment: str) -> tuple[int, str, str]:
    """Runs a step's script as a runner does, with a `playbook` that does what is said; exit code, log and what it handed on."""
    program = folder / ".venv/bin/playbook"
    program.parent.mkdir(parents=True, exist_ok=True)
    program.write_text(f"#!/bin/sh\n{playbook}\n")
    program.chmod(0o755)
    handed, summary = folder / "output", folder / "summary"
    handed.write_text("")
    done = run("bash", "-e", "-c", text, folder=folder, GITHUB_OUTPUT=str(handed), GITHUB_STEP_SUMMARY=str(summary), **environment)
    return done.returncode, done.stdout + done.stderr, handed.read_text()


@pytest.mark.parametrize(
    ("playbook", "code", "handed"),
    [
        ("echo '3 addresses: 3 ok.'", 0, "dead=no\n"),
        ("echo '3 addresses: 1 dead, 2 ok.'; exit 1", 0, "dead=yes\n"),
        ("echo 'No address gave an answer'; exit 3", 1, ""),
        ("echo 'Error: wrong' >&2; exit 2", 1, ""),
    ],
)
def test_links_that_are_dead_are_told_apart_from_a_network_that_is_down(tmp_path: Path, playbook: str, code: int, handed: str) -> None:
    result = run_step(tmp_path, script("links.yml", "ask", "Ask every address"), playbook)
    assert (result[0], result[2]) == (code, handed)


@pytest.mark.parametrize(
    ("told", "handed"),
    [
        ('{"due": [], "suspects": []}', "due=no\n"),
        ('{"due": [{"id": "data-sharing"}], "suspects": []}', "due=yes\n"),
        ('{"due": [], "suspects": [{"id": "data-sharing"}]}', "due=yes\n"),
    ],
)
def test_what_is_due_is_told_to_the_next_job(tmp_path: Path, told: str, handed: str) -> None:
    assert run_step(tmp_path, script("review.yml", "list", "List what is due in the next 30 days"), f"echo '{told}'") == (0, "", handed)


@pytest.mark.parametrize(("name", "variable"), [("links.yml", "DEAD"), ("review.yml", "DUE")])
@pytest.mark.parametrize(("value", "closes"), [("yes", False), ("no", True), ("", False)])
def test_an_issue_is_closed_only_where_nothing_is_left_to_do(tmp_path: Path, name: str, variable: str, value: str, closes: bool) -> None:
    text = script(name, "issue", "Open, change or close the issue").replace("python3", "echo")
    code, log, _ = run_step(tmp_path, text, **{variable: value})
    assert code == 0
    assert ("--nothing-to-do" in log.split()) is closes


@pytest.mark.parametrize(
    ("playbook", "tests", "passes"), [("success", "success", True), ("failure", "success", False), ("success", "cancelled", False)]
)
def test_the_gate_opens_only_where_everything_passed(tmp_path: Path, playbook: str, tests: str, passes: bool) -> None:
    gate = workflow("check.yml")["jobs"]["gate"]
    assert set(gate["needs"]) == workflow("check.yml")["jobs"].keys() - {"gate"}
    assert (run_step(tmp_path, gate["steps"][0]["run"], PLAYBOOK=playbook, TESTS=tests)[0] == 0) is passes


def test_a_report_of_problems_shows_them_as_they_are(tmp_path: Path) -> None:
    code, _, _ = run_step(tmp_path, script("check.yml", "playbook", "Report the problems"), "echo 'x.yml:1:1: error[a]: b'; exit 1")
    assert code == 0
    assert (tmp_path / "report.md").read_text() == "### What to mend\n````text\nx.yml:1:1: error[a]: b\n````\n"
