"""A problem: what is wrong, where, and what to write instead.

Takes problems from every stage. Returns them sorted, and shown as text; `formats.py` shows them to programs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

EXCERPT_WIDTH = 100
"""Characters of the source line that are shown; longer lines are cut round the caret."""

UNPRINTABLE = re.compile(r"[^\x20-\x7e\u00a0-\u200d\u2010-\u2027\u2030-\u205f\u2070-\ud7ff\uf900-\uffef\U00010000-\U0010ffff]")
"""Characters that could move a terminal's cursor or reverse its text: never printed raw."""

Style = Callable[[str, str], str]
"""Takes the role of a text (`error`, `warning`, `rule`, `caret`, `help`) and the text. Returns the text as a terminal shows it."""


@dataclass(frozen=True, slots=True)
class Location:
    """A span of a file. Lines and columns count from 1, columns in characters; the end is exclusive."""

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
    """`error`, `warning`, or `note`: what the check has to say, though nothing is wrong."""


def sort_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """By file, then place, each once."""
    return tuple(sorted(set(problems), key=_order))


def with_warnings(problems: Iterable[Problem], warnings: Iterable[Problem], *, strict: bool) -> tuple[Problem, ...]:
    """Both, sorted; if `strict`, warnings are errors."""
    found = (*problems, *warnings)
    return sort_problems(replace(each, severity="error") if strict and each.severity == "warning" else each for each in found)


def plain(_part: str, text: str) -> str:
    """No colour: for files, pipes and logs."""
    return text


def problems_as_text(problems: Iterable[Problem], *, style: Style = plain) -> str:
    """For people: one line, the source line with a caret, help; then a count."""
    problems = tuple(problems)
    return "\n".join([*(_show_one(problem, style) for problem in problems), problem_count(problems)])


def short(text: str, most: int = 60) -> str:
    """`text` cut to a length that a message can quote."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def printable(text: str) -> str:
    """`text` with every control character replaced, safe to show in a terminal."""
    return UNPRINTABLE.sub("�", text)


def _order(problem: Problem) -> tuple:
    at = problem.location
    return (at.file, at.line, at.column, problem.rule, problem.message)


def _show_one(problem: Problem, style: Style) -> str:
    at, severity = problem.location, problem.severity
    field = f" {problem.path}:" if problem.path else ""
    place, message = printable(f"{at.file}:{at.line}:{at.column}:"), printable(f"{field} {problem.message}")
    help_lines = [f"  {style('help', 'help:')} {printable(problem.help)}"] if problem.help else []
    return "\n".join([f"{place} {style(severity, severity)}{style('rule', f'[{problem.rule}]')}{message}", *_excerpt(problem, style), *help_lines])


def _excerpt(problem: Problem, style: Style) -> list[str]:
    if not problem.excerpt:
        return []
    at, line = problem.location, problem.excerpt
    start = at.column - 1
    end = at.end_column - 1 if at.end_line == at.line else len(line)
    if len(line) > EXCERPT_WIDTH:
        cut = max(0, min(start - EXCERPT_WIDTH // 3, len(line) - EXCERPT_WIDTH))
        line = ("…" if cut else "") + line[cut + bool(cut) : cut + EXCERPT_WIDTH]
        start, end = start - cut, min(end - cut, len(line))
    carets = "^" * max(1, min(end, len(line)) - start)
    return [printable(f"{at.line:5} | {line}".replace("\t", " ")), f"      | {' ' * start}{style('caret', carets)}"]


def problem_count(problems: tuple[Problem, ...]) -> str:
    """How many problems there are, in how many files; notes are none, and are counted for themselves."""
    real, notes = ([each for each in problems if (each.severity == "note") is is_note] for is_note in (False, True))
    if not problems:
        return "no problems"
    return ", ".join(
        f"{_plural(len(some), noun)} in {_plural(len({each.location.file for each in some}), 'file')}"
        for some, noun in ((real, "problem"), (notes, "note"))
        if some
    )


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def file_problem(path: str, rule: str, message: str, help: str) -> Problem:
    """A problem of a whole file: it points at its first line."""
    return Problem(Location(printable(path), 1, 1, 1, 1), rule, message, help)
