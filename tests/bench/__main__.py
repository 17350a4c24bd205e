"""`python -m tests.bench [ENTRIES]`: how fast the check and the build are, what releases cost, and how heavy the pages.

Prints one line for each measurement; times are the best of three where they are short.
"""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from macros.problems.closest import closest
from tests.bench.generated import generated_entries
from tests.support.playbooks import write_playbook
from tests.support.previews import Preview
from tests.support.published import start_publishing
from tests.support.releases import record_release
from tests.support.repositories import commit, edit, git
from tests.support.sites import PROJECT, build_in_new_process, write_project

ENTRIES = 2_000
CHECKED = 10_000
BARE = """
import pathlib, sys, yaml
for file in pathlib.Path(sys.argv[1]).rglob("*.yml"):
    yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)
"""


def main(entries: int) -> None:
    """Run every measurement."""
    _closest()
    with tempfile.TemporaryDirectory() as folder:
        _check(Path(folder) / "check", max(entries, CHECKED))
        _build(Path(folder) / "build", entries)
        _preview(Path(folder) / "preview")
        _releases(Path(folder) / "releases", entries // 2)
    _real_playbook()


def _check(folder: Path, entries: int) -> None:
    """The whole command against what reading the same files with nothing but libyaml takes, both in processes of their own."""
    write_playbook(folder, generated_entries(entries))
    size = sum(file.stat().st_size for file in folder.rglob("*.yml")) / 1e6
    bare = best(lambda: subprocess.run([sys.executable, "-c", BARE, folder], check=True))
    ours = best(lambda: subprocess.run([sys.executable, "-m", "macros", "-C", folder, "check", "--strict"], stdout=subprocess.DEVNULL, check=True))
    files = sorted(folder.rglob("barriers/*.yml"))[:20]
    for file in files:
        file.write_text(re.sub(r"(hits: \[)(\w)", r"\1x\2", file.read_text("utf-8"), count=1), "utf-8")
    with_typos = best(lambda: _run_check(folder))
    print(f"check: the same with {len(files)} misspelt ids {with_typos:.2f} s = {with_typos / bare:.1f} times bare")
    print(
        f"check: {entries:,} entries, {size:.1f} MB: bare yaml.load {bare:.2f} s, `playbook check --strict` {ours:.2f} s = {ours / bare:.1f} times bare"
    )


def _closest() -> None:
    """How long a check waits for the guess at each id that names nothing."""
    ids = [f"{word}-{number}" for word in ("data-sharing", "shared-budgets", "find-who-decides") for number in range(CHECKED // 3)]
    spent = best(lambda: closest("find-who-deceides-17", ids))
    print(f"closest: one wrong id among {len(ids):,} takes {1000 * spent:.1f} ms")


def _build(folder: Path, entries: int) -> None:
    few, many = entries // 10, entries
    times = []
    for number in (few, many):
        project = write_project(folder / str(number), generated_entries(number))
        start = time.perf_counter()
        done = build_in_new_process(project)
        times.append(time.perf_counter() - start)
        assert done.returncode == 0, done.stderr
    per_page = [1000 * spent / number for spent, number in zip(times, (few, many), strict=True)]
    print(
        f"build: {few:,} entries {times[0]:.1f} s, {many:,} entries {times[1]:.1f} s: {per_page[0]:.1f} and {per_page[1]:.1f} ms an entry = {per_page[1] / per_page[0]:.1f} times"
    )


def _preview(folder: Path) -> None:
    """How long an edit of the real playbook takes to show; a build alone for comparison."""
    shutil.copytree(PROJECT, folder, ignore=shutil.ignore_patterns(".git", ".venv*", ".*cache", ".site-*", "site", "tests", "__pycache__"))
    file = "playbook_data/barriers/data-sharing.yml"
    preview = Preview(folder)
    try:
        assert preview.shows("Partners cannot or will not share data"), preview.log.read_text("utf-8")
        spent = []
        for number in range(3):
            preview.edit(file, "title: ", f"title: {number} ")
            start = time.perf_counter()
            preview.shows(f"<h1>{number} ")
            spent.append(time.perf_counter() - start)
    finally:
        preview.end()
    start = time.perf_counter()
    build_in_new_process(folder)
    whole = time.perf_counter() - start
    print(f"preview: an edited entry shows after {max(spent):.1f} s at most of three = {max(spent) / whole:.1f} times a whole build")


def _releases(folder: Path, entries: int) -> None:
    """What ten releases cost: the check and the build with them against the same without, and a publication with three versions."""
    written = generated_entries(entries)
    project = write_project(folder, {**written, ".gitignore": "site/\n"})
    git(project, "init", "--quiet")
    commit(project)
    check = lambda: subprocess.run([sys.executable, "-m", "macros", "-C", project, "check"], capture_output=True, check=True)  # noqa: E731
    bare = best(check), best(lambda: build_in_new_process(project), times=1)
    for number in range(10):
        edit(project, {path: f"{text}order: {number}\n" for index, (path, text) in enumerate(written.items()) if index % 20 == number})
        commit(project)
        record_release(project, f"1.{number}.0")
        if number > 7:
            start = time.perf_counter()
            assert start_publishing(project).wait() == 0
            spent = time.perf_counter() - start
    kept = sum(file.stat().st_size for file in (project / "playbook_data/releases").iterdir()) / 1e6
    with_them = best(check), best(lambda: build_in_new_process(project), times=1)
    print(
        f"releases: {entries:,} entries, 10 releases of {kept / 10:.1f} MB: check {bare[0]:.2f} s without, {with_them[0]:.2f} s with them = "
        f"{with_them[0] / bare[0]:.1f} times; build {bare[1]:.1f} s and {with_them[1]:.1f} s = {with_them[1] / bare[1]:.1f} times; "
        f"publish the second version {spent:.1f} s = {spent / with_them[1]:.1f} times a build"
    )


def _real_playbook() -> None:
    check = best(lambda: _run_check(PROJECT))
    with tempfile.TemporaryDirectory() as folder:
        for part in ("playbook_data", "docs"):
            shutil.copytree(PROJECT / part, Path(folder) / part, ignore=shutil.ignore_patterns("releases"))
        without = best(lambda: _run_check(Path(folder)))
        print(f"real playbook: `playbook check` {check:.2f} s with its releases, {without:.2f} s without = {check / without:.2f} times")
        site = Path(folder) / "site"
        start = time.perf_counter()
        build_in_new_process(PROJECT, "--site-dir", str(site))
        print(f"real playbook: `mkdocs build` {time.perf_counter() - start:.2f} s")
        for name in ("index.html", "barriers/data-sharing/index.html", "search/index.json"):
            data = (site / name).read_bytes()
            print(f"  {name}: {len(data) / 1000:.0f} KB, {len(gzip.compress(data)) / 1000:.1f} KB packed")


def _run_check(folder: Path) -> None:
    subprocess.run([sys.executable, "-m", "macros", "-C", folder, "check"], capture_output=True, check=False)


def best(run: Callable[[], object], times: int = 3) -> float:
    """The shortest of a few runs, in seconds."""
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        spent.append(time.perf_counter() - start)
    return min(spent)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ENTRIES)
