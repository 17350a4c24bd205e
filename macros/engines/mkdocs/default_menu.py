"""The menu that MkDocs makes of files and folders where `nav` is not set, for engines that get the pages in other folders.

`default_menu` takes the settings and the pages, and returns a value for `nav`.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

from mkdocs.utils import nest_paths

from macros.engines.mkdocs.menu import without_hidden
from macros.engines.mkdocs.settings import SiteSettings
from macros.files.layout import DOCS
from macros.pages.catalogue import Page

_FIRST = ("index.md", "README.md")


def default_menu(settings: SiteSettings, pages: Iterable[Page]) -> list[Any]:
    """Returns the pages as their files lie in folders; those that the build adds lie among them."""
    paths: dict[bool, list[str]] = {True: [], False: []}
    for page in pages:
        if page.in_navigation:
            paths[page.is_generated].append(page.path.removeprefix(f"{DOCS}/"))
    return nest_paths(sorted([*paths[True], *without_hidden(settings, paths[False])], key=_place))


def _place(path: str) -> tuple[tuple[str, ...], bool, str]:
    """What MkDocs sorts files by: those of a folder come before its folders, and its index first."""
    file = PurePosixPath(path)
    return file.parent.parts, file.name not in _FIRST, file.name
