"""The page of commands says what the commands themselves say, and what their help tells people to type works.

`UPDATE_SPECS=1 pytest tests/cli/test_commands_page.py` writes the help of each command, and what the commands of the first day print, into the page: read the difference before you keep it.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from macros.cli.command import Command, Example
from macros.cli.main import COMMANDS, FIRST_STEPS, main
from tests.support.playbooks import COMMAND, SECONDS, run_playbook
from tests.support.releases import record_release
from tests.support.repositories import commit, edit, git
from tests.support.sites import PROJECT, build, write_project

pytestmark = pytest.mark.slow

PAGE = PROJECT / "docs/contribute/commands.md"
BLOCK = re.compile(r"(?<=^```text\n)Usage: playbook ?(?P<name>[a-z-]*)\b.*?(?=^```$)", re.MULTILINE | re.DOTALL)
"""The help of one command, in a fence of its own; of the whole program where it names none."""
NOT_RUN = {
    **dict.fromkeys(("outside-links", "sync"), "they ask other people's sites"),
    **dict.fromkeys(("pages", "finish"), "they need a site: tests/engines/test_folder.py"),
}
"""Commands whose examples are read, not run."""
WHO = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
EVERY_COMMAND = [main.get_command(click.Context(main), name) for name in COMMANDS]


def help_of(name: str) -> str:
    """What `playbook … --help` prints in a terminal of 80 columns."""
    return CliRunner(env={"COLUMNS": "80"}).invoke(main, [*name.split(), "--help"], prog_name="playbook").output


def test_the_page_has_the_help_of_each_command() -> None:
    page = PAGE.read_text("utf-8")
    if os.environ.get("UPDATE_SPECS"):
        PAGE.write_text(BLOCK.sub(lambda block: help_of(block["name"]), page), "utf-8")
        return
    for block in BLOCK.finditer(page):
        assert block[0] == help_of(block["name"]), f"the help of `playbook {block['name']}` has changed: run this test with UPDATE_SPECS=1"


def test_the_page_has_every_command_once_in_the_order_of_the_help() -> None:
    page = PAGE.read_text("utf-8")
    named = [block["name"] for block in BLOCK.finditer(page) if block["name"]]
    assert [name for name in named if name != "playbook"] == list(COMMANDS)
    assert [name for name in re.findall(r"^## (.+) \{ #", page, re.MULTILINE) if name in COMMANDS] == list(COMMANDS)


def test_what_the_page_says_of_a_first_day_is_true(own_playbook: Path) -> None:
    page = PAGE.read_text("utf-8")
    shown = re.search(r"^```text\n(\$ .*?)^```$", page, re.MULTILINE | re.DOTALL)[1]
    done = [(typed, run(own_playbook, typed)) for typed in re.findall(r"^\$ (.*)$", shown, re.MULTILINE)]
    said = "\n".join(f"$ {typed}\n{result.stdout}{result.stderr}" for typed, result in done)
    if os.environ.get("UPDATE_SPECS"):
        PAGE.write_text(page.replace(shown, said), "utf-8")
    else:
        assert said == shown


@pytest.mark.parametrize("command", EVERY_COMMAND, ids=COMMANDS)
def test_help_teaches(command: click.Command) -> None:
    assert isinstance(command, Command)
    first, _, more = command.help.partition("\n\n")
    assert re.fullmatch(r"[A-Z][^.]+\.", " ".join(first.split())), "help begins with one sentence"
    assert len(more.split()) > 8, "a paragraph says when to use it"
    assert len(command.examples) > 1
    for parameter in command.params:
        if isinstance(parameter, click.Argument):
            names = re.findall(r"[A-Z]+", parameter.make_metavar(click.Context(command)))
            assert all(name in command.help for name in names), f"the help does not say what {names} is"
        elif not parameter.hidden:
            assert re.fullmatch(r"[A-Z].+[.\]]", parameter.help), f"{parameter.opts} is not explained"
            assert parameter.is_flag or re.fullmatch(r"[A-Z]+", parameter.metavar), f"{parameter.opts} says no word for its value"


@pytest.mark.parametrize("command", EVERY_COMMAND, ids=COMMANDS)
def test_help_fits_a_terminal(command: click.Command) -> None:
    typed = {f"  {example}" for example, _ in command.examples}
    assert not [line for line in help_of(command.name).splitlines() if len(line) > 80 and line not in typed]


EXAMPLES = [example for command in EVERY_COMMAND if command.name not in NOT_RUN for example in command.examples]


SLOW = ("playbook diff 1.0", "playbook export ../figures")
"""Each has a sibling that takes a tenth of the time, or does nearly the same; `make proof` runs these too."""


@pytest.mark.parametrize(
    "example",
    [pytest.param(example, marks=pytest.mark.proof if example[0] in SLOW else ()) for example in (*FIRST_STEPS, *EXAMPLES)],
    ids=[example[0] for example in (*FIRST_STEPS, *EXAMPLES)],
)
def test_an_example_works_as_it_is_typed(repository: Path, released: Path, tmp_path: Path, example: Example) -> None:
    folder = shutil.copytree(released if example[0].startswith("playbook release ") else repository, tmp_path / "playbook", symlinks=True)
    if "verify-links" in example[0]:
        (folder / "mkdocs.yml").write_text("site_url: https://playbook.example.org/\n")
    done = run(folder, example[0])
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This repository's own playbook in a git repository of its own, with a commit and a tag to compare with."""
    folder = tmp_path_factory.mktemp("repository")
    for part in ("playbook_data", "docs"):
        shutil.copytree(PROJECT / part, folder / part)
    shutil.copy(PROJECT / "README.md", folder)
    for arguments in (["init", "-q", "-b", "main"], ["add", "."], [*WHO, "commit", "-q", "-m", "All"], ["tag", "1.0"]):
        subprocess.run(["git", *arguments], cwd=folder, check=True)
    return folder


@pytest.fixture
def own_playbook(repository: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return shutil.copytree(repository, tmp_path / "playbook")


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small playbook that has something new since release 1.0.0, and its site."""
    folder = write_project(tmp_path_factory.mktemp("released"), {".gitignore": "site/\n"})
    git(folder, "init", "--quiet")
    record_release(folder, "1.0.0", on="2024-11-26")
    edit(folder, {"docs/more.md": "# More\n"})
    commit(folder)
    assert build(folder, "--strict").returncode == 0
    return folder


def run(folder: Path, typed: str) -> subprocess.CompletedProcess[str]:
    """What a person types: in a shell that finds `playbook`, where a shell does more than take the words apart."""
    words = shlex.split(typed)
    if words[0] == "playbook" and not set(typed) & set("|<>$&;*~"):
        return run_playbook(folder, *words[1:], environment={"COLUMNS": "80"})
    env = {**os.environ, "PATH": f"{COMMAND.parent}:{os.environ['PATH']}", "BASE": "HEAD", "COLUMNS": "80"}
    return subprocess.run(["bash", "-c", typed], cwd=folder, capture_output=True, text=True, check=False, timeout=SECONDS, env=env)
