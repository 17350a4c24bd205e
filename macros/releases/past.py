"""Reads a playbook as it was at another time. Its files may not fit today's schema, so each is read as far as possible.

`read_past` takes the bytes of the files by path and returns a `Past`: a snapshot that lists what could not be read and, if everything
could, a `Playbook` whose pages can be rendered.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from macros.files.layout import DATA, DOCS, OTHER_FOLDERS, SETTINGS_FILE
from macros.playbook.anchors import anchors_of
from macros.playbook.playbook import Playbook
from macros.playbook.relations import Backlinks, find_backlinks, in_order, named_by
from macros.playbook.urls import page_url
from macros.problems.problem import Problem
from macros.releases.diff.word_diff import one_line
from macros.releases.record import PageRecord, Record, entry_as_mapping, new_record, settings_as_mapping
from macros.releases.references import named_in
from macros.releases.snapshot import Snapshot, UnreadFile
from macros.schema.entry import Entry
from macros.schema.filled import values_in
from macros.schema.introspect import fields_of, fields_of_kind
from macros.schema.kinds import KINDS
from macros.schema.page_models import PAGE_MODELS, model_of_page
from macros.schema.patterns import LONGEST_SLUG, SLUG
from macros.schema.settings import Settings
from macros.text.heading_anchors import headings_in
from macros.text.page_source import NotReadable, PageSource
from macros.yamlfile.reader import parse_yaml
from macros.yamlfile.source import SourceText, decode

Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Past:
    """A playbook at another time; `playbook` is None unless all of it could be read and every id in it exists."""

    snapshot: Snapshot
    playbook: Playbook | None


def is_wanted(path: str) -> bool:
    """Returns whether a file belongs to the content of a playbook: its data, or a page written by hand."""
    parts = PurePosixPath(path).parts
    if path == SETTINGS_FILE or (len(parts) > 1 and parts[0] == DOCS and path.endswith(".md")):
        return True
    return len(parts) == 3 and parts[0] == DATA and parts[1] not in OTHER_FOLDERS and path.endswith(".yml")


def read_past(files: Files, unread: Iterable[UnreadFile] = ()) -> Past:
    """Returns the playbook that `files` held. `unread` lists files that could not even be fetched."""
    notes = [*unread]
    mappings = dict(_mappings(files, notes))
    settings = _settings(mappings.pop(SETTINGS_FILE, None), notes)
    typed, loose = _entries(mappings, notes)
    backlinks = _with_loose(find_backlinks(typed), loose)
    records = {record.id: record for record in loose}
    records |= {entry.id: new_record(entry.kind.folder, entry.id, entry_as_mapping(entry), anchors_of(entry, backlinks)) for entry in typed}
    pages = read_past_pages(files)
    known = settings_as_mapping(settings) if settings else None
    snapshot = Snapshot(MappingProxyType(records), known, pages, tuple(notes))
    return Past(snapshot, None if notes or settings is None else whole_playbook(settings, typed, pages))


def read_released(snapshot: Snapshot, settings: Settings, pages: Mapping[str, PageRecord]) -> Past:
    """Returns a release as a playbook, with `settings` and `pages` of another time where it recorded none."""
    mappings = {f"{DATA}/{record.kind}/{record.id}.yml": record.fields for record in snapshot.records.values()}
    typed, loose = _entries(mappings, [])
    own = pages if snapshot.pages is None else snapshot.pages
    return Past(snapshot, None if loose else whole_playbook(_as_model(Settings, snapshot.settings) or settings, typed, own))


def read_past_pages(files: Files) -> dict[str, PageRecord]:
    """Returns the pages written by hand among `files`, by path."""
    sources = {path: decode(path, files[path]) for path in sorted(files) if path.startswith(f"{DOCS}/")}
    return page_records({path: PageSource(source) for path, source in sources.items() if isinstance(source, SourceText)})


def page_records(pages: Mapping[str, PageSource]) -> dict[str, PageRecord]:
    """Returns pages written by hand, as a release keeps them."""
    return {path: _page(page) for path, page in pages.items()}


def whole_playbook(settings: Settings, entries: Iterable[Entry], pages: Mapping[str, PageRecord]) -> Playbook | None:
    """Returns a playbook made of these, or None if an entry names one that is not there, so that pages cannot be rendered."""
    known = {entry.id: entry for entry in in_order(entries)}
    if not all(fits_among(entry, known) for entry in known.values()):
        return None
    fronts = {path: front for path, page in pages.items() if (front := _as_model(model_of_page(path), page.front))}
    return Playbook(settings, MappingProxyType(known), MappingProxyType(fronts))


def fits_among(entry: Entry, known: Mapping[str, Entry]) -> bool:
    """Returns whether every entry that `entry` names exists and is of the right kind."""
    kinds = ((id, relation.to) for id, relation in named_by(entry))
    links = ((id, None) for _, id in named_in(entry.kind.folder, entry_as_mapping(entry)))
    return all(id in known and to in (None, known[id].kind.folder) for id, to in (*kinds, *links))


def _with_loose(backlinks: Backlinks, loose: Iterable[Record]) -> Backlinks:
    """The backlinks, including those from entries that do not fit today's schema: what these name has its sections all the same."""
    found = {id: dict(sections) for id, sections in backlinks.items()}
    for record in loose:
        for field in fields_of_kind(record.kind) if record.status == "current" else ():
            for _, id in values_in(record.fields, field.steps) if field.relation and field.relation.back else ():
                found.setdefault(str(id), {}).setdefault(field.relation.back, ())
    return found


