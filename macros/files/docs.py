"""The files below docs/ that the site is made of.

`read_docs` takes the playbook's folder and returns their paths, with problems in the place of what cannot be looked into. Hidden files are not
among them: MkDocs leaves those out.
"""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path

from macros.files.layout import DOCS
from macros.files.scan import files_below, no_file, unreadable
from macros.problems.problem import Problem


def _readable(root: Path, item: str | Problem) -> str | Problem:
    """The same, or a problem if a build could not copy it; pages are read, and tell what is wrong with them."""
    if isinstance(item, Problem) or item.endswith(".md"):
        return item
    if not os.path.isfile(root / item):  # noqa: PTH113 - pathlib would take longer than the disk
        return replace(no_file(item), help="delete it, or put the file itself here")
    return item if os.access(root / item, os.R_OK) else unreadable(item, PermissionError(errno.EACCES, os.strerror(errno.EACCES)))


def read_docs(root: Path) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """`("docs/assets/favicon.svg", "docs/barriers/index.md", …)`, and problems."""
    found = [_readable(root, item) for item in files_below(root, DOCS, no_folder=".md")] if os.path.lexists(root / DOCS) else []
    return tuple(item for item in found if not isinstance(item, Problem)), tuple(item for item in found if isinstance(item, Problem))
