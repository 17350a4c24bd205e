"""What ten releases cost, each with every twentieth entry changed: time, the files that are kept, and what git makes of them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.bench.generated import generated_entries
from tests.bench.timing import best, seconds
from tests.support.published import start_publishing
from tests.support.releases import record_release
from tests.support.repositories import commit, edit, git
from tests.support.sites import build_in_new_process, write_project

RELEASES = 10
BRANCH = "gh-pages"


def measure_releases(folder: Path, entries: int) -> None:
    """The check and the build with releases against the same without; the size of what is kept; a publication of the last one."""
    written = generated_entries(entries)
    project = write_project(folder, {**written, ".gitignore": "site/\n"})
    git(project, "init", "--quiet")
    commit(project)
    bare, before = _times(project), _packed(project, "main")
    for number in range(RELEASES - 1):
        _release(project, written, number)
    _publish(project)
    published = _packed(project, BRANCH)
    _release(project, written, RELEASES - 1)
    again = seconds(lambda: _publish(project))
    kept = sum(file.stat().st_size for file in (project / "playbook_data/releases").iterdir()) / 1e6
    check, build = _times(project)
    print(
        f"releases: {entries:,} entries, {RELEASES} releases of {kept / RELEASES:.2f} MB: check {bare[0]:.2f} s without, {check:.2f} s with them = "
        f"{check / bare[0]:.1f} times; build {bare[1]:.1f} s and {build:.1f} s = {build / bare[1]:.1f} times; "
        f"publish the second time {again:.1f} s = {again / build:.1f} times a build"
    )
    each, newest = (_packed(project, "main") - before) / RELEASES, _packed(project, BRANCH) - published
    print(
        f"releases: packed by git, {before:.2f} MB before them and {each:.2f} MB more for each; "
        f"the branch {BRANCH} {published:.1f} MB with {RELEASES - 1} versions and {newest:.1f} MB more for the next, {_checked_out(project)} checked out"
    )


def _times(project: Path) -> tuple[float, float]:
    """How long the check and the build take."""
    check = lambda: subprocess.run([sys.executable, "-m", "macros", "-C", project, "check"], capture_output=True, check=True)  # noqa: E731
    return best(check), seconds(lambda: build_in_new_process(project))


def _release(project: Path, written: dict[str, str], number: int) -> None:
    edit(project, {path: f"{text}order: {number}\n" for index, (path, text) in enumerate(written.items()) if index % 20 == number})
    commit(project)
    record_release(project, f"1.{number}.0")


def _publish(project: Path) -> None:
    assert start_publishing(project).wait() == 0


def _packed(project: Path, branch: str) -> float:
    """The MB of everything that a branch has ever had, as git sends it."""
    pack = ["git", "pack-objects", "--revs", "--stdout", "-q"]
    return len(subprocess.run(pack, cwd=project, input=f"{branch}\n".encode(), capture_output=True, check=True).stdout) / 1e6


def _checked_out(project: Path) -> str:
    """How large the published site is: the size of each file is the fourth word of its line."""
    sizes = [int(line.split()[3]) for line in git(project, "ls-tree", "-r", "-l", BRANCH).splitlines()]
    return f"{sum(sizes) / 1e6:.0f} MB in {len(sizes):,} files"
