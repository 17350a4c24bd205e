"""Entries as `playbook list` and `playbook show` show them.

Takes entries of a playbook. Returns text for a terminal, and JSON for programs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from macros.playbook.playbook import Playbook
from macros.playbook.relations import named_by
from macros.problems.problem import Style, plain
from macros.releases.record import entry_as_mapping
from macros.releases.references import named_outside_in
from macros.schema.entry import Entry
from macros.schema.introspect import fields_of


def entries_as_json(entries: Iterable[Entry]) -> str:
    """A list of `{id, kind, title, status, file}`."""
    rows = [{"id": e.id, "kind": e.kind.folder, "title": e.title, "status": e.status, "file": e.file} for e in entries]
    return _json(rows)


def entries_as_text(entries: Sequence[Entry], *, style: Style = plain) -> Iterator[str]:
    """A line for each kind, of the part `heading`, and below it a line for each of its entries."""
    for folder in dict.fromkeys(entry.kind.folder for entry in entries):
        yield style("heading", folder)
        for entry in (e for e in entries if e.kind.folder == folder):
            status = "" if entry.status == "current" else f"({entry.status}) "
            yield f"  {entry.id:34} {status}{entry.title}"


def entry_as_dict(playbook: Playbook, entry: Entry) -> dict[str, Any]:
    """`{id, kind, file, fields, names, named_by}`: what the file says, and the relations both ways."""
    return {
        "id": entry.id,
        "kind": entry.kind.folder,
        "file": entry.file,
        "fields": {**entry.model_dump(mode="json", by_alias=True, exclude_none=True), **entry_as_mapping(entry)},
        "names": _forward(playbook, entry),
        "named_by": _backward(playbook, entry),
    }


def entry_as_json(playbook: Playbook, entry: Entry) -> str:
    """The same as JSON."""
    return _json(entry_as_dict(playbook, entry))


def entry_as_text(playbook: Playbook, entry: Entry, *, style: Style = plain) -> str:
    """The entry's title, of the part `heading`, its fields, and which entries name it."""
    fields, rows = entry_as_dict(playbook, entry)["fields"], _backward(playbook, entry)
    lines = [style("heading", entry.title), f"{entry.kind.one} · {entry.id} · {entry.file}", ""]
    for name in fields_of(type(entry)):
        if name != "title" and (value := fields.get(name)):
            lines += _field_text(name, value)
    lines += ["", "Named by"] if rows else []
    lines += [f"  {row['as']}: {row['title']} ({row['id']})" for row in rows]
    return "\n".join(lines)


def _forward(playbook: Playbook, entry: Entry) -> list[dict[str, str]]:
    ids = dict.fromkeys(id for id, _ in named_by(entry))
    outside = dict.fromkeys(id for _, id in named_outside_in(entry.kind.folder, entry_as_mapping(entry)))
    here = [{"id": id, "kind": playbook.entries[id].kind.folder, "title": playbook.entries[id].title} for id in ids]
    return here + [{"id": id, "title": playbook.title_of(id), "url": page.address} for id in outside if (page := playbook.outside(id))]


def _backward(playbook: Playbook, entry: Entry) -> list[dict[str, str]]:
    sections = playbook.backlinks.get(entry.id, {}).items()
    return [{"id": e.id, "kind": e.kind.folder, "title": e.title, "as": section.heading} for section, named in sections for e in named]


def _field_text(name: str, value: object) -> list[str]:
    if not isinstance(value, (list, dict)):
        return [f"{name}: {value}"]
    items = value if isinstance(value, list) else [value]
    shown = [" · ".join(f"{k} {v}" for k, v in item.items()) if isinstance(item, dict) else str(item) for item in items]
    return [f"{name}:", *(f"  - {' '.join(text.split())}" for text in shown)]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
