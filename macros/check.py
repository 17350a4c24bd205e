"""Files of the data -> typed entries, or every problem that they have.

Enters: the files' bytes. Leaves: the playbook's facts, its entries by id, problems with their places.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

from pydantic import BaseModel

from macros.facts import Facts
from macros.fields import Plain, Prose, Relation
from macros.files import DataFile, file_problem
from macros.kinds import KINDS, Entry
from macros.parse import HIDDEN, Path, Source, decode, parse_yaml
from macros.problems import Problem
from macros.shape import Finding, field_names, locate, model_within, shape
from macros.text import PLACEHOLDER, TextProblem, entry_links, text_problems


@dataclass(frozen=True, slots=True)
class Checked:
    """One file: what could be read of it (`raw`), and its typed value where nothing is wrong with its shape.

    `slug` is the entry's id; a file that is no entry has none.
    """

    source: Source
    model: type[BaseModel]
    slug: str
    raw: Mapping[str, Any]
    value: BaseModel | None

    @property
    def is_entry(self) -> bool:
        return issubclass(self.model, Entry)


@dataclass(frozen=True, slots=True)
class Slot:
    """A field that holds words or ids, wherever it stands: `("evidence", None, "claim")`, None for each item."""

    pattern: tuple[str | None, ...]
    markers: tuple[Any, ...]


def check_file(file: DataFile) -> tuple[Checked | None, list[Problem]]:
    """One file for itself: bytes, YAML, fields, words. Relations need the others: see `check_relations`."""
    source = decode(file.path, file.data)
    if isinstance(source, Problem):
        return None, [source]
    if file.folder in KINDS:
        return check_source(source, KINDS[file.folder], file.slug)
    return check_source(source, Facts)


def check_source(source: Source, model: type[BaseModel], slug: str = "") -> tuple[Checked | None, list[Problem]]:
    """YAML that should be a `model`."""
    raw, problems = parse_yaml(source)
    if problems:
        return None, problems
    if raw is None and not any(field.is_required() for field in model.model_fields.values()):
        raw = {}
    if not isinstance(raw, dict):
        return None, [_no_mapping(source, raw)]
    value, findings = _shaped(model, raw, slug)
    findings += [finding for slot in slots_of(model) for finding in _word_findings(raw, slot)]
    if isinstance(value, Entry):
        findings += _entry_findings(value)
    return Checked(source, model, slug, raw, value), [locate(source, finding) for finding in findings]


def check_relations(checked: list[Checked]) -> list[Problem]:
    """Every id that a file names: it exists, is of the right kind, is not itself, stands once."""
    kinds = {item.slug: item.model.kind.folder for item in checked if item.is_entry}
    problems = list(_taken_ids(checked))
    for item in checked:
        for slot in slots_of(item.model):
            problems += [locate(item.source, finding) for finding in _id_findings(item, slot, kinds)]
    return problems + list(_circles(checked))


@cache
def slots_of(model: type[BaseModel], prefix: tuple[str | None, ...] = ()) -> tuple[Slot, ...]:
    """The fields of `model`, and of the models inside it, that are marked as words or relations."""
    slots: list[Slot] = []
    for name, field in field_names(model).items():
        is_list = _is_list(field.annotation)
        pattern = (*prefix, name, *([None] if is_list else []))
        markers = tuple(m for m in (*field.metadata, *_inner_markers(field.annotation)) if isinstance(m, (Prose, Plain, Relation)))
        if markers:
            slots.append(Slot(pattern, markers))
        if inner := model_within(field.annotation):
            slots += slots_of(inner, pattern)
    return tuple(slots)


def _no_mapping(source: Source, raw: Any) -> Problem:
    if raw is None:
        return file_problem(source.file, "empty-file", "the file is empty", "write the entry's fields, or delete the file")
    start = source.root.start_mark
    return source.problem((start, start), "not-a-mapping", "expected fields such as `title: …`", "write `name: value` on each line")


def _shaped(model: type[BaseModel], raw: dict, slug: str) -> tuple[BaseModel | None, list[Finding]]:
    if not issubclass(model, Entry):
        return shape(model, raw)
    if "id" in raw:
        value, findings = shape(model, {key: value for key, value in raw.items() if key != "id"} | {"id": slug})
        stray = Finding(("id",), "unknown-field", "an entry does not write its id", "take it out: the id is the file's name", key=True)
        return None, [*findings, stray]
    return shape(model, {**raw, "id": slug})


def _word_findings(raw: Mapping, slot: Slot) -> Iterator[Finding]:
    is_prose = any(isinstance(marker, Prose) for marker in slot.markers)
    if not is_prose and not any(isinstance(marker, Plain) for marker in slot.markers):
        return
    for path, value in _values(raw, slot.pattern):
        if not isinstance(value, str):
            continue
        if not value.strip():
            yield Finding(path, "empty", "the text is empty", "write it, or take the field out")
        elif hidden := HIDDEN.search(value):
            yield Finding(path, "hidden-character", f"there is an invisible character (U+{ord(hidden[0]):04X})", "delete it")
        else:
            seen: Counter[str] = Counter()
            for problem in text_problems(value) if is_prose else _plain_problems(value):
                yield Finding(path, problem.rule, problem.message, problem.help, needle=problem.needle, nth=seen[problem.needle])
                seen[problem.needle] += 1


def _plain_problems(text: str) -> Iterator[TextProblem]:
    if match := PLACEHOLDER.search(text):
        yield TextProblem("placeholder", f"'{match[0]}' marks unfinished text", "finish it, or take it out", match[0])


def _entry_findings(entry: Entry) -> Iterator[Finding]:
    """Rules between fields of one entry."""
    if entry.status == "withdrawn" and not entry.reason:
        yield Finding(("status",), "withdrawn-without-reason", "a withdrawn entry says why", "add `reason:`, and `replaced_by:` where something replaces it")
    if entry.status != "withdrawn" and (entry.reason or entry.replaced_by):
        field = "reason" if entry.reason else "replaced_by"
        yield Finding((field,), "not-withdrawn", f"'{field}' belongs to withdrawn entries", "add `status: withdrawn`, or take it out", key=True)
    question = getattr(entry, "question", None)
    if question and not question.rstrip().endswith("?"):
        yield Finding(("question",), "not-a-question", "a question ends in a question mark", "ask it as one sentence")
    names = Counter(figure.name for figure in getattr(entry, "figures", ()))
    for index, figure in enumerate(getattr(entry, "figures", ())):
        if names[figure.name] > 1:
            yield Finding(("figures", index, "name"), "name-taken", f"two figures of this entry are called '{figure.name}'", "give each its own name")


def _taken_ids(checked: list[Checked]) -> Iterator[Problem]:
    first: dict[str, Checked] = {}
    for item in checked:
        if not item.is_entry:
            continue
        other = first.setdefault(item.slug, item)
        if other is not item:
            yield file_problem(
                item.source.file, "id-taken", f"the id '{item.slug}' already belongs to {other.source.file}",
                "an id is unique in the whole playbook: rename this file",
            )  # fmt: skip


def _id_findings(item: Checked, slot: Slot, kinds: Mapping[str, str]) -> Iterator[Finding]:
    relation = next((marker for marker in slot.markers if isinstance(marker, Relation)), None)
    seen: set[tuple] = set()
    for path, value in _values(item.raw, slot.pattern):
        if not isinstance(value, str):
            continue
        if relation:
            yield from _reference_findings(path, value, item.slug, relation.to, kinds)
            if isinstance(path[-1], int) and (path[:-1], value) in seen:
                yield Finding(path, "repeated", f"'{value}' stands here twice", "keep one")
            seen.add((path[:-1], value))
        elif any(isinstance(marker, Prose) for marker in slot.markers):
            named: Counter[str] = Counter()
            for id in entry_links(value):
                nth, named[id] = named[id], named[id] + 1
                for found in _reference_findings(path, id, item.slug, None, kinds):
                    yield Finding(found.path, found.rule, found.message, found.help, needle=f"[[{id}", nth=nth)


def _reference_findings(path: Path, id: str, own: str, to: str | None, kinds: Mapping[str, str]) -> Iterator[Finding]:
    if id == own:
        yield Finding(path, "names-itself", f"'{id}' is this entry", "name another entry, or take it out")
    elif id not in kinds:
        yield Finding(path, "unknown-id", f"there is no entry '{id}'", _closest(id, to, kinds))
    elif to and kinds[id] != to:
        yield Finding(path, "wrong-kind", f"'{id}' is one of the {kinds[id]}, expected one of the {to}", _closest(id, to, kinds))


def _closest(id: str, to: str | None, kinds: Mapping[str, str]) -> str:
    fitting = [other for other, kind in kinds.items() if to in (None, kind)]
    near = get_close_matches(id, fitting, n=1)
    if near:
        return f"did you mean '{near[0]}' ({kinds[near[0]]})?"
    elsewhere = get_close_matches(id, kinds, n=1) if id not in kinds else []
    if elsewhere:
        return f"'{elsewhere[0]}' is close, but is one of the {kinds[elsewhere[0]]}; `playbook list {to}` shows what fits here"
    return f"`playbook list{f' {to}' if to else ''}` shows what there is"


def _circles(checked: list[Checked]) -> Iterator[Problem]:
    """Relations that must not lead back to where they began: each circle once, at its first entry."""
    for (name, marker), edges in _acyclic_edges(checked).items():
        done: set[str] = set()
        for start in edges:
            circle = _circle_from(start, edges, done)
            if circle:
                item = next(item for item in checked if item.is_entry and item.slug == circle[0])
                finding = Finding((name,), "circle", f"'{name}' leads in a circle: {' → '.join([*circle, circle[0]])}", "take one of the steps out")
                yield locate(item.source, finding)


def _acyclic_edges(checked: list[Checked]) -> dict[tuple[str, Relation], dict[str, list[str]]]:
    edges: dict[tuple[str, Relation], dict[str, list[str]]] = {}
    for item in checked:
        for slot in slots_of(item.model) if item.is_entry else ():
            for marker in slot.markers:
                if isinstance(marker, Relation) and marker.acyclic:
                    named = [value for _, value in _values(item.raw, slot.pattern) if isinstance(value, str) and value != item.slug]
                    edges.setdefault((slot.pattern[0], marker), {})[item.slug] = named
    return edges


def _circle_from(start: str, edges: Mapping[str, list[str]], done: set[str]) -> list[str] | None:
    """The first circle that a walk from `start` meets; `done` are entries that are known to lead nowhere new."""
    trail: list[str] = []
    stack = [(start, iter(edges.get(start, ())))] if start not in done else []
    while stack:
        node, following = stack[-1]
        if not trail or trail[-1] != node:
            trail.append(node)
        step = next(following, None)
        if step is None:
            stack.pop()
            trail.pop()
            done.add(node)
        elif step in trail:
            done.update(trail)
            return trail[trail.index(step) :]
        elif step not in done:
            stack.append((step, iter(edges.get(step, ()))))
    return None


def _values(raw: Any, pattern: tuple[str | None, ...], path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Each value that stands where `pattern` says, with its path. A single id where a list may stand counts as one item."""
    if not pattern:
        yield path, raw
    elif pattern[0] is None:
        if isinstance(raw, list):
            for index, item in enumerate(raw):
                yield from _values(item, pattern[1:], (*path, index))
        elif isinstance(raw, str):
            yield path, raw
    elif isinstance(raw, dict) and pattern[0] in raw:
        yield from _values(raw[pattern[0]], pattern[1:], (*path, pattern[0]))


def _is_list(annotation: Any) -> bool:
    parts = getattr(annotation, "__args__", ())
    return getattr(annotation, "__origin__", None) is tuple or any(_is_list(part) for part in parts)


def _inner_markers(annotation: Any) -> Iterator[Any]:
    """Markers inside an annotation, such as those of the items of a list."""
    yield from getattr(annotation, "__metadata__", ())
    for part in getattr(annotation, "__args__", ()):
        if not (isinstance(part, type) and issubclass(part, BaseModel)):
            yield from _inner_markers(part)
