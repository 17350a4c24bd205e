"""Only the lab's own modules and templates name a kind of this playbook; everything else asks the schema.

Looked at are the texts and names in Python and the code in templates. Docstrings, comments, the examples of commands (EXAMPLES) and
the words that explain a field (`says`) may name kinds: no program follows from them. Ordinary words that a kind is called by too
("case", "form", "question") count only where they stand alone as the kind's folder.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment

import macros
from macros.schema import builtin_kinds, kinds
from macros.schema.entry import Entry
from macros.schema.introspect import fields_of
from macros.schema.kinds import KINDS
from macros.schema.sections import sections_of
from tests.support.sites import PROJECT

ROOT = Path(macros.__file__).parent
LAB = ("schema/kinds.py", "schema/lab_needs.py", "schema/approach.py", "problems/lab_rules.py", "pages/lab/", "pages/templates/lab/")
"""What another lab replaces."""
OWN = [model for model in KINDS.values() if model.__module__ == kinds.__name__]
FOLDERS = {model.kind.folder for model in OWN}
CLASSES = {model.__name__ for model in OWN}
ORDINARY = {"case", "cases", "form", "forms", "question", "questions"}
WORDS = {word for model in OWN for word in (model.kind.folder, model.kind.one.lower())} - ORDINARY
RELATIONS = {field.name for model in OWN for field in fields_of(model).values() if field.relation and field.name not in fields_of(Entry)}
ANCHORS = {section.anchor for model in KINDS.values() if model not in OWN for section in sections_of(model).values()}
ALONE = FOLDERS | RELATIONS - KINDS.keys() - ANCHORS
"""Texts that name a kind, or a field of one, where they stand alone."""
WORD = re.compile(rf"\b({'|'.join(sorted(WORDS))})\b", re.IGNORECASE)


def is_lab(path: Path) -> bool:
    return path.relative_to(ROOT).as_posix().startswith(LAB)


def names_a_kind(text: str) -> bool:
    return text in ALONE or bool(WORD.search(text))


def told_in_python(source: str) -> Iterator[tuple[int, str]]:
    """Each text and imported class that names a kind, with its line."""
    tree = ast.parse(source)
    exempt = {id(inner) for node in ast.walk(tree) if is_explanation(node) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in exempt and names_a_kind(node.value):
            yield node.lineno, node.value
        elif isinstance(node, ast.ImportFrom) and node.module == kinds.__name__:
            yield from ((node.lineno, alias.name) for alias in node.names if alias.name in CLASSES)


def is_explanation(node: ast.AST) -> bool:
    """Docstrings, the examples of commands, and what is said of a field."""
    match node:
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.Assign(targets=[ast.Name(id="EXAMPLES")]):
            return True
        case ast.Call(func=ast.Name(id="says")):
            return True
    return False


def told_in_template(source: str) -> Iterator[tuple[int, str]]:
    """Each name and text in the code of a template, and each id in its HTML, that names a kind."""
    for line, kind, value in Environment(autoescape=False).lex(source):  # noqa: S701 - nothing is rendered
        words = [value] if kind == "name" else [value[1:-1]] if kind == "string" else re.findall(r'id="([^"{]*)"', value) if kind == "data" else []
        yield from ((line, word) for word in words if names_a_kind(word))


@pytest.mark.parametrize("path", [p for p in ROOT.rglob("*.py") if not is_lab(p)], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_names_no_kind_of_this_playbook(path: Path) -> None:
    assert list(told_in_python(path.read_text("utf-8"))) == []


TEMPLATES = [p for p in ROOT.rglob("templates/**/*.jinja") if not is_lab(p)] + sorted((PROJECT / "overrides").rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_names_no_kind_of_this_playbook(path: Path) -> None:
    assert list(told_in_template(path.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    "source",
    [
        'entries = playbook.of_kind("pillars")',
        'if entry.kind.folder == "open-questions": ...',
        'FIELDS = ("hits",)',
        'print("the barrier is gone")',
        "from macros.schema.kinds import KINDS, Case",
    ],
)
def test_a_kind_that_a_module_names_is_found(source: str) -> None:
    assert len(list(told_in_python(source))) == 1


@pytest.mark.parametrize(
    "source", ['{% if entry.kind.folder == "cases" %}x{% endif %}', "{{ pillar(entry) }}", '<ul id="barriers">', "{{ entry.hits }}"]
)
def test_a_kind_that_a_template_names_is_found(source: str) -> None:
    assert len(list(told_in_template(source))) == 1


def test_what_explains_may_name_kinds() -> None:
    told = '"""Of barriers."""\nEXAMPLES = (("playbook list barriers", "All barriers."),)\nx = says("Why.", "As a barrier")\nfold("in any case")\n'
    assert list(told_in_python(told)) == []


def test_the_modules_of_the_lab_are_there_and_every_template_of_a_kind_stands_with_its_kind() -> None:
    assert [path for path in LAB if not (ROOT / path).exists()] == []
    assert {model.kind.folder for model in KINDS.values() if model.__module__ == builtin_kinds.__name__} == {"sources", "terms", "roles"}
    for folder in KINDS:
        place = "lab/" if folder in FOLDERS else ""
        assert (ROOT / "pages/templates" / f"{place}{folder}.md.jinja").is_file()
