"""The tables of fields in the documentation, read off the schema.

Start with `field_rows`: it gives the rows of one of the TABLES.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Any

from macros.schema.entry import Entry
from macros.schema.file_models import TOP_MODELS
from macros.schema.introspect import Field, fields_in_order, fields_of
from macros.schema.kinds import KINDS
from macros.schema.patterns import AN_ID_ANYWHERE
from macros.yamlfile.writer import write_field

EVERY = "every"
"""The name of the fields that every entry has."""
ALL_KINDS = "kinds"
"""The name of the tables of all kinds together."""
TABLES = (EVERY, *KINDS, *TOP_MODELS)
"""The tables of fields: those that every entry has, those that a kind adds, those of playbook.yml and of the files beside it."""


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field: its name (`evidence`, `claim`), the fields that enclose it, and what to know about it."""

    name: str
    inside: tuple[str, ...]
    is_required: bool
    holds: str
    limits: tuple[str, ...]
    about: str
    example: str

    @property
    def anchor(self) -> str:
        """What a link to the row ends in, after the name of its table."""
        return "-".join(name.partition(",")[0] for name in (*self.inside, self.name))


@cache
def field_rows(table: str) -> tuple[FieldRow, ...]:
    """Returns the rows of one of the TABLES, each followed by the fields inside it. A kind's table has only what the kind adds or changes."""
    if table in TOP_MODELS:
        return tuple(_rows(fields_in_order(TOP_MODELS[table]).values()))
    if table == EVERY:
        return tuple(_rows(fields_in_order(Entry).values()))
    every = fields_of(Entry)
    fields = fields_in_order(KINDS[table]).values()
    own = [field for field in fields if field.name not in every or _is_changed(KINDS[table], field)]
    return tuple(row for row in _rows(own) if not row.inside or row.inside[0] not in every)


def _is_changed(model: type[Entry], field: Field) -> bool:
    """Whether a kind, or what it is built on, says something else of a field than every entry does."""
    return any(field.attribute in vars(base).get("__annotations__", ()) for base in model.__mro__ if base not in Entry.__mro__)


def _rows(fields: Iterable[Field], inside: tuple[str, ...] = ()) -> Iterator[FieldRow]:
    for name, field in _alike_as_one([*fields]):
        description = "How the entries of that kind are reviewed." if name != field.name else field.explanation
        example = "\n".join(write_field(field.name, _with_dates(field.example)))
        yield FieldRow(name, inside, field.is_required, _holds(field), tuple(_limits(field)), description, example)
        yield from _rows(field.fields.values(), (*inside, name))


def _alike_as_one(fields: list[Field]) -> list[tuple[str, Field]]:
    """A part that has the same field for each kind is described once, for all kinds."""
    if [field.name for field in fields] == [*KINDS]:
        return [(f"{fields[0].name}, …", fields[0])]
    return [(field.name, field) for field in fields]


def _with_dates(example: Any) -> Any:
    """An example as a person writes it: a date needs no quotes."""
    if isinstance(example, dict):
        return {name: _with_dates(value) for name, value in example.items()}
    with suppress(TypeError, ValueError):
        return datetime.date.fromisoformat(example)
    return example


def _holds(field: Field) -> str:
    """What is written after the name."""
    one, many = {
        "fields": ("fields of its own", "a list; each item has fields of its own"),
        "word": ("one of these words", "a list of these words"),
        "id": _ids(field),
        "date": ("a date", "a list of dates"),
        "whole number": ("a whole number", "a list of whole numbers"),
        "number": ("a number", "a list of numbers"),
        "text": ("text", "a list of texts"),
    }[field.holds]
    return f"an id, or {many}" if field.may_stand_alone else many if field.is_list else one


def _ids(field: Field) -> tuple[str, str]:
    if field.relation is None:
        return "an id", "a list of ids"
    to = field.relation.to
    if field.pattern is AN_ID_ANYWHERE:
        return f"the id of one of the {to}", f"a list of ids of the {to}, or of other playbooks’ pages"
    return (f"the id of one of the {to}", f"a list of ids of the {to}") if to else ("the id of an entry", "a list of ids")


def _limits(field: Field) -> Iterator[str]:
    """What the check refuses, in words."""
    least, most = field.range
    if field.choices:
        yield ", ".join(field.choices)
    if field.longest and field.holds == "text":
        yield f"up to {field.longest} characters"
    if field.is_needed_in_full:
        yield "at least one"
    if field.holds == "whole number" and least is not None:
        yield f"from {least} to {most}"
    if field.may_be_null:
        yield "`null` where there is none"
    if isinstance(field.info.default, str | int):
        yield f"without it: {field.info.default}"
