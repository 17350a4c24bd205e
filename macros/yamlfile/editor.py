"""Edits of a YAML file that touch nothing else: comments, blank lines, quotes and line ends stay as they are.

Takes the text of a file, and the value that a path in it should have. Returns the new text, after reading it again to check it.
Raises CannotEdit if an edit would change more than was asked for, or break the file.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from macros.problems.problem import short
from macros.yamlfile.finding import CannotEdit, show_path
from macros.yamlfile.patch import REMOVED, is_same, with_changes
from macros.yamlfile.reader import parse_yaml
from macros.yamlfile.source import LINE_BREAK, FieldPath, SourceText
from macros.yamlfile.spans import (
    after_comments,
    end_of_field,
    end_of_node,
    find_node,
    in_brackets,
    indent_of,
    is_block,
    line_break_of,
    line_start,
    next_line,
)
from macros.yamlfile.writer import write_field, write_value


@dataclass(frozen=True, slots=True)
class Splice:
    """The characters from `start` to before `end` give way to `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Edit:
    """What changes in the text, and the value that is then at `path` when the text is read again."""

    splices: tuple[Splice, ...]
    path: FieldPath
    value: Any


def edited(source: SourceText, edits: Iterable[Edit]) -> str:
    """The text after all `edits`, which were all made for this text.

    Raises: CannotEdit unless the new text holds exactly the old values with these changes.
    """
    edits = tuple(edits)
    before, problems = parse_yaml(source)
    text = spliced(source.text, (splice for edit in edits for splice in edit.splices))
    after, broken = parse_yaml(SourceText(source.file, text, source.first_line))
    if problems or broken or not is_same(after, with_changes(before, ((edit.path, edit.value) for edit in edits))):
        raise _refusal(source, *(edit.path for edit in edits))
    return text


def encoded(text: str, *, like: bytes) -> bytes:
    """`text` as the bytes of a file; it begins with a byte order mark where the old bytes, `like`, do."""
    return (BOM_UTF8 if like.startswith(BOM_UTF8) else b"") + text.encode()


def spliced(text: str, splices: Iterable[Splice]) -> str:
    """`text` after all `splices`, made from the end, so that none moves another. Of two at one place the first stays the first."""
    rest = len(text)
    for splice in sorted(splices, key=lambda splice: (splice.start, splice.end))[::-1]:
        if splice.end > rest:
            raise CannotEdit("two changes affect the same text")
        text, rest = text[: splice.start] + splice.text + text[splice.end :], splice.start
    return text


def replace_value(source: SourceText, path: FieldPath, value: Any) -> Edit:
    """Replaces the value at `path` with `value`. Text keeps its quotes; one line of text below its `>-` stays there."""
    node, text = _node(source, path), source.text
    start, end = node.start_mark.index, end_of_node(source, node)
    style = getattr(node, "style", None) or None
    if is_block(node):
        raise _refusal(source, path)
    if style not in ("|", ">"):
        space = " " if start == end and text[:start].endswith((":", "-", ",")) else ""
        return Edit((Splice(start, end, space + write_value(value, style=style, in_brackets=in_brackets(source, path))),), path, value)
    head = LINE_BREAK.split(text[start:end], maxsplit=1)[0]
    if text[start + len(head) : end].strip() == node.value and isinstance(value, str) and value == value.strip() and value.isprintable():
        return Edit((Splice(end - len(node.value), end, value),), path, value)
    comment = re.search(r"[ \t]+#.*", head)
    return Edit((Splice(start, end, write_value(value, in_brackets=False) + (comment[0] if comment else "")),), path, value)


def add_to_list(source: SourceText, path: FieldPath, value: Any, *, order: Sequence[str] = ()) -> Edit:
    """`value` as the last item of the list at `path`. Where there is no list yet, it begins where `order` wants the field."""
    node = find_node(source, path)
    if node is None:
        return insert_field(source, path, [value], order=order)
    if isinstance(node, yaml.ScalarNode):  # a single id instead of a list, or nothing
        if not node.value:
            return replace_value(source, path, [value])
        start, end = node.start_mark.index, end_of_node(source, node)
        return Edit((Splice(start, start, "["), Splice(end, end, f", {write_value(value)}]")), path, [node.value, value])
    if not isinstance(node, yaml.SequenceNode):
        raise _refusal(source, path)
    item = (*path, len(node.value))
    if not node.flow_style:
        dash = " " * node.start_mark.column + "- "
        return Edit((_line_after(source, next_line(source, end_of_node(source, node)), dash + write_value(value, in_brackets=False)),), item, value)
    at = end_of_node(source, node.value[-1]) if node.value else node.start_mark.index + 1
    return Edit((Splice(at, at, (", " if node.value else "") + write_value(value)),), item, value)


def remove_from_list(source: SourceText, path: FieldPath, value: Any) -> Edit:
    """The list at `path` without `value` and the comments beside it and indented below it; with its last item, the whole field is removed."""
    node = _node(source, path)
    held = [item.value for item in node.value]
    if value not in held or not isinstance(node, yaml.SequenceNode):
        raise _refusal(source, path)
    index = held.index(value)
    if len(held) == 1:
        return remove_field(source, path)
    if node.flow_style:
        spans = [(item.start_mark.index, end_of_node(source, item)) for item in node.value]
        return Edit((_without(source, spans, index),), (*path, index), REMOVED)
    dash = source.text.rfind("-", 0, node.value[index].start_mark.index)
    return Edit((_lines_of(source, dash, end_of_node(source, node.value[index])),), (*path, index), REMOVED)


def remove_field(source: SourceText, path: FieldPath) -> Edit:
    """The mapping without the field at `path`, and without the comments beside it and indented below it."""
    pairs = _node(source, path[:-1]).value
    index = next(number for number, (key, _) in enumerate(pairs) if key.value == path[-1])
    spans = [(key.start_mark.index, end_of_field(source, key, value)) for key, value in pairs]
    if _node(source, path[:-1]).flow_style:
        return Edit((_without(source, spans, index),), path, REMOVED)
    return Edit((_lines_of(source, *spans[index]),), path, REMOVED)


def set_mapping(source: SourceText, path: FieldPath, mapping: Mapping[str, Any], *, order: Sequence[str] = ()) -> tuple[Edit, ...]:
    """Exactly `mapping` at `path`, field by field where there is one, so that its form and its comments stay."""
    node = find_node(source, path)
    if node is None:
        return (insert_field(source, path, dict(mapping), order=order),)
    if not isinstance(node, yaml.MappingNode):
        return (replace_value(source, path, dict(mapping)),)
    before, _ = parse_yaml(source)
    for step in path:
        before = before[step]
    edits = [remove_field(source, (*path, name)) for name in before if name not in mapping]
    if node.flow_style and (len(edits) > 1 or not node.value):
        return (replace_value(source, path, dict(mapping)),)
    for name, value in mapping.items():
        if name not in before:
            edits.append(insert_field(source, (*path, name), value, order=tuple(mapping)))
        elif not is_same(before[name], value):
            edits += _replaced_field(source, (*path, name), value)
    return tuple(edits)


def insert_field(source: SourceText, path: FieldPath, value: Any, *, order: Sequence[str] = ()) -> Edit:
    """A new field at `path`: after the nearest field that precedes it in `order`, or else before the first that follows."""
    mapping = _node(source, path[:-1])
    if not isinstance(mapping, yaml.MappingNode):
        raise _refusal(source, path)
    places = _places_in_brackets if mapping.flow_style else _places_on_lines
    for splice in places(source, mapping, path, value, order):
        edit = Edit((splice,), path, value)
        try:
            edited(source, [edit])
        except CannotEdit:
            continue
        return edit
    raise _refusal(source, path)


def _replaced_field(source: SourceText, path: FieldPath, value: Any) -> list[Edit]:
    """Block lists and mappings are replaced whole: their lines go and new ones come."""
    node = _node(source, path)
    if not is_block(node):
        return [replace_value(source, path, value)]
    gone = remove_field(source, path).splices[0]
    mapping = _node(source, path[:-1])
    lines = write_field(str(path[-1]), value, indent=" " * mapping.start_mark.column, step=indent_of(source))
    end = line_break_of(source) if LINE_BREAK.search(source.text[gone.end - 1 : gone.end]) else ""
    return [Edit((Splice(gone.start, gone.end, line_break_of(source).join(lines) + end),), path, value)]


def _places_in_brackets(source: SourceText, mapping: yaml.MappingNode, path: FieldPath, value: Any, order: Sequence[str]) -> Iterator[Splice]:
    field = f"{path[-1]}: {write_value(value)}"
    before, after = _neighbours(mapping, str(path[-1]), order)
    if before:
        at = end_of_field(source, *before)
        yield Splice(at, at, f", {field}")
    elif after:
        at = after[0].start_mark.index
        yield Splice(at, at, f"{field}, ")
    else:
        at = mapping.start_mark.index + 1
        yield Splice(at, at, field)


def _places_on_lines(source: SourceText, mapping: yaml.MappingNode, path: FieldPath, value: Any, order: Sequence[str]) -> Iterator[Splice]:
    """Where the field may go, the best place first. A text at the end of a file may forbid any line after it."""
    column = mapping.start_mark.column
    lines = write_field(str(path[-1]), value, indent=" " * column, step=indent_of(source))
    before, after = _neighbours(mapping, str(path[-1]), order)
    for pair in (before, after and mapping.value[-1], mapping.value[-2] if len(mapping.value) > 1 else None):
        if pair:
            at = after_comments(source, next_line(source, end_of_field(source, *pair)), column)
            yield _line_after(source, at, *lines)
    start = mapping.start_mark.index
    if not source.text[start - column : start].strip():
        yield Splice(start - column, start - column, "".join(line + line_break_of(source) for line in lines))


def _neighbours(mapping: yaml.MappingNode, name: str, order: Sequence[str]) -> tuple[Any, Any]:
    """The (key, value) after which `name` belongs, and the one before which it belongs; without a place in `order`, it is last."""
    rank = {field: number for number, field in enumerate(order)}
    mine = rank.get(name, len(order))
    ranked = [(rank.get(key.value, -1), number) for number, (key, _) in enumerate(mapping.value)]
    before = max((place for place in ranked if -1 < place[0] < mine), default=None)
    after = min((place for place in ranked if place[0] > mine), default=None)
    if before is None and after is None and ranked:
        before = ranked[-1]
    return tuple(place and mapping.value[place[1]] for place in (before, after))


def _without(source: SourceText, spans: Sequence[tuple[int, int]], index: int) -> Splice:
    """Removes one of several items in brackets, with its comma, and with its line if it has one of its own."""
    start, end = spans[index]
    line = line_start(source, start)
    comma = re.compile(r"[ \t]*,[ \t]*").match(source.text, end)
    rest = re.compile(r"[ \t]*,?[ \t]*(?:#[^\r\n]*)?(?=[\r\n])").match(source.text, end)
    if rest and not source.text[line:start].strip():
        return Splice(line, next_line(source, end), "")
    if comma:
        return Splice(start, comma.end(), "")
    before = spans[index - 1][1] if index else start
    return Splice(start if "#" in source.text[before:start] else before, end, "")


def _lines_of(source: SourceText, start: int, end: int) -> Splice:
    line = line_start(source, start)
    if source.text[line:start].strip():
        raise CannotEdit(f"{source.file}: there is more than one thing on line {source.mark_at(start).line + source.first_line}; change it by hand")
    return Splice(line, after_comments(source, next_line(source, end), start - line), "")


def _line_after(source: SourceText, at: int, *lines: str) -> Splice:
    """New lines at `at`, where a line begins or the text ends."""
    if at == len(source.text) and at and not LINE_BREAK.search(source.text[at - 1]):
        return Splice(at, at, "".join(line_break_of(source) + line for line in lines))
    return Splice(at, at, "".join(line + line_break_of(source) for line in lines))


def _node(source: SourceText, path: FieldPath) -> yaml.Node:
    node = find_node(source, path)
    if node is None:
        raise CannotEdit(f"{source.file}: there is no '{short(show_path(path))}'")
    return node


def _refusal(source: SourceText, *paths: FieldPath) -> CannotEdit:
    what = ", ".join(dict.fromkeys(f"'{short(show_path(path))}'" for path in paths))
    return CannotEdit(f"{source.file}: {what} cannot be changed safely by the program; edit it by hand")
