"""`changes.schema.json`: what `changes.json` holds, as JSON Schema. It is a promise in the same way as that of `playbook_schema.py`."""

from __future__ import annotations

import json
from functools import cache

from macros.releases.diff.model import ENTRY_CHANGE_TYPES
from macros.schema.json_schema import DIALECT, Schema
from macros.site.exports.changes_json import CHANGES_SCHEMA_VERSION
from macros.site.exports.playbook_schema import facts_schema
from macros.site.exports.published import Published
from macros.site.exports.schema_shapes import DATE, STRING, URL, list_of, object_of, or_null, said

_TYPES = (*(name for name in ENTRY_CHANGE_TYPES if name != "removed"), "merged")
_PAGE_TYPES = ("added", "changed", "renamed", "removed", "withdrawn")


def changes_schema(_: Published) -> bytes:
    """Returns the schema as JSON."""
    return _schema_text().encode()


@cache
def _schema_text() -> str:
    return f"{json.dumps(schema_of_changes(), ensure_ascii=False, indent=2)}\n".replace("<", "\\u003c")


def schema_of_changes() -> Schema:
    """Returns the same as a mapping."""
    entry = {
        "id": said("The id that the entry has now"),
        "kind": STRING,
        "title": STRING,
        "status": {"enum": ["draft", "current", "withdrawn"]},
        "url": URL,
    }
    facts = {**facts_schema(), "schema_version": {"const": CHANGES_SCHEMA_VERSION}}
    return {
        "$schema": DIALECT,
        "title": "What each release of a playbook changed",
        "description": "Keys and words may be added; none goes or changes its meaning while schema_version is the same.",
        **object_of(
            {
                **facts,
                "releases": {**list_of({"$ref": "#/$defs/release"}), "description": "Every release, the newest first."},
                "pages": list_of(object_of({"title": STRING, "url": URL, "changes": list_of({"$ref": "#/$defs/change"})})),
                "entries": list_of(object_of({**entry, "changes": list_of({"$ref": "#/$defs/entry_change"})})),
            }
        ),
        "$defs": {
            "release": object_of({**_release(), "why": or_null(STRING), "before": or_null(STRING), "url": URL, "settings": list_of(STRING)}),
            "change": object_of(_change(_PAGE_TYPES)),
            "entry_change": object_of({"id": said("The id that the entry had in that release"), **_change(_TYPES)}),
        },
    }


def _release() -> Schema:
    return {"release": said("Its version"), "date": or_null(DATE)}


def _change(types: tuple[str, ...]) -> Schema:
    relations = list_of(object_of({"field": STRING, "id": STRING}))
    instead = object_of({"id": STRING, "title": STRING, "url": or_null(URL)})
    gone = object_of({"anchor": STRING, "url": {**or_null(URL), "description": "Where a link to it leads now."}, "reason": or_null(STRING)})
    return {
        **_release(),
        "types": {**list_of(STRING), "minItems": 1, "description": f"What happened. One or more of: {', '.join(types)}."},
        "title": STRING,
        "old_url": {**or_null(URL), "description": "Its address before that release."},
        "new_url": {**URL, "description": "Its address since that release."},
        "reason": {**or_null(STRING), "description": "Why it was withdrawn."},
        "replaced_by": {**list_of(instead), "description": "What to use instead, or what it became part of."},
        "fields": {**list_of(STRING), "description": "The fields that changed, by the names that playbook.json has for them."},
        "gained": relations,
        "lost": relations,
        "anchors_new": list_of(STRING),
        "anchors_gone": list_of(gone),
    }
