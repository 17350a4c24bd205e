"""The promises, each broken by one changed line, which a test must notice.

`read_mutants` takes the lists in `*.yml` here, one for each part of the program, and returns what to break, where, and which tests must then fail. `make mutants` tries
them all.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

PROJECT = Path(__file__).parents[2]
LISTS = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Mutant:
    """A claim that does not hold once `old`, which stands once in `file`, is `new`; and the tests that say so."""

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]

    def faults(self, project: Path = PROJECT) -> Iterator[str]:
        """Why it cannot be tried: text that has moved, or a test that has."""
        file = project / self.file
        if not file.is_file():
            yield f"{self.name}: there is no file {self.file}"
            return
        text = file.read_text("utf-8")
        if (times := text.count(self.old)) != 1:
            yield f"{self.name}: `old` stands {times} times in {self.file}, and must stand once: {self.old!r}"
        elif file.suffix == ".py":
            yield from self._faults_of_python(text)
        for test in self.tests:
            path, _, rest = test.partition("::")
            if not (project / path).is_file():
                yield f"{self.name}: there is no file {path}"
            elif rest and f"def {rest.partition('[')[0]}(" not in (project / path).read_text("utf-8"):
                yield f"{self.name}: there is no test {test}"

    def applied(self, text: str) -> str:
        """The text of the file with the promise broken."""
        return text.replace(self.old, self.new)

    def _faults_of_python(self, text: str) -> Iterator[str]:
        try:
            is_same = ast.dump(ast.parse(self.applied(text))) == ast.dump(ast.parse(text))
        except SyntaxError as error:
            yield f"{self.name}: with `new`, {self.file} is no Python: {error}"
        else:
            if is_same:
                yield f"{self.name}: `new` says the same as `old`"


def read_mutants(lists: Path = LISTS) -> tuple[Mutant, ...]:
    """Every mutant of every list, in their order."""
    rows = [row for file in sorted(lists.glob("*.yml")) for row in yaml.safe_load(file.read_text("utf-8"))]
    return tuple(Mutant(**{**row, "tests": (row["tests"],) if isinstance(row["tests"], str) else tuple(row["tests"])}) for row in rows)
