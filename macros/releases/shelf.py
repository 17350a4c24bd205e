"""The releases that the playbook keeps: `playbook_data/releases/<version>.jsonl`.

Enters: the playbook's folder and a version. Leaves: what that release says.
"""

from __future__ import annotations

from pathlib import Path

from macros.files import RELEASE_ENDING, RELEASES, file_problem
from macros.problems import Problem
from macros.releases.snapshot import Snapshot, read_lines

LARGEST_RELEASE = 200_000_000
"""Bytes. A release of 10,000 entries takes about 25 million."""


def read_release(root: Path, version: str) -> tuple[Snapshot | None, tuple[Problem, ...]]:
    """What a release says, or None and what is wrong with its file."""
    path = f"{RELEASES}/{version}{RELEASE_ENDING}"
    file = root / path
    if file.is_symlink() or not file.is_file():
        return None, (file_problem(path, "not-a-file", "it is not a plain file", "bring the release back as it was published"),)
    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST_RELEASE + 1)
    except OSError as error:
        message = f"it cannot be read: {(error.strerror or 'unknown error').lower()}"
        return None, (file_problem(path, "unreadable", message, "give everybody the right to read it"),)
    if len(data) > LARGEST_RELEASE:
        message = f"the file has more than {LARGEST_RELEASE:,} bytes"
        return None, (file_problem(path, "too-large", message, "bring the release back as it was published"),)
    return read_lines(path, data)
