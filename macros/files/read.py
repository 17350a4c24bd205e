"""Reads the files that hold the playbook's data.

Takes the playbook's folder. Returns the bytes of each entry's file, and problems with files that cannot be one.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from macros.files.layout import (
    DATA,
    LARGEST_FILE,
    OTHER_FOLDERS,
    SETTINGS_FILE,
)
from macros.problems.closest import did_you_mean
from macros.problems.problem import Problem, file_problem
from macros.problems.rules import ID_CHARACTERS
from macros.schema.kinds import KINDS
from macros.schema.patterns import LONGEST_SLUG, SLUG, slug_of

ID_IN_WORDS = f"an id has {ID_CHARACTERS}, begins with a letter and has up to {LONGEST_SLUG} characters"


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
        data = item if isinstance(item, Problem) else read_bytes(root, item)
        if isinstance(data, Problem):
            problems.append(data)
        else:
            folder, _, name = item.removeprefix(f"{DATA}/").rpartition("/")
            files.append(DataFile(item, folder, name.removesuffix(".yml"), data))
    ids = {file.slug: file.path for file in files}
    return files, [_case_clash(problem, ids) or problem for problem in problems]


def read_bytes(root: Path, path: str) -> bytes | Problem:
    """The bytes of the file at `path` in the playbook; nothing is read that is no file, leads elsewhere or has no end."""
    file = f"{root}/{path}"  # pathlib would take longer than the disk
    try:
        status = os.lstat(file)
        if stat.S_ISLNK(status.st_mode):
            return _link(path)
        if not stat.S_ISREG(status.st_mode):
            return file_problem(path, "not-a-file", "it is not a plain file", "put a text file here")
        with open(file, "rb") as opened:  # noqa: PTH123
            data = opened.read(LARGEST_FILE + 1)
    except OSError as error:
        return _unreadable(path, error)
    if len(data) > LARGEST_FILE:
        return file_problem(
            path, "too-large", f"the file has {status.st_size:,} bytes, the most is {LARGEST_FILE:,}",
            "an entry of 250 words takes about 2,000; split it or remove what is not text",
        )  # fmt: skip
    return data


def _link(path: str) -> Problem:
    return file_problem(path, "symbolic-link", "it is a symbolic link, which may lead out of the playbook", "put the file or folder itself here")


def _unreadable(path: str, error: OSError) -> Problem:
    return file_problem(
        path, "unreadable", f"it cannot be read: {(error.strerror or 'unknown error').lower()}", "give everybody the right to read it"
    )


def _paths(root: Path) -> Iterator[str | Problem]:
    if not os.path.lexists(root / SETTINGS_FILE):
        help = "write playbook.yml: title, summary, lab, licence, contact"
        yield file_problem(SETTINGS_FILE, "missing-file", "the playbook's own facts are missing", help)
    for item in _scan(root, DATA):
        if isinstance(item, Problem):
            yield item
            continue
        path = f"{DATA}/{item.name}"
        if item.is_symlink():
            yield _link(path)
        elif path == SETTINGS_FILE:
            yield path
        elif not item.is_dir():
            yield _stray(root, path)
        elif item.name in KINDS:
            yield from _kind_paths(root, path)
        elif item.name not in OTHER_FOLDERS:
            guess = did_you_mean(item.name, KINDS, f"the kinds are {', '.join(KINDS)}")
            yield file_problem(path, "unknown-kind", f"there is no kind '{item.name}'", guess)


def _kind_paths(root: Path, folder: str) -> Iterator[str | Problem]:
    for item in _scan(root, folder):
        if isinstance(item, Problem):
            yield item
            continue
        path = f"{folder}/{item.name}"
        stem, ending = os.path.splitext(item.name)  # noqa: PTH122 - pathlib would take longer than the disk
        if item.is_symlink():
            yield _link(path)
        elif item.is_dir():
            yield file_problem(path, "stray-folder", "a kind has no folders inside it", f"move the files up into {folder}/")
        elif ending != ".yml":
            yield _stray(root, path)
        elif not re.fullmatch(SLUG, stem) or len(stem) > LONGEST_SLUG:
            yield _bad_slug(path, stem)
        else:
            yield path


def _scan(root: Path, folder: str) -> list[os.DirEntry | Problem]:
    if (root / folder).is_symlink():
        return [_link(folder)]
    try:
        with os.scandir(root / folder) as items:
            return sorted((item for item in items if not item.name.startswith(".")), key=lambda item: item.name)
    except OSError as error:
        return [_unreadable(folder, error)]


def _stray(root: Path, path: str) -> Problem:
    """A file that does not belong to the data, because of its ending or its folder."""
    file = PurePosixPath(path)
    right = file.with_suffix(".yml")
    is_inside = file.parent.name in KINDS
    if file.suffix.lower() in (".yaml", ".yml") and (is_inside or str(right) == SETTINGS_FILE):
        if os.path.lexists(root / right):
            keep = f"keep the text that is right in {right.name} and delete this file"
            return file_problem(path, "two-files", f"'{right.name}' lies beside it, so there are two files for one thing", keep)
        return file_problem(path, "wrong-ending", f"the file ends in {file.suffix}, so it is not read", f"rename it to {right.name}")
    if is_inside:
        return file_problem(path, "stray-file", f"'{file.name}' is not an entry", "an entry's file ends in .yml; move anything else out of the data")
    return file_problem(path, "stray-file", "entries lie in a kind's folder", f"move it, for instance to {DATA}/terms/")


def _bad_slug(path: str, stem: str) -> Problem:
    slug = slug_of(stem)
    rename = f"rename it to {slug}.yml" if slug else "give it a name such as data-sharing.yml"
    return file_problem(
        path, "bad-name", f"the file's name is the entry's id, and '{stem}' cannot be one",
        f"{ID_IN_WORDS}; {rename}",
    )  # fmt: skip


def _case_clash(problem: Problem, ids: Mapping[str, str]) -> Problem | None:
    """A bad name that differs from an entry's id only in capital letters: on many disks one of the two files is lost."""
    stem = PurePosixPath(problem.location.file).stem
    if problem.rule != "bad-name" or stem.lower() not in ids:
        return None
    message = f"'{stem}' differs from the id of {ids[stem.lower()]} only in capital letters"
    return replace(problem, rule="same-but-case", message=message, help="many disks hold only one of them; merge the two files")
