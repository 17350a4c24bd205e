"""Does a mapping have the fields of its kind? What pydantic says, said again in the words of YAML.

Enters: a mapping and a model. Leaves: the typed value, or findings: what is wrong at which field.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError

from macros.parse import Path, Source
from macros.problems import Problem


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem that still lacks its place in the file: `needle` narrows it to a stretch of the value's text."""

    path: Path
    rule: str
    message: str
    help: str
    key: bool = False
    needle: str = ""
    nth: int = 0


def shape(model: type[BaseModel], value: Mapping[str, Any]) -> tuple[BaseModel | None, list[Finding]]:
    """`value` as a `model`, or None and one finding for each field that does not fit."""
    try:
        return model.model_validate(value), []
    except ValidationError as error:
        findings = [_finding(model, value, detail) for detail in error.errors(include_url=False)]
        return None, list({(found.path, found.rule): found for found in findings}.values())


def locate(source: Source, finding: Finding) -> Problem:
    """The finding as a problem, with its place in `source`."""
    if finding.needle:
        span = source.span_within(finding.path, finding.needle, nth=finding.nth)
    else:
        span = source.span_of(finding.path, key=finding.key)
    return source.problem(span, finding.rule, finding.message, _as_written(source, finding), show_path(finding.path))


def show_path(path: Path) -> str:
    """`("evidence", 0, "claim")` as `evidence[0].claim`."""
    shown = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return shown.removeprefix(".")


def field_names(model: type[BaseModel]) -> dict[str, Any]:
    """The fields of `model` by the names that YAML uses; an entry's id comes from its file."""
    return {field.alias or name: field for name, field in model.model_fields.items() if not field.exclude}


def _as_written(source: Source, finding: Finding) -> str:
    """Help that repeats the value shows it as it stands in the file: `1.10`, where YAML has read 1.1."""
    if "{written}" not in finding.help:
        return finding.help
    return finding.help.replace("{written}", str(getattr(source.node_at(finding.path), "value", "")))


def _finding(model: type[BaseModel], value: Mapping[str, Any], detail: Any) -> Finding:
    path = _real_path(value, detail["loc"])
    found = _value_at(value, path)
    owner = _model_at(model, path[:-1])
    kind = detail["type"]
    limits = detail.get("ctx") or {}
    if kind == "missing":
        return _missing(owner, path)
    if kind == "extra_forbidden":
        return _unknown(owner, path)
    if kind == "invalid_key":
        return Finding(path, "not-a-key", f"a field's name is text, found {in_yaml(found)}", "write `name: value`", key=True)
    if kind in ("too_short", "string_too_short"):
        return Finding(path, "empty", "the list is empty", "write at least one item, each on a line that begins with '- '")
    if kind == "string_too_long":
        most = limits["max_length"]
        return Finding(path, "too-long", f"{len(found)} characters, the most is {most}", f"shorten it by {len(found) - most}")
    if kind == "string_pattern_mismatch":
        return _bad_pattern(path, found)
    if kind == "literal_error":
        return _not_allowed(path, found, limits["expected"])
    return _wrong_type(path, found, kind)


def _missing(owner: type[BaseModel], path: Path) -> Finding:
    field = field_names(owner)[str(path[-1])]
    example = f", for instance `{path[-1]}: {_flow(field.examples[0])}`" if field.examples else ""
    return Finding(path[:-1], "missing-field", f"'{path[-1]}' is missing", f"add `{path[-1]}:` - {_lower(field.description)}{example}")


def _unknown(owner: type[BaseModel], path: Path) -> Finding:
    names = [name for name in field_names(owner)]
    near = get_close_matches(str(path[-1]).lower(), names, n=1)
    help = f"did you mean '{near[0]}'?" if near else f"the fields are {', '.join(names)}"
    if path == ("id",):
        help = "take it out: the id is the file's name"
    return Finding(path, "unknown-field", f"there is no field '{path[-1]}' here", help, key=True)


def _bad_pattern(path: Path, found: str) -> Finding:
    if path[-1] in ("url", "successor"):
        return Finding(path, "not-an-address", f"'{found}' is not a web address", "write it whole, beginning with https://")
    if path[-1] == "contact":
        return Finding(path, "not-an-address", f"'{found}' is not a mail address", "write name@host")
    if path[-1] == "on":
        return Finding(path, "not-a-date", f"expected a full date, found {in_yaml(found)}", "write year-month-day, such as 2026-11-20")
    return Finding(path, "not-an-id", f"'{found}' cannot be an id", "an id has lower-case letters, digits and single hyphens, such as data-sharing")


