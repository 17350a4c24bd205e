"""The hooks before a commit: the real pre-commit and git, in a repository of its own with this project's settings and programs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.support.playbooks import BASE, SECONDS, changed, write_playbook
from tests.support.sites import PROJECT

pytestmark = pytest.mark.slow

SETTINGS = ".pre-commit-config.yaml"
TERM = "playbook_data/terms/joining-up.yml"
BIN = Path(sys.executable).parent
HOOKS = yaml.safe_load((PROJECT / SETTINGS).read_text())["repos"][0]["hooks"]


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with the base playbook and the hooks, all committed."""
    folder = write_playbook(tmp_path_factory.mktemp("ready") / "clone")
    shutil.copy(PROJECT / SETTINGS, folder)
    shutil.copy(PROJECT / "pyproject.toml", folder)
    (folder / ".venv").symlink_to(BIN.parent)
    (folder / ".gitignore").write_text("/.venv\n")
    run(folder, "git", "init", "--quiet", "--initial-branch", "main")
    run(folder, BIN / "playbook", "schema")
    assert commit(folder).returncode == 0
    assert run(folder, BIN / "pre-commit", "install").returncode == 0
    return folder


@pytest.fixture
def repository(ready: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return shutil.copytree(ready.parent, tmp_path / "own", symlinks=True) / "clone"


def run(folder: Path, *command: str | Path, home: Path | None = None) -> subprocess.CompletedProcess[str]:
    own = {name: f"{who}@example.org" for who in ("author", "committer") for name in (f"GIT_{who.upper()}_NAME", f"GIT_{who.upper()}_EMAIL")}
    apart = {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "PRE_COMMIT_HOME": str(home or folder.parent / "pre-commit"),
        "PRE_COMMIT_COLOR": "never",
    }
    return subprocess.run(command, cwd=folder, env=os.environ | own | apart, capture_output=True, encoding="utf-8", timeout=SECONDS, check=False)


def commit(folder: Path, files: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Writes files and commits them, as a person does."""
    for path, content in (files or {}).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, "utf-8")
    run(folder, "git", "add", "--all")
    return run(folder, "git", "commit", "--message", "A change")


def test_a_commit_with_a_problem_is_stopped_and_the_problem_is_shown(repository: Path) -> None:
    done = commit(repository, changed(TERM, "see: [shared-aims, who-pays]", "see: [shared-aim, who-pays]"))
    assert done.returncode == 1
    assert f"{TERM}:4:7: error[unknown-id] see[0]: there is no entry 'shared-aim'" in done.stderr
    assert "did you mean 'shared-aims'" in done.stderr


def test_a_commit_without_a_problem_goes_through(repository: Path) -> None:
    done = commit(repository, changed(TERM, "Organisations working", "Bodies working"))
    assert done.returncode == 0, done.stderr
    assert "Check the playbook" in done.stderr
    assert run(repository, "git", "status", "--porcelain").stdout == ""


def test_what_is_not_staged_does_not_count(repository: Path) -> None:
    (repository / "playbook_data/terms/mandate.yml").write_text(BASE[TERM].replace("Joining up", "Mandate"))
    run(repository, BIN / "playbook", "schema")
    run(repository, "git", "add", "--all")
    (repository / TERM).write_text("title: no\n")
    done = run(repository, "git", "commit", "--message", "A term")
    assert done.returncode == 0, done.stderr
    assert (repository / TERM).read_text() == "title: no\n"


def test_what_editors_complete_is_brought_into_step(repository: Path) -> None:
    new = {"playbook_data/terms/mandate.yml": BASE[TERM].replace("Joining up", "Mandate")}
    first, second = commit(repository, new), commit(repository)
    assert (first.returncode, second.returncode) == (1, 0), second.stderr
    assert "playbook_data/schemas/ids.json" in first.stderr


def test_a_commit_that_touches_neither_data_nor_code_is_not_kept_waiting(repository: Path) -> None:
    done = commit(repository, {"NOTES.txt": "A note.\n"})
    assert done.returncode == 0
    assert done.stderr.count("Skipped") == len(HOOKS)


def test_code_is_looked_at_and_laid_out(repository: Path) -> None:
    done = commit(repository, {"macros/extra.py": '"""Extra."""\n\nimport os\n\nNAMES = [ "a","b" ]\n'})
    assert done.returncode == 1
    assert "F401" in done.stderr
    assert 'NAMES = ["a", "b"]' in (repository / "macros/extra.py").read_text()


def test_a_hole_in_a_workflow_is_found(repository: Path) -> None:
    hole = "name: X\non: push\njobs:\n  x:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: echo ${{ github.event.head_commit.message }} $x\n"
    done = commit(repository, {".github/workflows/x.yml": hole})
    assert done.returncode == 1
    assert all(word in done.stderr + done.stdout for word in ("potentially untrusted", "SC2086", "template-injection"))


def test_every_hook_runs_what_is_in_the_environment_so_that_nothing_is_fetched(tmp_path: Path) -> None:
    assert {hook["language"] for hook in HOOKS} == {"system"}
    assert all(hook["entry"].startswith(".venv/bin/") for hook in HOOKS)
    assert run(PROJECT, BIN / "pre-commit", "validate-config", SETTINGS, home=tmp_path).returncode == 0
