"""One YAML file -> plain values; places in it are looked up only where there is a problem.

Enters: the bytes of a file. Leaves: its mapping, or problems in the words of YAML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import yaml

from macros.problems import Location, Problem
from macros.syntax import explain

Path = tuple[str | int, ...]
"""Where a value stands: keys and positions, such as `("reveals", 0)`."""

DEEPEST = 30
"""Levels of lists and mappings in one file; an entry has four."""
LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
"""Characters that nobody sees: control characters and marks that reverse the text for a reviewer."""
_SUSPECT = re.compile(
    r"[&*][^\s*&]|<<|(?:^|[\s\[{,:-])!|^[ ]{%d}|(?:[-?][ \t]+){4}|^(?:%%|---|\.\.\.)" % (2 * DEEPEST), re.MULTILINE
)
"""What may be an alias, merge key, tag, deep nesting or a second document: only then is a file read token by token."""


@dataclass(frozen=True)
class Source:
    """A file's text and the places in it. `first_line` counts where the text begins inside a larger file."""

    file: str
    text: str
    first_line: int = 1

    @cached_property
    def lines(self) -> list[str]:
        return LINE_BREAK.split(self.text)

    def problem(self, span: tuple[Any, Any], rule: str, message: str, help: str, path: str = "") -> Problem:
        """A problem between two marks (of PyYAML: `line` and `column` from 0)."""
        start, end = span
        shift = self.first_line
        at = Location(self.file, start.line + shift, start.column + 1, end.line + shift, end.column + 1)
        excerpt = self.lines[start.line] if start.line < len(self.lines) else ""
        return Problem(at, rule, message, help, path, excerpt)

    @cached_property
    def root(self) -> yaml.Node | None:
        """The tree of nodes with their places; only for text that `parse_yaml` accepts or found shallow."""
        return yaml.compose(self.text, Loader=yaml.CSafeLoader)

    def node_at(self, path: Path) -> yaml.Node:
        """The node at `path`, or its nearest parent that exists."""
        node = self.root
        for step in path:
            child = _child(node, step)
            if child is None:
                break
            node = child[1]
        return node

    def span_of(self, path: Path, *, key: bool = False) -> tuple[Any, Any]:
        """The marks round the value at `path`, or round its key."""
        if key and (pair := _child(self.node_at(path[:-1]), path[-1])) and pair[0] is not None:
            return _trim(pair[0])
        return _trim(self.node_at(path))

    def span_within(self, path: Path, needle: str, *, nth: int = 0) -> tuple[Any, Any]:
        """The marks round the nth `needle` in the text at `path`, as it is written in the file."""
        node = self.node_at(path)
        start, end = node.start_mark.index, node.end_mark.index
        found = [start + match.start() for match in re.finditer(re.escape(needle), self.text[start:end])]
        if not needle or not found:
            return _trim(node)
        index = found[min(nth, len(found) - 1)]
        return _mark(self.text, index), _mark(self.text, index + len(needle))


@dataclass(frozen=True, slots=True)
class _Mark:
    line: int
    column: int
    index: int


def decode(file: str, data: bytes) -> Source | Problem:
    """The text of a file, without a byte order mark; bytes that are not UTF-8 and hidden characters are a problem."""
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        text = data[: error.start].decode("utf-8")
        mark = _mark(text, len(text))
        after = _Mark(mark.line, mark.column + 1, 0)
        source = Source(file, data.decode("utf-8", "replace"))
        return source.problem((mark, after), "not-utf-8", f"byte 0x{data[error.start]:02x} is not UTF-8 text", "save the file as UTF-8")
    source = Source(file, text)
    if hidden := HIDDEN.search(text):
        span = _mark(text, hidden.start()), _mark(text, hidden.end())
        return source.problem(span, "hidden-character", f"there is an invisible character (U+{ord(hidden[0]):04X})", "delete it")
    return source


def parse_yaml(source: Source) -> tuple[Any, list[Problem]]:
    """The plain value of `source`, or None and every problem that keeps it from being read."""
    if not _SUSPECT.search(source.text) and source.text.count("[") + source.text.count("{") <= DEEPEST:
        try:
            return yaml.load(source.text, Loader=_Loader), []
        except (yaml.YAMLError, ValueError, _LooksWrong):
            pass
    if problems := list(_inspect(source)):
        return None, problems
    return yaml.load(source.text, Loader=yaml.CSafeLoader), []


class _LooksWrong(Exception):
    """A key stands twice, or a merge key was used; `_inspect` says where."""


