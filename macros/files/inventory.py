"""Reads the inventory of another site: what it calls its pages and their parts, in the format of Sphinx, version 2.

`read_inventory` takes the bytes of a file that somebody else made, and may be hostile. It returns an `Inventory`, or the `Unusable` that keeps it
from being one. Nothing is unpacked beyond a limit, and no address in it leads out of the site or into a script.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from macros.files.layout import LARGEST_INVENTORY
from macros.problems.problem import short
from macros.yamlfile.source import HIDDEN

_FIRST_LINE = b"# Sphinx inventory version "
_LAST_OF_HEAD = b"zlib"
LARGEST_UNPACKED = 20_000_000
"""Bytes. The inventory of Python's own documentation has a tenth of that."""
_LONGEST_LINE = 2_000
_STEP = 1 << 16
_DOTS = re.compile(r"(?:^|[/\\])(?:\.|%2e){2}(?=[/\\?#]|$)", re.IGNORECASE)
_SCHEME = re.compile(r"[^/?#]*:")
_NEVER_IN_A_ROW = re.compile(rf"{HIDDEN.pattern}|[\t\x85\u2028\u2029]|\s{{3}}")
_OWN_DOMAIN = "playbook"
"""The domain in the inventory of a playbook, which has a role for each kind."""
_ORDER = ("std:label", "std:doc", "std:term")
"""Roles whose names count before those of others, where one name stands for several things."""


@dataclass(frozen=True, slots=True)
class Unusable:
    """Why a file is no inventory: the rule that it breaks, what is wrong, and what to do."""

    rule: str
    message: str
    help: str


@dataclass(frozen=True, slots=True)
class InventoryRow:
    """One thing that a site names. `place` is its address below that of the site."""

    name: str
    role: str
    """With the domain: `std:label`."""
    place: str
    title: str


@dataclass(frozen=True, eq=False)
class Inventory:
    """What a site calls its pages and their parts."""

    rows: tuple[InventoryRow, ...]

    def find(self, name: str) -> InventoryRow | None:
        """The row that has this name; of several the one that other sites most likely mean. `py:module:os` is the row `os` of that role alone."""
        return self._by_name.get(name) or self._by_role.get(name)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, each once."""
        return tuple(self._by_name)

    def name_now(self, row: InventoryRow) -> str | None:
        """The name that the entry or the part of another playbook has today, if `row` is a former one; else nothing."""
        today = self._entries.get(row.place, ())
        is_former = today and row.name not in today and not row.role.startswith(f"{_OWN_DOMAIN}:")
        return today[0] if is_former else None

    @cached_property
    def _by_name(self) -> Mapping[str, InventoryRow]:
        found: dict[str, InventoryRow] = {}
        for row in sorted(self.rows, key=_rank):
            found.setdefault(row.name, row)
        return found

    @cached_property
    def _by_role(self) -> Mapping[str, InventoryRow]:
        return {f"{row.role}:{row.name}": row for row in self.rows}

    @cached_property
    def _entries(self) -> Mapping[str, tuple[str, ...]]:
        """The names that a playbook gives to its own things, by their places."""
        found: dict[str, tuple[str, ...]] = {}
        for row in self.rows:
            if row.role.startswith(f"{_OWN_DOMAIN}:"):
                found[row.place] = (*found.get(row.place, ()), row.name)
        return found


def _rank(row: InventoryRow) -> int:
    if row.role.startswith(f"{_OWN_DOMAIN}:"):
        return -1
    return _ORDER.index(row.role) if row.role in _ORDER else len(_ORDER)


def read_inventory(data: bytes) -> Inventory | Unusable:
    """The inventory that `data` holds, or what is wrong with it."""
    if len(data) > LARGEST_INVENTORY:
        return Unusable("too-large", f"the inventory has more than {LARGEST_INVENTORY:,} bytes", "ask the site for a smaller one")
    head, _, packed = _head_and_rest(data)
    if not head.startswith(_FIRST_LINE) or _LAST_OF_HEAD not in head:
        return _no_inventory("it is not the inventory of a site")
    version = head.partition(b"\n")[0].removeprefix(_FIRST_LINE).strip()
    if version != b"2":
        return _no_inventory(f"its format is version {short(version.decode('latin-1'))}, and only version 2 is known")
    text = _unpacked(packed)
    return text if isinstance(text, Unusable) else _inventory(text)


def _head_and_rest(data: bytes) -> tuple[bytes, bytes, bytes]:
    """The four lines of text at the beginning, and what is compressed."""
    end = -1
    for _ in range(4):
        end = data.find(b"\n", end + 1, _LONGEST_LINE)
        if end < 0:
            return b"", b"", b""
    return data[:end], b"\n", data[end + 1 :]


def _unpacked(packed: bytes) -> str | Unusable:
    """What zlib compressed, as text: unpacked step by step, so that a few bytes cannot fill the memory."""
    unpacker, pieces, size = zlib.decompressobj(), [], 0
    try:
        while packed and not unpacker.eof:
            pieces.append(unpacker.decompress(packed, _STEP))
            size += len(pieces[-1])
            packed = unpacker.unconsumed_tail
            if size > LARGEST_UNPACKED:
                return Unusable("too-large", f"the inventory unpacks to more than {LARGEST_UNPACKED:,} bytes", "ask the site for a smaller one")
    except zlib.error:
        return _no_inventory("what is compressed in it cannot be unpacked")
    if not unpacker.eof:
        return _no_inventory("its end is missing")
    try:
        return b"".join(pieces).decode("utf-8")
    except UnicodeDecodeError:
        return _no_inventory("it is not text in UTF-8")


def _inventory(text: str) -> Inventory | Unusable:
    rows = []
    for row in _rows(text):
        if isinstance(row, Unusable):
            return row
        rows.append(row)
    return Inventory(tuple(rows)) if rows else _no_inventory("it names nothing")


def _rows(text: str) -> Iterator[InventoryRow | Unusable]:
    from sphobjinv.re import p_data  # noqa: PLC0415 - it takes a moment, and most playbooks link to no other

    for number, line in enumerate(text.split("\n"), start=1):
        bare = line.rstrip("\r ")
        if not bare or bare.startswith("#"):
            continue
        if len(bare) > _LONGEST_LINE or _NEVER_IN_A_ROW.search(bare):
            yield _no_inventory(f"its row {number:,} is too long, or holds characters that no inventory has")
            return
        found = p_data.fullmatch(bare)
        if not found:
            yield _no_inventory(f"its row {number:,} names nothing: '{short(bare, 60)}'")
            return
        name, place = found["name"], found["uri"]
        place = f"{place[:-1]}{name}" if place.endswith("$") else place
        if _SCHEME.match(place) or place.startswith(("/", "\\")) or _DOTS.search(place) or " " in place:
            message = f"'{short(name)}' leads to '{short(place, 60)}', which is no address inside the site"
            yield Unusable("inventory-address", message, "ask the site to mend its inventory, and do not use this one")
            return
        title = found["dispname"].strip()
        yield InventoryRow(name, f"{found['domain']}:{found['role']}", place, name if title in ("-", "") else title)


def _no_inventory(message: str) -> Unusable:
    return Unusable("not-an-inventory", message, "fetch it again with `playbook sync`, or ask the site for its objects.inv")
