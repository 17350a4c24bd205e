"""A quick way to read YAML that surely has no problem: most files of a playbook.

Takes the text of a file. Returns its value, or UNSURE if only the plain way, in `reader.py`, can tell. The plain way gives
the same value, only slower: it goes through the file token by token.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

import yaml

from macros.yamlfile.constructor import DEEPEST, TEXT, InvalidNode, plain_value

UNSURE = object()
"""The text must be read in the plain way."""
_BREAK = "[\n\r\x85\u2028\u2029]"
_SUSPECT_LINE = re.compile(f"{_BREAK}(?: {{60}}|%|---|\\.\\.\\.)")
_DASHES = re.compile(r"[-?][ \t]+[-?][ \t]+[-?][ \t]+[-?][ \t]")
"""What may be a directive, a second document or deep nesting: only then is a file read token by token."""
_SIGN = re.compile(r"[&*!]")
_BEFORE_SIGN = "\n\r\x85\u2028\u2029-:?,[{"
"""What comes before an alias, an anchor or a tag, apart from spaces, unless it is part of a text."""
_AT_SIGN = f"{_BEFORE_SIGN} \t"
_PAIR = re.compile(r"\[[^\[\]{}\"'#\n]*\]")
"""Brackets that close what they open, wherever they are: they nest nothing."""


def read_fast(text: str) -> Any:
    """The value of `text`, or UNSURE. libyaml finds the parts; building their values takes half the time that PyYAML's own way takes."""
    if _SUSPECT_LINE.search(f"\n{text}") or _may_be_deep(text):
        return UNSURE
    try:
        root = _compose(text)
        signs = [sign.start() for sign in _SIGN.finditer(text) if _may_be_sign(text, sign.start())]
        return UNSURE if signs and not _are_text(signs, root) else plain_value(root)
    except (yaml.YAMLError, ValueError, ArithmeticError, InvalidNode):
        return UNSURE


def _compose(text: str) -> yaml.Node | None:
    loader = _Loader(text)
    try:
        return loader.get_single_node()
    finally:
        loader.dispose()


def _may_be_deep(text: str) -> bool:
    """Whether lists and mappings may be nested too deep to be read at once: by many dashes in a line, or by many brackets."""
    if ("- -" in text or "- ?" in text or "-  " in text or "? " in text or "-\t" in text or "?\t" in text) and _DASHES.search(text):
        return True
    if text.count("[") + text.count("{") <= DEEPEST:
        return False
    text = _PAIR.sub("", _PAIR.sub("", text))
    return text.count("[") + text.count("{") > DEEPEST


class _Loader(yaml.CSafeLoader):
    """libyaml asks for the type of each node; lists, mappings and words, which are most of them, are known at once."""

    def resolve(self, kind: type[yaml.Node], value: str | None, implicit: Any) -> str:
        """The tag of a node. Text is what is quoted, and what begins like no date, number, yes or nothing, or is longer than `false`."""
        if kind is not yaml.ScalarNode:
            return self.DEFAULT_MAPPING_TAG if kind is yaml.MappingNode else self.DEFAULT_SEQUENCE_TAG
        if not implicit[0] or (value and (value[0] not in self.yaml_implicit_resolvers or (len(value) > 5 and value[0].isalpha()))):
            return TEXT
        return super().resolve(kind, value, implicit)


def _may_be_sign(text: str, place: int) -> bool:
    """Whether the character at `place` may begin an alias, an anchor or a tag; most are emphasis, next to a word."""
    if place and text[place - 1] not in _AT_SIGN:
        return False
    before = text[max(0, place - 80) : place].rstrip(" \t")[-1:]
    return before in _BEFORE_SIGN and (text[place] == "!" or not text[place + 1 : place + 2].isspace())  # nothing at all before it counts too


def _are_text(signs: list[int], root: yaml.Node | None) -> bool:
    """Whether each place is inside a scalar, after its first character: there, `*` and `&` mean nothing to YAML."""
    spans = sorted((node.start_mark.index, node.end_mark.index) for node in _scalars(root, set()))
    starts = [start for start, _ in spans]
    return all((index := bisect_left(starts, sign)) and sign < spans[index - 1][1] for sign in signs)


def _scalars(node: yaml.Node | None, met: set[int]) -> Iterator[yaml.ScalarNode]:
    """Every scalar. What is met again was named by an alias, which could unfold without end."""
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif node is not None:
        if id(node) in met:
            raise InvalidNode
        met.add(id(node))
        for item in node.value:
            for part in item if isinstance(item, tuple) else (item,):
                yield from _scalars(part, met)
