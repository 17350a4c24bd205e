"""A preview that keeps what has not changed shows what a build of everything would show, after every edit."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.support.edits import BARRIER, EDITS, ONE_AFTER_THE_OTHER, SETTINGS, STARTS, TERM
from tests.support.forked_modules import run_module
from tests.support.long_lists import LONG
from tests.support.playbooks import BASE, Files
from tests.support.preview_builds import SITE
from tests.support.releases import record_release
from tests.support.repositories import git
from tests.support.sites import QUIET, write_project

pytestmark = pytest.mark.slow

AT_ONCE = 9
"""How many edits follow each other, so that a later build can show what an earlier one has left."""


@pytest.mark.parametrize("seed", [None, *(pytest.param(seed, marks=pytest.mark.proof) for seed in range(5))])
def test_a_preview_shows_what_a_build_of_everything_would(tmp_path: Path, seed: int | None) -> None:
    chosen = [{}, *(ONE_AFTER_THE_OTHER if seed is None else random.Random(seed).sample(EDITS, AT_ONCE))]  # noqa: S311 - the same each time
    sites = {command: builds(tmp_path / command, command, chosen) for command in ("serve", "build")}
    for number, (previewed, whole) in enumerate(zip(*sites.values(), strict=True)):
        assert previewed == whole, chosen[number]


@pytest.mark.proof
def test_so_does_one_of_lists_that_need_several_pages(tmp_path: Path) -> None:
    path = "playbook_data/barriers/barrier-120.yml"
    edits = ({}, {path: LONG[path].replace("come apart", "fall apart")}, {path: None}, {path: LONG[path]}, {TERM: STARTS[TERM]})
    previewed, whole = (builds(tmp_path / command, command, edits, LONG) for command in ("serve", "build"))
    assert previewed == whole


def test_what_is_changed_in_the_site_itself_is_put_right(tmp_path: Path) -> None:
    page = "barriers/data-sharing/index.html"
    first, second = builds(tmp_path, "serve", [{}, {f"{SITE}/{page}": "spoilt", SETTINGS: f"{BASE[SETTINGS]}# a remark\n"}])
    assert first[page] == second[page] != b"spoilt"


def test_a_page_that_did_not_change_is_not_written_again(tmp_path: Path) -> None:
    edits = [{BARRIER: BASE[BARRIER].replace("problem: Each", word)} for word in ("problem: Each single", "problem: Every")]
    builds(tmp_path, "serve", [{}, *edits])
    before = (tmp_path / "after-1").stat().st_ctime_ns
    pages = ("barriers/data-sharing", "barriers/spare", "cases/one-front-door", "about/team", "terms/outcome")
    assert [page for page in pages if (tmp_path / SITE / page / "index.html").stat().st_mtime_ns > before] == ["barriers/data-sharing"]


def builds(root: Path, command: str, edits: Sequence[Files], starts: Files = STARTS) -> list[dict[str, bytes] | None]:
    """Each file of the site after each edit, by path; None where the build refused."""
    write_project(root, starts)
    git(root, "init", "--quiet")
    record_release(root, "1.0.0")
    (root / "edits.json").write_text(json.dumps(edits), "utf-8")
    done = run_module(root, "tests.support.preview_builds", [command, "edits.json"], QUIET)
    assert done.returncode == 0, done.stderr
    return [contents(site) if (site := root / f"after-{number}").is_dir() else None for number in range(len(edits))]


def contents(site: Path) -> dict[str, bytes]:
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in sorted(site.rglob("*")) if file.is_file()}
