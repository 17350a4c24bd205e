"""The site of this repository, built by other engines than MkDocs, with the steps of `make site ENGINE=…`.

Copies the project into a folder, and builds it there. Every step is a process of its own, as what a person types.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from macros.site.built_from import INPUTS
from tests.support.sites import PROJECT, QUIET

ENGINES = ("properdocs", "zensical")
PAGES = "out"


def copy_project(folder: Path) -> Path:
    """What this repository's site is made from, in `folder`. Its files are new ones, made in another order than that of their names."""
    for name in INPUTS:
        files = [PROJECT / name] if (PROJECT / name).is_file() else (PROJECT / name).rglob("*")
        for file in sorted(files, reverse=True):
            copy = folder / file.relative_to(PROJECT)
            if file.is_file() and "__pycache__" not in file.parts:
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, copy)
    return folder


def build_with(engines: Iterable[str], root: Path, **conditions: Any) -> None:
    """Builds the project in `root` with each engine; its site is then in the folder `sites` of `root` that is named like the engine."""
    run(root, [sys.executable, "-m", "macros", "pages", PAGES], **conditions)
    for engine in engines:
        run(root / PAGES, [program(engine), *options(engine)], **conditions)
        run(root, [sys.executable, "-m", "macros", "finish", PAGES], **conditions)
        keep_site(root, engine)
        shutil.rmtree(root / PAGES / "site")


def keep_site(root: Path, engine: str) -> None:
    """Lets the next engine begin with no site."""
    (root / "sites").mkdir(exist_ok=True)
    (root / "site").rename(root / "sites" / engine)


def program(engine: str) -> Path:
    """The engine, as `make test` installs it."""
    file = PROJECT / f".venv.{engine}" / "bin" / engine
    assert (file.parents[1] / ".ready").exists(), f"{engine} is not installed; type: make .venv.{engine}/.ready"
    return file


def options(engine: str) -> list[str]:
    """What the Makefile tells the engine."""
    makefile = (PROJECT / "Makefile").read_text("utf-8")
    return re.search(rf"^BUILD_{engine} = \$\(call BUILD_PAGES,(.+)\)$", makefile, re.MULTILINE)[1].split()


def run(folder: Path, command: list[object], *, environment: Mapping[str, str] | None = None, umask: int = -1) -> None:
    """Runs a command that must succeed, in an environment with some things changed."""
    env = {**QUIET, **(environment or {})}
    done = subprocess.run(command, cwd=folder, env=env, umask=umask, capture_output=True, encoding="utf-8", errors="replace", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