class _Loader(yaml.CSafeLoader):
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        mapping = super().construct_mapping(node, deep)
        if len(mapping) != len(node.value):
            raise _LooksWrong
        return mapping


def _inspect(source: Source) -> Iterator[Problem]:
    """Everything wrong with the YAML itself, token by token; stops at what cannot be read any further."""
    problems: list[Problem] = []
    try:
        for event in _shallow_events(source.text):
            problems += _event_problems(source, event)
    except _TooDeep as error:
        yield from problems
        yield source.problem((error.mark, error.mark), "too-deep", f"lists and mappings are nested more than {DEEPEST} deep", "an entry has four levels at most")
        return
    except yaml.MarkedYAMLError as error:
        yield from problems
        span, message, help = explain(error, source.lines)
        yield source.problem(span, "not-yaml", message, help)
        return
    yield from problems
    if not problems and source.root is not None:
        yield from _node_problems(source, source.root)


class _TooDeep(Exception):
    def __init__(self, mark: Any) -> None:
        self.mark = mark


def _shallow_events(text: str) -> Iterator[yaml.Event]:
    """The events of `text`; libyaml would overflow the stack or slow to a crawl on deep nesting, so it stops before."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise _TooDeep(event.start_mark)
        yield event


def _event_problems(source: Source, event: yaml.Event) -> Iterator[Problem]:
    span = event.start_mark, event.end_mark
    if isinstance(event, yaml.AliasEvent):
        yield source.problem(span, "alias", f"'*{event.anchor}' is an alias, which is not used here", "write the value out; text that begins with * goes in quotes")
    elif getattr(event, "anchor", None):
        yield source.problem(span, "alias", f"'&{event.anchor}' is an anchor, which is not used here", "take it out; text that begins with & goes in quotes")
    if getattr(event, "tag", None):
        yield source.problem(span, "tag", f"'{event.tag}' is a tag, which is not used here", "take it out; text that begins with ! goes in quotes")
    if isinstance(event, yaml.DocumentStartEvent) and event.start_mark.index and _has_content(source, event):
        yield source.problem(span, "two-documents", "'---' begins a second document", "one file holds one entry; take the line out")


def _has_content(source: Source, event: yaml.DocumentStartEvent) -> bool:
    before = LINE_BREAK.split(source.text[: event.start_mark.index])
    return any(line.strip() and not line.lstrip().startswith(("#", "%")) for line in before)


def _node_problems(source: Source, root: yaml.Node) -> Iterator[Problem]:
    """Duplicate and complex keys, merge keys, and values such as `2026-13-45` that look like a date and are none."""
    if isinstance(root, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key, value in root.value:
            yield from _key_problems(source, key, seen)
            yield from _node_problems(source, value)
    elif isinstance(root, yaml.SequenceNode):
        for item in root.value:
            yield from _node_problems(source, item)
    else:
        yield from _scalar_problems(source, root)


def _key_problems(source: Source, key: yaml.Node, seen: dict[str, int]) -> Iterator[Problem]:
    span = key.start_mark, key.end_mark
    if not isinstance(key, yaml.ScalarNode):
        yield source.problem(_trim(key), "not-a-key", "a list or mapping stands where a field's name belongs", "write `name: value`; a value that begins with [ or { goes in quotes")
    elif key.tag == "tag:yaml.org,2002:merge":
        yield source.problem(span, "merge-key", "'<<' is a merge key, which is not used here", "write the fields out")
    elif key.value in seen:
        yield source.problem(span, "duplicate-key", f"'{key.value}' stands here twice", f"it is already on line {seen[key.value]}; keep one of them")
    else:
        seen[key.value] = key.start_mark.line + source.first_line


def _scalar_problems(source: Source, node: yaml.ScalarNode) -> Iterator[Problem]:
    try:
        _Loader("").construct_object(node)
    except (ValueError, yaml.YAMLError):
        what = "date" if node.tag.endswith("timestamp") else "number"
        yield source.problem((node.start_mark, node.end_mark), "not-a-value", f"`{node.value}` looks like a {what} and is none", f'text goes in quotes: "{node.value}"')


def _child(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node | None, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None


def _trim(node: yaml.Node) -> tuple[Any, Any]:
    """The node's marks; block collections and folded text end where the next field begins, so they are cut to a line."""
    if node.end_mark.line > node.start_mark.line:
        return node.start_mark, _Mark(node.start_mark.line, node.start_mark.column + 1, 0)
    return node.start_mark, node.end_mark


def _mark(text: str, index: int) -> _Mark:
    before = LINE_BREAK.split(text[:index])
    return _Mark(len(before) - 1, len(before[-1]), index)
