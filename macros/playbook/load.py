"""Reads, checks and links the files of a playbook.

`read_playbook` returns one immutable Playbook, or every problem that keeps it from being one; `load_playbook` raises those.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType

from macros.files.docs import read_docs
from macros.files.layout import DATA, OTHERS_FILE, release_names
from macros.files.memo import remembered
from macros.files.read import DataFile, read_files
from macros.files.released import released_files
from macros.playbook.checks.addresses import check_addresses
from macros.playbook.checks.citations import check_citations
from macros.playbook.checks.clashes import check_clashes
from macros.playbook.checks.docs_names import check_docs_names
from macros.playbook.checks.file import Checked, check_file, check_source
from macros.playbook.checks.page_form import form_problems
from macros.playbook.checks.references import check_relations
from macros.playbook.checks.tags import check_tags
from macros.playbook.elsewhere import Elsewhere, missing_copies, read_elsewhere
from macros.playbook.front_matter import page_findings, read_pages
from macros.playbook.playbook import Playbook
from macros.playbook.relations import in_order
from macros.problems.problem import Location, Problem, sort_problems
from macros.problems.user_error import InvalidPlaybook
from macros.schema.entry import Entry
from macros.schema.inbound import InboundLinks
from macros.schema.kinds import KINDS
from macros.schema.other_playbooks import OtherPlaybooks
from macros.schema.page_models import model_of_page
from macros.schema.settings import Settings
from macros.text.page_source import PageSource
from macros.yamlfile.finding import locate

WatchFiles = Callable[[Sequence[DataFile]], Iterable[DataFile]]


def read_playbook(root: Path, *, watch: WatchFiles = iter) -> tuple[Playbook | None, tuple[Problem, ...]]:
    """The playbook in `root`, or None; and every problem of its data and of its pages' front matter, sorted.

    The files are checked in the order in which `watch` passes them on, so that it can show the progress.
    """
    files, problems = read_files(root)
    by_id = _paths_by_id([*(file.path for file in files), *(problem.location.file for problem in problems)])
    checked = [item for file in watch(files) if (item := _kept(check_file(file), problems))]
    docs, unread = read_docs(root)
    read = dict(read_pages(root, docs))
    problems += [*unread, *check_docs_names(root, docs), *(page for page in read.values() if isinstance(page, Problem))]
    written = {path: page for path, page in read.items() if isinstance(page, PageSource)}
    pages = _check_pages(written, root, problems)
    problems += check_addresses((file.path for file in files), docs, release_names(root))
    released = cache(partial(released_files, root))
    elsewhere = _check_elsewhere(root, files, checked, problems)
    found = [*check_relations([*checked, *pages.values()], by_id, released, elsewhere), *check_tags(checked, by_id)]
    problems = _with_relations(problems, found)
    problems += check_clashes(checked, by_id, released)
    problems += check_citations(checked)
    if problems:
        return None, sort_problems(problems)
    values = [item.value for item in checked]
    settings = next(value for value in values if isinstance(value, Settings))
    entries = in_order(value for value in values if isinstance(value, Entry))
    fronts = MappingProxyType({path: item.value for path, item in pages.items()})
    inbound = next((value for value in values if isinstance(value, InboundLinks)), InboundLinks())
    return Playbook(settings, MappingProxyType({entry.id: entry for entry in entries}), fronts, MappingProxyType(written), elsewhere, inbound), ()


def _check_elsewhere(root: Path, files: Iterable[DataFile], checked: Iterable[Checked], problems: list[Problem]) -> Elsewhere:
    """The other playbooks, with the problems of the copies of their inventories put among `problems`."""
    is_there = any(file.path == OTHERS_FILE for file in files) or any(problem.location.file == OTHERS_FILE for problem in problems)
    item = next((item for item in checked if isinstance(item.value, OtherPlaybooks)), None)
    elsewhere, faults = read_elsewhere(root, item.value.playbooks if item else None if is_there else ())
    problems += faults
    if item:
        faulty = frozenset(problem.location.file for problem in faults)
        problems += [locate(item.source, finding) for finding in missing_copies(item.value, elsewhere, faulty)]
    return elsewhere


def _paths_by_id(paths: Iterable[str]) -> dict[str, list[str]]:
    """The files of each id, including those that cannot be read: their entries exist and may be named."""
    by_id: dict[str, list[str]] = {}
    for path in paths:
        folder, _, name = path.removeprefix(f"{DATA}/").rpartition("/")
        if folder in KINDS:
            by_id.setdefault(os.path.splitext(name)[0], []).append(path)  # noqa: PTH122 - pathlib would take longer than the disk
    return by_id


def _with_relations(known: Sequence[Problem], found: Sequence[Problem]) -> list[Problem]:
    """`known`, and what was found of fields that have no problem yet. What cannot be an id is told in the words of `found`, which knows all ids."""
    better = {_place(problem): problem for problem in found}
    told = [better.get(_place(problem), problem) if problem.rule == "not-an-id" else problem for problem in known]
    places = {_place(problem) for problem in known if problem.path}
    return [*told, *(problem for problem in found if _place(problem) not in places)]


def _place(problem: Problem) -> tuple[Location, str]:
    return problem.location, problem.path


def _check_pages(pages: Mapping[str, PageSource], root: Path, problems: list[Problem]) -> dict[str, Checked]:
    checked = {}
    for path, page in pages.items():
        problems += (found := [*form_problems(page)])
        if any(problem.rule == "front-matter" for problem in found):
            continue
        if item := _kept(_check_front(path, page), problems):
            checked[path] = item
            if item.value is not None:
                problems += [locate(page.front, finding) for finding in page_findings(item.value, root)]
    return checked


@remembered(lambda path, page: (path, page))
def _check_front(path: str, page: PageSource) -> tuple[Checked | None, list[Problem]]:
    return check_source(page.front, model_of_page(path), parsed=page.fields)


def _kept(result: tuple[Checked | None, list[Problem]], problems: list[Problem]) -> Checked | None:
    item, found = result
    problems += found
    return item


def load_playbook(root: Path, *, watch: WatchFiles = iter) -> Playbook:
    """The playbook in `root`, read as `read_playbook` does.

    Raises: InvalidPlaybook, with every problem.
    """
    playbook, problems = read_playbook(root, watch=watch)
    if playbook is None:
        raise InvalidPlaybook(problems)
    return playbook
