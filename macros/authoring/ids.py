"""Which ids and titles there are, read from the names of files and their first fields: also those of files with problems.

Takes the playbook's folder. Returns each id that is or was in use, with the entry that has or had it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from macros.files.docs import read_docs
from macros.files.layout import SETTINGS_FILE, release_names
from macros.files.misplaced import is_slug, why_no_slug
from macros.files.read import DataFile, read_bytes, read_files
from macros.files.released import released_entries
from macros.playbook.checks.addresses import check_addresses
from macros.problems.problem import Problem, printable, short
from macros.problems.user_error import InvalidPlaybook
from macros.schema.entry import Entry
from macros.schema.kinds import KINDS
from macros.schema.patterns import intended_id
from macros.yamlfile.reader import parse_yaml
from macros.yamlfile.source import SourceText, decode


def used_ids(root: Path) -> dict[str, str]:
    """From each id to the rest of a sentence: `belongs to …`, `belonged to … before`. Raises: OSError."""
    files, problems = read_files(root)
    released = {id: f"was in the release {release}, so that others may link to it" for release, _, id in released_entries(root)}
    former = {id: f"belonged to {file.path} before" for file in files for id in _former(file)}
    paths = [file.path for file in files] + [problem.location.file for problem in problems]
    current = {PurePosixPath(path).stem: f"belongs to {path}" for path in paths if PurePosixPath(path).parent.name in KINDS}
    return released | former | current


def invalid_id(typed: str) -> str:
    """Why `typed` cannot be an id, with one that can; empty if it can."""
    if is_slug(typed):
        return ""
    guess = f"; write {intended_id(typed)}" if is_slug(intended_id(typed)) else ""
    return f"'{short(printable(typed))}' cannot be an id: {why_no_slug(typed)}{guess}"


def why_address_is_taken(root: Path, path: str) -> str:
    """Why the entry that would be in the file `path` cannot have its address; empty if it can."""
    problems = check_addresses([path], read_docs(root)[0], release_names(root))
    return next((problem.message for problem in problems if problem.location.file == path), "")


def ids_by_kind(root: Path) -> dict[str, tuple[str, ...]]:
    """The ids of each kind that has entries, in alphabetical order."""
    files, _ = read_files(root)
    return {folder: tuple(sorted(file.slug for file in files if file.folder == folder)) for folder in KINDS}


def read_tags(root: Path) -> tuple[str, ...]:
    """The tags that the playbook in `root` lists, as far as its own file can be read."""
    data = read_bytes(root, SETTINGS_FILE)
    source = data if isinstance(data, Problem) else decode(SETTINGS_FILE, data)
    raw = parse_yaml(source)[0] if isinstance(source, SourceText) else None
    tags = raw.get("tags", []) if isinstance(raw, dict) else []
    return tuple(printable(tag) for tag in _texts(tags) if tag.strip())


def _former(file: DataFile) -> Iterator[str]:
    """The ids that the entry in `file` had before, as far as the file can be read."""
    source = decode(file.path, file.data) if b"formerly" in file.data else None
    raw = parse_yaml(source)[0] if isinstance(source, SourceText) else None
    yield from _texts(raw.get("formerly")) if isinstance(raw, dict) else ()


def _texts(value: Any) -> list[str]:
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, str)]


Titles = dict[str, dict[str, str]]
"""From the folder of a kind to the id of each of its entries, with its title."""


def titles_of(entries: Iterable[Entry]) -> Titles:
    """The titles of entries that are known."""
    titles: Titles = {folder: {} for folder in KINDS}
    for entry in entries:
        titles[entry.kind.folder][entry.id] = printable(entry.title)
    return titles


def read_titles(root: Path) -> Titles:
    """The titles of the entries whose files are in `root`; if a title cannot be understood, it is the id.

    Raises: InvalidPlaybook if the system does not let a file or folder be read, because its entries would be missing.
    """
    titles: Titles = {folder: {} for folder in KINDS}
    files, problems = read_files(root)
    if unread := [problem for problem in problems if problem.rule == "unreadable"]:
        raise InvalidPlaybook(unread, "some of the playbook cannot be read")
    for file in files:
        if file.folder in titles:
            titles[file.folder][file.slug] = _title_in(file)
    return titles


_TITLE = re.compile(r"^title:.*(?:\n(?:[ \t].*)?)*", re.MULTILINE)
"""The field with all of its lines: the rest of a file need not be read, and may have problems."""


def _title_in(file: DataFile) -> str:
    source = decode(file.path, file.data)
    found = _TITLE.search(source.text) if isinstance(source, SourceText) else None
    raw = parse_yaml(SourceText(file.path, found[0]))[0] if found else None
    title = raw.get("title") if isinstance(raw, dict) else None
    return printable(title) if isinstance(title, str) else file.slug
