"""The text of a file and the places in it, looked up only where there is a problem.

Takes the bytes of a file. Returns its text, and the lines and columns of each value.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from codecs import BOM_UTF8
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import yaml

from macros.problems.problem import Location, Problem, file_problem

FieldPath = tuple[str | int, ...]
"""The place of a value: keys and positions, such as `("reveals", 0)`."""

LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
"""Invisible characters: control characters and marks that reverse the text for a reviewer."""

LARGE_FILE = b"version https://git-lfs.github.com/spec/"
"""How the text begins that Git LFS puts in the place of a file."""


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a text, counted from 0, as PyYAML does."""

    line: int
    column: int
    index: int = 0


@dataclass(frozen=True)
class SourceText:
    """A file's text and the places in it. `first_line` counts where the text begins inside a larger file."""

    file: str
    text: str
    first_line: int = 1

    @cached_property
    def lines(self) -> list[str]:
        """The text without its line breaks."""
        return LINE_BREAK.split(self.text)

    def problem(self, span: tuple[Any, Any], rule: str, message: str, help: str, path: str = "") -> Problem:
        """A problem between two marks (of PyYAML: `line` and `column` from 0)."""
        start, end = (self._inside(mark) for mark in span)
        shift = self.first_line
        at = Location(self.file, start.line + shift, start.column + 1, end.line + shift, end.column + 1)
        return Problem(at, rule, message, help, path, self.lines[start.line])

    def _inside(self, mark: Any) -> Position:
        """`mark`, or the end of the text: libyaml puts the end of a text that lacks its last line break on a line of its own."""
        if mark.line < len(self.lines):
            return Position(mark.line, min(mark.column, len(self.lines[mark.line])))
        return Position(len(self.lines) - 1, len(self.lines[-1]))

    @cached_property
    def root(self) -> yaml.Node | None:
        """The tree of nodes with their places; only for text that `parse_yaml` accepts or found shallow."""
        return yaml.compose(self.text, Loader=yaml.CSafeLoader)

    def node_at(self, path: FieldPath) -> yaml.Node:
        """The node at `path`, or its nearest parent that exists."""
        node = self.root
        for step in path:
            child = self._child(node, step)
            if child is None:
                break
            node = child[1]
        return node

    def _child(self, node: yaml.Node | None, step: str | int) -> tuple[yaml.Node | None, yaml.Node] | None:
        """The key's node, if any, and the value's node."""
        if isinstance(node, yaml.MappingNode):
            if id(node) not in self._fields:
                self._fields[id(node)] = {key.value: (key, value) for key, value in reversed(node.value)}
            return self._fields[id(node)].get(step)
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            return None, node.value[step]
        return None

    def span_of(self, path: FieldPath, *, key: bool = False) -> tuple[Any, Any]:
        """The marks round the value at `path`, or round its key."""
        if key and (pair := self._child(self.node_at(path[:-1]), path[-1])) and pair[0] is not None:
            return span_of_node(pair[0])
        return span_of_node(self.node_at(path))

    def span_within(self, path: FieldPath, needle: str, *, nth: int = 0) -> tuple[Any, Any]:
        """The marks round the nth `needle` in the text at `path`, as it is written in the file."""
        node = self.node_at(path)
        if (path, needle) not in self._found:
            within = re.compile(re.escape(needle)).finditer(self.text, node.start_mark.index, node.end_mark.index)
            self._found[path, needle] = [match.start() for match in within]
        found = self._found[path, needle]
        if not needle or not found:
            return span_of_node(node)
        index = found[min(nth, len(found) - 1)]
        return self.mark_at(index), self.mark_at(index + len(needle))

    @cached_property
    def first_content_line(self) -> int:
        """The number of the first line that is more than a comment, from 0."""
        contents = (number for number, line in enumerate(self.lines) if line.strip() and not line.lstrip().startswith(("#", "%")))
        return next(contents, len(self.lines))

    def mark_at(self, index: int) -> Position:
        """The line and column of a character of the text."""
        line = bisect_right(self._line_starts, index) - 1
        return Position(line, index - self._line_starts[line], index)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in LINE_BREAK.finditer(self.text))]

    @cached_property
    def _fields(self) -> dict[int, dict[str, tuple[yaml.Node, yaml.Node]]]:
        """The fields of each mapping by name, kept because a broken file may have thousands."""
        return {}

    @cached_property
    def _found(self) -> dict[tuple[FieldPath, str], list[int]]:
        return {}


def decode(file: str, data: bytes) -> SourceText | Problem:
    """The text of a file, without a byte order mark; bytes that are not UTF-8, hidden characters and a pointer of Git LFS are a problem."""
    if data.startswith(LARGE_FILE):
        return pointer_problem(file)
    data = data.removeprefix(BOM_UTF8)
    try:
        source = SourceText(file, data.decode("utf-8"))
    except UnicodeDecodeError as error:
        source = SourceText(file, data.decode("utf-8", "replace"))
        index = len(data[: error.start].decode("utf-8"))
        span = source.mark_at(index), source.mark_at(index + 1)
        return source.problem(span, "not-utf-8", f"byte 0x{data[error.start]:02x} is not UTF-8 text", "save the file as UTF-8")
    if not source.text.replace("\n", "").isprintable() and (hidden := HIDDEN.search(source.text)):
        span = source.mark_at(hidden.start()), source.mark_at(hidden.end())
        return source.problem(span, "hidden-character", f"there is an invisible character (U+{ord(hidden[0]):04X})", "delete it")
    return source


def pointer_problem(file: str) -> Problem:
    """What is wrong with a file in whose place Git LFS has put a pointer."""
    return file_problem(
        file, "not-a-file", "it is only a pointer to the file, which Git LFS keeps elsewhere", "fetch the file itself with `git lfs pull`"
    )


def span_of_node(node: yaml.Node) -> tuple[Any, Any]:
    """The node's marks; block collections and folded text end where the next field begins, so they are cut to a line."""
    if node.end_mark.line > node.start_mark.line:
        return node.start_mark, Position(node.start_mark.line, node.start_mark.column + 1)
    return node.start_mark, node.end_mark
