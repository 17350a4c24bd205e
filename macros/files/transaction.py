"""Changes to several files that happen as one: if they are stopped halfway, the files are all old or all new, never a mixture.

Takes a playbook's folder, and what each file should hold. Either all files are then as they should be, or all are as they were and a UserError is raised.

New contents and a journal are first written to a hidden folder, `playbook_data/.change-…/`. Renaming that folder to
`playbook_data/.change/` is the one moment in which the change happens. From then on, the change can only be finished: at once, or by
the next command, which does so before it reads anything.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from macros.files.journal import JournalStep, NotTouched, digest, read_journal, sync, target_of, write_journal, write_new
from macros.files.layout import DATA
from macros.files.lock import Busy, hold
from macros.files.signals import signals_wait
from macros.problems.user_error import UserError

COMMITTED = ".change"
"""The folder of a change that has happened. Renaming the folder to this is what makes the change."""
STAGED = f"{COMMITTED}-"
"""How its name begins before that, and again once the last file is in place."""

LOCK_TIMEOUT = 10.0
"""Seconds to wait for another command. A change takes far less, once all its files are written."""


@dataclass(frozen=True, slots=True)
class FileChange:
    """What becomes of one file. `old` is what it held when it was read, `new` what it should hold: None if there is no file.

    A new file gets the permissions of the file `like`: the one that it was moved from.
    """

    path: str
    old: bytes | None
    new: bytes | None
    like: str = ""


WatchChanges = Callable[[tuple[FileChange, ...]], Iterable[FileChange]]
"""Passes on what it is given, one after the other, and may show the progress."""


def make_changes(root: Path, changes: Iterable[FileChange], *, timeout: float = LOCK_TIMEOUT, watch: WatchChanges = iter) -> None:
    """All `changes` or none of them. Another command that is changing files is waited for, up to `timeout` seconds.

    `watch` passes on each change as it is written.

    Raises: UserError if a file is no longer what it was when it was read, or cannot be written.
    """
    changes = tuple(changes)
    try:
        with hold(root / DATA, seconds=timeout):
            _finish(root)
            for change in changes:
                _require_ready(root, change)
            _make(root, changes, watch)
    except NotTouched as reason:
        raise UserError(f"{reason}; nothing is changed") from None
    except OSError as error:
        raise UserError(_why(root, error)) from None


def make_folder(root: Path, path: str) -> None:
    """Makes the folder `path` for files of a change, unless it exists.

    Raises: UserError.
    """
    try:
        (root / path).mkdir(exist_ok=True)
    except OSError as error:
        raise UserError(f"cannot use {path}: {(error.strerror or 'unknown error').lower()}") from None


def finish_change(root: Path, *, timeout: float = LOCK_TIMEOUT) -> int:
    """How many files were put in their places because a change had been stopped halfway. To be called before anything is read.

    Raises: UserError if there is such a change and it cannot be finished.
    """
    found = _traces(root)
    if not found:
        return 0
    try:
        with hold(root / DATA, seconds=timeout if COMMITTED in found else 0):
            return _finish(root)
    except Busy:
        if COMMITTED in found:
            raise
        return 0
    except OSError as error:
        raise UserError(_why(root, error)) from None


def _traces(root: Path) -> list[str]:
    """The folders of changes, finished or not."""
    try:
        return [name for name in os.listdir(root / DATA) if name == COMMITTED or name.startswith(STAGED)]  # noqa: PTH208 - names are wanted
    except OSError:
        return []  # what reads the data reports that


def _require_ready(root: Path, change: FileChange) -> None:
    """The file may be written, and is what it was when it was read."""
    file = target_of(root, change.path)
    found = file.read_bytes() if file.exists() else None
    if found != change.old:
        raise NotTouched(f"{change.path} was edited in the meantime")
    if found is not None and not os.access(file, os.W_OK):
        raise NotTouched(f"{change.path} may not be written")
    if not os.access(file.parent, os.W_OK | os.X_OK):
        raise NotTouched(f"the folder of {change.path} may not be written")


def _make(root: Path, changes: tuple[FileChange, ...], watch: WatchChanges) -> None:
    folder = Path(tempfile.mkdtemp(prefix=STAGED, dir=root / DATA))
    try:
        steps = [JournalStep(change.path, digest(change.old), digest(change.new)) for change in changes]
        for number, change in enumerate(watch(changes)):
            if change.new is not None:
                write_new(folder / str(number), change.new, like=root / (change.like or change.path))
        write_journal(folder, steps)
        with signals_wait():
            folder.rename(root / DATA / COMMITTED)
            sync(root / DATA)
            _finish(root)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _finish(root: Path) -> int:
    """Does what is left of a change that has happened, then deletes every trace of changes. Doing it again does no harm."""
    committed = root / DATA / COMMITTED
    done = 0
    if os.path.lexists(committed):
        with signals_wait():
            done = _put_in_place(root, committed)
            committed.rename(root / DATA / f"{STAGED}{os.urandom(8).hex()}")
            sync(root / DATA)
    for name in _traces(root):
        trace = root / DATA / name
        if not trace.is_symlink():
            shutil.rmtree(trace, ignore_errors=True)
    return done


def _put_in_place(root: Path, committed: Path) -> int:
    steps = read_journal(root, committed)
    for number, step in steps:
        target = target_of(root, step.path)
        if step.new is None:
            target.unlink()
        else:
            (committed / str(number)).replace(target)
    for folder in {target_of(root, step.path).parent for _, step in steps}:
        sync(folder)
    return len(steps)


def _why(root: Path, error: OSError) -> str:
    """What stopped a change, and whether it will still happen."""
    file = Path(str(error.filename2 or error.filename or "a new file"))
    shown = file.relative_to(root).as_posix() if file.is_relative_to(root) else str(file)
    reason = f"{shown} cannot be written: {(error.strerror or 'unknown error').lower()}"
    if (root / DATA / COMMITTED).exists():
        return f"the change is made but not finished: {reason}; put that right, and the next command finishes it"
    return f"{reason}; nothing is changed"
