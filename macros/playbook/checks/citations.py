"""Every citation leads to a place that its source says it has.

`check_citations` takes files that were checked for themselves, and returns a problem for each citation of a place that is not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from macros.playbook.checks.file import Checked
from macros.playbook.passages import closest_passage, passage_of
from macros.problems.folding import folded
from macros.problems.problem import Problem, short
from macros.schema.builtin_kinds import Source
from macros.schema.filled import values_in
from macros.yamlfile.finding import Finding, locate
from macros.yamlfile.source import FieldPath


def check_citations(checked: Iterable[Checked]) -> Iterator[Problem]:
    """Citations of places that their sources do not list, and places that a source lists twice."""
    checked = tuple(checked)
    places = {item.slug: tuple(_places(item)) for item in checked if item.model is Source}
    for item in checked:
        findings = [*_repeated(item)] if item.model is Source else []
        for path, source, at in _citations(item):
            if places.get(source) and passage_of(at, places[source]) is None:
                findings.append(
                    Finding(path, "unknown-passage", f"'{source}' has no place '{short(at)}'", closest_passage(at, source, places[source]))
                )
        yield from (locate(item.source, finding) for finding in findings)


def _places(item: Checked) -> Iterator[str]:
    return (at for _, at in values_in(item.raw, ("passages", None, "at")) if isinstance(at, str))


def _repeated(item: Checked) -> Iterator[Finding]:
    seen: set[str] = set()
    for path, at in values_in(item.raw, ("passages", None, "at")):
        if isinstance(at, str) and folded(at) in seen:
            yield Finding(path, "repeated", f"'{short(at)}' stands here twice", "keep one")
        seen.add(folded(str(at)))


def _citations(item: Checked) -> Iterator[tuple[FieldPath, str, str]]:
    """(where its place is written, source, place) of each citation in a file."""
    for field, path, source in item.filled:
        if path[-1] == "source" and field.relation and field.relation.to == "sources":
            at = _sibling(item.raw, path, "at")
            if isinstance(source, str) and isinstance(at, str) and at.strip():
                yield (*path[:-1], "at"), source, at


def _sibling(raw: Any, path: FieldPath, name: str) -> Any:
    for step in path[:-1]:
        raw = raw[step]
    return raw.get(name)
