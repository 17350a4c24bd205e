"""The site of this repository or of a small playbook, built by other engines than MkDocs, with the steps of `make site ENGINE=…`.

Copies or writes the project into a folder, and builds it there. Every step is a process of its own, as what a person types.
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
from tests.support.playbooks import BASE, changed
from tests.support.releases import record_release
from tests.support.repositories import commit, git
from tests.support.sites import PROJECT, QUIET, write_project

ENGINES = ("properdocs", "zensical")
PAGES = "out"


def copy_project(folder: Path, project: Path = PROJECT) -> Path:
    """What a project's site is made from, in `folder`. Its files are new ones, made in another order than that of their names."""
    for name in INPUTS:
        files = [project / name] if (project / name).is_file() else (project / name).rglob("*")
        for file in sorted(files, reverse=True):
            copy = folder / file.relative_to(project)
            if file.is_file() and "__pycache__" not in file.parts:
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, copy)
    return folder


SMALL = {
    ".gitignore": "site/\nout/\nsites/\n",
    "docs/index.md": '---\ntitle: Home\n---\n\n# Home\n\nWelcome.\n\n{{ latest_changes() }}\n\n{{ entries("barriers") }}\n',
    "docs/about/us.md": (
        "# About us { #us }\n\n## The team { #team }\n\nSee [the barrier](../barriers/data-sharing.md#why) and "
        '<a href="../../barriers/">the list</a>.\n\n{{ entries("barriers", show="cards") }}\n'
    ),
    "docs/health-check.md": '# Health check\n\n{{ health_check("shared-aims") }}\n',
    "docs/figures.md": "# Figures\n\n{{ figure_table() }}\n",
    **changed("playbook_data/insights/shared-space.yml", "eases: [data-sharing]", "eases: [data-sharing, old-systems]"),
    "playbook_data/barriers/old-systems.yml": (
        BASE["playbook_data/barriers/data-sharing.yml"].replace("Data stays apart", "Systems are old")
        + "figures: [{name: cost, value: 5000, unit: £, measures: Cost of one bid, source: nao, at: para 1}]\nformerly: [older-systems]\n"
    ),
}
"""A playbook with every kind, a former address, a figure, and pages that call macros."""
NAV = "nav:\n  - Home: index.md\n  - About:\n      - about/us.md\n      - Barriers: barriers/index.md\n      - figures.md\n      - health-check.md\n"


def write_small(folder: Path) -> Path:
    """Writes the small playbook into `folder`, released once."""
    write_project(folder, SMALL)
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write(NAV)
    git(folder, "init", "--quiet")
    commit(folder)
    record_release(folder, "1.0.0")
    return folder


def build_small_with_all(folder: Path) -> None:
    """Builds the site of the small playbook with MkDocs and with each engine; they are then in the folder `sites`."""
    run(write_small(folder), [sys.executable, "-m", "mkdocs", "build", "--strict"])
    keep_site(folder, "mkdocs")
    build_with(ENGINES, folder)


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
