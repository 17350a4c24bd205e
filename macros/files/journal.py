"""The journal of a change: which file is replaced by which, and which one is deleted.

Reads a folder that claims to hold a change. It may have come with a pull request, so nothing in it is trusted.
Returns the steps that are still to do. Raises UserError before any file is touched.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import stat
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from macros.files.layout import CHANGE_LOG, DATA, EDITOR_SETTINGS, LARGEST_FILE
from macros.problems.problem import short
from macros.problems.user_error import UserError

JOURNAL = "journal.json"
EDITABLE_FOLDERS = (DATA, "docs")
ENDINGS = (".yml", ".md", ".json", ".jsonl", ".inv")
_FORMAT = 1
_LARGEST_JOURNAL = 50 * LARGEST_FILE
_MADE_UP = (1_000_000_000, 1_400_000_000)
"""Modification times of a journal, in seconds since 1970: from 2001 to 2014, which no file that is checked out today has."""
_DISCARD = f"look at what it holds, then delete {DATA}/.change"


class NotTouched(UserError):
    """A change may not touch this file, and why."""


@dataclass(frozen=True, slots=True)
class JournalStep:
    """One file of a change: the digests of what it holds before and after; None if there is no file."""

    path: str
    old: str | None
    new: str | None


def digest(data: bytes | None) -> str | None:
    """The SHA-256 of what a file holds; None if there is no file."""
    return None if data is None else hashlib.sha256(data).hexdigest()


def sync(path: Path) -> None:
    """Wait until what a file or folder holds would outlast a power cut; where a folder cannot be asked, go on."""
    with suppress(OSError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def write_new(file: Path, data: bytes, *, like: Path | None = None) -> None:
    """A new file that outlasts a power cut, with the permissions of `like` where that exists."""
    with file.open("xb") as opened:
        opened.write(data)
        opened.flush()
        os.fsync(opened.fileno())
    if like and like.exists():
        file.chmod(stat.S_IMODE(like.stat().st_mode) & 0o777)


def write_journal(folder: Path, steps: Iterable[JournalStep]) -> None:
    """The journal of `steps` in `folder`; the new content of step 3 is the file `3` beside it.

    Its modification time is set to a random one in the past, which is also written inside. Version control does not keep that
    time, so that a folder that came with other people's files is never taken for a change that was begun here.
    """
    written = random.SystemRandom().randrange(*_MADE_UP, 2)  # even: some disks count in steps of two seconds
    rows = [{"path": step.path, "old": step.old, "new": step.new} for step in steps]
    file = folder / JOURNAL
    write_new(file, json.dumps({"format": _FORMAT, "written": written, "steps": rows}).encode())
    os.utime(file, (written, written))
    sync(file)
    sync(folder)


def read_journal(root: Path, folder: Path) -> list[tuple[int, JournalStep]]:
    """The steps that are still to do, by their numbers, writes before deletions; each is checked before any is done."""
    journal = _read(folder)
    steps = list(enumerate(JournalStep(row["path"], row["old"], row["new"]) for row in journal["steps"]))
    if len({step.path for _, step in steps}) < len(steps):
        raise UserError(f"{DATA}/.change names a file twice; {_DISCARD}")
    try:
        to_do = [(number, step) for number, step in steps if _is_to_do(root, folder / str(number), step)]
    except NotTouched as reason:
        raise UserError(f"{reason}; {_DISCARD}") from None
    return sorted(to_do, key=lambda item: (item[1].new is None, item[0]))


def target_of(root: Path, path: str) -> Path:
    """The file at `path`: text of the playbook or its pages, and reached without a link that could lead elsewhere.

    Raises: NotTouched.
    """
    parts = PurePosixPath(path).parts
    plain = "/".join(parts) == path and not any(part.startswith(".") or "\\" in part or "\0" in part for part in parts)
    is_editable = len(parts) > 1 and parts[0] in EDITABLE_FOLDERS and path.endswith(ENDINGS)
    if path != EDITOR_SETTINGS and not (plain and (is_editable or path == CHANGE_LOG)):
        raise NotTouched(f"'{short(path)}' is not a file that a change may touch")
    for depth in range(1, len(parts)):
        if _kind(root.joinpath(*parts[:depth])) != "folder":
            raise NotTouched(f"'{short('/'.join(parts[:depth]))}' is not a folder of this playbook")
    file = root / path
    if _kind(file) not in ("file", "nothing"):
        raise NotTouched(f"'{short(path)}' is not a plain file")
    return file


def _read(folder: Path) -> dict[str, Any]:
    """The journal, if its form and its time of writing are those of one that was written here."""
    file = folder / JOURNAL
    if _kind(folder) != "folder" or _kind(file) != "file" or file.stat().st_size > _LARGEST_JOURNAL:
        raise UserError(f"{DATA}/.change holds no journal; {_DISCARD}")
    try:
        journal = json.loads(file.read_bytes())
    except (ValueError, RecursionError):
        journal = None
    if not _is_journal(journal):
        raise UserError(f"{DATA}/.change holds no journal that can be followed; {_DISCARD}")
    if int(file.stat().st_mtime) != journal["written"] or journal["written"] not in range(*_MADE_UP):
        raise UserError(f"{DATA}/.change was not begun on this disk, it came with other files; {_DISCARD}")
    return journal


def _is_journal(journal: Any) -> bool:
    if not isinstance(journal, dict) or journal.keys() != {"format", "written", "steps"} or journal["format"] != _FORMAT:
        return False
    if not isinstance(journal["written"], int) or not isinstance(journal["steps"], list):
        return False
    return all(isinstance(row, dict) and _is_row(row) for row in journal["steps"])


def _is_row(row: dict[str, Any]) -> bool:
    return (
        row.keys() == {"path", "old", "new"} and isinstance(row["path"], str) and all(row[name] is None or isinstance(row[name], str) for name in row)
    )


def _is_to_do(root: Path, staged: Path, step: JournalStep) -> bool:
    """Whether a step was not done yet: then the file still holds what the change began with."""
    target = target_of(root, step.path)
    waits = _kind(staged)
    if (step.new is None or waits != "file") and waits != "nothing":
        raise UserError(f"{DATA}/.change/{staged.name} is not a plain file; {_DISCARD}")
    found = _digest_of(target)
    if (waits == "nothing") if step.new is not None else found is None:
        return False
    if step.new is not None and _digest_of(staged) != step.new:
        raise UserError(f"{DATA}/.change/{staged.name} is not what the journal says; {_DISCARD}")
    if found != step.old:
        raise UserError(
            f"a change was stopped halfway, and {step.path} was edited since. To finish the change, take that edit back; "
            f"to keep the files as they are, delete {DATA}/.change"
        )
    return True


def _digest_of(file: Path) -> str | None:
    return digest(file.read_bytes()) if _kind(file) == "file" else None


def _kind(path: Path) -> str:
    """What is at `path`, without following a link."""
    try:
        mode = path.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return "nothing"
    return "folder" if stat.S_ISDIR(mode) else "file" if stat.S_ISREG(mode) else "other"
