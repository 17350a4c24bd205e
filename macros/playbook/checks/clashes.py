"""Files that claim the same: an id, a former id, or a place in a circle of relations. Each clash is told at every file that has a part in it.

`check_clashes` takes files that were checked for themselves. Which of two files has to give way does not depend on their order: it is the one that no
release has.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from macros.files.layout import DATA
from macros.playbook.checks.file import Checked
from macros.playbook.names import Released
from macros.problems.problem import Problem, file_problem, short
from macros.schema.fields import Relation
from macros.yamlfile.finding import Finding, locate
from macros.yamlfile.source import FieldPath

Edges = dict[str, dict[str, FieldPath]]
"""From an id to the ids that its entry names, each with its place."""
_LONGEST_CIRCLE = 20
"""Steps of a circle that a message shows."""


def check_clashes(checked: Sequence[Checked], by_id: Mapping[str, Sequence[str]], released: Released) -> Iterator[Problem]:
    """What several files claim; `by_id` has the paths of each id's files."""
    yield from _taken_ids(by_id, released)
    yield from _former_ids([item for item in checked if item.is_entry], by_id, released)
    yield from _circles(checked)


def _taken_ids(by_id: Mapping[str, Sequence[str]], released: Released) -> Iterator[Problem]:
    for id, paths in by_id.items():
        claims = sorted(path for path in paths if path.endswith(".yml"))
        for path in claims if len(claims) > 1 else ():
            yield _taken_id(id, path, [other for other in claims if other != path], released())


def _taken_id(id: str, path: str, others: Sequence[str], released: Collection[str]) -> Problem:
    older = next((other for other in others if other in released), "")
    if path in released and not older:
        help = f"keep it here, because a release has it: rename {others[0]}"
    elif older and path not in released:
        return file_problem(path, "id-taken", f"the id '{id}' belongs to {older}, which a release has", "rename this file: an id is never used twice")
    else:
        help = "rename one of the two files: an id is unique in the whole playbook"
    return file_problem(path, "id-taken", f"the id '{id}' is that of {others[0]} too", help)


def _former_ids(entries: Sequence[Checked], by_id: Mapping[str, Sequence[str]], released: Released) -> Iterator[Problem]:
    """An id that an entry had before leads to that entry for good, so it may not be the id, present or former, of another entry."""
    claims: dict[str, list[tuple[Checked, int]]] = {}
    for item in entries:
        former = item.raw.get("formerly")
        for index, old in enumerate(former if isinstance(former, list) else ()):
            if isinstance(old, str):
                claims.setdefault(old, []).append((item, index))
    for old, its in claims.items():
        if old in by_id:
            yield from _living(old, its, by_id[old][0], released)
        else:
            yield from _claimed_twice(old, its)


def _living(old: str, claims: Sequence[tuple[Checked, int]], path: str, released: Released) -> Iterator[Problem]:
    """A former id that an entry has now: told at both, unless it is the same entry."""
    for item, index in claims:
        is_own = old == item.slug
        is_new = not is_own and path not in released() and f"{DATA}/{item.model.kind.folder}/{old}.yml" in released()
        whose = "this entry's own id" if is_own else f"the id of {path}"
        help = (
            f"rename {path}: no release has it, and links to '{short(old)}' lead here"
            if is_new
            else "remove it, because links to it already lead there"
        )
        yield locate(item.source, Finding(("formerly", index), "formerly-living", f"'{short(old)}' is {whose}", help))
        if not is_own:
            remedy = "rename this file" if is_new else "remove it there, or give this entry another id"
            yield file_problem(path, "formerly-living", f"'{short(old)}' is a former id of {item.source.file}, and links to it lead there", remedy)


def _claimed_twice(old: str, claims: Sequence[tuple[Checked, int]]) -> Iterator[Problem]:
    first = {item.source.file: index for item, index in reversed(claims)}
    for item, index in claims:
        others = [file for file in first if file != item.source.file]
        if first[item.source.file] != index:
            yield locate(item.source, Finding(("formerly", index), "repeated", f"'{short(old)}' stands here twice", "keep one"))
        elif others:
            message = f"'{short(old)}' is among the former ids of {others[0]} too"
            help = "keep it in the one that took its place; if both did, bring it back with `status: withdrawn`, and name both under `replaced_by:`"
            yield locate(item.source, Finding(("formerly", index), "formerly-taken", message, help))


def _circles(checked: Iterable[Checked]) -> Iterator[Problem]:
    """Relations that must not lead back to where they began: each circle once at each of its entries."""
    entries = {item.slug: item for item in checked if item.is_entry}
    for (name, _), edges in _acyclic_edges(entries.values()).items():
        for circle in _circles_in(edges):
            for index, id in enumerate(circle):
                step = edges[id][circle[(index + 1) % len(circle)]]
                finding = Finding(step, "circle", f"'{name}' forms a circle: {_shown(circle, index)}", f"remove '{name}' from one of them")
                yield locate(entries[id].source, finding)


def _shown(circle: Sequence[str], index: int) -> str:
    """The circle as it looks from one of its entries: `web → alliance → network → web`."""
    ids = islice((circle[(index + step) % len(circle)] for step in range(len(circle) + 1)), _LONGEST_CIRCLE)
    return short(f"{' → '.join(ids)}{' → …' if len(circle) >= _LONGEST_CIRCLE else ''}", 200)


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
