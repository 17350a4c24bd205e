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
    """(version, folder of the kind, id) of each entry of each release."""
    for file in sorted((root / RELEASES).glob(f"*{RELEASE_ENDING}")):
        with suppress(OSError):
            for line in file.read_bytes().splitlines():
                with suppress(ValueError, RecursionError, KeyError, TypeError):
                    record = json.loads(line)
                    yield file.stem, str(record["kind"]), str(record["id"])


def released_files(root: Path) -> frozenset[str]:
    """The files that released entries had: `playbook_data/barriers/data-sharing.yml`."""
    return frozenset(f"{DATA}/{kind}/{id}.yml" for _, kind, id in released_entries(root))
