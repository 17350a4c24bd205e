"""What each file of JSON says of the playbook: who publishes it, its licence, its release, and the version of the form.

`facts_of` takes a `Published` and returns that; `json_text` returns any value as JSON.
"""

from __future__ import annotations

import json
from typing import Any

from macros.site.exports.published import Published

PLAYBOOK_SCHEMA_VERSION = 1
"""Grows when a key goes, gets another name or changes its meaning; not when one is added, so readers ignore keys that they do not know."""
SCHEMA_FILE = "playbook.schema.json"


def facts_of(published: Published, above: str = "") -> dict[str, Any]:
    """Returns `{$schema, schema_version, playbook, licence, release}`. `above` is the way from the file to the top of its version."""
    settings, release = published.playbook.settings, published.release
    return {
        "$schema": f"{above}{SCHEMA_FILE}",
        "schema_version": PLAYBOOK_SCHEMA_VERSION,
        "playbook": {
            "title": settings.title,
            "summary": settings.summary,
            "publisher": settings.lab,
            "contact": settings.contact,
            "url": published.url(""),
            "pinned_url": published.pinned_url(""),
            "state": settings.state,
        },
        "licence": {"name": settings.licence.name, "url": settings.licence.url},
        "release": {"version": release.version, "date": release.date or None} if release else None,
        "has_unreleased_changes": bool(published.ledger.current.history.pending),
    }


def json_text(value: Any) -> str:
    """Returns a value as JSON on one line, without tags in case a browser takes it for a page."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
