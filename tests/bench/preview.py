"""How long an edit takes to show in `make serve`, on the clock of whoever waits."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.bench.generated import generated_entries
from tests.bench.timing import seconds
from tests.support.previews import Preview
from tests.support.sites import PROJECT, build_in_new_process, write_project

_LEFT_OUT = shutil.ignore_patterns(".git", ".venv*", ".*cache", ".site-*", "site", "tests", "__pycache__")


def measure_preview(folder: Path) -> None:
    """An edit of the real playbook; a build alone for comparison."""
    shutil.copytree(PROJECT, folder, ignore=_LEFT_OUT)
    spent = _edits(folder, "barriers/data-sharing")
    whole = seconds(lambda: build_in_new_process(folder))
    print(f"preview: an edited entry shows after {spent:.1f} s at most of three = {spent / whole:.1f} times a whole build")


def measure_large_preview(folder: Path, entries: int) -> None:
    """An edit of a generated playbook."""
    spent = _edits(write_project(folder, generated_entries(entries)), "barriers/barrier-number-0")
    print(f"preview: with {entries:,} entries, an edited entry shows after {spent:.1f} s at most of three")


def _edits(folder: Path, entry: str) -> float:
    """The longest of three edits of the title, in seconds."""
    preview = Preview(folder, f"{entry}/")
    try:
        assert preview.shows("</h1>"), preview.log.read_text("utf-8")
        return max(seconds(lambda number=number: _edit(preview, entry, f"{number} ")) for number in range(3))
    finally:
        preview.end()


def _edit(preview: Preview, entry: str, before: str) -> None:
    preview.edit(f"playbook_data/{entry}.yml", "title: ", f"title: {before}")
    assert preview.shows(f">{before}"), preview.log.read_text("utf-8")
