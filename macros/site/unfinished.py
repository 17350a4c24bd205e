"""The folders beside the site into which builds write: each is held while its build runs, and what a killed build left is deleted.

`open_folder` takes the folder of the site, and returns the folder for one build. `let_go` and `clear` take what it returned.
"""

from __future__ import annotations

import glob
import shutil
import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path

from macros.files.lock import Busy, hold
from macros.site.replace import PATIENCE

_held: dict[str, ExitStack] = {}


def open_folder(site: Path) -> str:
    """Returns a new folder beside `site`, and deletes those of builds that have ended without a word.

    Raises: OSError; Busy.
    """
    site.parent.mkdir(parents=True, exist_ok=True)
    with hold(site.parent, seconds=PATIENCE):
        for left in site.parent.glob(f".{glob.escape(site.name)}-????????"):
            if str(left) not in _held:
                _delete_unless_held(left)
        folder = tempfile.mkdtemp(prefix=f".{site.name}-", dir=site.parent)
        _held[folder] = ExitStack()
        _held[folder].enter_context(hold(Path(folder), seconds=0))
    return folder


def let_go(folder: str) -> None:
    """The folder has become the site."""
    _held.pop(folder).close()


def clear() -> None:
    """Deletes the folders of this process that have not become a site."""
    while _held:
        folder, held = _held.popitem()
        shutil.rmtree(folder, ignore_errors=True)
        held.close()


def _delete_unless_held(folder: Path) -> None:
    with suppress(Busy), hold(folder, seconds=0):
        shutil.rmtree(folder, ignore_errors=True)
