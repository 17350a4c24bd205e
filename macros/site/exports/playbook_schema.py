"""`playbook.schema.json`: what the JSON of the playbook and of each entry holds, as JSON Schema, made from the kinds.

`playbook_schema` takes a `Published`, and returns the file. It is a promise: a key may be added, and none goes or gets another name before
`PLAYBOOK_SCHEMA_VERSION` grows. It therefore allows keys that it does not know, so that those who keep a copy can read what is newer.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache

from macros.playbook.urls import ENTRY_FORMS, FEED_FORM
from macros.schema.introspect import Field
from macros.schema.json_schema import DIALECT, Schema
from macros.schema.kinds import KINDS
from macros.site.exports.document import content_of, form_name
from macros.site.exports.playbook_facts import PLAYBOOK_SCHEMA_VERSION
from macros.site.exports.published import Published
from macros.site.exports.schema_shapes import DATE, STRING, URL, list_of, object_of, or_null, said

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
        **object_of(_keys(), optional=("kinds", "pages", "entries", "moved", "entry")),
        "oneOf": [{"required": ["kinds", "pages", "entries"]}, {"required": ["moved", "entry"]}],
        "$defs": {
            "text": object_of({"markdown": said("As written, with whole addresses in its links"), "text": said("Its words alone")}),
            "reference": object_of({"id": STRING, "kind": or_null(STRING), "title": STRING, "url": or_null(URL)}),
            "event": object_of({"release": STRING, "date": or_null(DATE), "what": STRING}),
            "entry": _entry(),
            **{folder: _fields(content_of(model).values(), model.kind.intro) for folder, model in KINDS.items()},
        },
    }


def facts_schema() -> Schema:
    """Returns what each file of JSON says of the playbook."""
    playbook = dict.fromkeys(("title", "summary", "publisher", "contact", "state"), STRING) | {"url": URL, "pinned_url": or_null(URL)}
    return {
        "schema_version": {"const": PLAYBOOK_SCHEMA_VERSION},
        "playbook": object_of(playbook),
        "licence": object_of({"name": STRING, "url": URL}),
        "release": or_null(object_of({"version": STRING, "date": or_null(DATE)})),
        "has_unreleased_changes": {"type": "boolean"},
    }


def _keys() -> Schema:
    """What both kinds of file may say."""
    kind = dict.fromkeys(("kind", "one", "many", "about"), STRING) | {"url": URL, "fields": {"type": "object", "additionalProperties": STRING}}
    page = {"title": STRING, "description": or_null(STRING), "url": URL, "pinned_url": or_null(URL)}
    return {
        **facts_schema(),
        "kinds": list_of(object_of(kind)),
        "pages": list_of(object_of(page)),
        "entries": list_of({"$ref": "#/$defs/entry"}),
        "moved": or_null(object_of({"from": URL, "to": URL})),
        "entry": {"$ref": "#/$defs/entry"},
    }


def _entry() -> Schema:
    references = list_of({"$ref": "#/$defs/reference"})
    withdrawn = object_of({"reason": STRING, "release": or_null(STRING), "date": or_null(DATE), "replaced_by": references})
    keys = {
        **dict.fromkeys(("id", "kind", "title", "short_title", "summary"), STRING),
        "status": {"enum": ["draft", "current", "withdrawn"]},
        "url": URL,
        "pinned_url": or_null(URL),
        "formats": object_of({form_name(form): or_null(URL) if form == FEED_FORM else URL for form in ENTRY_FORMS}),
        "former_urls": list_of(URL),
        "withdrawn": or_null(withdrawn),
        **dict.fromkeys(("first_released", "last_changed"), or_null({"$ref": "#/$defs/event"})),
        "fields": {"type": "object"},
        "anchors": list_of(STRING),
        "links_to": list_of(object_of({"field": STRING, "label": STRING, "anchor": or_null(STRING), "entries": references})),
        "mentions": references,
        "linked_from": list_of(object_of({"anchor": STRING, "label": STRING, "entries": references})),
    }
    return {**object_of(keys), "allOf": [_if_of_kind(folder) for folder in KINDS]}


def _if_of_kind(folder: str) -> Schema:
    return {"if": {"properties": {"kind": {"const": folder}}}, "then": {"properties": {"fields": {"$ref": f"#/$defs/{folder}"}}}}


def _fields(fields: Iterable[Field], description: str = "") -> Schema:
    fields = tuple(fields)
    optional = [field.name for field in fields if not field.is_required]
    about = {"description": description} if description else {}
    return {**about, **object_of({field.name: _field(field) for field in fields}, optional)}


def _field(field: Field) -> Schema:
    about = {"description": _description(field)}
    return {**about, **list_of(_value(field))} if field.is_list else {**about, **_value(field)}


def _description(field: Field) -> str:
    """What a field is for. Words may be added to those that it holds now, so the schema does not refuse others."""
    holds = f" One of: {', '.join(field.choices)}." if field.choices else " An id." if field.relation else ""
    return f"{field.description}{holds}"


def _value(field: Field) -> Schema:
    if field.model:
        return _fields(field.fields.values())
    if field.is_prose:
        return {"$ref": "#/$defs/text"}
    return DATE if field.holds == "date" else {"type": _COUNTS.get(field.holds, "string")}
