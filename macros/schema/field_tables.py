"""What a person is told of each field, for the documentation: read off the schema that editors use.

Enters: the name of a schema. Leaves: rows of a table.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Any

from macros.schema.fields import SLUG
from macros.schema.json_schema import ANY, Schema, model_schema
from macros.schema.kinds import KINDS, Entry
from macros.schema.settings import Settings
from macros.yamlfile.writer import write_field

EVERY = "every"
"""The name of the fields that every entry has."""
TABLES = (EVERY, *KINDS, "playbook")
"""The tables of fields: those that every entry has, those that a kind adds, those of playbook.yml."""
_UNTOLD = 10**9
"""Limits beyond this are there for machines alone."""


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field: what it is called (`evidence`, `claim`), inside which others it stands, and what to know of it."""

    name: str
    inside: tuple[str, ...]
    is_required: bool
    holds: str
    limits: tuple[str, ...]
    told: str
    example: str

    @property
    def anchor(self) -> str:
        """What a link to the row ends in, after the name of its table."""
        return "-".join(name.partition(",")[0] for name in (*self.inside, self.name))


@cache
def field_rows(table: str) -> tuple[FieldRow, ...]:
    """The rows of one of the TABLES, each followed by the fields inside it. A kind's table has only what the kind adds or changes."""
    if table == "playbook":
        return tuple(_rows(model_schema(Settings)))
    every = model_schema(Entry)
    if table == EVERY:
        return tuple(_rows(every))
    schema = model_schema(KINDS[table])
    own = {name: value for name, value in schema["properties"].items() if value != every["properties"].get(name)}
    rows = _rows({**schema, "properties": own})
    return tuple(row for row in rows if not row.inside or row.inside[0] not in every["properties"])


def _rows(schema: Schema, owner: Schema | None = None, inside: tuple[str, ...] = ()) -> Iterator[FieldRow]:
    owner = owner or schema
    for name, field in _alike_as_one(owner["properties"]).items():
        holds = _holds(field)
        example = "\n".join(write_field(name.partition(",")[0], _with_dates(field["examples"][0])))
        yield FieldRow(name, inside, name in owner.get("required", ()), holds, tuple(_limits(field)), field["description"], example)
        if part := _part_in(field):
            yield from _rows(schema, schema["$defs"][part], (*inside, name))


def _alike_as_one(properties: Schema) -> Schema:
    """A part that has the same field for each kind is told once, for all kinds."""
    alike = properties.keys() == KINDS.keys()
    return {"pillars, …": {**properties["pillars"], "description": "How the entries of that kind are reviewed."}} if alike else properties


def _with_dates(example: Any) -> Any:
    """An example as a person writes it: a date needs no quotes."""
    if isinstance(example, dict):
        return {name: _with_dates(value) for name, value in example.items()}
    with suppress(TypeError, ValueError):
        return datetime.date.fromisoformat(example)
    return example


def _part_in(field: Schema) -> str | None:
    target = field.get("items", field).get("$ref", "")
    return target.removeprefix("#/$defs/") if target.startswith("#") else None


def _holds(field: Schema) -> str:
    """What is written after the name."""
    if "items" not in field:
        return _holds_one(field)
    holds = {"the id of an entry": "a list of ids", "fields of its own": "a list; each item has fields of its own", "text": "a list of texts"}
    one = _holds_one(field["items"])
    listed = holds.get(one) or one.replace("the id of one of", "a list of ids of").replace("one of these", "a list of these").replace(
        "an id", "a list of ids"
    )
    return f"an id, or {listed}" if "string" in field["type"] else listed


def _holds_one(value: Schema) -> str:
    target = value.get("$ref", "")
    if target.startswith("ids.json"):
        kind = target.rpartition("/")[2]
        return "the id of an entry" if kind == ANY else f"the id of one of the {kind}"
    if target:
        return "fields of its own"
    if "enum" in value:
        return "one of these words"
    if value.get("format") == "date" or value["type"] == ["string", "integer"]:
        return "a date"
    if value.get("pattern") == SLUG:
        return "an id"
    return {"string": "text", "integer": "a whole number", "number": "a number"}[value["type"]]


def _limits(field: Schema) -> Iterator[str]:
    """What the check refuses, in words."""
    value: dict[str, Any] = field.get("items", field)
    if "enum" in value:
        yield ", ".join(value["enum"])
    if "maxLength" in value and value.get("pattern") != SLUG:
        yield f"up to {value['maxLength']} characters"
    if "minItems" in field:
        yield "at least one"
    if value.get("type") == "integer" and "minimum" in value:
        yield f"from {value['minimum']} to {value['maximum']}"
    if "null" in field.get("type", ()):
        yield "`null` where there is none"
    if "default" in field:
        yield f"without it: {field['default']}"
