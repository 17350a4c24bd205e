"""What other playbooks hold, as far as the committed copies of their inventories know: no build asks their sites.

`read_elsewhere` takes the playbook's folder and the checked `playbooks.yml`. It returns an `Elsewhere`, which finds the page that an id such as
`nz:silos` names, and problems with the copies.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from macros.files.inventory import Inventory, Unusable, read_inventory
from macros.files.layout import INVENTORIES, INVENTORY_ENDING, LARGEST_INVENTORY, OTHERS_FILE
from macros.files.memo import remembered
from macros.files.misplaced import is_slug
from macros.files.read import read_bytes
from macros.files.scan import scan
from macros.problems.closest import closest, did_you_mean
from macros.problems.problem import Problem, file_problem, short
from macros.schema.kinds import KINDS
from macros.schema.other_playbooks import OtherPlaybook, OtherPlaybooks
from macros.schema.patterns import SCHEMES, split_outside
from macros.yamlfile.finding import Finding


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with an id: the rule that it breaks, the problem, and what to write instead."""

    rule: str
    message: str
    help: str


@dataclass(frozen=True, slots=True)
class OutsidePage:
    """A page of another playbook, or a part of it: its whole address, its title, and the title of that playbook."""

    address: str
    title: str
    of: str


@dataclass(frozen=True, eq=False)
class Elsewhere:
    """The other playbooks by their prefixes, each with its inventory. If they are not known, no id can be said to be wrong."""

    playbooks: Mapping[str, OtherPlaybook] = field(default_factory=dict)
    inventories: Mapping[str, Inventory] = field(default_factory=dict)
    are_known: bool = True

    def find(self, id: str) -> OutsidePage | None:
        """The page that `id` names, such as `nz:silos`; None if there is none."""
        prefix, name = split_outside(id) or ("", "")
        row = self.inventories[prefix].find(name) if prefix in self.inventories else None
        if row is None:
            return None
        other = self.playbooks[prefix]
        return OutsidePage(f"{other.address}{row.place}", row.title, other.title)

    def why_not(self, id: str) -> Wrong | None:
        """What is wrong with an id that names a page of another playbook; None if it is right, or if the copy that would tell is not there."""
        prefix, name = split_outside(id) or ("", "")
        if not self.are_known:
            return None
        if prefix not in self.playbooks:
            return self._unknown_prefix(prefix)
        inventory, title = self.inventories.get(prefix), self.playbooks[prefix].title
        if inventory is None:
            return None
        row = inventory.find(name)
        if row is None:
            near = closest(name, inventory.names)
            help = f"did you mean '{prefix}:{near}'? If it is newer, type: playbook sync {prefix}" if near else _look(prefix, title)
            return Wrong("unknown-outside-id", f"{title} has no '{short(name)}'", help)
        if now := inventory.name_now(row):
            return Wrong("renamed-outside", f"'{id}' is now '{prefix}:{now}' in {title}", f"write '{prefix}:{now}'")
        return None

    def _unknown_prefix(self, prefix: str) -> Wrong:
        add = f"add it to {OTHERS_FILE}, or take the link out"
        help = did_you_mean(prefix, self.playbooks, f"the prefixes are {', '.join(self.playbooks)}; {add}") if self.playbooks else add
        return Wrong("unknown-prefix", f"no other playbook has the prefix '{short(prefix)}'", help)


def _look(prefix: str, title: str) -> str:
    return f"look for it in {title}, type `playbook sync {prefix}` if it is new, or write the words without a link"


def inventory_file(prefix: str) -> str:
    """The file with the copy of a playbook's inventory, from the folder of this playbook."""
    return f"{INVENTORIES}/{prefix}{INVENTORY_ENDING}"


def read_elsewhere(root: Path, others: Iterable[OtherPlaybook] | None) -> tuple[Elsewhere, list[Problem]]:
    """The `others` with their inventories, and what is wrong with the copies of those; None if `playbooks.yml` cannot be read."""
    rows = {other.prefix: other for other in others or ()}
    found, problems = {}, []
    for path in _copies(root):
        prefix = PurePosixPath(path).stem
        data = read_bytes(root, path, most=LARGEST_INVENTORY)
        if (prefix not in rows and others is not None) or not is_slug(prefix):
            problems.append(_unnamed(path, prefix, rows))
        elif isinstance(data, Problem):
            problems.append(data)
        elif isinstance(inventory := _inventory(data), Unusable):
            problems.append(file_problem(path, inventory.rule, inventory.message, inventory.help))
        else:
            found[prefix] = inventory
    return _elsewhere(None if others is None else tuple(rows.items()), tuple(found.items())), problems


def _copies(root: Path) -> Iterator[str]:
    if os.path.isdir(root / INVENTORIES) and not (root / INVENTORIES).is_symlink():  # noqa: PTH112 - pathlib raises where nobody may look; that is told elsewhere
        for item in scan(root, INVENTORIES):
            if not isinstance(item, Problem) and item.name.endswith(INVENTORY_ENDING) and not item.is_dir():
                yield f"{INVENTORIES}/{item.name}"


def _unnamed(path: str, prefix: str, rows: Mapping[str, OtherPlaybook]) -> Problem:
    help = did_you_mean(prefix, rows, f"delete the file, or name its playbook in {OTHERS_FILE}")
    return file_problem(path, "inventory-of-nobody", f"no other playbook has the prefix '{short(prefix)}'", help)


def missing_copies(others: OtherPlaybooks, elsewhere: Elsewhere, faulty: frozenset[str]) -> Iterator[Finding]:
    """The playbooks whose inventory nobody has fetched; those with a `faulty` copy are told of already."""
    for index, other in enumerate(others.playbooks):
        is_told = inventory_file(other.prefix) in faulty or other.prefix in (*KINDS, *SCHEMES)
        if other.prefix not in elsewhere.inventories and not is_told:
            message = f"the inventory of '{other.prefix}' is not here, so no link to it can be checked"
            yield Finding(("playbooks", index, "prefix"), "inventory-missing", message, f"type: playbook sync {other.prefix}")


@remembered(lambda data: data)
def _inventory(data: bytes) -> Inventory | Unusable:
    return read_inventory(data)


@remembered(lambda *all: all)
def _elsewhere(rows: tuple[tuple[str, OtherPlaybook], ...] | None, inventories: tuple[tuple[str, Inventory], ...]) -> Elsewhere:
    """The same for the same playbooks with the same copies."""
    return Elsewhere(MappingProxyType(dict(rows or ())), MappingProxyType(dict(inventories)), rows is not None)
