"""The files below docs/ that the site is made of.

`read_docs` takes the playbook's folder and returns their paths, with problems in the place of what cannot be looked into. Hidden files are not
among them: MkDocs leaves those out.
"""

from __future__ import annotations

import os
from pathlib import Path

from macros.files.layout import DOCS
from macros.files.scan import files_below
from macros.problems.problem import Problem


def read_docs(root: Path) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """`("docs/assets/favicon.svg", "docs/barriers/index.md", …)`, and problems."""
    found = [*files_below(root, DOCS, no_folder=".md")] if os.path.lexists(root / DOCS) else []
    return tuple(item for item in found if not isinstance(item, Problem)), tuple(item for item in found if isinstance(item, Problem))
