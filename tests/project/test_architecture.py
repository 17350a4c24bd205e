"""The structure of `macros/`: packages that import one way only, small modules, small functions, names that say something."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import macros
from tests.support.sites import PROJECT

ROOT = Path(macros.__file__).parent
MODULES = {path.relative_to(ROOT).with_suffix("").as_posix(): path for path in sorted(ROOT.rglob("*.py"))}
"""Every module by its name: `yamlfile/reader`, `engines/mkdocs/hooks`."""
TREES = {name: ast.parse(path.read_text("utf-8")) for name, path in MODULES.items()}
PACKAGES = {path.parent.relative_to(ROOT).as_posix(): path for path in MODULES.values() if path.name == "__init__.py" and path.parent != ROOT}
FACTS = r"(?P<what>.+)\.\n\nTakes: .+\.\nGives: .+\.\nStart with: (?P<start>.+)\.\nNever imports: .+\.(\nTo change .+: see .+\.)+"
"""What the docstring of a package says, each fact on a line of its own."""


def test_imports_lead_one_way() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"], cwd=PROJECT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout


def test_the_top_of_the_program_is_seen_at_a_glance() -> None:
    assert len([path for path in ROOT.iterdir() if path.name != "__pycache__"]) <= 14


ONE_FILE = "site/verify_links"
"""Others copy it, so that all of it is in one file."""


def test_a_module_has_at_most_300_lines() -> None:
    assert {name: lines for name, path in MODULES.items() if (lines := len(path.read_text("utf-8").splitlines())) > 300 and name != ONE_FILE} == {}


def test_a_function_has_at_most_40_lines() -> None:
    found = {
        f"{name}.{node.name}": lines
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and (lines := node.end_lineno - node.lineno + 1) > 40
    }
    assert found == {}


def test_a_module_says_what_it_is_for() -> None:
    assert [name for name, tree in TREES.items() if not ast.get_docstring(tree)] == []


SHARED_NAMES = {
    "EXAMPLES": "each command has its examples",
    "FORMATS": "each report has its formats, by the word after `--format`",
    "command": "each module in `cli/commands/` has one command",
    "entry_called": "an entry by its id, for a person who typed it and for a page that calls it; each names the closest id",
    "entry_page": "a macro has the name that pages call; in the catalogue it is what the site knows of that page",
    "main": "where a program begins",
}
"""Names that several modules may define, and why."""


def public_names(tree: ast.Module) -> Iterator[str]:
    """The classes, functions, constants and types that a module defines for others."""
    for node in tree.body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.AnnAssign(target=ast.Name(id=name)):
                names = [name]
            case ast.Assign(targets=targets):
                names = [inner.id for target in targets for inner in ast.walk(target) if isinstance(inner, ast.Name)]
            case _:
                names = []
        yield from (name for name in names if not name.startswith("_"))


def test_no_name_has_two_meanings() -> None:
    modules: dict[str, list[str]] = {}
    for module, tree in TREES.items():
        for name in {*public_names(tree)}:
            modules.setdefault(name, []).append(module)
    shared = {name: found for name, found in modules.items() if len(found) > 1}
    assert {name: found for name, found in shared.items() if name not in SHARED_NAMES} == {}
    assert SHARED_NAMES.keys() - shared == set()


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_says_what_it_takes_and_gives_and_where_to_start(package: str) -> None:
    docstring = ast.get_docstring(ast.parse(PACKAGES[package].read_text("utf-8"))) or ""
    facts = re.fullmatch(FACTS, docstring)
    assert facts, docstring
    assert len(facts["what"]) < 68, "the picture has no room for more"
    assert re.match(r"`[\w/]+\.py`", facts["start"])
    named = re.findall(r"`([\w/]+(?:\.py|/))`", docstring)
    assert [path for path in named if not any((top / path).exists() for top in (PACKAGES[package].parent, PROJECT))] == []


@pytest.mark.parametrize("word", ["utils", "util", "helpers", "helper", "common", "misc"])
def test_no_module_is_called_after_nothing(word: str) -> None:
    assert [name for name in MODULES if word in name.split("/")[-1].split("_")] == []
