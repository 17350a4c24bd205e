"""What must hold of any file: the check ends, and what it says is true of the file.

Takes a playbook with one broken file. Returns what does not hold, in words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from macros.pages.renderer import Renderer
from macros.playbook.checks.coverage import coverage_warnings
from macros.playbook.load import read_playbook
from macros.playbook.playbook import Playbook
from macros.playbook.urls import entry_url
from macros.problems.formats import FORMATS
from macros.problems.problem import Location, Problem, sort_problems, with_warnings
from macros.yamlfile.constructor import DEEPEST
from macros.yamlfile.source import HIDDEN, LINE_BREAK

ACCEPTED = "accepted"
"""Said of a file without errors, which is no fault."""
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What no terminal should get: everything that moves its cursor or turns its text round, but for line breaks."""


def judge(folder: Path, path: str) -> Iterator[str]:
    """What does not hold of the playbook in `folder`, whose file at `path` is broken."""
    playbook, errors = read_playbook(folder)
    problems = with_warnings(errors, coverage_warnings(playbook) if playbook else (), strict=False)
    if (playbook is None) != any(problem.severity == "error" for problem in problems):
        yield "there is a playbook although there are errors, or none although there are none"
    if list(problems) != list(sort_problems(reversed(problems))):
        yield "the problems are not sorted, or one is told twice"
    lines = {name: _lines(folder / name) for name in {problem.location.file for problem in problems}}
    for problem in problems:
        yield from _misplaced(lines[problem.location.file], problem)
    yield from _shown_wrongly(problems)
    if playbook is not None:
        yield ACCEPTED
        yield from not_to_be_accepted((folder / path).read_bytes(), path)
        _use(playbook)


def _lines(file: Path) -> list[str]:
    """The lines of a file; one that is not there has one."""
    text = file.read_bytes().removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace") if file.is_file() else ""
    return LINE_BREAK.split(text)


def _misplaced(lines: list[str], problem: Problem) -> Iterator[str]:
    """A place that is not inside its file."""
    at = problem.location
    where = f"{problem.rule} at {at.line}:{at.column}-{at.end_line}:{at.end_column}"
    if not 1 <= at.line <= at.end_line <= len(lines):
        yield f"{where} is outside of a file of {len(lines)} lines"
    elif not (1 <= at.column <= len(lines[at.line - 1]) + 1 and 1 <= at.end_column <= len(lines[at.end_line - 1]) + 1):
        yield f"{where} is beyond the end of its line"
    elif (at.line, at.column) > (at.end_line, at.end_column):
        yield f"{where} ends before it begins"
    elif problem.excerpt not in ("", lines[at.line - 1]):
        yield f"{where} shows another line"
    if not problem.message or not problem.help:
        yield f"{where} does not say what is wrong, or what to write"


def placed_wrongly(folder: Path, rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The same of problems as the format json tells them."""
    for row in rows:
        at = Location(row["file"], row["line"], row["column"], row["end_line"], row["end_column"])
        yield from _misplaced(_lines(folder / at.file), Problem(at, row["rule"], row["message"], row["help"]))


def _shown_wrongly(problems: Sequence[Problem]) -> Iterator[str]:
    for form, show in FORMATS.items():
        shown = show(problems)
        if CONTROL.search(shown):
            yield f"the format {form} holds a character that controls a terminal"
        if form in ("json", "sarif"):
            json.loads(shown)
    rows = json.loads(FORMATS["json"](problems))
    if [(row["file"], row["line"], row["rule"]) for row in rows] != [(p.location.file, p.location.line, p.rule) for p in problems]:
        yield "the format json says something else"


def not_to_be_accepted(data: bytes, path: str) -> Iterator[str]:
    """What a file without problems holds and should not: looked for with PyYAML alone, event by event."""
    if path.endswith(".md"):
        return
    text = data.decode("utf-8").removeprefix("\ufeff")
    if found := HIDDEN.search(text):
        yield f"U+{ord(found[0]):04X} is accepted"
        return
    depth = deepest = documents = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        deepest = max(depth, deepest)
        documents += isinstance(event, yaml.DocumentStartEvent)
        if getattr(event, "anchor", None):
            yield f"the anchor or alias '{event.anchor}' is accepted"
        if getattr(event, "tag", None):
            yield f"the tag '{event.tag}' is accepted"
    if deepest > DEEPEST or documents > 1:
        yield "what is too deep, or holds two documents, is accepted"
    else:
        yield from _repeated_names(yaml.compose(text, Loader=yaml.CSafeLoader))


def _repeated_names(node: yaml.Node | None) -> Iterator[str]:
    if isinstance(node, yaml.MappingNode):
        names = [key.value for key, _ in node.value]
        if any(not isinstance(name, str) for name in names) or len(set(names)) < len(names):
            yield "a name that stands twice, or is none, is accepted"
    for item in node.value if isinstance(node, yaml.CollectionNode) else ():
        for part in item if isinstance(item, tuple) else (item,):
            yield from _repeated_names(part)


def _use(playbook: Playbook) -> None:
    """Render the page of each entry: what is accepted can be shown."""
    for entry in playbook.entries.values():
        Renderer(playbook, entry_url(entry)).entry_page(entry)
