"""The files that editors read: a schema for each kind, and the ids to suggest.

Takes the ids and titles of the entries. Returns files by their paths.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from pathlib import Path

from macros.authoring.ids import Titles, read_tags, read_titles
from macros.files.layout import DATA, EDITOR_SETTINGS, SCHEMAS, SETTINGS_FILE
from macros.files.transaction import FileChange
from macros.schema.file_models import TOP_MODELS
from macros.schema.introspect import fields_of
from macros.schema.json_schema import (
    ANY,
    DIALECT,
    TAG,
    Schema,
    model_schema,
)
from macros.schema.kinds import KINDS
from macros.schema.patterns import AN_ID, AN_ID_ANYWHERE, LONGEST_OUTSIDE_ID, LONGEST_SLUG

SCHEMAS_FOLDER = f"{DATA}/{SCHEMAS}"
IDS_FILE = f"{SCHEMAS_FOLDER}/ids.json"


def schemas(titles: Titles, tags: Iterable[str]) -> dict[str, bytes]:
    """Every schema by its path in the playbook's folder: one for each kind, one for the playbook's settings, and what editors suggest."""
    return {**kind_schemas(), IDS_FILE: ids_file(titles, tags)}


def stale_schemas(root: Path) -> tuple[FileChange, ...]:
    """The schemas in `root` that are missing or out of date, each with what it should hold."""
    wanted = schemas(read_titles(root), read_tags(root))
    if settings := _content(root / EDITOR_SETTINGS):
        wanted[EDITOR_SETTINGS] = editor_settings(settings)
    return tuple(FileChange(path, old, new) for path, new in wanted.items() if (old := _content(root / path)) != new)


def stale_as_text(stale: Collection[FileChange]) -> Iterator[str]:
    """What is out of date, and how to update it. A list of ids that lacks new ones breaks nothing."""
    for change in stale:
        state = (
            "is missing" if change.old is None else "is behind the entries, which is not a problem" if change.path == IDS_FILE else "is out of step"
        )
        yield f"{change.path} {state}"
    yield "to update them, type: playbook schema" if stale else "every schema is up to date"


def _content(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() and not file.is_symlink() else None


def kind_schemas() -> dict[str, bytes]:
    """The schemas that follow from the models alone, not from the entries."""
    models = {**KINDS, **TOP_MODELS}
    return {f"{SCHEMAS_FOLDER}/{name}.json": _file(model_schema(model)) for name, model in models.items()}


def editor_settings(old: bytes) -> bytes:
    """The settings of VS Code with the schema of every kind, for files that do not name it; as they are where they hold comments."""
    try:
        settings = json.loads(old)
    except ValueError:
        return old
    if not isinstance(settings, dict) or not isinstance(known := settings.get("yaml.schemas", {}), dict):
        return old
    files = {folder: f"{DATA}/{folder}/*.yml" for folder in KINDS} | {name: f"{DATA}/{name}.yml" for name in TOP_MODELS}
    ours = {f"{SCHEMAS_FOLDER}/{name}.json": pattern for name, pattern in files.items()}
    others = {schema: pattern for schema, pattern in known.items() if not schema.startswith(f"{SCHEMAS_FOLDER}/")}
    return old if known == {**ours, **others} else _file({**settings, "yaml.schemas": {**ours, **others}})


def ids_file(titles: Titles, tags: Iterable[str]) -> bytes:
    """The file `ids.json`: one line for each id and each tag, so that a new entry adds one line."""
    shown = {folder: [_suggestion(id, title) for id, title in sorted(titles.get(folder, {}).items())] for folder in KINDS}
    everything = {id: f"{title} ({folder})" for folder in KINDS for id, title in titles.get(folder, {}).items()}
    shown[ANY] = [_suggestion(id, title) for id, title in sorted(everything.items())]
    blocks = ",\n".join(f"    {json.dumps(name)}: {_ids_of(name, rows)}" for name, rows in shown.items())
    blocks += f",\n    {json.dumps(TAG)}: {_tags_of(tags)}"
    return f'{{\n  "$schema": "{DIALECT}",\n  "title": "Ids",\n  "$defs": {{\n{blocks}\n  }}\n}}\n'.encode()


def _ids_of(name: str, rows: Iterable[str]) -> str:
    """The ids of a kind. They are suggestions: this list may lack the newest entry, and what it lacks is not wrong."""
    kind = KINDS[name].kind.one.lower() if name in KINDS else "entry"
    where = f"the name of its file in {DATA}/{name}/, without .yml" if name in KINDS else "the name of its file, without .yml"
    article = "an" if kind[0] in "aeio" else "a"
    head = {"title": f"Id of {article} {kind}", "description": f"The id of {article} {kind}: {where}.", "type": "string"}
    pattern, longest = (AN_ID_ANYWHERE, LONGEST_OUTSIDE_ID) if name in _kinds_also_elsewhere() else (AN_ID, LONGEST_SLUG)
    limits = {"pattern": pattern.regex, "maxLength": longest, "patternErrorMessage": pattern.editor}
    fields = "".join(f"      {json.dumps(key)}: {json.dumps(value)},\n" for key, value in (head | limits).items())
    return f'{{\n{fields}      "defaultSnippets": {_rows(rows)}\n    }}'


@cache
def _kinds_also_elsewhere() -> frozenset[str]:
    """The kinds in whose place a relation may also name pages of other playbooks."""
    fields = (field for model in KINDS.values() for field in fields_of(model).values() if field.pattern is AN_ID_ANYWHERE)
    return frozenset(field.relation.to or ANY for field in fields if field.relation)


def _tags_of(tags: Iterable[str]) -> str:
    """The tags that the playbook lists, as suggestions."""
    head = {"title": "Tag", "description": f"A tag from the `tags` of {SETTINGS_FILE}.", "type": "string"}
    fields = "".join(f"      {json.dumps(key)}: {json.dumps(value)},\n" for key, value in head.items())
    rows = (json.dumps({"label": tag, "body": tag}, ensure_ascii=False) for tag in tags)
    return f'{{\n{fields}      "defaultSnippets": {_rows(rows)}\n    }}'


def _rows(rows: Iterable[str]) -> str:
    """A list in JSON, with a line for each item."""
    listed = ",\n".join(f"        {row}" for row in rows)
    return f"[\n{listed}\n      ]" if listed else "[]"


def _suggestion(id: str, title: str) -> str:
    return json.dumps({"label": id, "description": title, "body": id}, ensure_ascii=False)


def _file(schema: Schema) -> bytes:
    return (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode()
