"""The list of mutants is in step with the program: each can be tried. `make mutants` tries them."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.mutants import Mutant, read_mutants

MUTANTS = read_mutants()
ENOUGH = 50
WHOLE = Mutant("it is whole", "macros/site/replace.py", "import os", "import sys", ("tests/project/test_mutants.py::test_a_mutant_can_be_tried",))


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_mutant_can_be_tried(mutant: Mutant) -> None:
    assert [*mutant.faults()] == []


def test_there_are_many_and_each_has_a_name_of_its_own() -> None:
    assert len(MUTANTS) >= ENOUGH
    assert [name for name, times in Counter(mutant.name for mutant in MUTANTS).items() if times > 1] == []
    assert [name for name, times in Counter((mutant.file, mutant.old, mutant.new) for mutant in MUTANTS).items() if times > 1] == []
    assert [mutant.name for mutant in MUTANTS if not mutant.tests] == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, []),
        ({"file": "macros/nothing.py"}, ["it is whole: there is no file macros/nothing.py"]),
        ({"old": "import nothing"}, ["it is whole: `old` stands 0 times in macros/site/replace.py, and must stand once: 'import nothing'"]),
        ({"old": "rename(site)"}, ["it is whole: `old` stands 4 times in macros/site/replace.py, and must stand once: 'rename(site)'"]),
        ({"new": "import os  # again"}, ["it is whole: `new` says the same as `old`"]),
        ({"tests": ("tests/nothing.py",)}, ["it is whole: there is no file tests/nothing.py"]),
        ({"tests": ("tests/__init__.py::test_x[a]",)}, ["it is whole: there is no test tests/__init__.py::test_x[a]"]),
    ],
)
def test_why_a_mutant_cannot_be_tried_is_told(changes: dict, said: list[str]) -> None:
    given = {name: getattr(WHOLE, name) for name in Mutant.__slots__}
    assert [*Mutant(**{**given, **changes}).faults()] == said


def test_what_is_no_python_is_told() -> None:
    (said,) = Mutant("it is whole", WHOLE.file, WHOLE.old, "import (", WHOLE.tests).faults()
    assert said.startswith("it is whole: with `new`, macros/site/replace.py is no Python: ")
