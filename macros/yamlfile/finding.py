"""A finding is a problem that lacks its place in the file; `locate` looks the place up.

Takes the text of a file and a path in it. Returns a Problem.
"""

from __future__ import annotations

from dataclasses import dataclass

import yaml

from macros.problems.problem import Location, Problem, short
from macros.problems.user_error import UserError
from macros.yamlfile.quotes import in_quotes
from macros.yamlfile.source import FieldPath, SourceText


class CannotEdit(UserError):
    """What was asked for cannot be written without harm: nothing is changed."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem that still lacks its place in the file: `needle` narrows it to a part of the value's text."""

    path: FieldPath
    rule: str
    message: str
    help: str
    key: bool = False
    needle: str = ""
    nth: int = 0


def locate(source: SourceText, finding: Finding) -> Problem:
    """The finding as a problem, with its place in `source`. What the whole file lacks has no line to point at."""
    if not finding.path:
        start = Location(source.file, source.first_line, 1, source.first_line, 1)
        return Problem(start, finding.rule, finding.message, finding.help)
    needle = finding.needle
    span = source.span_within(finding.path, needle, nth=finding.nth) if needle else source.span_of(finding.path, key=finding.key)
    return source.problem(span, finding.rule, finding.message, _as_written(source, finding), show_path(finding.path))


def show_path(path: FieldPath) -> str:
    """`("evidence", 0, "claim")` as `evidence[0].claim`."""
    shown = "".join(f"[{step}]" if isinstance(step, int) else f".{short(step)}" for step in path)
    return shown.removeprefix(".")


def _as_written(source: SourceText, finding: Finding) -> str:
    """Help that repeats the value shows it as it is written in the file: `1.10`, where YAML has read 1.1."""
    node = source.node_at(finding.path)
    if finding.message == NOTHING and "#" in source.lines[node.start_mark.line][node.start_mark.column :]:
        return "text that begins with # goes in quotes"
    if "{quoted}" not in finding.help:
        return finding.help
    written = node.value if isinstance(node, yaml.ScalarNode) else source.text[node.start_mark.index : node.end_mark.index].rstrip()
    if "\n" in written or len(written) > 60:
        return "write text" if isinstance(node, yaml.SequenceNode) else "put the whole text in quotes"
    return finding.help.replace("{quoted}", in_quotes(written))


NOTHING, EMPTY = "there is nothing here", "it is empty"
"""What a finding says of a name without a value, and of a value that holds nothing."""
