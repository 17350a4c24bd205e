"""Which entries the releases have, read without checking them: what cannot be read is left out here, and told by whoever checks releases.

Takes the playbook's folder.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from macros.files.layout import DATA, RELEASE_ENDING, RELEASES


def released_entries(root: Path) -> Iterator[tuple[str, str, str]]:
    """(version, folder of the kind, id) of each entry of each release, as far as its lines can be understood.

    Raises: OSError where a release may not be read.
    """
    for file in _release_files(root):
        for kind, id in _entries_in(file):
            yield file.stem, kind, id


def released_files(root: Path) -> frozenset[str]:
    """The files that released entries had: `playbook_data/barriers/data-sharing.yml`; a release that may not be read has none."""
    found: set[str] = set()
    for file in _release_files(root):
        with suppress(OSError):
            found |= {f"{DATA}/{kind}/{id}.yml" for kind, id in _entries_in(file)}
    return frozenset(found)


def _release_files(root: Path) -> list[Path]:
    return sorted((root / RELEASES).glob(f"*{RELEASE_ENDING}"))


def _entries_in(file: Path) -> Iterator[tuple[str, str]]:
    for line in file.read_bytes().splitlines():
        with suppress(ValueError, RecursionError, KeyError, TypeError):
            record = json.loads(line)
            yield str(record["kind"]), str(record["id"])
