"""Every id that an entry or a page names: whether it exists, is of the right kind, and is not the entry itself.

`check_relations` takes files that were checked for themselves, and returns problems with what they name. Two files that claim the same are in
`clashes.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from macros.files.layout import DATA
from macros.playbook.checks.file import Checked
from macros.problems.closest import closest, guess
from macros.problems.folding import look_the_same
from macros.problems.problem import Problem, short
from macros.text.markdown import entry_links
from macros.yamlfile.finding import Finding, locate
from macros.yamlfile.source import FieldPath


def check_relations(checked: list[Checked], by_id: Mapping[str, Sequence[str]]) -> list[Problem]:
    """What is wrong with the ids that files name; `by_id` has the paths of each id's files."""
    kinds = {id: [PurePosixPath(path).parent.name for path in paths] for id, paths in by_id.items()}
    return [locate(item.source, finding) for item in checked for finding in _id_findings(item, kinds)]


def _id_findings(item: Checked, kinds: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
    seen: set[tuple[FieldPath, str]] = set()
    for field, path, value in item.filled:
        if not isinstance(value, str):
            continue
        if relation := field.relation:
            yield from _reference_findings(path, value, item.slug, relation.to, kinds)
            if isinstance(path[-1], int) and (path[:-1], value) in seen:
                yield Finding(path, "repeated", f"'{short(value)}' stands here twice", "keep one")
            seen.add((path[:-1], value))
        elif field.is_prose and (links := entry_links(value, field.form)):
            yield from _link_findings(item, path, links, kinds)


def _link_findings(item: Checked, path: FieldPath, links: Iterable[tuple[str, str]], kinds: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
    named: Counter[str] = Counter()
    for id, needle in links:
        for found in _reference_findings(path, id, item.slug, None, kinds):
            yield replace(found, needle=needle, nth=named[needle])
        named[needle] += 1


def _reference_findings(path: FieldPath, id: str, own: str, to: str | None, kinds: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
    if id == own:
        yield Finding(path, "names-itself", f"'{id}' is this entry itself", "name another entry, or remove it")
    elif id not in kinds:
        yield Finding(path, "unknown-id", f"there is no entry '{short(id)}'", _closest(id, to, kinds))
    elif to and to not in kinds[id]:
        yield Finding(path, "wrong-kind", f"'{id}' is one of the {kinds[id][0]}, expected one of the {to}", _closest(id, to, kinds))


def _closest(id: str, to: str | None, kinds: Mapping[str, Sequence[str]]) -> str:
    """What may have been meant. No command is named here: they all want a playbook without problems."""
    fitting = [other for other, its in kinds.items() if to is None or to in its]
    where = f"an id is the name of a file in {DATA}/{to or '<kind>'}/, without .yml"
    near = closest(id, fitting)
    if near:
        if look_the_same(id, near):
            return guess(id, near)
        return f"did you mean '{near}' ({to or kinds[near][0]})?"
    elsewhere = closest(id, kinds) if id not in kinds else None
    if elsewhere:
        return f"'{elsewhere}' is close, but is one of the {kinds[elsewhere][0]}; {where}"
    return where
