"""The folders beside the site into which builds write: each is held while its build runs, and what a killed build left is deleted.

`open_folder` takes the folder of the site, and returns the folder for one build. `let_go` and `clear` take what it returned.
"""

from __future__ import annotations

from contextlib import ExitStack, suppress
from pathlib import Path

from macros.files.folders import delete_folder, new_folder
from macros.files.lock import Busy, hold
from macros.files.signals import signals_wait
from macros.site.replace import PATIENCE, begin, left_beside, put_back

_held: dict[str, ExitStack] = {}


def open_folder(site: Path) -> str:
    """Returns a new folder beside `site`, and deletes those of builds that have ended without a word.

    Raises: OSError, which names the folder that the system refused; Busy.
    """
    site = site.resolve()
    site.parent.mkdir(parents=True, exist_ok=True)
    with hold(site.parent, seconds=PATIENCE):
        put_back(site)
        for left in left_beside(site):
            if str(left) not in _held:
                _delete_unless_held(left)
        folder = str(new_folder(site.parent, begin(site)))
        _held[folder] = ExitStack()
        _held[folder].enter_context(hold(Path(folder), seconds=0))
    return folder


def let_go(folder: str) -> None:
    """The folder has become the site."""
    _held.pop(folder).close()


def clear() -> None:
    """Deletes the folders of this process that have not become a site."""
    with signals_wait():
        while _held:
            folder, held = _held.popitem()
            delete_folder(Path(folder))
            held.close()


def _delete_unless_held(folder: Path) -> None:
    with suppress(Busy), hold(folder, seconds=0):
        delete_folder(folder)
