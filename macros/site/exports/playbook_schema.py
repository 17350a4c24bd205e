"""`playbook.schema.json`: what the JSON of the playbook and of each entry holds, as JSON Schema, made from the kinds.

`playbook_schema` takes a `Published`, and returns the file. It is a promise: a key may be added, and none goes or gets another name before
`PLAYBOOK_SCHEMA_VERSION` grows. It therefore allows keys that it does not know, so that those who keep a copy can read what is newer.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache

from macros.playbook.urls import ENTRY_FORMS
from macros.schema.introspect import Field
from macros.schema.json_schema import DIALECT, Schema
from macros.schema.kinds import KINDS
from macros.site.exports.document import content_of, form_name
from macros.site.exports.playbook_facts import PLAYBOOK_SCHEMA_VERSION
from macros.site.exports.published import Published

_TEXT: Schema = {"type": "string"}
_URL: Schema = {"type": "string", "minLength": 1, "description": "A whole address; one from the top of the host if the site does not know its own."}
_DATE: Schema = {"type": "string", "pattern": "^\\d{4}(-\\d{2}(-\\d{2})?)?$"}
_COUNTS = {"whole number": "integer", "number": "number"}


def playbook_schema(_: Published) -> bytes:
    """Returns the schema as JSON. It is the same for `playbook.json`, which has `entries`, and for the file of one entry, which has `entry`."""
    return _schema_text().encode()


@cache
def _schema_text() -> str:
    return f"{json.dumps(schema_of_playbook(), ensure_ascii=False, indent=2)}\n".replace("<", "\\u003c")


def schema_of_playbook() -> Schema:
    """Returns the same as a mapping."""
    return {
        "$schema": DIALECT,
        "title": "A playbook, or one entry of it",
        "description": "Keys may be added; none goes or changes its meaning while schema_version is the same.",
        **_object(_facts(), optional=("kinds", "pages", "entries", "moved", "entry")),
        "oneOf": [{"required": ["kinds", "pages", "entries"]}, {"required": ["moved", "entry"]}],
        "$defs": {
            "text": _object({"markdown": _said("As written, with whole addresses in its links"), "text": _said("Its words alone")}),
            "reference": _object({"id": _TEXT, "kind": _or_null(_TEXT), "title": _TEXT, "url": _or_null(_URL)}),
            "event": _object({"release": _TEXT, "date": _or_null(_DATE), "what": _TEXT}),
            "entry": _entry(),
            **{folder: _fields(content_of(model).values(), model.kind.intro) for folder, model in KINDS.items()},
        },
    }


def _facts() -> Schema:
    """What both kinds of file may say."""
    playbook = dict.fromkeys(("title", "summary", "publisher", "contact", "state"), _TEXT) | {"url": _URL, "pinned_url": _or_null(_URL)}
    kind = dict.fromkeys(("kind", "one", "many", "about"), _TEXT) | {"url": _URL, "fields": {"type": "object", "additionalProperties": _TEXT}}
    page = {"title": _TEXT, "description": _or_null(_TEXT), "url": _URL, "pinned_url": _or_null(_URL)}
    return {
        "schema_version": {"const": PLAYBOOK_SCHEMA_VERSION},
        "playbook": _object(playbook),
        "licence": _object({"name": _TEXT, "url": _URL}),
        "release": _or_null(_object({"version": _TEXT, "date": _or_null(_DATE)})),
        "has_unreleased_changes": {"type": "boolean"},
        "kinds": _list(_object(kind)),
        "pages": _list(_object(page)),
        "entries": _list({"$ref": "#/$defs/entry"}),
        "moved": _or_null(_object({"from": _URL, "to": _URL})),
        "entry": {"$ref": "#/$defs/entry"},
    }


def _entry() -> Schema:
    references = _list({"$ref": "#/$defs/reference"})
    withdrawn = _object({"reason": _TEXT, "release": _or_null(_TEXT), "date": _or_null(_DATE), "replaced_by": references})
    keys = {
        **dict.fromkeys(("id", "kind", "title", "short_title", "summary"), _TEXT),
        "status": {"enum": ["draft", "current", "withdrawn"]},
        "url": _URL,
        "pinned_url": _or_null(_URL),
        "formats": _object({form_name(form): _URL for form in ENTRY_FORMS}),
        "former_urls": _list(_URL),
        "withdrawn": _or_null(withdrawn),
        **dict.fromkeys(("first_released", "last_changed"), _or_null({"$ref": "#/$defs/event"})),
        "fields": {"type": "object"},
        "anchors": _list(_TEXT),
        "links_to": _list(_object({"field": _TEXT, "label": _TEXT, "anchor": _or_null(_TEXT), "entries": references})),
        "mentions": references,
        "linked_from": _list(_object({"anchor": _TEXT, "label": _TEXT, "entries": references})),
    }
    return {**_object(keys), "allOf": [_if_of_kind(folder) for folder in KINDS]}


def _if_of_kind(folder: str) -> Schema:
    return {"if": {"properties": {"kind": {"const": folder}}}, "then": {"properties": {"fields": {"$ref": f"#/$defs/{folder}"}}}}


def _fields(fields: Iterable[Field], description: str = "") -> Schema:
    fields = tuple(fields)
    optional = [field.name for field in fields if not field.is_required]
    about = {"description": description} if description else {}
    return {**about, **_object({field.name: _field(field) for field in fields}, optional)}


def _field(field: Field) -> Schema:
    said = {"description": _description(field)}
    return {**said, **_list(_value(field))} if field.is_list else {**said, **_value(field)}


def _description(field: Field) -> str:
    """What a field is for. Words may be added to those that it holds now, so the schema does not refuse others."""
    holds = f" One of: {', '.join(field.choices)}." if field.choices else " An id." if field.relation else ""
    return f"{field.description}{holds}"


def _value(field: Field) -> Schema:
    if field.model:
        return _fields(field.fields.values())
    if field.is_prose:
        return {"$ref": "#/$defs/text"}
    return _DATE if field.holds == "date" else {"type": _COUNTS.get(field.holds, "string")}


def _object(properties: Schema, optional: Iterable[str] = ()) -> Schema:
    left_out = frozenset(optional)
    required = [name for name in properties if name not in left_out]
    return {"type": "object", **({"required": required} if required else {}), "properties": properties}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _said(description: str) -> Schema:
    return {"type": "string", "description": f"{description}."}
