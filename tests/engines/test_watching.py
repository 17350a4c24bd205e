"""A preview learns of each edit, whatever way a program saves files."""

from __future__ import annotations

import errno
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from watchfiles import watch

from macros.engines import edits
from macros.engines.mkdocs.watching import Observer

PATIENCE = 20
"""Seconds before a test gives up; an edit is told after a fraction of one."""


class Told:
    """Stands for MkDocs, and knows whether it was told of an edit since it was last asked."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def on_any_event(self, event: object) -> None:
        assert event.is_directory is False
        self._event.set()

    def soon(self) -> bool:
        was_told = self._event.wait(PATIENCE)
        self._event.clear()
        return was_told


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Told]:
    (tmp_path / "docs" / "about").mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text("", "utf-8")
    (tmp_path / "overrides").mkdir()
    yield from observed(tmp_path)


def observed(folder: Path) -> Iterator[Told]:
    told, observer = Told(), Observer()
    for name in ("docs", "mkdocs.yml", "overrides"):
        observer.schedule(told, str(folder / name))
    observer.start()
    yield told
    observer.stop()
    observer.join(PATIENCE)


def saved_until_told(told: Told, file: Path) -> bool:
    """Saves a file again and again, because the observer may only be about to look at it."""
    for number in range(PATIENCE * 10):
        file.write_text(str(number), "utf-8")
        if told._event.wait(0.1):
            return told.soon()
    return False


def test_it_is_told_of_a_file_in_a_folder(tmp_path: Path, told: Told) -> None:
    assert saved_until_told(told, tmp_path / "docs" / "about" / "team.md")


def test_it_is_told_of_a_file_that_is_replaced_again_and_again(tmp_path: Path, told: Told) -> None:
    settings, new = tmp_path / "mkdocs.yml", tmp_path / "new"
    for _ in range(3):
        assert saved_until_told(told, settings)
        new.write_text("", "utf-8")
        new.replace(settings)
        assert told.soon()


def test_a_folder_that_goes_and_comes_again_is_looked_at(tmp_path: Path, told: Told) -> None:
    assert saved_until_told(told, tmp_path / "docs" / "index.md")
    shutil.rmtree(tmp_path / "overrides")
    assert told.soon()
    assert saved_until_told(told, tmp_path / "docs" / "index.md"), "what is there is looked at meanwhile"
    (tmp_path / "overrides").mkdir()
    assert told.soon()
    assert saved_until_told(told, tmp_path / "overrides" / "main.html")


def test_where_the_system_watches_no_more_folders_it_looks_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*paths: str, force_polling: bool | None, **options: object) -> Iterator[set]:
        if not force_polling:
            raise OSError(errno.ENOSPC, "OS file watch limit reached")
        return watch(*paths, force_polling=True, **options)

    monkeypatch.setattr(edits, "watch", refused)
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("", "utf-8")
    for told in observed(tmp_path):
        assert saved_until_told(told, tmp_path / "docs" / "index.md")
