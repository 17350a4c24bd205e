"""The folders and files of a playbook, by their names.

Takes a folder. Returns paths in it, and the names of its releases.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

DATA = "playbook_data"
SETTINGS_FILE = f"{DATA}/playbook.yml"
OTHERS_FILE = f"{DATA}/playbooks.yml"
"""It names the other playbooks that this one links to."""
INBOUND_FILE = f"{DATA}/inbound.yml"
"""It names the sites that link here, with the URLs that they use."""
TOP_FILES = (SETTINGS_FILE, OTHERS_FILE, INBOUND_FILE)
"""The files that lie beside the folders of the kinds."""
SCHEMAS = "schemas"
"""The folder of the schemas that editors read."""
INVENTORIES = f"{DATA}/inventories"
INVENTORY_ENDING = ".inv"
OTHER_FOLDERS = frozenset({"releases", SCHEMAS, "inventories"})
"""Folders beside the kinds that hold no entries."""
RELEASES = f"{DATA}/releases"
RELEASE_ENDING = ".jsonl"
MANIFEST_ENDING = ".json"
"""Of the file beside it, which says what a release holds besides its entries."""
_VERSION = re.compile(r"\d{1,6}(?:\.\d{1,6}){1,2}")
LARGEST_INVENTORY = 2_000_000
"""Bytes of the inventory of another playbook, as it is compressed. That of Python's own documentation has 140,000."""
LARGEST_FILE = 200_000
"""Bytes. An entry of 250 words takes about 2,000."""
LARGEST_INBOUND = 10_000_000
"""Bytes of the file that names the sites that link here: about 140,000 links."""


def find_root(start: Path) -> Path | None:
    """The nearest folder from `start` upwards that holds `playbook_data/`, or None."""
    start = start.resolve()
    return next((folder for folder in (start, *start.parents) if os.path.isdir(folder / DATA)), None)  # noqa: PTH112 - it does not raise


def release_names(root: Path) -> tuple[str, ...]:
    """The versions of the playbook that have a file, from the oldest."""
    folder = root / RELEASES
    try:
        names = [] if folder.is_symlink() else [file.name.removesuffix(RELEASE_ENDING) for file in folder.glob(f"*{RELEASE_ENDING}")]
    except OSError:  # nobody may read the data: the check of the files says so
        return ()
    return versions_among(names)


def versions_among(names: Iterable[str]) -> tuple[str, ...]:
    """Those of the names that are versions, from the oldest."""
    return tuple(sorted(filter(_VERSION.fullmatch, names), key=lambda version: [*map(int, version.split("."))]))


def latest_release(root: Path) -> str | None:
    """The highest version, or None if nothing was released yet."""
    return next(reversed(release_names(root)), None)


CHANGE_LOG = "CHANGELOG.md"
EDITOR_SETTINGS = ".vscode/settings.json"
"""Where VS Code reads which schema is for which files. These two are the only files outside the EDITABLE_FOLDERS that a change may touch."""

DOCS = "docs"
SITE_SETTINGS = "mkdocs.yml"
SITE_FOLDER = "site"
"""Where a build puts the site, unless the settings name another folder."""
_READ = re.compile(
    rf"{DATA}/(?:playbooks?|inbound)\.yml|{INVENTORIES}/[^/.][^/]*\.inv|{RELEASES}/[^/.][^/]*\.jsonl?|{DATA}/[^/.][^/]*/[^/.][^/]*\.yml|{DOCS}/(?:[^/.][^/]*/)*[^/.][^/]*\.md|{SITE_SETTINGS}"
)


def is_read(root: Path, path: str) -> bool:
    """Whether the check reads the file at `path`, or a file in the folder there."""
    if not os.path.isdir(root / path):  # noqa: PTH112 - it does not raise
        return bool(_READ.fullmatch(path))
    prefix = "" if path == "." else f"{path}/"
    below = (Path(folder).relative_to(root / path).joinpath(name) for folder, _, names in os.walk(root / path) for name in names)
    return any(_READ.fullmatch(f"{prefix}{file.as_posix()}") for file in below)
