"""What a check would find after some changes: tried out on a copy, before any file is changed.

Takes a playbook's folder and changes. Returns the problems that there would be.
"""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from macros.files.layout import DATA, DOCS
from macros.files.transaction import FileChange
from macros.playbook.load import WatchFiles, read_playbook
from macros.problems.machine_error import reason_of
from macros.problems.problem import Problem
from macros.problems.user_error import UserError
from macros.releases.store import LARGEST_RELEASE

_READ = (".yml", ".yaml", ".md", ".json", ".jsonl")
"""Other files only need to exist, so they are copied empty."""


def problems_after(root: Path, changes: Iterable[FileChange], *, watch: WatchFiles = iter) -> tuple[Problem, ...]:
    """Every problem that the playbook in `root` would have after `changes`; `watch` passes on each file as it is read.

    Raises: UserError if there is no room for the copy, or a file cannot be read.
    """
    try:
        return _problems_of_copy(root, changes, watch)
    except OSError as error:
        what = f"{error.filename} cannot be copied" if error.filename else "the playbook cannot be copied"
        raise UserError(f"the change cannot be tried out first, because {what}: {reason_of(error)}; nothing is changed") from None


def _problems_of_copy(root: Path, changes: Iterable[FileChange], watch: WatchFiles) -> tuple[Problem, ...]:
    with tempfile.TemporaryDirectory(prefix="playbook-") as folder:
        stage = Path(folder)
        for path in _files(root):
            _put(stage / path, (root / path).read_bytes() if _is_read(root / path) else b"")
        for change in sorted(changes, key=lambda change: change.new is not None):
            if change.new is None:
                (stage / change.path).unlink()
            else:
                _put(stage / change.path, change.new)
        return read_playbook(stage, watch=watch)[1]


def _files(root: Path) -> Iterator[str]:
    for top in (DATA, DOCS):
        for folder, _, names in os.walk(root / top):
            yield from (Path(folder, name).relative_to(root).as_posix() for name in names)


def _is_read(file: Path) -> bool:
    """Whether a check would read it: a pipe would be waited for, and what is larger than any file of a playbook is not looked into."""
    status = file.lstat()
    return file.name.endswith(_READ) and stat.S_ISREG(status.st_mode) and status.st_size <= LARGEST_RELEASE


def _put(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
