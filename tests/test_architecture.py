"""Data flows one way, and every room is small: what design.md and style.md promise of `macros/`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import macros

ROOT = Path(macros.__file__).parent
LAYERS = [
    {"problems", "explained", "reports", "fields", "models"},
    {"kinds", "facts", "parts"},
    {
        "files",
        "git",
        "headings",
        "markdown",
        "places",
        "syntax",
        "parse",
        "quoting",
        "slips",
        "stretches",
        "text",
        "transaction",
        "trouble",
        "values",
    },
    {"shape"},
    {"edit", "rules", "schema", "slots", "swallowed", "titles", "unfinished"},
    {"check"},
    {"relations", "citations", "graph", "written"},
    {"playbook"},
    {"freshness", "glossary", "rehearsal"},
    {"completeness", "drafts", "outside", "taken"},
    {"agenda", "anchors", "described", "urls", "figures", "drawings", "marks", "render"},
    {"releases"},
    {"calls", "generated", "links", "reviews", "site", "exports", "suggest"},
    {"renaming"},
    {"bodies"},
    {"shown"},
    {"ledger"},
    {"publishing"},
    {"adapters", "commands"},
    {"cli"},
    {"__main__"},
]
"""From the data to the edge: a module imports from its own layer and from those above it in this list."""
MODULES = {path.relative_to(ROOT).with_suffix("").as_posix(): path for path in ROOT.rglob("*.py")}
"""Every module by its name: `parse`, `adapters/mkdocs_hooks`."""
ROOMS = sorted(name for name in MODULES if name != "__init__")


def imports(name: str) -> Iterator[str]:
    """What a module imports, wherever in it: `macros.parse`, `yaml`."""
    for node in ast.walk(ast.parse(MODULES[name].read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written whole"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def imported_rooms(name: str) -> set[str]:
    """The rooms of `macros` that a module imports from."""
    return {imported.split(".")[1] for imported in imports(name) if imported.startswith("macros.")}


def layer(room: str) -> int:
    return next(number for number, layer in enumerate(LAYERS) if room.partition("/")[0] in layer)


def test_every_module_has_its_place() -> None:
    assert {name.partition("/")[0] for name in ROOMS} == {room for layer in LAYERS for room in layer}


@pytest.mark.parametrize("name", ROOMS)
def test_no_arrow_leads_back(name: str) -> None:
    back = {room for room in imported_rooms(name) if layer(room) > layer(name)}
    assert not back, f"{name} imports from {back}, which are built on it"


def test_no_arrows_go_round() -> None:
    TopologicalSorter({name: imported_rooms(name) for name in ROOMS if "/" not in name}).prepare()


@pytest.mark.parametrize("name", [name for name in ROOMS if not name.startswith("adapters/")])
def test_only_the_adapters_know_mkdocs(name: str) -> None:
    assert not [imported for imported in imports(name) if imported.startswith(("mkdocs", "material", "markdown."))]


@pytest.mark.parametrize("name", [name for name in ROOMS if not name.startswith("adapters/")])
def test_nothing_is_built_on_the_adapters(name: str) -> None:
    assert "adapters" not in imported_rooms(name)


@pytest.mark.parametrize("name", MODULES)
def test_a_module_has_at_most_300_lines(name: str) -> None:
    assert len(MODULES[name].read_text().splitlines()) <= 300


@pytest.mark.parametrize("name", MODULES)
def test_a_function_has_at_most_40_lines(name: str) -> None:
    functions = [node for node in ast.walk(ast.parse(MODULES[name].read_text())) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    assert {function.name: lines for function in functions if (lines := function.end_lineno - function.lineno + 1) > 40} == {}


@pytest.mark.parametrize("name", MODULES)
def test_a_module_says_what_it_is_for(name: str) -> None:
    tree = ast.parse(MODULES[name].read_text())
    assert ast.get_docstring(tree) or not tree.body


@pytest.mark.parametrize("word", ["utils", "util", "helpers", "helper", "common", "misc"])
def test_no_room_is_called_after_nothing(word: str) -> None:
    assert not [name for name in MODULES if word in name.split("/")[-1].split("_")]
