"""The content of a playbook at one time: a record of each entry, which a file can hold for as long as anybody links to it.

`snapshot_of` takes a `Playbook` and returns a `Snapshot`. `write_lines` and `read_lines` convert between records and the lines of
`playbook_data/releases/<version>.jsonl`; a line that cannot be read becomes a problem with its position.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from macros.files.layout import DATA
from macros.files.memo import Same, remembered
from macros.playbook.playbook import Playbook
from macros.problems.problem import Location, Problem, printable, short
from macros.releases.damage import restore, stand_in_problem
from macros.releases.record import PageRecord, Record, entry_as_mapping, new_record, settings_as_mapping
from macros.schema.entry import Entry
from macros.yamlfile.constructor import DEEPEST
from macros.yamlfile.finding import show_path


@dataclass(frozen=True, slots=True)
class UnreadFile:
    """A file of another time that could not be read with today's schema, and why; `is_lost` if it could not be read at all."""

    path: str
    reason: str
    is_lost: bool = True

    @property
    def sentence(self) -> str:
        """What could not be read, and why, as a sentence."""
        return f"{printable(self.path)} {printable(self.reason)}."


@dataclass(frozen=True)
class Snapshot:
    """A playbook at one time. `settings` and `pages` are None if they were not recorded: early releases hold entries only."""

    records: Mapping[str, Record]
    settings: Mapping[str, Any] | None = None
    pages: Mapping[str, PageRecord] | None = None
    unread: tuple[UnreadFile, ...] = ()

    @property
    def lost_ids(self) -> frozenset[str]:
        """Ids of entries that existed and whose content is unknown."""
        return frozenset(PurePosixPath(each.path).stem for each in self.unread if each.is_lost and each.path.startswith(f"{DATA}/"))


def record_of(playbook: Playbook, entry: Entry) -> Record:
    """Returns the record of an entry as it is now."""
    return _record(entry, playbook.anchors_of(entry))


@remembered(lambda entry, anchors: (Same(entry), anchors))
def _record(entry: Entry, anchors: tuple[str, ...]) -> Record:
    return new_record(entry.kind.folder, entry.id, entry_as_mapping(entry), anchors)


def snapshot_of(playbook: Playbook, pages: Mapping[str, PageRecord] | None = None) -> Snapshot:
    """Returns the snapshot of the playbook as it is now."""
    records = {entry.id: record_of(playbook, entry) for entry in playbook.entries.values()}
    settings = settings_as_mapping(playbook.settings)
    return Snapshot(MappingProxyType(records), settings, pages)


def write_lines(records: Iterable[Record]) -> Iterator[str]:
    """Yields one line of JSON for each record, sorted by id: the same playbook gives the same bytes."""
    for record in sorted(records, key=lambda record: record.id):
        yield json.dumps(record.model_dump(), ensure_ascii=False) + "\n"


def read_lines(file: str, data: bytes, known: dict[bytes, Record] | None = None) -> tuple[Snapshot | None, tuple[Problem, ...]]:
    """Returns the snapshot that the lines of a release hold, or None and the problem with each line.

    `known` caches records by the bytes of their line across releases, because most entries stay the same; this call adds to it.
    """
    if stand_in := stand_in_problem(file, data, PurePosixPath(file).stem):
        return None, (stand_in,)
    records: dict[str, Record] = {}
    problems: list[Problem] = []
    known = {} if known is None else known
    lines = data.split(b"\n")
    for number, line in enumerate(lines[:-1] if not lines[-1] else lines, start=1):
        record = known.get(line) or _read_line(file, number, line)
        if isinstance(record, Record):
            known[line] = record
        if isinstance(record, Record) and record.id in records:
            record = _problem(file, number, "release-line", f"'{record.id}' has a line above already", restore(file))
        if isinstance(record, Problem):
            problems.append(record)
        else:
            records[record.id] = record
    if not records and not problems:
        problems.append(_problem(file, 1, "release-line", "the release holds no entry", restore(file)))
    return (None, tuple(problems)) if problems else (Snapshot(MappingProxyType(records)), ())


def _read_line(file: str, number: int, line: bytes) -> Record | Problem:
    try:
        value = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        reason = re.sub(r" \(char \d+\)|: line \d+ column \d+", "", str(error).splitlines()[0])
        return _problem(file, number, "release-line", f"this line is not JSON: {short(reason[:1].lower() + reason[1:])}", restore(file))
    if not isinstance(value, dict) or _is_deeper(value, DEEPEST):
        return _problem(file, number, "release-line", f"expected one entry between {{ and }}, found {short(json.dumps(value))}", restore(file))
    try:
        return Record.model_validate(value)
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        where = show_path(detail["loc"])
        message = f"'{where}' {_ERROR_MESSAGES.get(detail['type'], 'is not what a release holds there')}"
        return _problem(file, number, "release-line", message, restore(file))


def _is_deeper(value: Any, most: int) -> bool:
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return most < 0 or any(_is_deeper(item, most - 1) for item in inside)


_ERROR_MESSAGES = {"missing": "is missing", "extra_forbidden": "is a key that no release has"}


def _problem(file: str, line: int, rule: str, message: str, help: str) -> Problem:
    return Problem(Location(file, line, 1, line, 1), rule, message, help)
