"""The values of the nodes of a YAML file.

Takes nodes of PyYAML. Returns lists, mappings with names of text, text, numbers, dates, yes or no, and None.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

DEEPEST = 30
"""Levels of lists and mappings in one file; an entry has four."""
LARGEST_NUMBER = 10**18
NUMBER = re.compile(r"[-+]?(?:0|[1-9]\d*)?(?:\.\d*)?(?:[eE][-+]?\d+)?|[-+]?\.inf|\.nan", re.ASCII | re.IGNORECASE)
"""A number as people write it. To YAML, 010 is eight, 1:30 is ninety and 1_0 is ten."""
_TAG = "tag:yaml.org,2002:"
TEXT, MERGE = f"{_TAG}str", f"{_TAG}merge"


class InvalidNode(Exception):
    """A node is not what an entry may hold. It says nothing to people: `reader.py` looks for the place and the words."""


def plain_value(node: yaml.Node | None, depth: int = 0) -> Any:
    """The value of a node. A field's name is text as it is written: YAML would read `on` as yes."""
    if node is None or type(node) is yaml.ScalarNode:
        return None if node is None else node.value if node.tag == TEXT else scalar_value(node)
    if depth >= DEEPEST:
        raise InvalidNode
    if type(node) is yaml.SequenceNode:
        return [plain_value(item, depth + 1) for item in node.value]
    mapping = {key.value: plain_value(value, depth + 1) for key, value in node.value if type(key) is yaml.ScalarNode and key.tag != MERGE}
    if len(mapping) != len(node.value):
        raise InvalidNode
    return mapping


_CONSTRUCTOR = yaml.constructor.SafeConstructor()
_CONSTRUCTORS = {f"{_TAG}{name}": getattr(_CONSTRUCTOR, f"construct_yaml_{name}") for name in ("null", "bool", "int", "float", "timestamp")}


def scalar_value(node: yaml.ScalarNode) -> Any:
    """A date, a number, yes or no, or nothing.

    Raises: ValueError for what looks like one and is none, and for numbers that no person writes.
    """
    if node.tag not in _CONSTRUCTORS:
        raise ValueError(node.value)
    value = _CONSTRUCTORS[node.tag](node)
    is_odd = type(value) in (int, float) and not NUMBER.fullmatch(node.value)
    if is_odd or (isinstance(value, int) and abs(value) > LARGEST_NUMBER):
        raise ValueError(node.value)
    return value
