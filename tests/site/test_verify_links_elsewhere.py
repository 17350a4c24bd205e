"""The check of links where other sites run it: with the real pre-commit in a repository of theirs, and as a step on GitHub.

Above: a page of another site with a link that has moved. Below: what stops, and what is said.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.site.test_verify_links import LIST, NEW, SITE
from tests.support.playbooks import SECONDS
from tests.support.sites import PROJECT

pytestmark = pytest.mark.slow

PROGRAM = "macros/site/verify_links.py"
OLD = f"{SITE}barriers/old/"
SAID = f"{OLD} has moved: write {NEW}"


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    return subprocess.run(["git", *who, *arguments], cwd=folder, capture_output=True, encoding="utf-8", check=True).stdout.strip()


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """A repository with a page that links to the playbook, and its list of links."""
    folder = tmp_path / "theirs"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    (folder / "page.md").write_text(f"See [the barrier]({OLD}).\n", "utf-8")
    (folder / "links.json").write_text(json.dumps(LIST), "utf-8")
    return folder


def test_pre_commit_stops_a_commit_until_the_link_is_mended(theirs: Path, tmp_path: Path) -> None:
    ours = tmp_path / "ours"
    (ours / PROGRAM).parent.mkdir(parents=True)
    for path in (PROGRAM, ".pre-commit-hooks.yaml"):
        shutil.copy(PROJECT / path, ours / path)
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "All"]):
        git(ours, *arguments)
    hook = {"id": "playbook-links", "args": ["--links", "links.json"]}
    settings = {"repos": [{"repo": str(ours), "rev": git(ours, "rev-parse", "HEAD"), "hooks": [hook]}]}
    (theirs / ".pre-commit-config.yaml").write_text(yaml.safe_dump(settings), "utf-8")
    environment = os.environ | {"PRE_COMMIT_HOME": str(tmp_path / "home"), "PRE_COMMIT_COLOR": "never"}

    def commit() -> tuple[int, str]:
        git(theirs, "add", ".")
        command = [Path(sys.executable).with_name("pre-commit"), "run"]
        done = subprocess.run(command, cwd=theirs, env=environment, capture_output=True, encoding="utf-8", timeout=SECONDS, check=False)
        return done.returncode, done.stdout

    code, said = commit()
    assert code == 1
    assert f"page.md:1:19: moved: {SAID}" in said
    (theirs / "page.md").write_text(f"See [the barrier]({NEW}).\n", "utf-8")
    code, said = commit()
    assert (code, "Passed" in said) == (0, True)


def test_the_action_marks_the_lines_and_takes_names_as_they_are(theirs: Path, real_address: str) -> None:
    action = yaml.safe_load((PROJECT / "action.yml").read_text("utf-8"))
    (step,) = action["runs"]["steps"]
    assert "${{" not in step["run"]
    moved = "https://playbook.example.org/questions/redress-for-citizens/"
    (theirs / "a $(touch ran) page.md").write_text(moved, "utf-8")
    inputs = {"PLAYBOOK_SITE": real_address, "PLAYBOOK_FILES": "a $(touch ran) page.md\n\n", "PLAYBOOK_ALSO": ""}
    assert inputs.keys() == step["env"].keys()
    environment = os.environ | inputs | {"GITHUB_ACTION_PATH": str(PROJECT)}
    shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    done = subprocess.run(shell, cwd=theirs, env=environment, capture_output=True, encoding="utf-8", timeout=SECONDS, check=False)
    first, last = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (1, "")
    assert first.startswith("::error file=a $(touch ran) page.md,line=1,col=1,title=Link to Approach playbook::")
    assert last == "1 link to Approach playbook: 1 moved"
    assert not (theirs / "ran").exists()
