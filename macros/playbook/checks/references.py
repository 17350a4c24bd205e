"""Every id that an entry or a page names: whether it exists, is of the right kind, is not the entry itself, and leads in no circle.

`check_relations` takes files that were checked for themselves, and returns the problems between them.
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
from macros.problems.problem import Problem, file_problem, short
from macros.schema.fields import Relation
from macros.text.markdown import entry_links
from macros.yamlfile.finding import Finding, locate
from macros.yamlfile.source import FieldPath

Edges = dict[str, dict[str, FieldPath]]
"""From an id to the ids that its entry names, each with its place."""


def check_relations(checked: list[Checked], by_id: Mapping[str, Sequence[str]]) -> list[Problem]:
    """What is wrong between files; `by_id` has the paths of each id's files."""
    kinds = {id: [PurePosixPath(path).parent.name for path in paths] for id, paths in by_id.items()}
    problems = list(_taken_ids(by_id))
    for item in checked:
        problems += [locate(item.source, finding) for finding in _id_findings(item, kinds)]
    return [*problems, *_former_ids(checked, by_id), *_circles(checked)]


def _taken_ids(by_id: Mapping[str, Sequence[str]]) -> Iterator[Problem]:
    for id, paths in by_id.items():
        first, *others = sorted(path for path in paths if path.endswith(".yml")) or [""]
        for path in others:
            yield file_problem(
                path, "id-taken", f"the id '{id}' already belongs to {first}", "an id is unique in the whole playbook: rename this file"
            )


def _former_ids(checked: Iterable[Checked], by_id: Mapping[str, Sequence[str]]) -> Iterator[Problem]:
    """An id that an entry had before leads to that entry for good, so it may not be the id, present or former, of another entry."""
    claimed: dict[str, str] = {}
    for item in checked:
        former = item.raw.get("formerly") if item.is_entry else None
        for index, old in enumerate(former if isinstance(former, list) else ()):
            at = ("formerly", index)
            if not isinstance(old, str):
                continue
            if old in by_id:
                whose = "this entry's own id" if old == item.slug else f"the id of {by_id[old][0]}"
                help = "remove it, because links to it already lead there"
                yield locate(item.source, Finding(at, "formerly-living", f"'{short(old)}' is {whose}", help))
            elif claimed.get(old) == item.source.file:
                yield locate(item.source, Finding(at, "repeated", f"'{short(old)}' stands here twice", "keep one"))
            elif old in claimed:
                message = f"'{short(old)}' is among the former ids of {claimed[old]} too"
                help = (
                    "keep it in the one that took its place; if both did, bring it back with `status: withdrawn`, and name both under `replaced_by:`"
                )
                yield locate(item.source, Finding(at, "formerly-taken", message, help))
            else:
                claimed[old] = item.source.file


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


def _circles(checked: list[Checked]) -> Iterator[Problem]:
    """Relations that must not lead back to where they began: each circle once, at the entry where it was met."""
    entries = {item.slug: item for item in checked if item.is_entry}
    for (name, _), edges in _acyclic_edges(entries.values()).items():
        for circle in _circles_in(edges):
            shown = short(" → ".join([*circle, circle[0]]), 200)
            step = edges[circle[0]][circle[1]]
            finding = Finding(step, "circle", f"'{name}' forms a circle: {shown}", f"remove '{name}' from one of them")
            yield locate(entries[circle[0]].source, finding)


def _acyclic_edges(entries: Iterable[Checked]) -> dict[tuple[str, Relation], Edges]:
    edges: dict[tuple[str, Relation], Edges] = {}
    for item in entries:
        for field, path, value in item.filled:
            if field.relation and field.relation.acyclic and isinstance(value, str) and value != item.slug:
                edges.setdefault((field.name, field.relation), {}).setdefault(item.slug, {})[value] = path
    return edges


def _circles_in(edges: Edges) -> Iterator[list[str]]:
    """Every way back to an entry that a walk is still on; no recursion, so that a long chain is no trouble."""
    done: set[str] = set()
    for start in edges:
        trail = [] if start in done else [start]
        following = [iter(edges[start])]
        while trail:
            step = next(following[-1], None)
            if step is None:
                done.add(trail.pop())
                following.pop()
            elif step in trail:
                yield trail[trail.index(step) :]
            elif step in edges and step not in done:
                trail.append(step)
                following.append(iter(edges[step]))
