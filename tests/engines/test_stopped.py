"""A build, `playbook pages` and `playbook finish` that are stopped while they write leave what was there or what should be, whole."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from random import Random

import pytest

from macros.site import unfinished
from tests.support.playbooks import run_playbook
from tests.support.sites import build, build_in_new_process, write_project
from tests.support.stopped import digest, moments_of, stopped

pytestmark = pytest.mark.slow

BUILD = ("mkdocs", "build", "--strict", "--quiet")
FINISH = ("macros", "finish", "out")
PAGES = ("macros", "pages", "out")
MOMENTS = 20
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
SEED = 7
FULL = "no space left on device\nmake room on the disk, then try again\n"
STEPS = {
    "the folder for the new site": (BUILD, "1", "ENOSPC"),
    "a file of the theme": (BUILD, "assets/css/page.css", "ENOSPC"),
    "the page of an entry": (BUILD, "barriers/data-sharing/index.html", "EDQUOT"),
    "the index of the search": (BUILD, "search/index.json", "ENOSPC"),
    "the last file of a build": (BUILD, "404.html", "ENOSPC"),
    "a copy of what an engine built": (FINISH, "addresses.json", "ENOSPC"),
    "a page that is finished": (FINISH, "barriers/data-sharing/index.html", "ENOSPC"),
    "a page for an engine": (PAGES, "barriers/data-sharing/index.md", "ENOSPC"),
    "a picture for an engine": (PAGES, "assets/favicon.svg", "ENOSPC"),
    "the settings for an engine": (PAGES, "mkdocs.yml", "ENOSPC"),
    "the old pages that step aside": (PAGES, "out/docs", "ENOSPC"),
}
"""What a command writes when the disk is full: the command, how the path ends, and the error."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a site, and with pages that an engine has built."""
    root = write_project(tmp_path_factory.mktemp("stopped") / "made")
    assert run_playbook(root, "pages", "out").returncode == 0
    assert build_in_new_process(root / "out", "--strict").returncode == 0
    assert build(root, "--strict").returncode == 0
    return root


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Path:
    """The same with files in the site and in the pages that the next build does not make."""
    root = shutil.copytree(made, tmp_path / "project", symlinks=True)
    spoil(root)
    return root


def spoil(root: Path) -> None:
    for file in (root / "site" / "stale.html", root / "out" / "docs" / "stale.md"):
        file.write_text("left over", "utf-8")


def written_by(command: tuple[str, ...]) -> tuple[str, ...]:
    return ("out/docs", "out/overrides", "out/mkdocs.yml") if command == PAGES else ("site",)


def state(root: Path, command: tuple[str, ...]) -> tuple[str, ...]:
    """What is there of all that the command writes; empty where something is missing, so that nobody takes it for whole."""
    paths = [root / path for path in written_by(command)]
    return tuple(digest(path) if path.is_dir() else path.read_text("utf-8") for path in paths) if all(path.exists() for path in paths) else ()


def beside(root: Path) -> list[str]:
    """What is left of the work."""
    return [path.name for path in (*root.glob(".site*"), *(root / "out").glob(".pages*"))]


@pytest.mark.parametrize("step", STEPS)
def test_a_full_disk_leaves_the_old_files_and_is_told_in_a_line(project: Path, step: str) -> None:
    command, path, error = STEPS[step]
    before = state(project, command), state(project, BUILD)
    done = stopped(project, path, error, *command)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert FULL.partition("\n")[2] in done.stderr
    assert done.stderr.startswith("Error: ")
    assert (state(project, command), state(project, BUILD)) == before
    assert beside(project) == []


def test_a_signal_while_pages_take_their_places_waits_until_all_have(project: Path, made: Path) -> None:
    done = stopped(project, "out/docs", str(int(signal.SIGTERM)), *PAGES)
    assert done.returncode == 128 + signal.SIGTERM
    assert state(project, PAGES) == state(made, PAGES)


def test_pages_that_were_stopped_between_two_steps_are_built_by_no_engine_and_written_again(project: Path, made: Path) -> None:
    assert stopped(project, "out/docs", str(int(signal.SIGKILL)), *PAGES).returncode == -signal.SIGKILL
    assert not (project / "out" / "mkdocs.yml").exists()
    assert run_playbook(project, "pages", "out").returncode == 0
    assert (state(project, PAGES), beside(project)) == (state(made, PAGES), [])


@pytest.mark.parametrize(("page", "is_cut"), [("barriers/data-sharing", True), ("insights/shared-space", False)])
def test_what_an_engine_built_halfway_is_not_finished(project: Path, page: str, is_cut: bool) -> None:
    before = state(project, FINISH)
    file = project / "out" / "site" / page / "index.html"
    file.write_bytes(file.read_bytes()[:-100]) if is_cut else file.unlink()
    done = run_playbook(project, "finish", "out")
    assert done.returncode == 1
    assert done.stderr == f"Error: out is built in part: the page /{page}/ is missing or ends halfway\nhave the engine build it again\n"
    assert state(project, FINISH) == before


# ---- at any moment ----


def moments(root: Path, command: tuple[str, ...]) -> Iterator[int]:
    """Random ones, and each in which old files and new ones change places."""
    changes = moments_of(root, *command)
    places = [number for number, change in enumerate(changes, 1) if change.startswith(("os.rename", "os.chmod"))]
    near = {number + step for number in places for step in (0, 1)}
    drawn = Random(SEED).sample(range(1, len(changes) + 1), MOMENTS)  # noqa: S311 - moments, not secrets
    yield from sorted({*drawn, *near} & {*range(1, len(changes) + 1)})


@pytest.mark.proof
@pytest.mark.parametrize("command", [BUILD, FINISH, PAGES], ids=["build", "finish", "pages"])
def test_a_command_that_is_killed_at_any_moment_leaves_the_old_files_or_the_new_ones(made: Path, project: Path, command: tuple[str, ...]) -> None:
    before = state(project, command)
    at = [*moments(project, command)]
    after = state(project, command)
    seen = set()
    for moment, number in zip(at, cycle(SIGNALS), strict=False):
        shutil.rmtree(project)
        shutil.copytree(made, project, symlinks=True)
        spoil(project)
        done = stopped(project, moment, str(int(number)), *command)
        assert done.returncode in (-number, 128 + number, 0), (moment, number.name, done)
        assert "Traceback" not in done.stderr, (moment, number.name, done.stderr)
        found = state(project, command)
        assert found in (before, after) or (command == PAGES and number == signal.SIGKILL and not (project / "out/mkdocs.yml").exists()), moment
        assert number == signal.SIGKILL or beside(project) == [], (moment, number.name)
        seen.add(found)
        make_again(project, command)
        assert (state(project, command), beside(project)) == (after, []) if command == PAGES else beside(project) == [], moment
    assert len(at) >= MOMENTS
    assert seen >= {before, after}


def make_again(root: Path, command: tuple[str, ...]) -> None:
    """What the next command does first."""
    if command == PAGES:
        assert run_playbook(root, "pages", "out").returncode == 0
    else:
        unfinished.open_folder(root / "site")
        unfinished.clear()
