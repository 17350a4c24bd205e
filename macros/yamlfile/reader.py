"""One YAML file -> plain values.

Enters: the text of a file. Leaves: its mapping, or problems in the words of YAML.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

import yaml

from macros.problems.problem import Problem, short
from macros.yamlfile.source import SourceText, span_of_node
from macros.yamlfile.syntax_errors import explain

DEEPEST = 30
"""Levels of lists and mappings in one file; an entry has four."""
LARGEST_NUMBER = 10**18
_NUMBER = re.compile(r"[-+]?(?:0|[1-9]\d*)?(?:\.\d*)?(?:[eE][-+]?\d+)?|[-+]?\.inf|\.nan", re.ASCII | re.IGNORECASE)
"""A number as people write it. To YAML, 010 is eight, 1:30 is ninety and 1_0 is ten."""
_BREAK = "[\n\r\x85\u2028\u2029]"
_SUSPECT_LINE = re.compile(f"{_BREAK}(?: {{60}}|%|---|\\.\\.\\.)")
_DASHES = re.compile(r"[-?][ \t]+[-?][ \t]+[-?][ \t]+[-?][ \t]")
"""What may be a directive, a second document or deep nesting: only then is a file read token by token."""
_SIGN = re.compile(r"[&*!]")
_BEFORE_SIGN = "\n\r\x85\u2028\u2029-:?,[{"
"""What stands before an alias, an anchor or a tag, save for spaces, unless it is part of a text."""
_AT_SIGN = f"{_BEFORE_SIGN} \t"
_PAIR = re.compile(r"\[[^\[\]{}\"'#\n]*\]")
"""Brackets that close what they open, whatever they stand in: they make nothing deeper."""


def parse_yaml(source: SourceText) -> tuple[Any, list[Problem]]:
    """The plain value of `source`, or None and every problem that keeps it from being read."""
    if not (_SUSPECT_LINE.search(f"\n{source.text}") or _may_be_deep(source.text)):
        try:
            return _read(source.text), []
        except (yaml.YAMLError, ValueError, ArithmeticError, _LooksWrong):
            pass
    if problems := list(_inspect(source)):
        return None, problems
    return _plain_value(source.root), []


def _may_be_deep(text: str) -> bool:
    """Whether lists and mappings may be nested too deep to be read at once: by many dashes in a line, or by many brackets."""
    if ("- -" in text or "- ?" in text or "-  " in text or "? " in text or "-\t" in text or "?\t" in text) and _DASHES.search(text):
        return True
    if text.count("[") + text.count("{") <= DEEPEST:
        return False
    text = _PAIR.sub("", _PAIR.sub("", text))
    return text.count("[") + text.count("{") > DEEPEST


_TAG = "tag:yaml.org,2002:"
_TEXT, _MERGE = f"{_TAG}str", f"{_TAG}merge"


class _LooksWrong(Exception):
    """What was read is not what an entry may hold; `_inspect` says where."""


class _Loader(yaml.CSafeLoader):
    """libyaml asks for the type of each node; lists, mappings and words, which are most of them, are told at once."""

    def resolve(self, kind: type[yaml.Node], value: str | None, implicit: Any) -> str:
        """The tag of a node. Text is what is quoted, and what begins like no date, number, yes or nothing, or is longer than `false`."""
        if kind is not yaml.ScalarNode:
            return self.DEFAULT_MAPPING_TAG if kind is yaml.MappingNode else self.DEFAULT_SEQUENCE_TAG
        if not implicit[0] or (value and (value[0] not in self.yaml_implicit_resolvers or (len(value) > 5 and value[0].isalpha()))):
            return _TEXT
        return super().resolve(kind, value, implicit)


def _read(text: str) -> Any:
    """The value of `text`. libyaml finds the parts; what they stand for is made here, which takes half the time of PyYAML's own way."""
    loader = _Loader(text)
    try:
        root = loader.get_single_node()
    finally:
        loader.dispose()
    signs = [sign.start() for sign in _SIGN.finditer(text) if _may_be_sign(text, sign.start())]
    if signs and not _are_text(signs, root):
        raise _LooksWrong
    return _plain_value(root)


def _may_be_sign(text: str, place: int) -> bool:
    """Whether the character at `place` may begin an alias, an anchor or a tag; most stand in emphasis, at a word."""
    if place and text[place - 1] not in _AT_SIGN:
        return False
    before = text[max(0, place - 80) : place].rstrip(" \t")[-1:]
    return before in _BEFORE_SIGN and (text[place] == "!" or not text[place + 1 : place + 2].isspace())  # nothing at all before it counts too


def _are_text(signs: list[int], root: yaml.Node | None) -> bool:
    """Whether each place lies inside a scalar, after its first character: there, `*` and `&` mean nothing to YAML."""
    spans = sorted((node.start_mark.index, node.end_mark.index) for node in _scalars(root, set()))
    starts = [start for start, _ in spans]
    return all((index := bisect_left(starts, sign)) and sign < spans[index - 1][1] for sign in signs)


def _scalars(node: yaml.Node | None, met: set[int]) -> Iterator[yaml.ScalarNode]:
    """Every scalar. What is met again was named by an alias, which could unfold without end."""
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif node is not None:
        if id(node) in met:
            raise _LooksWrong
        met.add(id(node))
        for item in node.value:
            for part in item if isinstance(item, tuple) else (item,):
                yield from _scalars(part, met)


