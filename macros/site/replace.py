"""Replaces the old site with a newly built one."""

from __future__ import annotations

import shutil
from pathlib import Path


def replace_site(site: Path, finished: Path) -> None:
    """Renames the folder `finished` to `site`. Hidden files of the old site, such as `.git`, move along."""
    finished.chmod(0o755)
    if not site.exists():
        finished.rename(site)
        return
    old = finished.with_name(f"{finished.name}-old")
    for hidden in site.glob(".*"):
        if not (finished / hidden.name).exists():
            hidden.rename(finished / hidden.name)
    site.rename(old)
    finished.rename(site)
    shutil.rmtree(old)