def _mappings(files: Files, notes: list[UnreadFile]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The fields of each file of the data."""
    for path in sorted(path for path in files if path.startswith(f"{DATA}/")):
        source = decode(path, files[path])
        value, problems = (None, [source]) if isinstance(source, Problem) else parse_yaml(source)
        if problems:
            notes.append(UnreadFile(path, f"could not be read: {problems[0].message}"))
        elif not isinstance(value, dict):
            notes.append(UnreadFile(path, "could not be read: it holds no fields"))
        else:
            yield path, value


def _settings(mapping: dict[str, Any] | None, notes: list[UnreadFile]) -> Settings | None:
    settings = _as_model(Settings, mapping)
    if settings is None and mapping is not None:
        notes.append(UnreadFile(SETTINGS_FILE, "does not fit the fields of today, and was not compared"))
    return settings


def _entries(mappings: Mapping[str, Mapping[str, Any]], notes: list[UnreadFile]) -> tuple[list[Entry], list[Record]]:
    """Entries that fit today's schema, and the others as untyped records."""
    typed: list[Entry] = []
    loose: list[Record] = []
    for path, mapping in mappings.items():
        folder, id = PurePosixPath(path).parent.name, PurePosixPath(path).stem
        if not all(re.fullmatch(SLUG, name) and len(name) <= LONGEST_SLUG for name in (folder, id)):
            notes.append(UnreadFile(path, "could not be read: its name cannot be an id"))
        elif entry := _as_model(KINDS.get(folder), {**mapping, "id": id}):
            typed.append(entry)
        else:
            notes.append(UnreadFile(path, "does not fit the fields of today, and was compared as it is written", is_lost=False))
            loose.append(new_record(folder, id, _as_json(mapping)))
    return typed, loose


def _as_model(model: type | None, mapping: Mapping[str, Any] | None) -> Any:
    """The mapping as a `model`, or None if it does not fit."""
    if model is None or mapping is None:
        return None
    try:
        return model.model_validate(mapping)
    except ValidationError:
        return None


def _as_json(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(name): _as_json(item) for name, item in value.items() if item not in (None, [], {})}
    if isinstance(value, (list, tuple)):
        return [_as_json(item) for item in value if item is not None]
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    return value if isinstance(value, (str, int, float, bool)) else str(value)


def _page(page: PageSource) -> PageRecord:
    fields, problems = page.fields
    front = fields if isinstance(fields, dict) and not problems else {}
    path = page.source.file
    title = one_line(str(front.get("title") or _first_heading(page) or _name_in_words(path)))
    fields_kept = _as_json({name: front[name] for name in front if name in _FRONT_MATTER_FIELDS})
    return PageRecord(url=page_url(path), title=title, path=path, front=fields_kept, text=page.text)


def _first_heading(page: PageSource) -> str:
    """The words of the first heading as readers see them; empty if there is none, or if the page cannot be read."""
    try:
        return next((heading.words for heading in headings_in(page.prose, page.text) if heading.level == 1 and heading.words), "")
    except NotReadable:
        return ""


def _name_in_words(path: str) -> str:
    """What engines call a page that has no heading: `About us` for `docs/about-us.md`, and `Home` for the page at the top."""
    name = "Home" if not page_url(path) else PurePosixPath(path).stem.replace("README", "index").replace("-", " ").replace("_", " ")
    return name.capitalize() if name == name.lower() else name


_FRONT_MATTER_FIELDS = frozenset(name for model in PAGE_MODELS for name in fields_of(model))
"""The fields that front matter may have."""
