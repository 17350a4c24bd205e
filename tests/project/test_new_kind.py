"""A new kind costs one class, one template and one folder of data: every command and the strict build work with it at once.

The scratch project has its own copy of the program: what a developer edits there is what runs. `make test` takes the small playbook of
tests/support/playbooks.py; `make proof` takes that of this repository, with its settings and its menu.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.playbooks import SECONDS
from tests.support.releases import record_release
from tests.support.repositories import git
from tests.support.sites import PROJECT, own_program, page, words, write_project

pytestmark = pytest.mark.slow

CLASS = """

class Tool(CitedEntry):
    kind = Kind("tools", "Tool", "Tools", "What teams can use at once.", needs=())

    about: Annotated[Text, Section("why", "What it is"), says("What the tool does.", "A sheet with five columns.")]
    steps: Annotated[Lines, Section("steps", "How to use it"), says("What to do with it.", ["Fill in the first column."])]
    helps: Annotated[
        Many, Section("helps", "Barriers it helps with"), Relation("barriers", back=Section("tools", "Tools that help")), says("Barriers.", ["data-sharing"])
    ] = ()


KINDS |= {Tool.kind.folder: Tool}
"""
TEMPLATE = """\
{# The page of one tool. Context: entry (Tool), view (Renderer), playbook (Playbook). #}
{% extends "_entry.md.jinja" %}
{% block body %}
{{ part.text(view, entry, "about") }}
{{ part.lines(view, entry, "steps") }}
{% endblock %}
"""
ENTRY = """\
title: Map who holds which data
summary: A sheet that shows which partner holds which data.
about: One page on which each partner writes what it holds.
steps: [Write down each partner]
helps: [data-sharing]
sources: [{source: SOURCE}]
"""
SOURCES = {"small": "nao, at: para 9", "whole": "ifg, at: Challenge 4"}


@pytest.fixture(scope="module", params=["small", pytest.param("whole", marks=pytest.mark.proof)])
def size(request: pytest.FixtureRequest) -> str:
    """Which playbook the project has."""
    return request.param


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, size: str) -> Path:
    """A project, in git, with a kind more than the last commit has."""
    folder = tmp_path_factory.mktemp("project")
    if size == "small":
        write_project(folder)
    else:
        copy_whole(folder)
    own_program(folder)
    shutil.copytree(PROJECT / ".vscode", folder / ".vscode")
    shutil.copy(PROJECT / ".gitignore", folder)
    git(folder, "init", "-q")
    run(folder, "macros", "schema")
    commit(folder)
    if size == "small":
        record_release(folder, "1.0.0")
    with (folder / "macros/schema/kinds.py").open("a", encoding="utf-8") as kinds:
        kinds.write(CLASS)
    (folder / "macros/pages/templates/lab/tools.md.jinja").write_text(TEMPLATE, "utf-8")
    (folder / "playbook_data/tools").mkdir()
    (folder / "playbook_data/tools/data-map.yml").write_text(entry(size), "utf-8")
    return folder


def copy_whole(folder: Path) -> None:
    """The data, the pages, the theme and the settings of this repository."""
    for name in ("docs", "overrides", "playbook_data"):
        shutil.copytree(PROJECT / name, folder / name)
    for name in ("mkdocs.yml", "CHANGELOG.md"):
        shutil.copy(PROJECT / name, folder / name)


def entry(size: str) -> str:
    """The first entry of the new kind."""
    return ENTRY.replace("SOURCE", SOURCES[size])


def commit(project: Path) -> None:
    """All that is there, in one commit."""
    for command in (["add", "-A"], ["-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", "As it is"]):
        subprocess.run(["git", *command], cwd=project, check=True)


def run(project: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """`python -m …` with the program of the scratch project."""
    environment = {**os.environ, "PYTHONPATH": str(project), "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=project, env=environment, capture_output=True, encoding="utf-8", timeout=SECONDS, check=False
    )


def playbook(project: Path, *arguments: str) -> str:
    """What a command that must work prints."""
    done = run(project, "macros", *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_commands_know_a_new_kind(project: Path) -> None:
    assert "no problems" in playbook(project, "check", "--strict")
    assert "playbook_data/schemas/tools.json" in playbook(project, "schema")
    assert playbook(project, "schema") == "every schema is up to date\n"
    schemas = json.loads((project / ".vscode/settings.json").read_text("utf-8"))["yaml.schemas"]
    assert schemas["playbook_data/schemas/tools.json"] == "playbook_data/tools/*.yml"
    assert "data-map" in playbook(project, "list", "tools")
    assert "Map who holds which data" in playbook(project, "show", "data-map")
    assert "data-map" in playbook(project, "diff")


def test_a_new_entry_of_a_new_kind_is_begun_and_checked(project: Path, size: str) -> None:
    assert playbook(project, "new", "tool", "Walk through one case") == "playbook_data/tools/walk-through-one-case.yml\n"
    file = project / "playbook_data/tools/walk-through-one-case.yml"
    text = file.read_text("utf-8")
    done = run(project, "macros", "check", "playbook_data/tools")
    file.unlink()
    assert "# What to do with it.\n" in text
    assert "\nsteps:\n" in text
    assert done.returncode == 1
    assert "playbook_data/tools/walk-through-one-case.yml" in done.stdout
    misspelt = project / "playbook_data/tools/data-map.yml"
    misspelt.write_text(entry(size).replace("steps:", "step:"), "utf-8")
    done = run(project, "macros", "check")
    misspelt.write_text(entry(size), "utf-8")
    assert "there is no field 'step' here" in done.stdout
    assert "did you mean 'steps'?" in done.stdout


@pytest.fixture(scope="module")
def site(project: Path) -> Path:
    """The site of what is there, all of which is committed."""
    commit(project)
    done = run(project, "mkdocs", "build", "--strict", "-q")
    assert done.returncode == 0, done.stderr
    return project / "site"


def test_a_new_kind_has_pages_without_a_line_in_the_settings(site: Path) -> None:
    tool = page(site, "tools/data-map")
    assert [node.attributes["id"] for node in tool.css("article h2[id]")] == ["why", "steps", "helps", "sources", "history"]
    barrier = page(site, "barriers/data-sharing")
    assert words(barrier.css_first("h2#tools")).startswith("Tools that help")
    assert "Map who holds which data" in words(page(site, "tools").css_first("article"))


def test_a_new_kind_is_released(project: Path, site: Path) -> None:
    assert playbook(project, "release", "9.0.0", "--why", "Tools for teams", "--site", str(site))
    assert "data-map" in (project / "playbook_data/releases/9.0.0.jsonl").read_text("utf-8")
    done = run(project, "mkdocs", "build", "--strict", "-q")
    assert done.returncode == 0, done.stderr
    assert "Map who holds which data" in words(page(project / "site", "changes").css_first("article"))
