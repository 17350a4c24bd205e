"""Whether a mapping has the fields of its kind: what pydantic finds, in terms of YAML.

`validate` returns the typed value, or findings that say what is wrong at which field.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from macros.playbook.checks.hints import (
    EACH_ITEM,
    date_hint,
    field_hint,
    form_of,
    how_to_fill,
    is_cut_off,
    list_hint,
    lower_first,
    number_hint,
    period_hint,
    text_hint,
    where_ids_are,
)
from macros.problems.closest import closest, did_you_mean, guess
from macros.problems.problem import short
from macros.schema.introspect import Field, field_at, fields_of
from macros.schema.parts import Period
from macros.yamlfile.finding import EMPTY, NOTHING, Finding
from macros.yamlfile.source import FieldPath


def validate(model: type[BaseModel], value: Mapping[str, Any]) -> tuple[BaseModel | None, list[Finding]]:
    """`value` as a `model`, or None; and one finding for each field that does not fit."""
    try:
        shaped, findings = model.model_validate(value), []
    except ValidationError as error:
        details = [(_real_path(value, detail["loc"], is_missing=detail["type"] == "missing"), detail) for detail in error.errors(include_url=False)]
        found = {path: _finding(model, value, path, detail) for path, detail in details}
        shaped, findings = None, [*dict.fromkeys(finding for finding in found.values() if finding)]
    if not _has_blanks(value):
        return shaped, findings
    known = {finding.path for finding in findings if finding.path}
    blanks = (path for path in _blanks(model, value) if not any(path[:end] in known for end in range(1, len(path) + 1)))
    return shaped, findings + [Finding(path, "empty", NOTHING, how_to_fill(field_at(model, path), path, value)) for path in blanks]


def _has_blanks(value: Any) -> bool:
    """Whether something is named but not filled: most files need no closer look."""
    if isinstance(value, (dict, list)):
        return any(map(_has_blanks, value.values() if isinstance(value, dict) else value))
    return value is None


def _blanks(model: type[BaseModel], value: Any, path: FieldPath = ()) -> Iterator[FieldPath]:
    """Where fields are named but not filled, except those that may be null."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _blanks(model, item, (*path, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _blanks(model, item, (*path, index))
    elif value is None and (field := field_at(model, path)) and (isinstance(path[-1], int) or not field.may_be_null):
        yield path


def _finding(model: type[BaseModel], value: Mapping[str, Any], path: FieldPath, detail: Any) -> Finding | None:
    """What pydantic found; None for what another finding says."""
    fields, mapping = _fields_at(model, path[:-1]), _value_at(value, path[:-1])
    kind = detail["type"]
    if kind == "missing" and not mapping and len(path) > 1:
        return Finding(path[:-1], "empty", NOTHING, how_to_fill(field_at(model, path[:-1]), path[:-1], value))
    if kind == "missing":
        return _missing(fields, mapping, path)
    if kind == "extra_forbidden":
        return _unknown(fields, mapping, path)
    found, field = _value_at(value, path), field_at(model, path)
    if found in (None, "", {}) or (found == [] and kind != "too_short") or (isinstance(found, str) and not found.strip()):
        return Finding(path, "empty", NOTHING if found is None else EMPTY, how_to_fill(field, path, value))
    if kind in WANTED:
        return _wrong_type(field, path, found, kind)
    return _misfit(field, path, found, kind, detail.get("ctx") or {})


def _misfit(field: Field, path: FieldPath, found: Any, kind: str, limits: Mapping[str, Any]) -> Finding | None:
    """A value of the right type that a field may not have."""
    if kind == "too_short":
        return None if found else Finding(path, "empty", "the list is empty", f"take the [ ] out, and {EACH_ITEM}")
    if kind == "string_too_long":
        over = len(found) - limits["max_length"]
        help = f"shorten it by {over} character{'s' * (over > 1)}"
        return Finding(path, "too-long", f"{len(found)} characters, the most is {limits['max_length']}", help)
    if kind == "string_pattern_mismatch":
        message = field.pattern.message.format(found=short(found), value=describe_value(found))
        return Finding(path, field.pattern.rule, message, field.pattern.help_for(found))
    if kind == "literal_error":
        return _not_allowed(path, found, limits["expected"])
    limit = f"{limits['ge']} or more" if "ge" in limits else f"{limits['le']} or less"
    return Finding(path, "not-a-number", f"expected {limit}, found {describe_value(found)}", "write another number")


