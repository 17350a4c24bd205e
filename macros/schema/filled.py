"""What the fields of the schema hold in one file: its texts and ids, each with its place.

Start with `filled_fields`; `values_in` follows one field's steps through values as YAML gives them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel

from macros.schema.fields import TextForm
from macros.schema.introspect import Field, Steps, fields_of
from macros.yamlfile.source import FieldPath

Filled = tuple[Field, FieldPath, Any]
"""A field, its place in one file, and its value there: text if the file is right."""


def filled_fields(model: type[BaseModel], raw: Mapping[str, Any]) -> Iterator[Filled]:
    """Returns each text and id of a file, in the file's order. A single id in place of a list counts as one item."""
    return _filled(raw, _telling(model), ())


def texts_of(model: BaseModel) -> Iterator[tuple[TextForm, str]]:
    """Returns every text of a checked file that readers get, each with how it is read."""
    return _texts(model, _telling(type(model)))


def values_in(raw: Any, steps: Steps, path: FieldPath = ()) -> Iterator[tuple[FieldPath, Any]]:
    """Returns each value that `steps` lead to, with its path. A single id in place of a list counts as one item."""
    if not steps:
        yield path, raw
    elif steps[0] is None:
        if isinstance(raw, list):
            for index, item in enumerate(raw):
                yield from values_in(item, steps[1:], (*path, index))
        elif isinstance(raw, str):
            yield from values_in(raw, steps[1:], path)
    elif isinstance(raw, dict) and steps[0] in raw:
        yield from values_in(raw[steps[0]], steps[1:], (*path, steps[0]))


@dataclass(frozen=True, slots=True)
class _Branch:
    """A field that holds texts or ids, or has such fields inside it."""

    field: Field
    tells: bool
    is_list: bool
    within: Mapping[str, _Branch]


@cache
def _telling(model: type[BaseModel]) -> Mapping[str, _Branch]:
    return _branches(fields_of(model).values())


def _branches(fields: Iterable[Field]) -> Mapping[str, _Branch]:
    branches = (_Branch(field, bool(field.is_text or field.relation), field.is_list, _branches(field.fields.values())) for field in fields)
    return {branch.field.name: branch for branch in branches if branch.tells or branch.within}


def _filled(raw: Mapping[str, Any], branches: Mapping[str, _Branch], path: FieldPath) -> Iterator[Filled]:
    for name, value in raw.items():
        if branch := branches.get(name):
            for where, item in _items(value, (*path, name)) if branch.is_list else (((*path, name), value),):
                if branch.tells:
                    yield branch.field, where, item
                if branch.within and isinstance(item, dict):
                    yield from _filled(item, branch.within, where)


def _items(value: Any, path: FieldPath) -> Iterator[tuple[FieldPath, Any]]:
    if isinstance(value, list):
        yield from (((*path, index), item) for index, item in enumerate(value))
    elif isinstance(value, str):
        yield path, value


def _texts(model: BaseModel, branches: Mapping[str, _Branch]) -> Iterator[tuple[TextForm, str]]:
    for branch in branches.values():
        value = getattr(model, branch.field.attribute)
        for item in value if branch.is_list and value else (value,):
            if isinstance(item, BaseModel):
                yield from _texts(item, branch.within)
            elif item and branch.field.is_text:
                yield branch.field.form, item
