"""Looks into folders that may hold anything: no symbolic link is followed, and what cannot be read is a problem.

`scan` takes the playbook's folder and the path of a folder in it. It returns what is in there, sorted by name, without hidden files.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from macros.problems.problem import Problem, file_problem


def scan(root: Path, folder: str) -> list[os.DirEntry | Problem]:
    """The files and folders in `folder`; a problem in the place of each symbolic link, and of what cannot be looked into."""
    if (root / folder).is_symlink():
        return [link_problem(folder)]
    try:
        with os.scandir(root / folder) as items:
            found = sorted((item for item in items if not item.name.startswith(".")), key=lambda item: item.name)
            return [link_problem(f"{folder}/{item.name}") if item.is_symlink() else item for item in found]
    except OSError as error:
        return [unreadable(folder, error)]


def files_below(root: Path, folder: str, *, no_folder: str = "/") -> Iterator[str | Problem]:
    """The path of every file below `folder`, in the order of their names. A folder whose name ends in `no_folder` is a problem."""
    for item in scan(root, folder):
        if isinstance(item, Problem):
            yield item
            continue
        path = f"{folder}/{item.name}"
        if item.is_dir() and item.name.endswith(no_folder):
            yield no_file(path)
        elif item.is_dir():
            yield from files_below(root, path, no_folder=no_folder)
        else:
            yield path


def link_problem(path: str) -> Problem:
    """What is wrong with a symbolic link."""
    return file_problem(path, "symbolic-link", "it is a symbolic link, which may lead out of the playbook", "put the file or folder itself here")


def no_file(path: str) -> Problem:
    """What is wrong with a folder, or with a device, in the place of a file."""
    return file_problem(path, "not-a-file", "it is not a plain file", "put a text file here")


def unreadable(path: str, error: OSError) -> Problem:
    """What is wrong with a file or folder that the system does not let anybody read."""
    return file_problem(
        path, "unreadable", f"it cannot be read: {(error.strerror or 'unknown error').lower()}", "give everybody the right to read it"
    )