def _plain_value(node: yaml.Node | None, depth: int = 0) -> Any:
    """What a node stands for. A field's name is text as it is written: YAML would read `on` as yes."""
    if node is None or type(node) is yaml.ScalarNode:
        return None if node is None else node.value if node.tag == _TEXT else _scalar(node)
    if depth >= DEEPEST:
        raise _LooksWrong
    if type(node) is yaml.SequenceNode:
        return [_plain_value(item, depth + 1) for item in node.value]
    mapping = {key.value: _plain_value(value, depth + 1) for key, value in node.value if type(key) is yaml.ScalarNode and key.tag != _MERGE}
    if len(mapping) != len(node.value):
        raise _LooksWrong
    return mapping


_CONSTRUCTOR = yaml.constructor.SafeConstructor()
_SCALARS = {f"{_TAG}{name}": getattr(_CONSTRUCTOR, f"construct_yaml_{name}") for name in ("null", "bool", "int", "float", "timestamp")}


def _scalar(node: yaml.ScalarNode) -> Any:
    """A date, a number, yes or no, or nothing. Raises ValueError for what looks like one and is none, and for numbers that no person writes."""
    if node.tag not in _SCALARS:
        raise ValueError(node.value)
    value = _SCALARS[node.tag](node)
    is_odd = type(value) in (int, float) and not _NUMBER.fullmatch(node.value)
    if is_odd or (isinstance(value, int) and abs(value) > LARGEST_NUMBER):
        raise ValueError(node.value)
    return value


def _inspect(source: SourceText) -> Iterator[Problem]:
    """Everything wrong with the YAML itself, token by token; stops at what cannot be read any further."""
    problems: list[Problem] = []
    event = None
    try:
        for event in _shallow_events(source.text):
            problems += _event_problems(source, event)
    except _TooDeep as error:
        yield from problems
        yield source.problem(
            (error.mark, error.mark), "too-deep", f"lists and mappings are nested more than {DEEPEST} deep", "an entry has four levels at most"
        )
        return
    except yaml.MarkedYAMLError as error:
        yield from problems
        mark, message, help = explain(error, source.lines, event)
        yield source.problem((mark, mark), "not-yaml", message, help)
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


def _event_problems(source: SourceText, event: yaml.Event) -> Iterator[Problem]:
    span = event.start_mark, event.end_mark
    if isinstance(event, yaml.AliasEvent):
        yield source.problem(
            span,
            "alias",
            f"'*{short(event.anchor)}' is an alias, which is not used here",
            "write the value out; text that begins with * goes in quotes",
        )
    elif getattr(event, "anchor", None):
        yield source.problem(
            span, "alias", f"'&{short(event.anchor)}' is an anchor, which is not used here", "take it out; text that begins with & goes in quotes"
        )
    if getattr(event, "tag", None):
        written = re.search(r"![^\s,\[\]{}]*", source.text[event.start_mark.index : event.end_mark.index])
        yield source.problem(
            span,
            "tag",
            f"'{short(written[0] if written else event.tag)}' is a tag, which is not used here",
            "take it out; text that begins with ! goes in quotes",
        )
    if isinstance(event, yaml.DocumentStartEvent) and event.start_mark.line > source.first_said:
        yield source.problem(span, "two-documents", "'---' begins a second document", "one file holds one entry; take the line out")


def _node_problems(source: SourceText, root: yaml.Node) -> Iterator[Problem]:
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


def _key_problems(source: SourceText, key: yaml.Node, seen: dict[str, int]) -> Iterator[Problem]:
    span = key.start_mark, key.end_mark
    if not isinstance(key, yaml.ScalarNode):
        yield source.problem(
            span_of_node(key),
            "not-a-key",
            "a list or mapping stands where a field's name belongs",
            "write `name: value`; a value that begins with [ or { goes in quotes",
        )
    elif key.tag == _MERGE:
        yield source.problem(span, "merge-key", "'<<' is a merge key, which is not used here", "write the fields out")
    elif key.value in seen:
        yield source.problem(
            span, "duplicate-key", f"'{short(key.value)}' stands here twice", f"it is already on line {seen[key.value]}; keep one of them"
        )
    else:
        seen[key.value] = key.start_mark.line + source.first_line


def _scalar_problems(source: SourceText, node: yaml.ScalarNode) -> Iterator[Problem]:
    try:
        if node.tag != _TEXT:
            _scalar(node)
    except (yaml.YAMLError, ValueError, ArithmeticError):
        what = {"timestamp": "date", "int": "number", "float": "number"}.get(node.tag.rpartition(":")[2])
        message = f"looks like a {what} and is none" if what else "is not text in YAML"
        real = f"write a real {what}; " if what else ""
        if what == "number" and not _NUMBER.fullmatch(node.value):
            message, real = "is another number to YAML than it looks", "write digits alone, without a zero in front; "
        help = f'{real}text goes in quotes: "{short(node.value)}"'
        yield source.problem((node.start_mark, node.end_mark), "not-a-value", f"'{short(node.value)}' {message}", help)
