"""Does a mapping have the fields of its kind? What pydantic says, said again in the words of YAML.

Enters: a mapping and a model. Leaves: the typed value, or findings: what is wrong at which field.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from macros.playbook.checks.hints import ALONE, EACH_ITEM, field_hint, id_hint, list_hint
from macros.problems.closest import closest, did_you_mean
from macros.problems.problem import short
from macros.schema.fields import Relation, slug_of
from macros.schema.introspect import field_names, is_list, model_within
from macros.yamlfile.finding import NOTHING, Finding
from macros.yamlfile.source import FieldPath

FULL_DATE = "write year-month-day, such as 2026-11-20"


def validate(model: type[BaseModel], value: Mapping[str, Any]) -> tuple[BaseModel | None, list[Finding]]:
    """`value` as a `model`, or None; and one finding for each field that does not fit."""
    try:
        shaped, findings = model.model_validate(value), []
    except ValidationError as error:
        details = [(_real_path(value, detail["loc"], is_missing=detail["type"] == "missing"), detail) for detail in error.errors(include_url=False)]
        found = {path: _finding(model, value, path, detail) for path, detail in details}
        shaped, findings = None, [finding for finding in found.values() if finding]
    if not _has_blanks(value):
        return shaped, findings
    known = {finding.path for finding in findings if finding.path}
    return shaped, findings + [blank for blank in _blanks(value) if not any(blank.path[:end] in known for end in range(1, len(blank.path) + 1))]


def _has_blanks(value: Any) -> bool:
    """Whether something is named but not filled: most files need no closer look."""
    if isinstance(value, (dict, list)):
        return any(map(_has_blanks, value.values() if isinstance(value, dict) else value))
    return value is None


def _blanks(value: Any, path: FieldPath = ()) -> Iterator[Finding]:
    """Fields that are named but not filled. `replaced_by` may say that nothing replaces an entry."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _blanks(item, (*path, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _blanks(item, (*path, index))
    elif value is None and path != ("replaced_by",):
        yield Finding(path, "empty", NOTHING, "write it, or take the field out")


def _finding(model: type[BaseModel], value: Mapping[str, Any], path: FieldPath, detail: Any) -> Finding | None:
    """What pydantic found; None for what another finding says."""
    owner, mapping = _model_at(model, path[:-1]), _value_at(value, path[:-1])
    kind = detail["type"]
    if kind == "missing":
        return _missing(owner, mapping, path)
    if kind == "extra_forbidden":
        return _unknown(owner, mapping, path)
    found = _value_at(value, path)
    if found is None:
        needed = isinstance(path[-1], int) or field_names(owner)[path[-1]].is_required()
        return Finding(path, "empty", NOTHING, "write it" if needed else "write it, or take the field out")
    if kind in WANTED:
        return _wrong_type(owner, path, found, kind)
    return _misfit(path, found, kind, detail.get("ctx") or {})


def _misfit(path: FieldPath, found: Any, kind: str, limits: Mapping[str, Any]) -> Finding | None:
    """A value of the right type that a field may not have."""
    if kind == "too_short":
        return None if found else Finding(path, "empty", "the list is empty", "write at least one item, on a line that begins with '- '")
    if kind == "string_too_long":
        over = len(found) - limits["max_length"]
        return Finding(path, "too-long", f"{len(found)} characters, the most is {limits['max_length']}", f"shorten it by {over} characters")
    if kind == "string_pattern_mismatch":
        return _bad_pattern(path, found)
    if kind == "literal_error":
        return _not_allowed(path, found, limits["expected"])
    limit = f"{limits['ge']} or more" if "ge" in limits else f"{limits['le']} or less"
    return Finding(path, "not-a-number", f"expected {limit}, found {describe_value(found)}", "write another number")


def _missing(owner: type[BaseModel], mapping: Mapping[str, Any], path: FieldPath) -> Finding | None:
    fields, name = field_names(owner), str(path[-1])
    if any(_meant(owner, mapping, other) == name for other in mapping if other not in fields):
        return None
    field = fields[name]
    relation = next((marker for marker in field.metadata if isinstance(marker, Relation) and marker.to), None)
    shown = _flow(field.examples[0]) if field.examples else _pattern(field.annotation)
    example = f", for instance `{name}: {shown}`" if shown else ""
    ids = f"; an id is the name of a file in playbook_data/{relation.to}/, without .yml" if relation else ""
    return Finding(path[:-1], "missing-field", f"'{name}' is missing", f"add `{name}:` - {_lower(field.description)}{example}{ids}")


