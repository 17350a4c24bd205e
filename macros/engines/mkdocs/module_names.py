"""Files beside mkdocs.yml that Python would load in the place of a module that the program needs.

`module_name_problems` takes the playbook's folder, which Python looks into first when it builds, previews or publishes the site.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.machinery import FrozenImporter, PathFinder
from pathlib import Path

from macros.problems.problem import Problem, file_problem


def module_name_problems(root: Path) -> Iterator[Problem]:
    """What is wrong with the names of files in `root`; some modules are a part of Python itself, and no file takes their place."""
    for file in sorted(root.glob("*.py")):
        elsewhere = [folder for folder in sys.path if Path(folder).resolve() != root.resolve()]
        if not FrozenImporter.find_spec(file.stem) and PathFinder.find_spec(file.stem, elsewhere):
            message = f"Python would load this file in the place of the module '{file.stem}', which the program may need"
            yield file_problem(file.name, "module-name", message, f"rename it, such as to own_{file.stem}.py")
