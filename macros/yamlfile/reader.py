"""Reads a YAML file into plain values.

Takes the text of a file. Returns its mapping, or problems in the words of YAML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import yaml

from macros.problems.problem import Problem, short
from macros.yamlfile.constructor import DEEPEST, MERGE, NUMBER, TEXT, plain_value, scalar_value
from macros.yamlfile.fast_path import UNSURE, read_fast
from macros.yamlfile.quotes import in_quotes
from macros.yamlfile.source import SourceText, span_of_node
from macros.yamlfile.syntax_errors import explain

_LIBYAML_TOO_DEEP = "exceeded maximum nesting depth"
"""What newer versions of libyaml say of brackets that they read ahead, before they give the events of any."""


def parse_yaml(source: SourceText) -> tuple[Any, list[Problem]]:
    """The plain value of `source`, or None and every problem that keeps it from being read."""
    value = read_fast(source.text)
    return parse_plainly(source) if value is UNSURE else (value, [])


def parse_plainly(source: SourceText) -> tuple[Any, list[Problem]]:
    """The same, without the quick way for files that surely have no problem."""
    problems = list(_inspect(source))
    return (None, problems) if problems else (plain_value(source.root), [])


def syntax_problem(source: SourceText) -> Problem | None:
    """What keeps any reader of YAML from reading `source`, or None. Tags and aliases, which settings of other programs may have, are no such thing."""
    if stopped := _read_events(source, lambda _: ()):
        return stopped
    try:
        _ = source.root
    except yaml.MarkedYAMLError as error:
        if "alias" in error.problem:
            told = "this stands for a value that has no name above it", "write the value out; text that begins with * goes in quotes"
        else:
            told = "'---' begins a second document", "take the line out"
        return source.problem((error.problem_mark, error.problem_mark), "not-yaml", *told)
    return None


def _inspect(source: SourceText) -> Iterator[Problem]:
    """Everything wrong with the YAML itself, token by token; stops at what cannot be read any further."""
    problems: list[Problem] = []
    stopped = _read_events(source, lambda event: problems.extend(_event_problems(source, event)))
    yield from problems
    if stopped:
        yield stopped
    elif not problems and source.root is not None:
        yield from _node_problems(source, source.root)


def _read_events(source: SourceText, look_at: Callable[[yaml.Event], object]) -> Problem | None:
    """Passes each event of the text on; the problem at which it must stop, if any."""
    event = None
    try:
        for event in _shallow_events(source.text):
            look_at(event)
    except _TooDeep as error:
        return _too_deep(source, error.mark)
    except yaml.MarkedYAMLError as error:
        if error.problem == _LIBYAML_TOO_DEEP:
            return _too_deep(source, error.problem_mark)
        mark, message, help = explain(error, source.lines, event)
        return source.problem((mark, mark), "not-yaml", message, help)
    return None


def _too_deep(source: SourceText, mark: Any) -> Problem:
    return source.problem((mark, mark), "too-deep", f"lists and mappings are nested more than {DEEPEST} deep", "an entry has four levels at most")


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
            span, "alias", f"'&{short(event.anchor)}' is an anchor, which is not used here", "remove it; text that begins with & goes in quotes"
        )
    if getattr(event, "tag", None):
        written = re.search(r"![^\s,\[\]{}]*", source.text[event.start_mark.index : event.end_mark.index])
        yield source.problem(
            span,
            "tag",
            f"'{short(written[0] if written else event.tag)}' is a tag, which is not used here",
            "remove it; text that begins with ! goes in quotes",
        )
    if isinstance(event, yaml.DocumentStartEvent) and event.start_mark.line > source.first_content_line:
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
    elif key.tag == MERGE:
        yield source.problem(span, "merge-key", "'<<' is a merge key, which is not used here", "write the fields out")
    elif key.value in seen:
        yield source.problem(
            span, "duplicate-key", f"'{short(key.value)}' stands here twice", f"it is already on line {seen[key.value]}; keep one of them"
        )
    else:
        seen[key.value] = key.start_mark.line + source.first_line


def _scalar_problems(source: SourceText, node: yaml.ScalarNode) -> Iterator[Problem]:
    try:
        if node.tag != TEXT:
            scalar_value(node)
    except (yaml.YAMLError, ValueError, ArithmeticError):
        what = {"timestamp": "date", "int": "number", "float": "number"}.get(node.tag.rpartition(":")[2])
        message = f"looks like a {what} and is none" if what else "is not text in YAML"
        real = f"write a real {what}; " if what else ""
        if what == "number" and not NUMBER.fullmatch(node.value):
            message = "is another number to YAML than it looks"
            real = "" if ":" in node.value else "write digits alone, without a zero in front; "
        help = f"{real}text goes in quotes: {in_quotes(short(node.value))}"
        yield source.problem((node.start_mark, node.end_mark), "not-a-value", f"'{short(node.value)}' {message}", help)
