"""What changed in the fields of one entry, of the playbook's facts, or of a page's front matter.

Enters: two mappings as YAML names them. Leaves: changes of fields, each with its path; relations are told elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from macros.releases.diff.model import FieldChange
from macros.releases.diff.words import diff_words, likeness, one_line, pair_items
from macros.yamlfile.finding import show_path

FieldPath = tuple[str | int, ...]
Patterns = frozenset[tuple[str | None, ...]]


def field_changes(before: Mapping[str, Any], now: Mapping[str, Any], relations: Patterns = frozenset()) -> tuple[FieldChange, ...]:
    """Every field whose words, numbers or choices are others; fields of `relations` are left out."""
    return tuple(_in_mapping(before, now, (), relations))


def as_text(value: Any) -> str:
    """A value of YAML in one line: `claim Few partners shared data · at para 11`."""
    if isinstance(value, Mapping):
        return " · ".join(f"{name} {as_text(item)}" for name, item in value.items())
    return "; ".join(map(as_text, value)) if isinstance(value, (list, tuple)) else one_line(str(value))


def _in_mapping(before: Mapping[str, Any], now: Mapping[str, Any], path: FieldPath, relations: Patterns) -> Iterator[FieldChange]:
    names = [*now, *(name for name in before if name not in now)]
    for name in names:
        at = (*path, name)
        if _pattern(at) in relations:
            continue
        if name not in before:
            yield FieldChange(show_path(at), "new", now=as_text(now[name]))
        elif name not in now:
            yield FieldChange(show_path(at), "gone", before=as_text(before[name]))
        else:
            yield from _in_value(before[name], now[name], at, relations)


def _in_value(before: Any, now: Any, path: FieldPath, relations: Patterns) -> Iterator[FieldChange]:
    if isinstance(before, Mapping) and isinstance(now, Mapping):
        yield from _in_mapping(before, now, path, relations)
    elif isinstance(before, (list, tuple)) and isinstance(now, (list, tuple)):
        yield from _in_list(before, now, path, relations)
    elif (old := as_text(before)) != (new := as_text(now)):
        is_text = isinstance(before, str) and isinstance(now, str) and (" " in old or " " in new)
        yield FieldChange(show_path(path), "words" if is_text else "value", old, new, diff_words(old, new) if is_text else ())


def _in_list(before: list[Any], now: list[Any], path: FieldPath, relations: Patterns) -> Iterator[FieldChange]:
    pairs = pair_items(before, now, _alike)
    for i, j in pairs.same:
        yield from _in_value(before[i], now[j], (*path, j), relations)
        if (i, j) in pairs.moved:
            yield FieldChange(show_path((*path, j)), "moved", before=show_path((*path, i)), now=as_text(now[j]))
    for j in pairs.new:
        yield FieldChange(show_path((*path, j)), "new", now=as_text(now[j]))
    for i in pairs.gone:
        yield FieldChange(show_path((*path, i)), "gone", before=as_text(before[i]))


def _alike(before: Any, now: Any) -> float:
    """How likely one item became the other. A figure is called by its name; citations of one place are the same citation."""
    if isinstance(before, Mapping) and isinstance(now, Mapping):
        if "name" in before and before.get("name") == now.get("name"):
            return 1.0
        if "source" in before and (before.get("source"), before.get("at")) == (now.get("source"), now.get("at")):
            return 0.9
    return likeness(as_text(before), as_text(now))


def _pattern(path: FieldPath) -> tuple[str | None, ...]:
    return tuple(None if isinstance(step, int) else step for step in path)
