"""What libyaml says of text that is not YAML, said again for people who edit playbooks.

Enters: an error of the parser. Leaves: where to look, what was found, what to write instead.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

QUOTE = "put the whole value in quotes"

EXPLANATIONS: tuple[tuple[str, bool, str, str], ...] = (
    # what libyaml says, whether to point at where it began, what is wrong, what to write
    ("scanning a quoted scalar.*end of stream", True, "a quote is opened here and never closed", "close it with the same quote"),
    ("scanning a quoted scalar.*document indicator", True, "a quote is opened here and never closed", "close it with the same quote"),
    ("found unknown escape character", False, "a backslash in double quotes begins a code that does not exist", "write \\\\ for a backslash, or use single quotes"),
    ("did not find expected hexdecimal", False, "a \\x or \\u in double quotes lacks its digits", "write \\\\ for a backslash, or use single quotes"),
    ("invalid Unicode character escape", False, "a \\u in double quotes names no character", "write the character itself"),
    ("mapping values are not allowed", False, "there is a second ': ' in this line, or the line is indented too far", f"where it belongs to the text, {QUOTE}"),
    ("could not find expected ':'", True, "this line has no 'name: value'", "add the colon, or indent the line under the field that it belongs to"),
    ("did not find expected key", False, "this does not fit the lines above it", "check the indentation, and text after a closing quote"),
    ("expected '-' indicator", False, "this line is inside a list but does not begin with '- '", "begin it with '- ', or check its indentation"),
    (r"expected ',' or '\]'", True, "a list in [ ] is not closed, or lacks a comma", "write [one, two]"),
    ("expected ',' or '}'", True, "a mapping in { } is not closed, or lacks a comma", "write {name: value, name: value}"),
    ("expected node content", False, "a value is missing here", "write a value, or take the comma or bracket out"),
    ("block sequence entries are not allowed", False, "a list cannot begin here", "put '- ' on a line of its own, below the field's name"),
    ("scanning an? (alias|anchor)", True, "a value that begins with * or & is not text in YAML", QUOTE),
    ("scanning a block scalar", False, "after | or > there is something else than a line break", "begin the text on the next line, indented by two spaces"),
    ("scanning a directive", True, "a line that begins with % is not text in YAML", QUOTE),
    ("tag", True, "a value that begins with ! is not text in YAML", QUOTE),
    ("expected <document start>", False, "this does not fit the lines above it", "check the indentation and the quotes above"),
    ("another document", False, "'---' begins a second document", "one file holds one entry; take the line out"),
)  # fmt: skip


def explain(error: yaml.MarkedYAMLError, lines: list[str]) -> tuple[tuple[Any, Any], str, str]:
    """(start and end mark), what is wrong, what to write instead."""
    mark = error.problem_mark or error.context_mark
    said = f"{error.context or ''} {error.problem or ''}"
    line = lines[mark.line] if mark.line < len(lines) else ""
    if line[mark.column : mark.column + 1] == "\t" or "tab character" in said or _indented_by_tab(line):
        return (mark, mark), "there is a tab where YAML wants spaces", "indent with two spaces for each level"
    if "cannot start any token" in said:
        found = line[mark.column : mark.column + 1]
        return (mark, mark), f"a value cannot begin with {found or 'this'}", QUOTE
    for pattern, at_start, message, help in EXPLANATIONS:
        if re.search(pattern, said):
            where = error.context_mark if at_start and error.context_mark else mark
            return (where, where), message, help
    return (mark, mark), f"this is not YAML: {error.problem}", "check the line and the one above it"


def _indented_by_tab(line: str) -> bool:
    return "\t" in line[: len(line) - len(line.lstrip())]
