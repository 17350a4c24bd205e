"""Whoever changes a playbook has it alone, and whoever reads it reads one state of it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from macros.files.lock import BUSY, Busy, hold
from macros.files.transaction import FileChange, make_changes
from tests.support.playbooks import BASE, write_playbook

TERM = "playbook_data/terms/joining-up.yml"


@contextmanager
def another_holds(folder: Path, way: int) -> Iterator[None]:
    """Another process has opened the folder: the system tells the two apart by how they opened it."""
    handle = os.open(folder, os.O_RDONLY)
    fcntl.flock(handle, way)
    yield
    os.close(handle)


@pytest.mark.parametrize(
    ("theirs", "shared", "waits"),
    [(fcntl.LOCK_EX, False, True), (fcntl.LOCK_EX, True, True), (fcntl.LOCK_SH, False, True), (fcntl.LOCK_SH, True, False)],
)
def test_readers_share_a_folder_and_a_writer_has_it_alone(tmp_path: Path, theirs: int, shared: bool, waits: bool) -> None:
    with another_holds(tmp_path, theirs):
        if waits:
            with pytest.raises(Busy, match=BUSY), hold(tmp_path, seconds=0, shared=shared):
                pass
        else:
            with hold(tmp_path, seconds=0, shared=shared):
                pass


def test_a_command_that_holds_the_playbook_can_change_it(tmp_path: Path) -> None:
    write_playbook(tmp_path)
    with hold(tmp_path / "playbook_data", seconds=0):
        make_changes(tmp_path, [FileChange(TERM, BASE[TERM].encode(), b"new")], timeout=0)
        with pytest.raises(BlockingIOError), another_holds(tmp_path / "playbook_data", fcntl.LOCK_EX | fcntl.LOCK_NB):
            pass
    assert (tmp_path / TERM).read_bytes() == b"new"
    with another_holds(tmp_path / "playbook_data", fcntl.LOCK_EX | fcntl.LOCK_NB):
        pass


def test_a_folder_that_cannot_be_opened_is_left_to_whoever_reads_it(tmp_path: Path) -> None:
    with hold(tmp_path / "nowhere", seconds=0):
        pass
