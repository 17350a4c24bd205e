"""Files among the data that no command reads: each is told by its own path, with the place where it belongs.

Takes the playbook's folder and the path of a file. Returns a problem. No help here names a place that holds a file already.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from macros.files.layout import DATA, INVENTORIES, INVENTORY_ENDING, MANIFEST_ENDING, RELEASE_ENDING, RELEASES, SCHEMAS, TOP_FILES
from macros.files.scan import files_below
from macros.problems.closest import closest
from macros.problems.problem import Problem, file_problem
from macros.problems.rules import ID_CHARACTERS
from macros.schema.kinds import KINDS
from macros.schema.patterns import LONGEST_SLUG, SLUG, is_device, slug_of

ID_IN_WORDS = f"an id has {ID_CHARACTERS}, begins with a letter and has up to {LONGEST_SLUG} characters"
_YAML = (".yml", ".yaml")
_WRITTEN = {
    RELEASES: ("release", (RELEASE_ENDING, MANIFEST_ENDING)),
    f"{DATA}/{SCHEMAS}": ("schema", (".json",)),
    INVENTORIES: ("sync", (INVENTORY_ENDING,)),
}
"""Folders that hold no entries, with the command that writes there and the endings of its files."""


def is_slug(text: str) -> bool:
    """Whether `text` can be an id, and the name of a file on every system."""
    return bool(re.fullmatch(SLUG, text)) and len(text) <= LONGEST_SLUG and not is_device(text)


def why_no_slug(text: str) -> str:
    """Why `text` cannot be an id, as a sentence: what an id is, or which names are taken by a system."""
    if is_device(text):
        return f"'{text}' is the name of a device on Windows, where no file can be called so"
    return ID_IN_WORDS


def in_unknown_folder(root: Path, folder: str) -> Iterator[Problem]:
    """Every file below a folder that is named after no kind, or the folder itself if it is empty."""
    name = PurePosixPath(folder).name
    near = closest(name, KINDS)
    found = [*files_below(root, folder)]
    for item in found:
        yield item if isinstance(item, Problem) else file_problem(item, "unknown-kind", f"there is no kind '{name}'", _to_kind(root, item, near))
    if not found:
        help = f"rename it to {DATA}/{near}/, or delete it" if near and not os.path.lexists(root / DATA / near) else "delete the folder"
        yield file_problem(folder, "unknown-kind", f"there is no kind '{name}', and the folder is empty", help)


def in_kind_folder(root: Path, folder: str) -> Iterator[Problem]:
    """Every file below a folder that is inside a kind's folder."""
    found = [*files_below(root, folder)]
    above = str(PurePosixPath(folder).parent)
    for item in found:
        yield item if isinstance(item, Problem) else file_problem(item, "stray-folder", "a kind has no folders inside it", _moved(root, item, above))
    if not found:
        yield file_problem(folder, "stray-folder", "a kind has no folders inside it", "delete the folder, which is empty")


def in_other_folder(root: Path, folder: str) -> Iterator[Problem]:
    """Files which no command wrote, in a folder for those of a command."""
    command, endings = _WRITTEN[folder]
    for item in files_below(root, folder):
        if isinstance(item, Problem):
            yield item
        elif PurePosixPath(item).suffix not in endings or PurePosixPath(item).parent != PurePosixPath(folder):
            message = f"{folder}/ holds files that `playbook {command}` writes, and no others"
            help = f"move it to its kind's folder, such as {DATA}/terms/" if item.endswith(_YAML) else "move it out of the data"
            yield file_problem(item, "stray-file", message, help)


def stray(root: Path, path: str) -> Problem:
    """A file that does not belong where it is, because of its ending or its folder."""
    file = PurePosixPath(path)
    right = file.with_suffix(".yml")
    is_inside = file.parent.name in KINDS
    if file.suffix.lower() in _YAML and (is_inside or str(right) in TOP_FILES):
        if _is_taken(root, file, right):
            keep = f"keep the text that is right in {right.name} and delete this file"
            return file_problem(path, "two-files", f"'{right.name}' lies beside it, so there are two files for one thing", keep)
        return file_problem(path, "wrong-ending", f"the file ends in {file.suffix}, so it is not read", f"rename it to {right.name}")
    if is_inside:
        return file_problem(path, "stray-file", f"'{file.name}' is not an entry", "an entry's file ends in .yml; move anything else out of the data")
    if file.suffix.lower() not in _YAML:
        return file_problem(path, "stray-file", f"'{file.name}' is not an entry", "move it out of the data")
    return file_problem(path, "stray-file", "entries lie in a kind's folder", f"move it, for instance to {DATA}/terms/")


def bad_slug(root: Path, path: str) -> Problem:
    """A file of an entry whose name cannot be an id."""
    file = PurePosixPath(path)
    slug = slug_of(file.stem)
    message = f"the file's name is the entry's id, and '{file.stem}' cannot be one"
    if not slug or not is_slug(slug):
        return file_problem(path, "bad-name", message, f"{why_no_slug(file.stem)}; give it a name such as data-sharing.yml")
    if other := _entry_called(root, slug, but=file):
        help = f"{other} has the id '{slug}' already: if both are the same entry, put the right text into that file and delete this one; if not,"
        return file_problem(path, "bad-name", message, f"{help} give this one another name; {why_no_slug(file.stem)}")
    return file_problem(path, "bad-name", message, f"{why_no_slug(file.stem)}; rename it to {slug}.yml")


def _entry_called(root: Path, slug: str, *, but: PurePosixPath) -> str:
    """The file of an entry with an id, if there is one."""
    paths = (PurePosixPath(DATA, kind, f"{slug}.yml") for kind in (but.parent.name, *KINDS))
    return next((str(path) for path in paths if _is_taken(root, but, path)), "")


def _is_taken(root: Path, file: PurePosixPath, name: PurePosixPath) -> bool:
    """Whether another file has the name; on a disk that tells no case, a file may find itself under it."""
    try:
        return os.path.lexists(root / name) and not (os.path.lexists(root / file) and (root / name).samefile(root / file))
    except OSError:  # a link that leads nowhere is a file all the same
        return True


def _to_kind(root: Path, path: str, near: str | None) -> str:
    kinds = f"the kinds are {', '.join(KINDS)}"
    if not near:
        return f"move it to the folder of its kind; {kinds}" if path.endswith(_YAML) else "move it out of the data"
    return f"did you mean '{near}'? {_moved(root, path, f'{DATA}/{near}')}"


def _moved(root: Path, path: str, folder: str) -> str:
    """To move a file into a folder, under a name that is free there."""
    stem = PurePosixPath(path).stem
    slug = slug_of(stem)
    if not path.endswith(_YAML) or not slug:
        return "move it out of the data: it is not an entry" if not path.endswith(_YAML) else f"give it a name, and move it to {folder}/"
    if to := _entry_called(root, slug, but=PurePosixPath(folder, "?")):
        return f"{to} is there already: put both into one file, or give this one another name"
    return f"move it to {folder}/{slug}.yml"
