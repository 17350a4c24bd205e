"""Whole folders: made, copied, deleted for good, and given the hidden files of another one."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_OWN = 0o700


def new_folder(above: Path, begin: str) -> Path:
    """Makes a folder in `above` whose name begins with `begin`, and returns it.

    Raises: OSError, which names `above`, because the name of the new folder says nothing to anybody.
    """
    try:
        return Path(tempfile.mkdtemp(prefix=begin, dir=above))
    except OSError as refused:
        raise OSError(refused.errno, refused.strerror, str(above)) from None


def copy_folder(old: Path, new: Path) -> None:
    """Copies what `old` holds into `new`, and follows links. It stops at the first file that the system refuses.

    Raises: OSError, which names that file.
    """
    new.mkdir(exist_ok=True)
    for item in sorted(old.iterdir()):
        if item.is_dir():
            copy_folder(item, new / item.name)
        else:
            shutil.copyfile(item, new / item.name)


def delete_folder(folder: Path) -> None:
    """Deletes `folder`, also where its owner may not write in parts of it. What the system refuses to delete stays."""
    if folder.is_symlink():
        folder.unlink()
        return
    shutil.rmtree(folder, ignore_errors=True)
    if folder.exists():
        _open_up(folder)
        shutil.rmtree(folder, ignore_errors=True)


def _open_up(folder: Path) -> None:
    for place in (folder, *_folders_in(folder)):
        with suppress(OSError):
            place.chmod(_OWN)


def _folders_in(folder: Path) -> Iterator[Path]:
    """Each folder is given before it is looked into, so that whoever takes it may open it first."""
    for above, names, _ in os.walk(folder):
        yield from (path for path in (Path(above, name) for name in names) if not path.is_symlink())


def keep_hidden(old: Path, new: Path) -> None:
    """Gives `new` those hidden files and folders of `old` that it lacks, such as `.git`. The old ones stay, so that neither is ever without them.

    Raises: OSError.
    """
    for hidden in old.glob(".*"):
        if not os.path.lexists(new / hidden.name):
            _link(hidden, new / hidden.name)


def _link(old: Path, new: Path) -> None:
    """One file under two names, or a copy of it on a disk that knows no such thing; folders with what they hold."""
    if old.is_dir() and not old.is_symlink():
        new.mkdir()
        for item in old.iterdir():
            _link(item, new / item.name)
        return
    if not old.is_symlink():
        with suppress(OSError):
            os.link(old, new)
            return
    shutil.copy2(old, new, follow_symlinks=False)
