"""What an engine brings along for a theme of its own: no page asks for any of it, so the site goes without.

`is_of_theme` takes the path of a file in a site.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from pathlib import Path

_OF_THEME = ("assets/javascripts/", "assets/stylesheets/", "assets/images/favicon.png")


def is_of_theme(path: str, own: Container[str]) -> bool:
    """Returns whether the file at `path` comes from the theme; `own` are those from docs/."""
    return path.startswith(_OF_THEME) and path not in own


def files_of_theme(folder: Path, own: Container[str]) -> Iterator[Path]:
    """Yields each such file that an engine has put into the folder of a site."""
    for begin in _OF_THEME:
        start = folder / begin
        files = start.rglob("*") if start.is_dir() else (start,)
        yield from (file for file in files if file.is_file() and is_of_theme(file.relative_to(folder).as_posix(), own))
