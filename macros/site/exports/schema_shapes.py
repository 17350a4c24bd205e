"""The shapes of which the published JSON Schemas are made. They allow keys that they do not know, so that files can gain some."""

from __future__ import annotations

from collections.abc import Iterable

from macros.schema.json_schema import Schema

STRING: Schema = {"type": "string"}
URL: Schema = {"type": "string", "minLength": 1, "description": "A whole address; one from the top of the host if the site does not know its own."}
DATE: Schema = {"type": "string", "pattern": "^\\d{4}(-\\d{2}(-\\d{2})?)?$"}


def object_of(properties: Schema, optional: Iterable[str] = ()) -> Schema:
    """Returns an object that has these keys."""
    left_out = frozenset(optional)
    required = [name for name in properties if name not in left_out]
    return {"type": "object", **({"required": required} if required else {}), "properties": properties}


def list_of(items: Schema) -> Schema:
    """Returns a list of such items."""
    return {"type": "array", "items": items}


def or_null(schema: Schema) -> Schema:
    """Returns the same, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def said(description: str) -> Schema:
    """Returns a text, and what it is."""
    return {"type": "string", "description": f"{description}."}
