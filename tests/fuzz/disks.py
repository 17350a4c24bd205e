"""Disks of other systems, as a command sees them: names that differ only in capital letters, or in how their letters are composed, are one name.

Takes a folder. Returns what is done in a child before the command begins: whatever it then asks of the system leads to the file that there is.
"""

from __future__ import annotations

import builtins
import io
import os
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.fuzz.child import Befall

Fold = Callable[[str], str]
ONE_PATH = ("lstat", "stat", "open", "scandir", "listdir", "unlink", "remove", "mkdir", "rmdir", "access", "chmod", "utime")
TWO_PATHS = ("rename", "replace")


def without_case(name: str) -> str:
    """As Windows and macOS compare names."""
    return name.casefold()


def composed(name: str) -> str:
    """As macOS compares them, whichever way a letter with a mark is written."""
    return unicodedata.normalize("NFC", name)


def folding(folder: Path, fold: Fold) -> Befall:
    """In `folder`, names are one that are one after `fold`."""

    def befall() -> None:
        listed, looked_at = os.listdir, os.lstat

        def exists(path: Any) -> bool:
            try:
                looked_at(path)
            except (OSError, ValueError):
                return False
            return True

        def found(path: Any) -> Any:
            """The path as it is written on the disk, as far as there is such a file."""
            if not isinstance(path, str | os.PathLike) or exists(path):
                return path
            above, name = os.path.split(os.fspath(path))
            above = found(above) if name and os.path.abspath(above).startswith(str(folder)) else above  # noqa: PTH100 - pathlib would ask the disk
            try:
                same = next((other for other in listed(above or ".") if fold(other) == fold(name)), name)
            except OSError:
                same = name
            return os.path.join(above, same)  # noqa: PTH118

        for name in ONE_PATH:
            setattr(os, name, _leading(getattr(os, name), found, paths=1))
        for name in TWO_PATHS:
            setattr(os, name, _leading(getattr(os, name), found, paths=2))
        builtins.open = io.open = _leading(open, found, paths=1)

    return befall


def _leading(function: Callable, found: Callable[[Any], Any], *, paths: int) -> Callable:
    def led(*arguments: Any, **options: Any) -> Any:
        return function(*map(found, arguments[:paths]), *arguments[paths:], **options)

    return led