def _unknown(owner: type[BaseModel], mapping: Mapping[str, Any], path: FieldPath) -> Finding:
    name = str(path[-1])
    near = _meant(owner, mapping, name)
    slip = field_hint(owner, mapping, name)
    comma = "" if "id" in owner.model_fields or mapping[name] is not None else "; a value with a comma in it goes in quotes"
    help = slip or (f"did you mean '{near}'?" if near else f"the fields are {', '.join(field_names(owner))}{comma}")
    return Finding(path, "unknown-field", f"there is no field '{short(name)}' here", help, key=True)


def _meant(owner: type[BaseModel], mapping: Mapping[str, Any], name: str) -> str | None:
    """The field that `name` stands for: the closest of those that the mapping still lacks."""
    lacking = [field for field in field_names(owner) if field not in mapping]
    return closest(name.lower().partition(":")[0], lacking)


def _bad_pattern(path: FieldPath, found: str) -> Finding:
    if path[-1] in ("url", "successor", "external_url"):
        return Finding(path, "not-an-address", f"'{short(found)}' is not a web address", "write it whole, beginning with https://")
    if path[-1] == "contact":
        return Finding(path, "not-an-address", f"'{short(found)}' is not a mail address", "write name@host")
    if path[-1] in ("image", "file"):
        return Finding(
            path, "not-a-file-name", f"'{short(found)}' is not a file inside docs/", "write its path from docs/, such as assets/approach/picture.svg"
        )
    if path[-1] == "fingerprint":
        help = "take `seen:` out, or let `playbook review` write it"
        return Finding(path, "not-a-fingerprint", f"'{short(found)}' is no fingerprint", help)
    if path[-1] in ("anchor", "now"):
        help = f"write it without its #, such as {slug_of(found) or 'figures'}"
        return Finding(path, "not-an-anchor", f"'{short(found)}' cannot be an anchor", help)
    if len(path) > 1 and path[-2] == "formerly" and "/" in found:
        parts = "/".join(filter(None, map(slug_of, found.split("/"))))
        help = f"write it from the top of the site, with a / at its end alone, such as {parts or 'numbers'}/"
        return Finding(path, "not-an-address", f"'{short(found)}' is not an address in this site", help)
    if path[-1] == "on":
        return Finding(path, "not-a-date", f"expected a full date, found {describe_value(found)}", FULL_DATE)
    return Finding(path, "not-an-id", f"'{short(found)}' cannot be an id", id_hint(found))


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


def _wrong_type(owner: type[BaseModel], path: FieldPath, found: Any, kind: str) -> Finding:
    rule, wanted = WANTED[kind]
    helps = {
        "not-text": ALONE if isinstance(found, list) and isinstance(path[-1], int) else "put it in quotes: {quoted}",
        "not-a-list": _list_help(owner, path, found),
        "not-a-mapping": f"write {_pattern(_model_at(owner, path[-1:]))}",
        "not-a-number": "write digits alone, without quotes, units or commas",
        "not-a-date": FULL_DATE if path[-1] == "on" else "write what is known of it: 2001, 2001-12 or 2001-12-07",
    }
    return Finding(path, rule, f"expected {wanted}, found {describe_value(found)}", helps[rule])


def _list_help(owner: type[BaseModel], path: FieldPath, found: Any) -> str:
    inner = _model_at(owner, path[-1:])
    if inner is not owner:
        return f"{EACH_ITEM}, such as `- {_pattern(inner)}`"
    return list_hint(str(path[-1]), found)


def _pattern(annotation: Any) -> str:
    """How fields inside a field are written: `{source: …, at: …}`, in [ ] where it holds a list; empty where it holds no fields."""
    model = model_within(annotation)
    if model is None:
        return ""
    fields = field_names(model)
    required = [name for name, field in fields.items() if field.is_required()] or list(fields)[:1]
    pattern = f"{{{', '.join(f'{name}: …' for name in required)}}}"
    return f"[{pattern}]" if is_list(annotation) else pattern


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


def _model_at(model: type[BaseModel], path: FieldPath) -> type[BaseModel]:
    """The model of the value at `path`, or of the mapping that it stands in."""
    for step in path:
        if isinstance(step, str):
            model = model_within(field_names(model)[step].annotation) or model
    return model


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name}: {_flow(item)}' for name, item in value.items())}}}"
    return f"[{', '.join(map(_flow, value))}]" if isinstance(value, list) else str(value)


def _lower(text: str) -> str:
    text = text.rstrip(".")
    return text[:1].lower() + text[1:]
