"""The folder that a build puts the site into: where it is, and whether a build may replace what is there."""

from __future__ import annotations

from pathlib import Path

from macros.engines.mkdocs.settings import SiteSettings
from macros.engines.mkdocs.templates import THEME_FOLDER
from macros.files.layout import DATA, DOCS
from macros.site.sitemap import SITEMAP

BUILT = "site"
"""Where a site is built if no setting says so."""


def folder_of_site(root: Path, settings: SiteSettings) -> Path:
    """Returns where the site of the playbook in `root` is built."""
    named = settings.get("site_dir")
    return root / (named if isinstance(named, str) else BUILT)


def why_no_site(root: Path, site: Path) -> str:
    """Why no build may replace `site`, as a part of a sentence; empty if it may."""
    folder = site.resolve()
    own = [name for name in (DOCS, DATA, "macros", THEME_FOLDER) if (root / name).resolve().is_relative_to(folder)]
    if own:
        return f"holds {own[0]}/"
    if folder.is_file():
        return "is a file"
    if folder.is_dir() and any(not file.name.startswith(".") for file in folder.iterdir()) and not (folder / SITEMAP).is_file():
        return "holds files that no build has written"
    inside = next((name for name in (DOCS, DATA, "macros", THEME_FOLDER) if folder.is_relative_to((root / name).resolve())), "")
    return f"is inside {inside}/" if inside else ""
