"""Reads the files that hold the playbook's data.

Takes the playbook's folder. Returns the bytes of each entry's file, and problems with files that cannot be one.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from macros.files.layout import (
    DATA,
    INBOUND_FILE,
    LARGEST_FILE,
    LARGEST_INBOUND,
    OTHER_FOLDERS,
    SETTINGS_FILE,
    TOP_FILES,
)
from macros.files.misplaced import bad_slug, in_kind_folder, in_other_folder, in_unknown_folder, is_slug, stray
from macros.files.scan import link_problem, no_file, scan, unreadable
from macros.problems.problem import Problem, file_problem
from macros.schema.kinds import KINDS

_TO_SHORTEN = {
    LARGEST_FILE: "an entry of 250 words takes about 2,000; split it or remove what is not text",
    LARGEST_INBOUND: "list each page once for each site, and leave out pages that it links to by the way",
}
"""How to make a file shorter, by the most that it may have."""


@dataclass(frozen=True, slots=True)
class DataFile:
    """One file as it is on the disk. `path` is relative to the playbook's folder, with `/`."""

    path: str
    folder: str
    slug: str
    data: bytes


def read_files(root: Path) -> tuple[list[DataFile], list[Problem]]:
    """Every file of the data, in the order of their names; what cannot be read is a problem instead."""
    files: list[DataFile] = []
    problems: list[Problem] = []
    for item in _paths(root):
        data = item if isinstance(item, Problem) else read_bytes(root, item, most=LARGEST_INBOUND if item == INBOUND_FILE else LARGEST_FILE)
        if isinstance(data, Problem):
            problems.append(data)
        else:
            folder, _, name = item.removeprefix(f"{DATA}/").rpartition("/")
            files.append(DataFile(item, folder, name.removesuffix(".yml"), data))
    ids = {file.slug: file.path for file in files}
    return files, [_case_clash(problem, ids) or problem for problem in problems]


def read_bytes(root: Path, path: str, *, most: int = LARGEST_FILE) -> bytes | Problem:
    """The bytes of the file at `path` in the playbook, up to `most`; nothing is read that is no file, leads elsewhere or has no end."""
    file = f"{root}/{path}"  # pathlib would take longer than the disk
    try:
        status = os.lstat(file)
        if stat.S_ISLNK(status.st_mode):
            return link_problem(path)
        if not stat.S_ISREG(status.st_mode):
            return no_file(path)
        with open(file, "rb") as opened:  # noqa: PTH123
            data = opened.read(most + 1)
    except OSError as error:
        return unreadable(path, error)
    if len(data) > most:
        return file_problem(
            path, "too-large", f"the file has {status.st_size:,} bytes, the most is {most:,}", _TO_SHORTEN.get(most, "ask for a smaller one")
        )
    return data


def _paths(root: Path) -> Iterator[str | Problem]:
    if not os.path.lexists(root / SETTINGS_FILE) and os.access(root / DATA, os.X_OK):
        help = "write playbook.yml: title, summary, lab, licence, contact"
        yield file_problem(SETTINGS_FILE, "missing-file", "the playbook's own facts are missing", help)
    for item in scan(root, DATA):
        if isinstance(item, Problem):
            yield item
            continue
        path = f"{DATA}/{item.name}"
        if path in TOP_FILES:
            yield path
        elif not item.is_dir():
            yield stray(root, path)
        else:
            look = _kind_paths if item.name in KINDS else in_other_folder if item.name in OTHER_FOLDERS else in_unknown_folder
            yield from look(root, path)


def _kind_paths(root: Path, folder: str) -> Iterator[str | Problem]:
    for item in scan(root, folder):
        if isinstance(item, Problem):
            yield item
            continue
        path = f"{folder}/{item.name}"
        stem, ending = os.path.splitext(item.name)  # noqa: PTH122 - pathlib would take longer than the disk
        if item.is_dir():
            yield from in_kind_folder(root, path)
        elif ending != ".yml":
            yield stray(root, path)
        else:
            yield path if is_slug(stem) else bad_slug(root, path)


def _case_clash(problem: Problem, ids: Mapping[str, str]) -> Problem | None:
    """A bad name that differs from an entry's id only in capital letters: on many disks one of the two files is lost."""
    stem = PurePosixPath(problem.location.file).stem
    if problem.rule != "bad-name" or stem.lower() not in ids:
        return None
    message = f"'{stem}' differs from the id of {ids[stem.lower()]} only in capital letters"
    return replace(problem, rule="same-but-case", message=message, help="many disks hold only one of them; merge the two files")
