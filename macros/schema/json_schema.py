"""The schema of each kind for editors and other tools: JSON Schema, draft 2020-12, made by pydantic from the models and their markers.

A schema refuses nothing that the check accepts. What only the check knows, such as whether an id exists, it leaves to the check.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from macros.schema.fields import OnlyWhere, Relation
from macros.schema.introspect import Field, fields_in_order, fields_of, words_of_name

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ANY = "any"
"""Where `ids.json` keeps the ids of all kinds together."""
TAG = "tag"
"""Where it keeps the tags that the playbook lists."""
_KEYWORDS = (
    "$ref", "type", "contentMediaType", "enum", "items", "uniqueItems", "minItems", "pattern", "format", "maxLength", "minimum", "maximum",
    "patternErrorMessage",
)  # fmt: skip
"""What a field's value may be, in the order of the schema."""

Schema = dict[str, Any]


class _Generator(GenerateJsonSchema):
    """pydantic's own generator, for files that people write: what is not there is left out, so nothing is null."""

    def nullable_schema(self, schema: Any) -> Schema:
        return self.generate_inner(schema["schema"])

    def union_schema(self, schema: Any) -> Schema:
        """The numbers are the one union that a field may hold."""
        types = {self.generate_inner(choice)["type"] for choice in schema["choices"]}
        if types != {"integer", "number"}:
            raise TypeError(f"a field that holds one of {types} needs words of its own in an editor")
        return {"type": "number"}

    def sort(self, value: Schema, parent_key: str | None = None) -> Schema:  # noqa: ARG002 - pydantic fixes the names
        return value


def model_schema(model: type[BaseModel]) -> Schema:
    """Returns the schema of a file that holds a `model`."""
    kind = getattr(model, "kind", None)
    about = (kind.one, kind.intro) if kind else (words_of_name(model.__name__), (model.__doc__ or "").strip())
    made = TypeAdapter(model).json_schema(schema_generator=_Generator, ref_template="#/$defs/{model}")
    parts = {name: {"title": words_of_name(name), **_object(part, _fields_of_part(model, name))} for name, part in made.get("$defs", {}).items()}
    head = {"$schema": DIALECT, "title": about[0], "description": about[1]}
    return {**head, **_object(made, fields_in_order(model)), **_rules(model), "$defs": dict(sorted(parts.items()))}


def _fields_of_part(model: type[BaseModel], name: str) -> Mapping[str, Field]:
    """The fields of the part called `name`, wherever it is in `model`."""
    fields = [*fields_of(model).values()]
    for field in fields:
        if field.model and field.model.__name__ == name:
            return field.fields
        fields += field.fields.values()
    raise LookupError(name)


def _object(made: Schema, fields: Mapping[str, Field]) -> Schema:
    required = [name for name, field in fields.items() if field.is_required]
    return {
        "type": "object",
        "additionalProperties": False,
        **({"required": required} if required else {"minProperties": 1}),
        "properties": {name: _property(field, made["properties"][name]) for name, field in fields.items()},
    }


def _property(field: Field, made: Schema) -> Schema:
    value = {key: made[key] for key in _KEYWORDS if key in made}
    default = {"default": field.info.default} if isinstance(field.info.default, str | int) else {}
    if field.relation and "items" in value:
        value |= {"items": _id_of(field.relation), "uniqueItems": True}
    elif field.is_tag:
        value |= {"items": {"$ref": f"ids.json#/$defs/{TAG}"}, "uniqueItems": True}
    elif field.relation:
        value = _id_of(field.relation)
    if field.may_be_null:
        value["type"] = [*value["type"], "null"]
    about = {"title": words_of_name(field.name), "description": field.explanation, "examples": field.info.examples or []}
    return {**about, **{key: value[key] for key in _KEYWORDS if key in value}, **default}


def _id_of(relation: Relation) -> Schema:
    return {"$ref": f"ids.json#/$defs/{relation.to or ANY}"}


def _rules(model: type[BaseModel]) -> Schema:
    """Rules between fields: what only some entries and only some playbooks say."""
    only = {name: field.only_where for name, field in fields_of(model).items() if field.only_where}
    if not only:
        return {}
    condition: OnlyWhere = next(iter(only.values()))
    return {
        "if": {"required": [condition.field], "properties": {condition.field: {"enum": list(condition.holds)}}},
        "then": {"required": [name for name, where in only.items() if where.is_required]},
        "else": {
            "properties": {
                name: {"pattern": "^$", "maxItems": 0, "patternErrorMessage": where.why, "doNotSuggest": True} for name, where in only.items()
            }
        },
    }
