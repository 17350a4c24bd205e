"""`python -m tests.lock.subtract requirements-test.lock requirements.lock`: takes out of the first lock file what the second has.

The tests are installed over the site: to install its packages twice takes a minute. Both files have each package in the same version.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path


def packages_in(lock: str) -> list[str]:
    """The packages of a lock file, each with its hashes."""
    return re.findall(r"^\S.*(?:\n[ ]+.*)*\n", lock, re.MULTILINE)


def subtract(lock: str, other: str) -> str:
    """`lock` without the packages of `other`.

    Raises: ValueError if a package is in both, but not in the same version.
    """
    known = packages_in(other)
    names = {_name(package) for package in known}
    rest = [package for package in packages_in(lock) if package not in known]
    if twice := sorted({_name(package) for package in rest} & names):
        raise ValueError(f"not the same in both lock files: {', '.join(twice)}")
    return "".join(rest)


def _name(package: str) -> str:
    return package.partition("==")[0]


if __name__ == "__main__":
    file, other = map(Path, sys.argv[1:])
    file.write_text(subtract(file.read_text("utf-8"), other.read_text("utf-8")), "utf-8")
