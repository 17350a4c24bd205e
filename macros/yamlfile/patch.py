"""Plain values after a change: what a file must say when it is read again.

Takes the value of a file, and the new values by path. Returns the new value; the old one does not change.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any

from macros.yamlfile.source import FieldPath

REMOVED = object()
"""The value at a path that no longer exists."""


def with_changes(value: Any, changes: Iterable[tuple[FieldPath, Any]]) -> Any:
    """`value` with another value at each path; a position after a list's end adds to it.

    Removals come last, so that positions in lists stay valid.
    """
    value = copy.deepcopy(value)
    for path, new in sorted(changes, key=lambda change: change[1] is REMOVED):
        owner = value
        for step in path[:-1]:
            owner = owner[step]
        if isinstance(owner, list) and path[-1] == len(owner):
            owner.append(new)
        else:
            owner[path[-1]] = new
    return _swept(value)


def is_same(one: Any, other: Any) -> bool:
    """Whether two values are equal and of the same type: 1 is neither yes nor 1.0."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(is_same(one[name], other[name]) for name in one)
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(is_same, one, other))
    return type(one) is type(other) and repr(one) == repr(other)


def _swept(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _swept(item) for name, item in value.items() if item is not REMOVED}
    return [_swept(item) for item in value if item is not REMOVED] if isinstance(value, (list, tuple)) else value
