"""Exports are whole: the new ones, or the old ones where the disk takes no more."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from macros.files.write import write_files
from macros.problems.user_error import UserError
from tests.files.test_transaction import in_a_child


def test_files_are_written_into_folders_that_are_made(tmp_path: Path) -> None:
    write_files(tmp_path / "out", {"a/b.csv": b"new", "c": b"x"})
    assert {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == {
        "out/a/b.csv": b"new",
        "out/c": b"x",
    }


def test_a_disk_that_takes_no_more_leaves_the_old_files_and_no_others(tmp_path: Path) -> None:
    write_files(tmp_path, {"a": b"old", "b": b"old"})

    def run() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
        with pytest.raises(
            UserError, match=r"^cannot write the files into .*: file too large\nname a folder that you may write, on a disk with room$"
        ):
            write_files(tmp_path, {"a": b"new", "b": b"x" * 101})

    assert in_a_child(run) == 0
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"old", "b": b"old"}
