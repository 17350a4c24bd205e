"""`built-from.json`: which files a site was built from, so that a release is never made from the site of another state.

`built_from` takes the playbook's folder and returns the content of that file.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

from macros.files.layout import DATA, DOCS, SITE_SETTINGS

BUILT_FROM_FILE = "built-from.json"
INPUTS = (DATA, DOCS, "macros", SITE_SETTINGS, "overrides")
"""The folders and files of a playbook that have a say in its site."""


def built_from(root: Path) -> bytes:
    """Returns a digest of every file that has a say in the site: the data, the pages, the settings, the theme and this program."""
    whole = hashlib.sha256()
    for path in sorted(_input_files(root)):
        with open(f"{root}/{path}", "rb") as file:  # noqa: PTH123 - pathlib would take longer than the disk
            data = file.read()
        whole.update(f"{path}\0{len(data)}\0".encode("utf-8", "surrogateescape"))
        whole.update(data)
    return f"{json.dumps({'sha256': whole.hexdigest()})}\n".encode()


def is_built_from(site: Path, root: Path) -> bool:
    """Returns whether the folder `site` holds what the files in `root` are built to."""
    file = site / BUILT_FROM_FILE
    return file.is_file() and file.read_bytes() == built_from(root)


def _input_files(root: Path) -> Iterator[str]:
    for name in INPUTS:
        if (root / name).is_file():
            yield name
        for folder, folders, files in os.walk(root / name):
            folders[:] = [each for each in folders if each != "__pycache__"]
            begin = Path(folder).relative_to(root).as_posix()
            yield from (f"{begin}/{each}" for each in files if os.path.isfile(f"{folder}/{each}"))  # noqa: PTH113
