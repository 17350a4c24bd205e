"""What becomes of the copies of other playbooks' inventories: which there are, what is new in them, and what is gone.

`other_playbooks` reads `playbooks.yml`; `new_copy` takes the bytes of a new copy and returns a `Copy`; `broken_links` says which lines it breaks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from macros.authoring.linkcheck.fetch import agent_of
from macros.files.inventory import Inventory, Unusable, read_inventory
from macros.files.layout import OTHERS_FILE, SETTINGS_FILE
from macros.files.read import read_files
from macros.files.transaction import FileChange
from macros.playbook.checks.file import check_file
from macros.playbook.elsewhere import inventory_file
from macros.playbook.load import read_playbook
from macros.problems.closest import did_you_mean, listed
from macros.problems.problem import Problem, printable, short
from macros.problems.user_error import InvalidArgument, InvalidPlaybook, UserError
from macros.schema.other_playbooks import OtherPlaybook, OtherPlaybooks
from macros.schema.settings import Settings

LINK_RULES = ("unknown-outside-id", "renamed-outside")
"""What is wrong with a link where the page that it names is gone or is called something else."""
_EXAMPLE = "playbooks: [{prefix: nz, title: Aotearoa service playbook, address: https://playbook.example.org/}]"


@dataclass(frozen=True, slots=True)
class Copy:
    """A new copy of an inventory, beside the one that was there."""

    of: OtherPlaybook
    old: bytes | None
    new: bytes
    names: int
    added: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def change(self) -> FileChange:
        """What becomes of its file."""
        return FileChange(inventory_file(self.of.prefix), self.old, self.new)

    @property
    def summary(self) -> Iterator[str]:
        """What has changed, in a few lines."""
        if self.old == self.new:
            yield f"{self.of.prefix}: nothing has changed"
            return
        changed = f", {len(self.added):,} new and {len(self.gone):,} gone" if self.old is not None else ""
        yield f"{self.of.prefix}: {self.names:,} {'name' if self.names == 1 else 'names'}{changed}"
        if self.old is not None:
            yield from (f"  {what}: {printable(listed(names))}" for what, names in (("new", self.added), ("gone", self.gone)) if names)


def other_playbooks(root: Path, prefixes: Sequence[str]) -> tuple[OtherPlaybook, ...]:
    """Those of the other playbooks that have these prefixes; all, if there are none.

    Raises: InvalidPlaybook if `playbooks.yml` has problems; UserError if there is none; InvalidArgument if it has no such prefix.
    """
    file = next((file for file in read_files(root)[0] if file.path == OTHERS_FILE), None)
    if file is None:
        raise UserError(f"there is no {OTHERS_FILE}, so no other playbook is named", f"write it, such as: {_EXAMPLE}")
    checked, problems = check_file(file)
    if problems or not isinstance(checked.value, OtherPlaybooks):
        raise InvalidPlaybook(problems, f"{OTHERS_FILE} has problems")
    known = {other.prefix: other for other in checked.value.playbooks}
    for prefix in prefixes:
        if prefix not in known:
            hint = did_you_mean(prefix, known, f"the prefixes are {', '.join(known)}")
            raise InvalidArgument(f"no other playbook has the prefix '{short(prefix)}'; {hint}")
    return tuple(known[prefix] for prefix in dict.fromkeys(prefixes or known))


def who_asks(root: Path) -> str:
    """Who fetches, and how to complain, for the logs of the sites that are asked."""
    file = next((file for file in read_files(root)[0] if file.path == SETTINGS_FILE), None)
    checked, _ = check_file(file) if file else (None, [])
    settings = checked.value if checked else None
    return agent_of(settings.title, settings.contact, "sync") if isinstance(settings, Settings) else "playbook-sync"


def address_of_inventory(other: OtherPlaybook) -> str:
    """Where a playbook publishes its inventory."""
    return urljoin(other.address, other.inventory)


def new_copy(root: Path, other: OtherPlaybook, data: bytes) -> Copy:
    """The copy that `data` makes.

    Raises: UserError if it is no inventory, or a hostile one.
    """
    inventory = read_inventory(data)
    if isinstance(inventory, Unusable):
        raise UserError(f"{other.prefix}: {inventory.message}", inventory.help)
    file = root / inventory_file(other.prefix)
    old = file.read_bytes() if file.is_file() and not file.is_symlink() else None
    before = read_inventory(old) if old is not None else None
    names_before = before.names if isinstance(before, Inventory) else ()
    added, gone = set(inventory.names) - set(names_before), set(names_before) - set(inventory.names)
    return Copy(other, old, data, len(inventory.names), tuple(sorted(added)), tuple(sorted(gone)))


def broken_links(root: Path) -> tuple[Problem, ...]:
    """Each link in the data to a page of another playbook that is gone from its copy, or is called something else there."""
    return tuple(problem for problem in read_playbook(root)[1] if problem.rule in LINK_RULES)
