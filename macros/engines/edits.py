"""Tells which files are edited, as it happens, whatever way a program saves them.

`edits` takes paths, and yields what has changed at them and below.
"""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Iterator, Sequence

from watchfiles import watch

STEP_MILLISECONDS = 20
"""How long to wait for further files of the same edit."""
LOOK_AGAIN_MILLISECONDS = 200
"""How often to look for a path that is missing, or was replaced: the system tells nothing of these."""
Stamps = dict[str, tuple[int, int]]
"""The number that the disk has for each path that is there, and when it was written if it is a file."""


def edits(paths: Sequence[str], ended: threading.Event | None = None) -> Iterator[set[str]]:
    """Yields the paths that have changed, until `ended`; often there are none. After the first of these, no edit is missed."""
    known, polls = _stamps(paths), None
    while ended is None or not ended.is_set():
        try:
            yield from _until_replaced(paths, known, ended, polls=polls)
        except FileNotFoundError:  # one that has gone since it was found
            continue
        except (OSError, RuntimeError):  # the system watches only so many folders
            polls = True


def _until_replaced(paths: Sequence[str], known: Stamps, ended: threading.Event | None, *, polls: bool | None) -> Iterator[set[str]]:
    """Yields changes, and keeps `known` true, until one of the paths is another file or folder than at the beginning."""
    options = {"step": STEP_MILLISECONDS, "rust_timeout": LOOK_AGAIN_MILLISECONDS, "yield_on_timeout": True, "force_polling": polls}
    begun = _stamps(paths)
    for changes in watch(*begun, stop_event=ended, raise_interrupt=ended is None, **options):
        now = _stamps(paths)
        changed = {path for path in {*now, *known} if now.get(path) != known.get(path)}
        known.clear()
        known.update(now)
        yield changed | {path for _, path in changes}
        if _numbers(now) != _numbers(begun):
            return


def _stamps(paths: Sequence[str]) -> Stamps:
    found = {}
    for path in paths:
        if os.path.exists(path):  # noqa: PTH110 - the paths are text, as MkDocs gives them
            status = os.stat(path)  # noqa: PTH116
            found[path] = (status.st_ino, 0 if stat.S_ISDIR(status.st_mode) else status.st_mtime_ns)
    return found


def _numbers(stamps: Stamps) -> dict[str, int]:
    return {path: number for path, (number, _) in stamps.items()}
