"""Fields that hold `TODO` alone, as `playbook new` writes them: each is told once, with what the field is for.

Enters: a file's mapping and what was found in it. Leaves: findings, with one in the place of all others at such a field.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from macros.schema.fields import Relation
from macros.schema.introspect import choices_of, field_names, model_within
from macros.yamlfile.finding import Finding
from macros.yamlfile.source import FieldPath
from macros.yamlfile.writer import write_value

TODO = "TODO"
"""What stands where something is still to be written."""


def with_placeholders(model: type[BaseModel], raw: Mapping[str, Any], findings: list[Finding]) -> list[Finding]:
    """`findings`, where what is said of a field that holds `TODO` is what to write there, and nothing else."""
    marks = {mark.path: mark for mark in _marks(model, raw)}
    return [*(finding for finding in findings if finding.path not in marks), *marks.values()]


def _marks(model: type[BaseModel], raw: Mapping[str, Any]) -> Iterator[Finding]:
    fields = field_names(model)
    for name, value in raw.items():
        if name in fields:
            for path in _todos(value, (name,)):
                yield Finding(path, "placeholder", f"'{TODO}' marks what is still to be written", _help(model, path), needle=TODO)


def _todos(value: Any, path: FieldPath) -> Iterator[FieldPath]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _todos(item, (*path, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _todos(item, (*path, index))
    elif isinstance(value, str) and value.strip() == TODO:
        yield path


def _help(model: type[BaseModel], path: FieldPath) -> str:
    """What the field is for; the fields of a model inside it say more than it does."""
    field = None
    for name in (step for step in path if isinstance(step, str)):
        field = field_names(model).get(name) if model else None
        model = model_within(field.annotation) if field else None
    if field is None or not field.description:
        return "finish it, or take it out"
    words = field.description[:1].lower() + field.description[1:].rstrip(".")
    choices = f"; one of {', '.join(choices_of(field.annotation))}" if choices_of(field.annotation) else ""
    relation = next((marker for marker in field.metadata if isinstance(marker, Relation) and marker.to), None)
    ids = f"; an id is the name of a file in playbook_data/{relation.to}/, without .yml" if relation else ""
    shown = field.examples[0] if field.examples and not choices else None
    if isinstance(shown, list) and isinstance(path[-1], int):
        shown = shown[0]
    example = f", for instance `{write_value(shown)}`" if shown is not None else ""
    return f"{words}{example}{choices}{ids}"
