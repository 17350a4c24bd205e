"""load -> check -> link: one immutable playbook.

Enters: a folder. Leaves: a Playbook, or every problem that keeps it from being one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from macros.check import Checked, check_file, check_source
from macros.citations import check_citations, passage_of
from macros.facts import Facts
from macros.files import DATA, DataFile, read_files
from macros.graph import Backlinks, citations_of, in_order, link
from macros.kinds import KINDS, Entry, Part, Passage, Source
from macros.problems import Problem, Refused, sort_problems
from macros.relations import check_relations
from macros.shape import locate
from macros.written import page_findings, read_front_matters

Watch = Callable[[Sequence[DataFile]], Iterable[DataFile]]


@dataclass(frozen=True)
class Playbook:
    """The playbook's facts and its entries by id, in the order of their lists, with who names whom."""

    facts: Facts
    entries: Mapping[str, Entry]
    pages: Mapping[str, Part]
    """The front matter of each page that is written by hand, by its path: `docs/approach/joined-up.md`."""

    @cached_property
    def backlinks(self) -> Backlinks:
        """Who names each entry, by the section of its page that says so."""
        return link(self.entries.values())

    def of_kind(self, folder: str) -> tuple[Entry, ...]:
        """The current entries of a kind, in order: what lists show. Drafts and withdrawn entries have a page alone."""
        return self._lists[folder]

    @cached_property
    def former_ids(self) -> Mapping[str, Entry]:
        """From each id that an entry had before to that entry."""
        return MappingProxyType({old: entry for entry in self.entries.values() for old in entry.formerly})

    def once_called(self, id: str) -> Entry | None:
        """The entry that has this id, or had it."""
        return self.entries.get(id) or self.former_ids.get(id)

    def neighbours(self, entry: Entry) -> tuple[Entry | None, Entry | None]:
        """The entries before and after `entry` in the list of its kind; none for an entry that no list shows."""
        return self._neighbours.get(entry.id, (None, None))

    def coverage(self, source: Source) -> tuple[tuple[Passage, tuple[Entry, ...]], ...]:
        """Each passage of a source, with the current entries that cite it."""
        places = tuple(passage.at for passage in source.passages)
        citing: dict[str | None, dict[str, Entry]] = {}
        for at, entry in self._citing.get(source.id, ()):
            citing.setdefault(passage_of(at, places), {})[entry.id] = entry
        return tuple((passage, tuple(citing.get(passage.at, {}).values())) for passage in source.passages)

    @cached_property
    def _citing(self) -> Mapping[str, list[tuple[str, Entry]]]:
        """From a source's id to each place that is cited, with the current entry that cites it."""
        found: dict[str, list[tuple[str, Entry]]] = {}
        for entry in self.entries.values():
            for cited in citations_of(entry) if entry.status == "current" else ():
                found.setdefault(cited.source, []).append((cited.at, entry))
        return found

    @cached_property
    def _lists(self) -> Mapping[str, tuple[Entry, ...]]:
        current = [entry for entry in self.entries.values() if entry.status == "current"]
        return {folder: tuple(entry for entry in current if entry.kind.folder == folder) for folder in KINDS}

    @cached_property
    def _neighbours(self) -> Mapping[str, tuple[Entry | None, Entry | None]]:
        rows = [(None, *row, None) for row in self._lists.values()]
        return {entry.id: (before, after) for row in rows for before, entry, after in zip(row, row[1:], row[2:], strict=False)}

    @cached_property
    def kinds(self) -> tuple[type[Entry], ...]:
        """The kinds that have at least one current entry."""
        return tuple(model for folder, model in KINDS.items() if self.of_kind(folder))


def read_playbook(root: Path, *, watch: Watch = iter) -> tuple[Playbook | None, tuple[Problem, ...]]:
    """The playbook in `root`, or None; and every problem of its data and of its pages' front matter, sorted.

    The files are checked in the order in which `watch` gives them back, so that it can tell how far the work is.
    """
    files, problems = read_files(root)
    by_id = _paths_by_id([*(file.path for file in files), *(problem.location.file for problem in problems)])
    checked = [item for file in watch(files) if (item := _kept(check_file(file), problems))]
    pages = _read_pages(root, problems)
    problems += _new_problems(check_relations([*checked, *pages.values()], by_id), problems)
    problems += check_citations(checked)
    if problems:
        return None, sort_problems(problems)
    values = [item.value for item in checked]
    facts = next(value for value in values if isinstance(value, Facts))
    entries = in_order(value for value in values if isinstance(value, Entry))
    fronts = MappingProxyType({path: item.value for path, item in pages.items()})
    return Playbook(facts, MappingProxyType({entry.id: entry for entry in entries}), fronts), ()


def _paths_by_id(paths: Iterable[str]) -> dict[str, list[str]]:
    """The files of each id, also those that cannot be read: what they hold is there to be named."""
    by_id: dict[str, list[str]] = {}
    for path in paths:
        folder, _, name = path.removeprefix(f"{DATA}/").rpartition("/")
        if folder in KINDS:
            by_id.setdefault(os.path.splitext(name)[0], []).append(path)  # noqa: PTH122 - pathlib would take longer than the disk
    return by_id


def _new_problems(found: Iterable[Problem], known: Iterable[Problem]) -> list[Problem]:
    """What was found of fields that have no problem yet: a value that cannot be an id is not looked up as one."""
    places = {(problem.location, problem.path) for problem in known if problem.path}
    return [problem for problem in found if (problem.location, problem.path) not in places]


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


def load_playbook(root: Path, *, watch: Watch = iter) -> Playbook:
    """The playbook in `root`, read as `read_playbook` does.

    Raises: Refused, with every problem.
    """
    playbook, problems = read_playbook(root, watch=watch)
    if playbook is None:
        raise Refused(problems)
    return playbook
