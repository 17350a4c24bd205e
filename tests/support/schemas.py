"""Compares two versions of a published JSON Schema: what readers of the old one would miss in the new one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def shape(schema: Mapping[str, Any]) -> Any:
    """A schema without its words."""
    if isinstance(schema, dict):
        return {name: shape(value) for name, value in schema.items() if not _is_words(name, value)}
    return [shape(item) for item in schema] if isinstance(schema, list) else schema


def _is_words(name: str, value: object) -> bool:
    return name in ("description", "title") and isinstance(value, str)


def lost(old: Any, new: Any, at: str = "") -> Iterator[str]:
    """What readers of the old schema would miss in the new one."""
    if isinstance(old, dict) and isinstance(new, dict):
        for name, value in old.items():
            yield from lost(value, new[name], f"{at}/{name}") if name in new else [f"{at}/{name}"]
    elif isinstance(old, list) and isinstance(new, list) and at.endswith(("/required", "/allOf")):
        yield from (f"{at}: {item}" for item in old if item not in new)
    elif old != new:
        yield f"{at}: {old} is now {new}"
