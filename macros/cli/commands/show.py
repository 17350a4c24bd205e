"""`playbook show`: one entry, with its relations both ways."""

from __future__ import annotations

import json
from pathlib import Path

import click

from macros.cli.command import Command
from macros.cli.loading import entry_called, load
from macros.cli.parameters import EntryId
from macros.playbook.playbook import Playbook
from macros.playbook.relations import named_by
from macros.schema.introspect import field_names
from macros.schema.kinds import Entry

EXAMPLES = (
    ("playbook show data-sharing", "What the entry says, and which entries name it."),
    ("playbook show data-sharing --json", "The same, for a program."),
)


@click.command("show", cls=Command, examples=EXAMPLES)
@click.argument("id", type=EntryId())
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
@click.pass_obj
def command(root: Path, id: str, as_json: bool) -> None:
    """Show the entry ID with its relations both ways.

    Use it before you change an entry: it tells what else names it, which no file says.
    """
    playbook = load(root)
    entry = entry_called(playbook, id)
    described = {
        "id": entry.id,
        "kind": entry.kind.folder,
        "file": entry.file,
        "fields": entry.model_dump(mode="json", by_alias=True, exclude_none=True),
        "names": _forward(playbook, entry),
        "named_by": _backward(playbook, entry),
    }
    click.echo(json.dumps(described, ensure_ascii=False, indent=2) if as_json else _as_text(entry, described))


def _forward(playbook: Playbook, entry: Entry) -> list[dict[str, str]]:
    ids = dict.fromkeys(id for id, _ in named_by(entry))
    return [{"id": id, "kind": playbook.entries[id].kind.folder, "title": playbook.entries[id].title} for id in ids]


def _backward(playbook: Playbook, entry: Entry) -> list[dict[str, str]]:
    sections = playbook.backlinks.get(entry.id, {}).items()
    return [{"id": e.id, "kind": e.kind.folder, "title": e.title, "as": section.heading} for section, named in sections for e in named]


def _as_text(entry: Entry, described: dict) -> str:
    lines = [click.style(entry.title, bold=True), f"{entry.kind.one} · {entry.id} · {entry.file}", ""]
    for name in field_names(type(entry)):
        if name != "title" and (value := described["fields"].get(name)):
            lines += _field_text(name, value)
    lines += ["", "Named by"] if described["named_by"] else []
    lines += [f"  {row['as']}: {row['title']} ({row['id']})" for row in described["named_by"]]
    return "\n".join(lines)


def _field_text(name: str, value: object) -> list[str]:
    if not isinstance(value, (list, dict)):
        return [f"{name}: {value}"]
    items = value if isinstance(value, list) else [value]
    shown = [" · ".join(f"{k} {v}" for k, v in item.items()) if isinstance(item, dict) else str(item) for item in items]
    return [f"{name}:", *(f"  - {' '.join(text.split())}" for text in shown)]