def _missing(fields: Mapping[str, Field], mapping: Mapping[str, Any], path: FieldPath) -> Finding | None:
    name = str(path[-1])
    if any(_meant(fields, mapping, other) == name for other in mapping if other not in fields):
        return None
    field = fields[name]
    shown = _example_of(field)
    example = f", for instance `{name}: {shown}`" if shown else ""
    help = f"add `{name}:` - {lower_first(field.description)}{example}{where_ids_are(field)}"
    return Finding(path[:-1], "missing-field", f"'{name}' is missing", help)


def _unknown(fields: Mapping[str, Field], mapping: Mapping[str, Any], path: FieldPath) -> Finding | None:
    name, names = str(path[-1]), [*mapping]
    at = names.index(name)
    if at and is_cut_off(mapping, name) and is_cut_off(mapping, names[at - 1]):
        return None
    near = _meant(fields, mapping, name)
    hint = field_hint(fields, mapping, name)
    comma = "" if len(path) == 1 or mapping[name] is not None else "; a value with a comma in it goes in quotes"
    help = hint or (guess(name, near) if near else f"the fields are {', '.join(fields)}{comma}")
    return Finding(path, "unknown-field", f"there is no field '{short(name)}' here", help, key=True)


def _meant(fields: Mapping[str, Field], mapping: Mapping[str, Any], name: str) -> str | None:
    """The field that `name` was meant to be: the closest of those that the mapping still lacks."""
    lacking = [field for field in fields if field not in mapping]
    return closest(name.lower().partition(":")[0], lacking)


def _not_allowed(path: FieldPath, found: Any, expected: str) -> Finding:
    allowed = re.findall(r"'([^']*)'", expected)
    help = did_you_mean(str(found), allowed, "write one of them")
    return Finding(path, "not-allowed", f"expected {expected}, found {describe_value(found)}", help)


WANTED = {
    "string_type": ("not-text", "text"),
    "tuple_type": ("not-a-list", "a list"),
    "model_type": ("not-a-mapping", "fields"),
    "int_type": ("not-a-number", "a whole number"),
    "float_type": ("not-a-number", "a number"),
    "finite_number": ("not-a-number", "a number with an end"),
    "not_date": ("not-a-date", "a date"),
}


def _wrong_type(field: Field, path: FieldPath, found: Any, kind: str) -> Finding:
    rule, wanted = WANTED[kind]
    helps = {
        "not-text": text_hint(field, found, is_item=isinstance(path[-1], int)),
        "not-a-list": f"{EACH_ITEM}, such as `- {form_of(field)}`" if field.fields else list_hint(field, found),
        "not-a-mapping": period_hint(found) if field.model is Period else f"write {form_of(field)}",
        "not-a-number": number_hint(found, whole=field.holds == "whole number"),
        "not-a-date": field.pattern.help_for("") if field.pattern else date_hint(path, found),
    }
    return Finding(path, rule, f"expected {wanted}, found {describe_value(found)}", helps[rule])


def _example_of(field: Field) -> str:
    """What a field may hold, on one line; empty if that says nothing."""
    if field.example is not None:
        return _flow(field.example)
    return form_of(field, as_list=field.is_list) if field.fields else ""


def describe_value(value: Any) -> str:
    """A value in the words of YAML: what kind of thing it is, and how it is written."""
    match value:
        case bool():
            shown = f"yes/no ({str(value).lower()})"
        case int() | float():
            shown = f"a number ({value})"
        case datetime.datetime():
            shown = f"a date with a time ({value})"
        case datetime.date():
            shown = f"a date ({value})"
        case list():
            shown = f"a list of {len(value)}"
        case dict():
            shown = f"fields ({short(', '.join(value), 40)})"
        case _:
            shown = f"text ('{short(value, 40)}')"
    return shown


def _real_path(value: Any, loc: tuple, *, is_missing: bool) -> FieldPath:
    """The path without what pydantic adds: it names the members of a union, which YAML does not know. Only what is missing is not there."""
    path: list[str | int] = []
    for index, step in enumerate(loc):
        if isinstance(value, dict) and (step in value or (is_missing and index == len(loc) - 1)):
            value = value.get(step)
        elif isinstance(value, (list, tuple)) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            continue
        path.append(step)
    return tuple(path)


def _value_at(value: Any, path: FieldPath) -> Any:
    for step in path:
        value = value.get(step) if isinstance(value, dict) else value[step]
    return value


def _fields_at(model: type[BaseModel], path: FieldPath) -> Mapping[str, Field]:
    """The fields of the mapping at `path`."""
    field = field_at(model, path)
    return field.fields if field else fields_of(model)


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name}: {_flow(item)}' for name, item in value.items())}}}"
    return f"[{', '.join(map(_flow, value))}]" if isinstance(value, list) else str(value)
