"""Edits to what a release recorded: by hand, by a merge, by a disk. The check tells, or nothing has changed.

Takes a seed and a number. Returns what does not hold.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from macros.files.layout import RELEASES, latest_release, release_names
from macros.releases.store import read_release
from tests.fuzz.child import run
from tests.fuzz.command import rude
from tests.fuzz.judge import placed_wrongly
from tests.fuzz.machine import scratch
from tests.fuzz.mutations import MUTATIONS, WEIGHTS
from tests.support.repositories import commit

USES = tuple(line.split() for line in ("diff", "diff 1.0.0 --format json", "diff 1.1.0", "list", "export ../temporary/out"))
NEXT = ("release", "2.0.0", "--on", "2026-11-22", "--dry-run")
Edit = Callable[[Random, bytes], bytes]
_VALUE = re.compile(rb'(?<=": )(?:"(?:[^"\\]|\\.)*"|[\w.-]+|\[\]|\{\})|(?<=":)(?:"(?:[^"\\]|\\.)*"|[\w.-]+|\[\]|\{\})')
_NAME = re.compile(rb'"[a-z_]+"(?=:)')
VALUES = (
    *(b"null", b"true", b"0", b"-1", b"1e999", b"9" * 5000, b"NaN", b"-Infinity", b'""', b'"x"', b"[]", b"{}", b'[""]', b'{"a": 1}', b"[null]"),
    *(b'"\\ud800"', b'"\\u0000"', b'"\\u202e"', b'"2026-13-01"', b'"2026-11-20T00:00:00Z"', b'"../../etc"', b'"/x/"', b'"1.0.0"', b'"javascript:1"'),
    *(b"[" * 3000 + b"]" * 3000, b'{"a":' * 3000 + b"1" + b"}" * 3000, b'"' + b"x" * 100_000 + b'"', '"e\u0301\u00ad"'.encode()),
)  # fmt: skip
"""What may stand in the place of any value."""


def judge(seed: int, number: int) -> Iterator[str]:
    """What is wrong with how commands take the edit of that number."""
    random = Random(f"{seed}:{number}")  # noqa: S311 - cases, not secrets
    with scratch() as (folder, _):
        file = random.choice(sorted((folder / RELEASES).iterdir()))
        before = read_release(folder, file.stem)
        data = edited(random, file.read_bytes())
        file.write_bytes(data)
        commit(folder)
        for fault in _misbehaviour(folder, file, random, before):
            yield f"{file.name}, {len(data):,} bytes: {fault}"


def edited(random: Random, data: bytes) -> bytes:
    """The file after one edit, or a few."""
    for _ in range(random.choice((1, 1, 1, 2, 5))):
        data = random.choice((*EDITS, *random.choices(MUTATIONS, WEIGHTS, k=2)))(random, data)
    return data


def _misbehaviour(folder: Path, file: Path, random: Random, before: object) -> Iterator[str]:
    checked = run(folder, ["check", "--format", "json"])
    if said := rude(checked):
        yield f"check: {said}"
        return
    yield from placed_wrongly(folder, json.loads(checked.stdout))
    is_clean = checked.returncode == 0
    for line in (NEXT, random.choice(USES)):
        done = run(folder, line)
        if said := rude(done):
            yield f"`playbook {' '.join(line)}`: {said}"
        if is_clean and done.returncode:
            yield f"the check is clean, and `playbook {' '.join(line)}` says: {done.stdout[-200:]}{done.stderr[-300:]}"
    if is_clean:
        yield from _changed(folder, file, before)


def _changed(folder: Path, file: Path, before: object) -> Iterator[str]:
    """The newest record of a release is sealed by no other: it may say something else, and then it does."""
    if file.name == f"{latest_release(folder)}.json":
        return
    if file.stem not in release_names(folder) or read_release(folder, file.stem) != before:
        yield "the check is clean, and the release is another"


def _value(random: Random, data: bytes) -> bytes:
    places = [*_VALUE.finditer(data)]
    if not places:
        return data
    place = random.choice(places)
    other = random.choice((random.choice(VALUES), random.choice(places)[0]))
    return data[: place.start()] + other + data[place.end() :]


def _name(random: Random, data: bytes) -> bytes:
    places = [*_NAME.finditer(data)]
    if not places:
        return data
    place = random.choice(places)
    return data[: place.start()] + random.choice((b'"x"', b'""', b'"id"', b'"__class__"', random.choice(places)[0])) + data[place.end() :]


def _lines(random: Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    random.choice((random.shuffle, lambda each: each.pop(random.randrange(len(each))), lambda each: each.append(each[0]), list.reverse))(lines)
    return b"\n".join(lines)


def _layout(random: Random, data: bytes) -> bytes:
    """The same JSON in another layout, which reviewers would not see."""
    changes = (
        (b"\n", b"\r\n"),
        (b",", b", "),
        (b'":', b'" :'),
        (b"\n", b"\n\n"),
        (b"\n", b""),
        (b"a", b"\\u0061"),
    )
    old, new = random.choice(changes)
    return random.choice((b"\xef\xbb\xbf", b"", b" ", b"\n")) + data.replace(old, new) + random.choice((b"", b"\n", b"\x00", b" "))


EDITS: tuple[Edit, ...] = (_value, _value, _value, _name, _lines, _layout)
