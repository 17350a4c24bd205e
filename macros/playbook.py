"""load -> check -> link: one immutable playbook.

Enters: a folder. Leaves: a Playbook, or every problem that keeps it from being one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from macros.check import Checked, check_file, check_relations, check_source
from macros.facts import Facts
from macros.files import read_files
from macros.graph import Backlinks, in_order, link
from macros.kinds import KINDS, Entry, Part
from macros.problems import Problem, Refused, sort_problems
from macros.shape import locate
from macros.written import page_findings, read_front_matters


@dataclass(frozen=True)
class Playbook:
    """The playbook's facts and its entries by id, in the order of their lists, with who names whom."""

    facts: Facts
    entries: Mapping[str, Entry]
    pages: Mapping[str, Part]
    """The front matter of each page that is written by hand, by its path: `docs/approach/joined-up.md`."""

    @cached_property
    def backlinks(self) -> Backlinks:
        return link(self.entries.values())

    def of_kind(self, folder: str) -> tuple[Entry, ...]:
        """The current entries of a kind, in order: what lists show. Drafts and withdrawn entries have a page alone."""
        return tuple(entry for entry in self.entries.values() if entry.kind.folder == folder and entry.status == "current")

    @cached_property
    def kinds(self) -> tuple[type[Entry], ...]:
        """The kinds that have at least one current entry."""
        return tuple(model for folder, model in KINDS.items() if self.of_kind(folder))


def read_playbook(root: Path) -> tuple[Playbook | None, tuple[Problem, ...]]:
    """The playbook in `root`, or None; and every problem of its data and of its pages' front matter, sorted."""
    files, problems = read_files(root)
    checked = [item for file in files if (item := _kept(check_file(file), problems))]
    pages = _read_pages(root, problems)
    problems += check_relations([*checked, *pages.values()])
    if problems:
        return None, sort_problems(problems)
    values = [item.value for item in checked]
    facts = next(value for value in values if isinstance(value, Facts))
    entries = in_order(value for value in values if isinstance(value, Entry))
    fronts = MappingProxyType({path: item.value for path, item in pages.items()})
    return Playbook(facts, MappingProxyType({entry.id: entry for entry in entries}), fronts), ()


def _read_pages(root: Path, problems: list[Problem]) -> dict[str, Checked]:
    pages = {}
    for path, model, source in read_front_matters(root):
        if isinstance(source, Problem):
            problems.append(source)
        elif item := _kept(check_source(source, model), problems):
            pages[path] = item
            if item.value is not None:
                problems += [locate(source, finding) for finding in page_findings(item.value, root)]
    return pages


def _kept(result: tuple[Checked | None, list[Problem]], problems: list[Problem]) -> Checked | None:
    item, found = result
    problems += found
    return item


def load_playbook(root: Path) -> Playbook:
    """The playbook in `root`.

    Raises: Refused, with every problem.
    """
    playbook, problems = read_playbook(root)
    if playbook is None:
        raise Refused(problems)
    return playbook