def _not_allowed(path: Path, found: Any, expected: str) -> Finding:
    allowed = expected.replace(" or ", ", ").replace("'", "").split(", ")
    near = get_close_matches(str(found), allowed, n=1)
    help = f"did you mean '{near[0]}'?" if near else f"write {' or '.join(allowed)}"
    return Finding(path, "not-allowed", f"expected {expected}, found {in_yaml(found)}", help)


WANTED = {
    "string_type": ("not-text", "text"),
    "string_sub_type": ("not-text", "text"),
    "tuple_type": ("not-a-list", "a list"),
    "model_type": ("not-a-mapping", "a mapping of fields"),
    "model_attributes_type": ("not-a-mapping", "a mapping of fields"),
    "int_type": ("not-a-number", "a whole number"),
    "int_from_float": ("not-a-number", "a whole number"),
    "int_parsing": ("not-a-number", "a whole number"),
    "float_type": ("not-a-number", "a number"),
    "finite_number": ("not-a-number", "a number"),
    "greater_than_equal": ("not-a-number", "a larger number"),
    "less_than_equal": ("not-a-number", "a smaller number"),
    "not_date": ("not-a-date", "a date"),
}


def _wrong_type(path: Path, found: Any, kind: str) -> Finding:
    rule, wanted = WANTED.get(kind, ("wrong-value", "another value"))
    helps = {
        "not-text": 'put it in quotes: "{written}"' if _is_plain(found) else "write text",
        "not-a-list": f"write `{path[-1]}: [{{written}}]`, or each item on a line that begins with '- '",
        "not-a-mapping": "write its fields below it, indented by two spaces",
        "not-a-number": "write digits alone, without quotes, units or commas",
        "not-a-date": "write what is known of it: 2001, 2001-12 or 2001-12-07",
    }
    if found is None:
        help = "write it, or take the field out" if rule != "not-text" else "write it"
        return Finding(path, "empty", f"expected {wanted}, found nothing", help)
    return Finding(path, rule, f"expected {wanted}, found {in_yaml(found)}", helps.get(rule, "look at another entry of its kind"))


def in_yaml(value: Any) -> str:
    """A value in the words of YAML: what kind of thing it is, and how it is written."""
    match value:
        case None:
            return "nothing"
        case bool():
            return f"yes/no ({str(value).lower()})"
        case int() | float():
            return f"a number ({value})"
        case datetime.date():
            return f"a date ({value})"
        case str():
            return f"text ('{value if len(value) <= 40 else value[:39] + '…'}')"
        case list() | tuple():
            return f"a list of {len(value)}"
        case dict():
            return "a mapping of fields"
    return "something else"


def _is_plain(value: Any) -> bool:
    return not isinstance(value, (list, dict))


def _real_path(value: Any, loc: tuple) -> Path:
    """pydantic names the members of a union in its paths; YAML does not know them."""
    path: list[str | int] = []
    for index, step in enumerate(loc):
        is_last = index == len(loc) - 1
        if isinstance(value, dict) and (step in value or is_last):
            value = value.get(step)
        elif isinstance(value, (list, tuple)) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            continue
        path.append(step)
    return tuple(path)


def _value_at(value: Any, path: Path) -> Any:
    for step in path:
        value = value.get(step) if isinstance(value, dict) else value[step]
    return value


def _model_at(model: type[BaseModel], path: Path) -> type[BaseModel]:
    for step in path:
        if isinstance(step, str):
            model = model_within(field_names(model)[step].annotation) or model
    return model


def model_within(annotation: Any) -> type[BaseModel] | None:
    """The model that an annotation such as `tuple[Citation, ...]` or `Review | None` holds, or None."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (model_within(part) for part in getattr(annotation, "__args__", ()))
    return next((model for model in inner if model), None)


def _flow(value: Any) -> str:
    return f"[{', '.join(map(str, value))}]" if isinstance(value, list) else str(value)


def _lower(text: str) -> str:
    text = text.rstrip(".")
    return text[:1].lower() + text[1:]
