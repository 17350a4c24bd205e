"""What the playbook said at one time: a record of each entry, which a file can hold for as long as anybody links to it.

Enters: a Playbook, or the lines of `playbook_data/releases/<version>.jsonl`. Leaves: a Snapshot, or those lines; and problems
with lines that cannot be read, each with its place.
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
from macros.playbook.anchors import anchors_of
from macros.playbook.playbook import Playbook
from macros.problems.problem import Location, Problem, printable, short
from macros.releases.manifest import RESTORE
from macros.releases.record import Record, entry_as_mapping, new_record
from macros.schema.entry import Entry
from macros.yamlfile.constructor import DEEPEST
from macros.yamlfile.finding import show_path

_ANCHOR = re.compile(r"\{:? *#([A-Za-z][\w-]*) *\}")


@dataclass(frozen=True)
class HandWrittenPage:
    """A page that somebody wrote by hand: its address, its title, its front matter and its text."""

    path: str
    url: str
    title: str
    front: Mapping[str, Any]
    text: str

    @property
    def anchors(self) -> frozenset[str]:
        """The anchors that somebody wrote: `{ #media }`. Those that MkDocs makes of a heading's words are no promise."""
        return frozenset(_ANCHOR.findall(self.text))


@dataclass(frozen=True, slots=True)
class Unread:
    """A file of another time that could not be read as today's are, and why; `is_lost`: not at all."""

    path: str
    reason: str
    is_lost: bool = True

    @property
    def sentence(self) -> str:
        """For people: what could not be read, and why."""
        return f"{printable(self.path)} {printable(self.reason)}."


@dataclass(frozen=True)
class Snapshot:
    """A playbook at one time. `settings` and `pages` are None where they were not kept: a release holds entries alone."""

    records: Mapping[str, Record]
    settings: Mapping[str, Any] | None = None
    pages: Mapping[str, HandWrittenPage] | None = None
    unread: tuple[Unread, ...] = ()

    @property
    def lost_ids(self) -> frozenset[str]:
        """Entries that were there, and of which nothing is known."""
        return frozenset(PurePosixPath(each.path).stem for each in self.unread if each.is_lost and each.path.startswith(f"{DATA}/"))


def record_of(playbook: Playbook, entry: Entry) -> Record:
    """An entry as it is now."""
    return new_record(entry.kind.folder, entry.id, entry_as_mapping(entry), anchors_of(entry, playbook.backlinks))


def snapshot_of(playbook: Playbook, pages: Mapping[str, HandWrittenPage] | None = None) -> Snapshot:
    """The playbook as it is now."""
    records = {entry.id: record_of(playbook, entry) for entry in playbook.entries.values()}
    settings = playbook.settings.model_dump(mode="json", by_alias=True, exclude_none=True)
    return Snapshot(MappingProxyType(records), settings, pages)


def write_lines(records: Iterable[Record]) -> Iterator[str]:
    """One line of JSON for each record, by id: the same playbook gives the same bytes."""
    for record in sorted(records, key=lambda record: record.id):
        yield json.dumps(record.model_dump(), ensure_ascii=False) + "\n"


def read_lines(file: str, data: bytes, known: dict[bytes, Record] | None = None) -> tuple[Snapshot | None, tuple[Problem, ...]]:
    """The snapshot that the lines of a release hold, or None and what is wrong with each of them.

    `known` has lines that were read before, with their records, and gets those of this release: most entries stay as they are.
    """
    records: dict[str, Record] = {}
    problems: list[Problem] = []
    known = {} if known is None else known
    lines = data.split(b"\n")
    for number, line in enumerate(lines[:-1] if not lines[-1] else lines, start=1):
        record = known.get(line) or _read_line(file, number, line)
        if isinstance(record, Record):
            known[line] = record
        if isinstance(record, Record) and record.id in records:
            record = _problem(file, number, "release-line", f"'{record.id}' has a line above already", RESTORE)
        if isinstance(record, Problem):
            problems.append(record)
        else:
            records[record.id] = record
    if not records and not problems:
        problems.append(_problem(file, 1, "release-line", "the release holds no entry", RESTORE))
    return (None, tuple(problems)) if problems else (Snapshot(MappingProxyType(records)), ())


def _read_line(file: str, number: int, line: bytes) -> Record | Problem:
    try:
        value = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        reason = re.sub(r" \(char \d+\)|: line \d+ column \d+", "", str(error).splitlines()[0])
        return _problem(file, number, "release-line", f"this line is not JSON: {short(reason[:1].lower() + reason[1:])}", RESTORE)
    if not isinstance(value, dict) or _is_deeper(value, DEEPEST):
        return _problem(file, number, "release-line", f"expected one entry between {{ and }}, found {short(json.dumps(value))}", RESTORE)
    try:
        return Record.model_validate(value)
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        where = show_path(detail["loc"])
        message = f"'{where}' {_SAID.get(detail['type'], 'is not what a release holds there')}"
        return _problem(file, number, "release-line", message, RESTORE)


def _is_deeper(value: Any, most: int) -> bool:
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return most < 0 or any(_is_deeper(item, most - 1) for item in inside)


_SAID = {"missing": "is missing", "extra_forbidden": "is a key that no release has"}


def _problem(file: str, line: int, rule: str, message: str, help: str) -> Problem:
    return Problem(Location(file, line, 1, line, 1), rule, message, help)
