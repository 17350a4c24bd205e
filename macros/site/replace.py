"""Replaces the old site with a newly built one."""

from __future__ import annotations

import glob
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from macros.files.lock import hold
from macros.files.signals import signals_wait

_OLD = "-old"
PATIENCE = 10.0
"""Seconds to wait for another build that puts its site in the same place: it takes two renames."""


def replace_site(site: Path, finished: Path) -> None:
    """Renames the folder `finished` to `site`. Hidden files of the old site, such as `.git`, move along.

    Two builds do so one after the other. If the new site cannot take its place, the old one is there again.

    Raises: OSError; Busy.
    """
    finished.chmod(0o755)
    with hold(site.parent, seconds=PATIENCE), signals_wait():
        old = _step_aside(site, finished)
        try:
            finished.rename(site)
        except OSError:
            if old:
                old.rename(site)
            raise
        for gone in filter(None, (old, *_left_before(site))):
            shutil.rmtree(gone, ignore_errors=True)


def _left_before(site: Path) -> Iterator[Path]:
    """The sites that stepped aside before, and could not be deleted because the system refused or the process was killed."""
    return site.parent.glob(f".{glob.escape(site.name)}-*{_OLD}")


def _step_aside(site: Path, finished: Path) -> Path | None:
    """Where the old site is now; None if there was none."""
    if not os.path.lexists(site):
        return None
    old = finished.with_name(f"{finished.name}{_OLD}")
    for hidden in site.glob(".*"):
        if not (finished / hidden.name).exists():
            hidden.rename(finished / hidden.name)
    site.rename(old)
    return old
