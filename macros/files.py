"""Which files hold the playbook's data.

Enters: the playbook's folder. Leaves: the bytes of each entry's file, and problems with files that cannot be one.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from macros.fields import SLUG
from macros.kinds import KINDS
from macros.problems import Location, Problem, printable

DATA = "playbook_data"
FACTS_FILE = f"{DATA}/playbook.yml"
OTHER_FOLDERS = frozenset({"releases"})
"""Folders beside the kinds that hold no entries."""
LARGEST_FILE = 200_000
"""Bytes. An entry of 250 words takes about 2,000."""
_MAX_SLUG = 60


@dataclass(frozen=True, slots=True)
class DataFile:
    """One file as it lies on the disk. `path` is relative to the playbook's folder, with `/`."""

    path: str
    folder: str
    slug: str
    data: bytes


def find_root(start: Path) -> Path | None:
    """The nearest folder from `start` upwards that holds `playbook_data/`, or None."""
    start = start.resolve()
    return next((folder for folder in (start, *start.parents) if (folder / DATA).is_dir()), None)


def read_files(root: Path) -> tuple[list[DataFile], list[Problem]]:
    """Every file of the data, in the order of their names; what cannot be read is a problem instead."""
    files: list[DataFile] = []
    problems: list[Problem] = []
    for item in _paths(root):
        if isinstance(item, Problem):
            problems.append(item)
            continue
        data = _read_bytes(root / item)
        if isinstance(data, bytes):
            name = Path(item)
            files.append(DataFile(item, name.parent.name, name.stem, data))
        else:
            problems.append(file_problem(item, *data))
    return files, problems + _case_clashes(files, problems)


def file_problem(path: str, rule: str, message: str, help: str) -> Problem:
    """A problem of a whole file: it points at its first line."""
    return Problem(Location(printable(path), 1, 1, 1, 1), rule, message, help)


def _paths(root: Path) -> Iterator[str | Problem]:
    if not os.path.lexists(root / FACTS_FILE):
        yield file_problem(FACTS_FILE, "missing-file", "the playbook's own facts are missing", "write playbook.yml: title, summary, lab, licence, contact")
    for item in _scan(root / DATA):
        path = f"{DATA}/{item.name}"
        if path == FACTS_FILE:
            yield path
        elif item.is_dir(follow_symlinks=False) and item.name in KINDS:
            yield from _kind_paths(root, item.name)
        elif item.is_dir(follow_symlinks=False) and item.name in OTHER_FOLDERS:
            continue
        elif item.is_dir():
            near = get_close_matches(item.name, KINDS, n=1)
            guess = f"did you mean '{near[0]}'?" if near else f"the kinds are {', '.join(KINDS)}"
            yield file_problem(path, "unknown-kind", f"there is no kind '{item.name}'", guess)
        else:
            yield file_problem(path, "stray-file", "entries lie in a kind's folder", f"move it, for instance to {DATA}/terms/")


def _kind_paths(root: Path, folder: str) -> Iterator[str | Problem]:
    for item in _scan(root / DATA / folder):
        path = f"{DATA}/{folder}/{item.name}"
        stem, ending = os.path.splitext(item.name)
        if item.is_dir():
            yield file_problem(path, "stray-folder", "a kind has no folders inside it", f"move the files up into {DATA}/{folder}/")
        elif ending == ".yaml":
            yield _wrong_ending(root, path, folder, stem)
        elif ending != ".yml":
            yield file_problem(path, "stray-file", f"'{item.name}' is not an entry", "an entry's file ends in .yml; move anything else out of the data")
        elif not re.fullmatch(SLUG, stem) or len(stem) > _MAX_SLUG:
            yield _bad_slug(path, stem)
        else:
            yield path


def _scan(folder: Path) -> list[os.DirEntry]:
    with os.scandir(folder) as items:
        return sorted((item for item in items if not item.name.startswith(".")), key=lambda item: item.name)


def _wrong_ending(root: Path, path: str, folder: str, stem: str) -> Problem:
    if os.path.lexists(root / DATA / folder / f"{stem}.yml"):
        return file_problem(path, "two-files", f"'{stem}.yml' lies beside it, so the entry has two files", "keep the text that is right in the .yml file and delete the .yaml file")
    return file_problem(path, "wrong-ending", "the file ends in .yaml, so it is not read", f"rename it to {stem}.yml")


def _bad_slug(path: str, stem: str) -> Problem:
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-0123456789")[:_MAX_SLUG].strip("-")
    rename = f"rename it to {slug}.yml" if slug else "give it a name such as data-sharing.yml"
    return file_problem(
        path, "bad-name", f"the file's name is the entry's id, and '{stem}' cannot be one",
        f"an id has lower-case letters, digits and single hyphens, begins with a letter and has up to {_MAX_SLUG} characters; {rename}",
    )  # fmt: skip


def _case_clashes(files: list[DataFile], problems: list[Problem]) -> list[Problem]:
    """Bad names that differ from an entry's id by case alone: one of the two files is lost on many disks."""
    ids = {file.slug: file.path for file in files}
    clashes = []
    for problem in problems:
        stem = Path(problem.location.file).stem
        if problem.rule == "bad-name" and stem.lower() in ids:
            message = f"'{stem}' differs from the id of {ids[stem.lower()]} by case alone"
            clashes.append(file_problem(problem.location.file, "same-but-case", message, "many disks hold only one of them; merge the two files"))
    return clashes


def _read_bytes(path: Path) -> bytes | tuple[str, str, str]:
    """The file's bytes, or (rule, message, help)."""
    if path.is_symlink():
        return ("symbolic-link", "it is a symbolic link, which may lead out of the playbook", "put the file itself here")
    if not path.is_file():
        return ("not-a-file", "it is not a plain file", "put a text file here")
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        return ("unreadable", f"it cannot be read: {error.strerror}", "let everybody read the file")
    if len(data) > LARGEST_FILE:
        size = path.stat().st_size
        return ("too-large", f"the file has {size:,} bytes, the most is {LARGEST_FILE:,}", "an entry of 250 words takes about 2,000; split it or take out what is not text")
    return data
