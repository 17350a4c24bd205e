"""Fields that hold `TODO` alone, as `playbook new` writes them: each is reported once, with what the field is for.

`with_placeholders` replaces all findings about such a field with a single one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from macros.playbook.checks.hints import where_ids_are
from macros.schema.introspect import Field, field_at, fields_of
from macros.yamlfile.finding import Finding
from macros.yamlfile.source import FieldPath
from macros.yamlfile.writer import write_value

TODO = "TODO"
"""Marks text that is still to be written."""


def with_placeholders(model: type[BaseModel], raw: Mapping[str, Any], findings: list[Finding]) -> list[Finding]:
    """`findings`, except that a field with `TODO` has a single one, which says what to write there."""
    marks = {mark.path: mark for mark in _marks(model, raw)}
    return [*(finding for finding in findings if finding.path not in marks), *marks.values()]


def _marks(model: type[BaseModel], raw: Mapping[str, Any]) -> Iterator[Finding]:
    fields = fields_of(model)
    for name, value in raw.items():
        if name in fields:
            for path in _todos(value, (name,)):
                yield Finding(path, "placeholder", f"'{TODO}' stands for text that is still missing", _help(field_at(model, path), path), needle=TODO)


def _todos(value: Any, path: FieldPath) -> Iterator[FieldPath]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _todos(item, (*path, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _todos(item, (*path, index))
    elif isinstance(value, str) and value.strip() == TODO:
        yield path


def _help(field: Field | None, path: FieldPath) -> str:
    """What the field at `path` is for, with an example."""
    if field is None or not field.description:
        return "finish it, or remove it"
    words = field.description[:1].lower() + field.description[1:].rstrip(".")
    choices = f"; one of {', '.join(field.choices)}" if field.choices else ""
    shown = None if choices else field.example
    if isinstance(shown, list) and isinstance(path[-1], int):
        shown = shown[0]
    example = f", for instance `{write_value(shown)}`" if shown is not None else ""
    return f"{words}{example}{choices}{where_ids_are(field)}"
