"""Two builds of the same files are the same, byte for byte: elsewhere, at another time, in another language, and whatever order a disk lists them in.

This is so with each engine. `make test` builds a small playbook with MkDocs; `make proof` builds that of this repository with all engines.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from macros.site.digest import site_digest
from tests.support.engines import ENGINES, build_with, copy_project, keep_site, run, write_small
from tests.support.sites import PROJECT, build

OTHER_DAY = {"TZ": "Pacific/Kiritimati", "SOURCE_DATE_EPOCH": "0"}
OTHER_LANGUAGE = {"LC_ALL": "C", "LANG": "C", "LANGUAGE": "de", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
OTHER_ORDER = {"PYTHONHASHSEED": "7", "PYTHONPATH": str(PROJECT / "tests" / "support" / "reversed_listings")}
ELSEWHERE = {"environment": OTHER_DAY | OTHER_LANGUAGE | OTHER_ORDER, "umask": 0o077}
MEMORY = Path("/dev/shm")
"""Where the system has it, files are listed in the order in which they were made."""


@pytest.fixture
def elsewhere() -> Iterator[Path]:
    """A folder in another place, whose name is longer and has a space."""
    with tempfile.TemporaryDirectory(prefix="a place elsewhere ", dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as folder:
        yield Path(folder)


def files_of(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def differing(one: Path, other: Path) -> list[str]:
    """The files that only one of two sites has, or that differ."""
    ours, theirs = files_of(one), files_of(other)
    return sorted(name for name in ours | theirs if ours.get(name) != theirs.get(name))


def built_elsewhere(elsewhere: Path, project: Path = PROJECT) -> Path:
    """The site that MkDocs makes of the same files there, which are new ones, made in another order."""
    run(copy_project(elsewhere, project), [sys.executable, "-m", "mkdocs", "build", "--strict"], **ELSEWHERE)
    keep_site(elsewhere, "mkdocs")
    return elsewhere / "sites" / "mkdocs"


@pytest.mark.slow
def test_mkdocs_makes_the_same_bytes_everywhere(tmp_path: Path, elsewhere: Path) -> None:
    assert build(write_small(tmp_path), "--strict").returncode == 0
    assert differing(tmp_path / "site", built_elsewhere(elsewhere, tmp_path)) == []


@pytest.mark.proof
def test_mkdocs_makes_the_same_bytes_of_this_playbook_everywhere(real_site: Path, elsewhere: Path) -> None:
    assert differing(real_site, built_elsewhere(elsewhere)) == []


@pytest.mark.proof
def test_each_other_engine_makes_the_same_bytes_everywhere(tmp_path: Path, elsewhere: Path) -> None:
    build_with(ENGINES, copy_project(tmp_path))
    build_with(ENGINES, copy_project(elsewhere), **ELSEWHERE)
    assert {engine: differing(tmp_path / "sites" / engine, elsewhere / "sites" / engine) for engine in ENGINES} == {engine: [] for engine in ENGINES}


def test_the_digest_is_that_of_what_sha256sum_lists(tmp_path: Path) -> None:
    """So a published site is checked without this program."""
    for name in ("index.html", "a/index.html", "a-b/index.html", ".nojekyll", ".git/HEAD", "ü/Ä b.txt", "empty"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name if name != "empty" else "", "utf-8")
    typed = "find . -type f ! -path './.git/*' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum"
    assert typed in (PROJECT / "docs/contribute/engines.md").read_text("utf-8")
    listed = subprocess.run(typed, shell=True, cwd=tmp_path, capture_output=True, encoding="utf-8", check=True)
    assert listed.stdout.split()[0] == site_digest(tmp_path)
    (tmp_path / "empty").rename(tmp_path / "full")
    assert listed.stdout.split()[0] != site_digest(tmp_path)


@pytest.mark.parametrize(("folder", "said"), [("site", "sha256 of the site: "), ("none", "there is no folder none\n")])
def test_the_digest_of_a_folder_is_said_on_one_line(tmp_path: Path, folder: str, said: str) -> None:
    (tmp_path / "site").mkdir()
    command = [sys.executable, "-m", "macros.engines.digest", folder]
    done = subprocess.run(command, cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(PROJECT)}, capture_output=True, encoding="utf-8", check=False)
    assert (done.stdout + done.stderr).startswith(said)
    assert (done.stdout + done.stderr).count("\n") == 1
