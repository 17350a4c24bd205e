"""Which part of a file's text belongs to which value: where it ends, and where a line may be put after it.

Takes the text of a file with the places in it. Returns nodes, and positions in the text, counted in characters from 0.
"""

from __future__ import annotations

import re

import yaml

from macros.yamlfile.source import LINE_BREAK, FieldPath, SourceText


def find_node(source: SourceText, path: FieldPath) -> yaml.Node | None:
    """The node at exactly `path`, or None."""
    node = source.root
    for step in path:
        if isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == step), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
        else:
            return None
    return node


def in_brackets(source: SourceText, path: FieldPath) -> bool:
    """Whether the value at `path` is inside [ ] or { }, where a comma would end it."""
    around = (find_node(source, path[:depth]) for depth in range(len(path)))
    return any(node is not None and node.flow_style for node in around)


def is_block(node: yaml.Node) -> bool:
    """Whether the node is a list or fields on lines of their own, not in brackets."""
    return isinstance(node, yaml.CollectionNode) and not node.flow_style


def end_of_node(source: SourceText, node: yaml.Node) -> int:
    """Where the node's own text ends: libyaml counts comments and blank lines after a block as its own."""
    if is_block(node) and node.value:
        last = node.value[-1]
        return end_of_field(source, *last) if isinstance(last, tuple) else end_of_node(source, last)
    start, end = node.start_mark.index, node.end_mark.index
    if getattr(node, "style", None) in ("|", ">") and "+" not in source.text[start : start + 3]:
        return start + len(source.text[start:end].rstrip())
    return end


def end_of_field(source: SourceText, key: yaml.Node, value: yaml.Node) -> int:
    """Where a field ends; one without a value ends behind its colon."""
    return max(end_of_node(source, value), source.text.find(":", key.end_mark.index) + 1)


def line_start(source: SourceText, index: int) -> int:
    """Where the line begins that holds `index`."""
    return index - source.mark_at(index).column


def next_line(source: SourceText, index: int) -> int:
    """Where the line after the one of `index` begins; `index` itself where it is the beginning of a line."""
    if index and source.mark_at(index).column == 0:
        return index
    found = LINE_BREAK.search(source.text, index)
    return found.end() if found else len(source.text)


def after_comments(source: SourceText, index: int, column: int) -> int:
    """`index`, or the end of the comments that follow it and are indented further than `column`: they belong to what is above."""
    comment = re.compile(rf"[ ]{{{column + 1},}}#[^\r\n]*(?:\r\n|[\r\n]|\Z)")
    while found := comment.match(source.text, index):
        index = found.end()
    return index


def indent_of(source: SourceText) -> str:
    """How far this file indents the fields inside a field."""
    columns = [value.start_mark.column for _, value in source.root.value if isinstance(value, yaml.MappingNode) and is_block(value)]
    return " " * (columns[0] - source.root.start_mark.column if columns else 2)


def line_break_of(source: SourceText) -> str:
    """How lines end in this file."""
    found = re.search("\r\n|\n|\r", source.text)
    return found[0] if found else "\n"
