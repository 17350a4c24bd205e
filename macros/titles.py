"""The ids and titles of the entries that exist, also of a playbook with problems.

Enters: a folder, or entries. Leaves: titles by kind and id.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from macros.files import DataFile, read_files
from macros.kinds import KINDS, Entry
from macros.parse import parse_yaml
from macros.places import Source, decode
from macros.problems import printable

Titles = dict[str, dict[str, str]]
"""From the folder of a kind to the id of each of its entries, with its title."""


def titles_of(entries: Iterable[Entry]) -> Titles:
    """The titles of entries that are known."""
    titles: Titles = {folder: {} for folder in KINDS}
    for entry in entries:
        titles[entry.kind.folder][entry.id] = printable(entry.title)
    return titles


def read_titles(root: Path) -> Titles:
    """The titles of the entries whose files lie in `root`; an entry whose title cannot be read is called by its id."""
    titles: Titles = {folder: {} for folder in KINDS}
    for file in read_files(root)[0]:
        if file.folder in titles:
            titles[file.folder][file.slug] = _title_in(file)
    return titles


_TITLE = re.compile(r"^title:.*(?:\n(?:[ \t].*)?)*", re.MULTILINE)
"""The field with all of its lines: the rest of a file need not be read, nor be right."""


def _title_in(file: DataFile) -> str:
    source = decode(file.path, file.data)
    found = _TITLE.search(source.text) if isinstance(source, Source) else None
    raw = parse_yaml(Source(file.path, found[0]))[0] if found else None
    title = raw.get("title") if isinstance(raw, dict) else None
    return printable(title) if isinstance(title, str) else file.slug
