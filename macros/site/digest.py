"""The digest of a site: two sites with the same one are the same, byte for byte.

`site_digest` takes the folder of a finished site, and returns it in hexadecimal digits.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

_NO_PART = ".git"
"""A site may lie in a repository, which says more than the site does."""


def site_digest(site: Path) -> str:
    """Returns the SHA-256 digest of a list: a line for each file, as `sha256sum` writes it, in the order of the bytes of their paths.

    So it can be made without this program. Raises: OSError.
    """
    lines = (sha256(path.read_bytes()).hexdigest().encode() + b"  ./" + name + b"\n" for name, path in sorted(_files(site)))
    return sha256(b"".join(lines)).hexdigest()


def _files(site: Path) -> Iterator[tuple[bytes, Path]]:
    """Every file with its path below the site."""
    for folder, folders, names in os.walk(site):
        if Path(folder) == site:
            folders[:] = [name for name in folders if name != _NO_PART]
        yield from ((os.fsencode(path.relative_to(site).as_posix()), path) for path in (Path(folder, name) for name in names))
