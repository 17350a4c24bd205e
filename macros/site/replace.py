"""Replaces the old site with a newly built one: as a whole, or in a preview file by file."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from macros.files.exchange import exchange
from macros.files.folders import delete_folder, keep_hidden
from macros.files.lock import hold
from macros.files.signals import signals_wait

_OLD = "-old"
"""How the name of a site ends that has stepped aside, on a system that cannot exchange two folders."""
PATIENCE = 10.0
"""Seconds to wait for another build that puts its site in the same place: it takes a step or two."""


def replace_site(site: Path, finished: Path) -> None:
    """Gives the folder `finished` the name `site`. Hidden files of the old site, such as `.git`, are kept.

    At every moment there is the old site or the new one, even if the process is killed. Only a system that cannot exchange two folders has an
    instant without either; the next build puts the old one back then. Two builds do so one after the other.

    Raises: OSError; Busy.
    """
    site = site.resolve()
    finished.chmod(0o755)
    with hold(site.parent, seconds=PATIENCE), signals_wait():
        if not os.path.lexists(site):
            finished.rename(site)
            return
        keep_hidden(site, finished)
        if not exchange(site, finished):
            _exchange_in_steps(site, finished)
        delete_folder(finished)


def update_site(site: Path, finished: Path, gone: Iterable[str]) -> None:
    """Moves the files of the folder `finished` into `site`, and deletes those that are `gone` there, by their paths.

    For an instant `site` has some of both, so this is for a preview, which shows nothing meanwhile.

    Raises: OSError; Busy.
    """
    with hold(site.parent, seconds=PATIENCE), signals_wait():
        for path in gone:
            (site / path).unlink(missing_ok=True)
            with suppress(OSError):  # it is not empty
                (site / path).parent.rmdir()
        for above, _, names in os.walk(finished):
            folder = site / Path(above).relative_to(finished)
            folder.mkdir(exist_ok=True)
            for name in names:
                os.replace(f"{above}/{name}", f"{folder}/{name}")  # noqa: PTH105 - pathlib would take longer than the disk
        delete_folder(finished)


def _exchange_in_steps(site: Path, finished: Path) -> None:
    old = finished.with_name(f"{finished.name}{_OLD}")
    site.rename(old)
    try:
        finished.rename(site)
    except OSError:
        old.rename(site)
        raise
    old.rename(finished)


def begin(site: Path) -> str:
    """Returns what the names of folders begin with that builds of `site` write into."""
    return f".{site.name}-new-"


def left_beside(site: Path) -> Iterator[Path]:
    """Finds the folders that builds have written into, or still do."""
    return site.parent.glob(f"{glob.escape(begin(site))}*")


def put_back(site: Path) -> None:
    """Puts back the old site, if the process was killed before the new one took its place."""
    old = [left for left in left_beside(site) if left.name.endswith(_OLD)]
    if old and not os.path.lexists(site):
        old[0].rename(site)
