"""Problems are values: what is wrong, where, and what to write instead.

Enters: facts found by the stages. Leaves: sorted problems, shown as text or JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

EXCERPT_WIDTH = 100
"""Characters of the source line that are shown; longer lines are cut round the caret."""

UNPRINTABLE = re.compile(r"[^\x20-\x7e\u00a0-\u200d\u2010-\u2027\u2030-\u205f\u2070-\ud7ff\uf900-\uffef\U00010000-\U0010ffff]")
"""Characters that could move a terminal's cursor or reverse its text: never printed raw."""


@dataclass(frozen=True, slots=True)
class Location:
    """A stretch of a file. Lines and columns count from 1, columns in characters; the end is exclusive."""

    file: str
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1


@dataclass(frozen=True, slots=True)
class Problem:
    """One fact that must change, and how to change it.

    `rule` names the kind of problem for machines, `path` the field (`reveals[0]`), `excerpt` the source line.
    """

    location: Location
    rule: str
    message: str
    help: str = ""
    path: str = ""
    excerpt: str = ""
    severity: str = "error"


class Refused(Exception):
    """The playbook has problems, so nothing is built from it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sort_problems(problems)
        super().__init__(show_text(self.problems))


def sort_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """By file, then place, each once."""
    return tuple(sorted(set(problems), key=_order))


def with_warnings(problems: Iterable[Problem], warnings: Iterable[Problem], *, strict: bool) -> tuple[Problem, ...]:
    """Both, sorted; where `strict`, warnings are errors."""
    return sort_problems((*problems, *(replace(warning, severity="error") if strict else warning for warning in warnings)))


def show_text(problems: Iterable[Problem]) -> str:
    """For people: one line, the source line with a caret, help; then a count."""
    problems = tuple(problems)
    return "\n".join([*map(_show_one, problems), _count(problems)])


def show_json(problems: Iterable[Problem]) -> str:
    """For machines: a list of `{file, line, column, end_line, end_column, severity, rule, path, message, help}`."""
    shown = json.dumps([_as_dict(problem) for problem in problems], ensure_ascii=False, indent=2)
    return "\n".join(UNPRINTABLE.sub(lambda found: json.dumps(found[0])[1:-1], line) for line in shown.split("\n"))


FORMATS = {"text": show_text, "json": show_json}


def short(text: str, most: int = 60) -> str:
    """`text` cut to a length that a message can quote."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def printable(text: str) -> str:
    """`text` with every control character replaced, safe to show in a terminal."""
    return UNPRINTABLE.sub("�", text)


def _order(problem: Problem) -> tuple:
    at = problem.location
    return (at.file, at.line, at.column, problem.rule, problem.message)


def _as_dict(problem: Problem) -> dict:
    at = problem.location
    return {
        "file": at.file,
        "line": at.line,
        "column": at.column,
        "end_line": at.end_line,
        "end_column": at.end_column,
        "severity": problem.severity,
        "rule": problem.rule,
        "path": problem.path,
        "message": problem.message,
        "help": problem.help,
    }


def _show_one(problem: Problem) -> str:
    at = problem.location
    field = f" {problem.path}:" if problem.path else ""
    head = f"{at.file}:{at.line}:{at.column}: {problem.severity}[{problem.rule}]{field} {problem.message}"
    excerpt = _excerpt(problem) if problem.excerpt else []
    help_lines = [f"  help: {problem.help}"] if problem.help else []
    return "\n".join(printable(line) for line in [*head.splitlines(), *excerpt, *help_lines])


def _excerpt(problem: Problem) -> list[str]:
    at = problem.location
    line = problem.excerpt
    start = at.column - 1
    end = at.end_column - 1 if at.end_line == at.line else len(line)
    if len(line) > EXCERPT_WIDTH:
        cut = max(0, min(start - EXCERPT_WIDTH // 3, len(line) - EXCERPT_WIDTH))
        line = ("…" if cut else "") + line[cut + bool(cut) : cut + EXCERPT_WIDTH]
        start, end = start - cut, min(end - cut, len(line))
    carets = "^" * max(1, min(end, len(line)) - start)
    return [f"{at.line:5} | {line}".replace("\t", " "), f"      | {' ' * start}{carets}"]


def _count(problems: tuple[Problem, ...]) -> str:
    if not problems:
        return "no problems"
    files = len({problem.location.file for problem in problems})
    return f"{_plural(len(problems), 'problem')} in {_plural(files, 'file')}"


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
