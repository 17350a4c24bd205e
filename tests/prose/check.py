"""All rules, applied to each entry and each page; what an exception lets stand is told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path

from macros.files.read import DataFile, read_files
from macros.playbook.checks.file import check_file
from macros.problems.problem import Problem
from macros.schema.entry import Entry
from macros.yamlfile.finding import Finding, locate
from macros.yamlfile.source import SourceText
from tests.prose.ease import ease_findings, reading_ease
from tests.prose.passages import Passage, passage_of_page, passages_of_entry
from tests.prose.rhythm import long_findings, mean_findings, row_findings
from tests.prose.rules import Found, rules
from tests.prose.words import chosen_findings, jargon_findings, spelling_findings

ROOT_PAGES = ("README.md", "CONTRIBUTING.md")


def entry_problems(root: Path) -> Iterator[Problem]:
    """What is hard to read, unnatural or misspelt in the entries of the playbook in `root`."""
    return (problem for problem, found in _in_entries(root) if not rules().excepts(problem.location.file, found))


def page_problems(root: Path) -> Iterator[Problem]:
    """The same for the pages that are written by hand."""
    return (problem for problem, found in _in_pages(root) if not rules().excepts(problem.location.file, found))


def excepted_problems(root: Path) -> frozenset[tuple[str, str]]:
    """The exceptions that let something stand: each file, with the rule or word."""
    everything = (*_in_entries(root), *_in_pages(root))
    return frozenset(
        (problem.location.file, found.excepted_as or found.rule) for problem, found in everything if rules().excepts(problem.location.file, found)
    )


@cache
def _in_entries(root: Path) -> tuple[tuple[Problem, Found], ...]:
    return tuple(pair for file in read_files(root)[0] for pair in _in_file(file))


def _in_file(file: DataFile) -> Iterator[tuple[Problem, Found]]:
    item, _ = check_file(file)
    if item and issubclass(item.model, Entry):
        passages = list(passages_of_entry(item.raw, item.model))
        for passage in passages:
            yield from ((_located(item.source, passage.place, found), found) for found in passage_findings(file.path, passage))
        yield from ((_located(item.source, ("title",), found), found) for found in whole_findings(file.path, passages))


def ease_of_entries(root: Path) -> float:
    """The reading ease of all entries together."""
    items = (check_file(file)[0] for file in read_files(root)[0])
    passages = (passage for item in items if item and issubclass(item.model, Entry) for passage in passages_of_entry(item.raw, item.model))
    return reading_ease("\n".join(passage.text for passage in passages))


@cache
def _in_pages(root: Path) -> tuple[tuple[Problem, Found], ...]:
    files = [*sorted((root / "docs").rglob("*.md")), *(root / name for name in ROOT_PAGES if (root / name).is_file())]
    return tuple(pair for file in files for pair in _in_page(SourceText(file.relative_to(root).as_posix(), file.read_text("utf-8"))))


def _in_page(source: SourceText) -> Iterator[tuple[Problem, Found]]:
    passage = passage_of_page(source.text)
    placed = partial(_placed, source)
    yield from ((placed(found), found) for found in passage_findings(source.file, passage))
    yield from ((placed(found), found) for found in whole_findings(source.file, [passage]))


def passage_findings(file: str, passage: Passage) -> Iterator[Found]:
    """What is wrong in one field, or on a page."""
    yield from long_findings(passage.text)
    yield from jargon_findings(passage.text)
    yield from spelling_findings(passage.text)
    if rules().is_content(file):
        yield from chosen_findings(passage.text)
        yield from row_findings(passage)


def whole_findings(file: str, passages: list[Passage]) -> Iterator[Found]:
    """What is wrong with a whole entry or page."""
    yield from ease_findings("\n".join(passage.text for passage in passages))
    if rules().is_content(file):
        yield from mean_findings(passages)


def _located(source: SourceText, place: tuple, found: Found) -> Problem:
    return locate(source, Finding(place, found.rule, found.message, found.help, needle=found.needle))


def _placed(source: SourceText, found: Found) -> Problem:
    in_source = r"\s+".join(re.escape(word) for word in found.needle.split()).replace("Code", r"(?:Code|`[^`]*`)")
    match = re.search(rf"(?<![\w-]){in_source}", source.text) if in_source else None
    start, end = match.span() if match else (0, 1)
    return source.problem((source.mark_at(start), source.mark_at(end)), found.rule, found.message, found.help)
