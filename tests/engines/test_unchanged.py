"""A preview that keeps what has not changed shows what a build of everything would show, after every edit."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import pytest

from tests.support.forked_modules import run_module
from tests.support.playbooks import BASE, Files
from tests.support.preview_builds import apply
from tests.support.releases import record_release
from tests.support.repositories import git
from tests.support.sites import QUIET, build, write_project

pytestmark = pytest.mark.slow

BARRIER, TERM, SETTINGS = "playbook_data/barriers/data-sharing.yml", "playbook_data/terms/outcome.yml", "playbook_data/playbook.yml"
TEAM = "docs/about/team.md"
PAGE = '# Our team { #team }\n\nThe aim is one outcome.\n\n## Barriers { #barriers }\n\n{{ entries("barriers") }}\n\n{{ link("shared-aims") }}\n'
STARTS: Files = {TERM: "title: Outcome\nsummary: What changes for people.\nmeaning: It is what people notice.\n", TEAM: PAGE}
SECOND = BASE[BARRIER].replace("Data stays apart", "Nobody may decide")
EDITS: tuple[Files, ...] = (
    {BARRIER: BASE[BARRIER].replace("title: Data stays apart", "title: Partners keep their data")},
    {BARRIER: BASE[BARRIER].replace("Each partner holds a part of the story.", "Nobody sees the outcome.")},
    {BARRIER: BASE[BARRIER].replace("summary: ", "summary: In short, ")},
    {BARRIER: BASE[BARRIER].replace("problem:", "problm:")},
    {BARRIER: BASE[BARRIER]},
    {TERM: STARTS[TERM].replace("What changes", "All that changes")},
    {TERM: STARTS[TERM].replace("title: Outcome", "title: Result\nalso: [story]")},
    {TERM: STARTS[TERM]},
    {TEAM: PAGE.replace("Our team", "The *whole* team")},
    {TEAM: PAGE.replace("## Barriers", "## What is in the way")},
    {TEAM: "---\ntitle: Who we are\n---\n" + PAGE},
    {TEAM: PAGE},
    {"docs/about/plan.md": "# A plan\n\nSee [the team](team.md#barriers).\n"},
    {"docs/about/plan.md": '# A plan\n\n<p>See <a href="nowhere/">what is not there</a>.</p>\n'},
    {"docs/about/plan.md": None},
    {"playbook_data/barriers/no-mandate.yml": SECOND},
    {"playbook_data/barriers/no-mandate.yml": None},
    {SETTINGS: BASE[SETTINGS].replace("Small playbook", "Smaller playbook")},
    {SETTINGS: BASE[SETTINGS].replace("lab@example.org", "help@example.org")},
    {SETTINGS: BASE[SETTINGS]},
)


@pytest.mark.parametrize("seed", [3, *(pytest.param(seed, marks=pytest.mark.proof) for seed in (1, 2, 4, 5, 6))])
def test_a_preview_shows_what_a_build_of_everything_would(tmp_path: Path, seed: int) -> None:
    chosen = [{}, *random.Random(seed).sample(EDITS, 6)]  # noqa: S311 - the same each time
    previewed, whole = (write_project(tmp_path / name, STARTS) for name in ("previewed", "whole"))
    for root in (previewed, whole):
        git(root, "init", "--quiet")
        record_release(root, "1.0.0")
    (previewed / "edits.json").write_text(json.dumps(chosen), "utf-8")
    done = run_module(previewed, "tests.support.preview_builds", ["edits.json"], QUIET)
    assert done.returncode == 0, done.stderr
    for number, edit in enumerate(chosen):
        apply(edit, whole)
        shutil.rmtree(whole / "site", ignore_errors=True)
        build(whole)
        assert contents(previewed / f"after-{number}") == contents(whole / "site"), edit


def contents(site: Path) -> dict[str, bytes]:
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in sorted(site.rglob("*")) if file.is_file()}
