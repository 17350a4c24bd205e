"""The schema of each kind for editors and other tools: JSON Schema, draft 2020-12, made from the models alone.

Enters: models, and the ids and titles of the entries that exist. Leaves: schemas as dicts, and the files that they make.
A schema refuses nothing that the check accepts. What only the check knows, such as whether an id exists, it leaves to the check.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic import BaseModel, BeforeValidator, StringConstraints
from pydantic.fields import FieldInfo
from pydantic.types import Strict

from macros.schema.fields import InSchema, Plain, Prose, Relation, Section
from macros.schema.introspect import field_names, model_within
from macros.schema.kinds import Entry

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ANY = "any"
"""Where `ids.json` keeps the ids of all kinds together."""

MARKDOWN = "text/markdown"
A_LINE = "Write some text on one line, or take the field out."

Schema = dict[str, Any]


def model_schema(model: type[BaseModel]) -> Schema:
    """The schema of a file that holds a `model`."""
    kind = getattr(model, "kind", None)
    about = (kind.one, kind.intro) if kind else ("Playbook", "What the playbook says of itself.")
    parts = {part.__name__: {"title": _words(part.__name__), **_object(part)} for part in _parts_of(model)}
    head = {"$schema": DIALECT, "title": about[0], "description": about[1]}
    return {**head, **_object(model), **_rules(model), "$defs": dict(sorted(parts.items()))}


def _object(model: type[BaseModel]) -> Schema:
    fields = _in_order(model)
    required = [name for name, field in fields.items() if field.is_required()]
    return {
        "type": "object",
        "additionalProperties": False,
        **({"required": required} if required else {"minProperties": 1}),
        "properties": {name: _property(name, field) for name, field in fields.items()},
    }


def _in_order(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields as a person fills them in: title and summary, what the kind alone has, what every entry has."""
    fields = field_names(model)
    first = [name for name in ("title", "summary") if name in fields]
    last = [name for name in field_names(Entry) if name not in first] if issubclass(model, Entry) else []
    return {name: fields[name] for name in [*first, *(name for name in fields if name not in (*first, *last)), *last]}


def _property(name: str, field: FieldInfo) -> Schema:
    value = _value(field.annotation, field.metadata)
    told = {"title": _words(name), "description": _description(name, field, value), "examples": field.examples or []}
    default = {"default": field.default} if isinstance(field.default, str | int) else {}
    relation = next((marker for marker in field.metadata if isinstance(marker, Relation)), None)
    if relation and "items" in value:
        value |= {"items": _id_of(relation), "uniqueItems": True}
    elif relation:
        value = _id_of(relation)
    if name == MAY_BE_NULL:
        value["type"] = [*value["type"], "null"]
    return {**told, **value, **default}


MAY_BE_NULL = "replaced_by"
"""The one field that may say that there is nothing: nothing replaces the entry."""


def _words(name: str) -> str:
    """`felt_by` and `OpenQuestion` as a person says them: "Felt by", "Open question"."""
    spaced = "".join(f" {char.lower()}" if char.isupper() else char for char in name)
    return spaced.replace("_", " ").replace("-", " ").strip().capitalize()


def _description(name: str, field: FieldInfo, value: Schema) -> str:
    section = next((marker for marker in field.metadata if isinstance(marker, Section)), None)
    parts = [field.description]
    if section and section.heading.lower() != _words(name).lower():
        parts.append(f"Readers see it under “{section.heading}”.")
    if "contentMediaType" in value:
        parts.append("It may hold Markdown.")
    elif "contentMediaType" in value.get("items", {}):
        parts.append("Each item may hold Markdown.")
    return " ".join(parts)


def _id_of(relation: Relation) -> Schema:
    return {"$ref": f"ids.json#/$defs/{relation.to or ANY}"}


def _value(annotation: Any, markers: Sequence[Any] = ()) -> Schema:
    """What a value of this type may be, with the limits that its markers set."""
    while get_origin(annotation) is Annotated or NoneType in get_args(annotation):
        if get_origin(annotation) is Annotated:
            markers = (*annotation.__metadata__, *markers)
            annotation = annotation.__origin__
        else:
            annotation = next(part for part in get_args(annotation) if part is not NoneType)
    value = _type(annotation)
    for marker in markers:
        for limit in marker.metadata if isinstance(marker, FieldInfo) else (marker,):
            value |= _limit(limit, value)
    return value


def _type(annotation: Any) -> Schema:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {"$ref": f"#/$defs/{annotation.__name__}"}
    if get_origin(annotation) is Literal:
        return {"type": "string", "enum": list(get_args(annotation))}
    if get_origin(annotation) is tuple:
        return {"type": "array", "items": _value(get_args(annotation)[0])}
    if get_origin(annotation) in (Union, UnionType):
        return {"type": "number"}
    return {"type": {str: "string", int: "integer"}[annotation]}


def _limit(marker: Any, value: Schema) -> Schema:
    """The keywords that stand for one marker. A marker that nobody has met yet is an error, so that no limit is forgotten."""
    size = "Items" if "items" in value else "Length"
    match marker:
        case Prose():
            limit = {"contentMediaType": MARKDOWN, "pattern": r"\S", "patternErrorMessage": "Write some text, or take the field out."}
        case Plain():
            limit = {"pattern": r"^.*\S.*$", "patternErrorMessage": A_LINE}
        case InSchema():
            limit = dict(marker.keywords)
        case MinLen():
            limit = {f"min{size}": marker.min_length}
        case MaxLen():
            limit = {f"max{size}": marker.max_length}
        case Ge():
            limit = {"minimum": marker.ge}
        case Le():
            limit = {"maximum": marker.le}
        case StringConstraints():
            limit = {"pattern": marker.pattern, "maxLength": marker.max_length}
        case BeforeValidator() | Relation() | Section() | Strict():
            limit = {}
        case _:
            limit = {"pattern": marker.pattern}
    return limit


def _parts_of(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for field in field_names(model).values():
        if part := model_within(field.annotation):
            yield part
            yield from _parts_of(part)


def _rules(model: type[BaseModel]) -> Schema:
    """Rules between fields: what only some entries and only some playbooks say."""
    if issubclass(model, Entry):
        closed, only = (
            ("status", ["withdrawn"]),
            {"reason": "Only a withdrawn entry has a reason.", "replaced_by": "Only a withdrawn entry is replaced."},
        )
    else:
        closed = ("state", ["unmaintained", "archived"])
        only = {name: f"Only a playbook that nobody looks after any more has a {name}." for name in ("reason", "successor")}
    field, words = closed
    return {
        "if": {"required": [field], "properties": {field: {"enum": words}}},
        "then": {"required": ["reason"]},
        "else": {
            "properties": {name: {"pattern": "^$", "maxItems": 0, "patternErrorMessage": why, "doNotSuggest": True} for name, why in only.items()}
        },
    }
