"""Compares the fields of one entry, of the playbook's settings, or of a page's front matter.

`field_changes` takes two mappings as parsed from YAML and returns one `FieldChange` for each field or list item that differs.
Relations between entries are left to `entries.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from macros.releases.diff.comparison import Comparison
from macros.releases.diff.model import FieldChange
from macros.releases.diff.word_diff import diff_words, one_line, pair_items, word_similarity
from macros.schema.fields import TextForm
from macros.schema.introspect import Steps
from macros.text.canonical import canonical
from macros.text.layout import in_words, layout
from macros.yamlfile.finding import show_path
from macros.yamlfile.source import FieldPath


def field_changes(before: Mapping[str, Any], now: Mapping[str, Any], how: Comparison) -> tuple[FieldChange, ...]:
    """Returns every field of which readers get other words, numbers or choices, or the same words in another layout."""
    return tuple(_mapping_changes(before, now, (), how))


def text_changes(before: str, now: str, path: FieldPath, form: TextForm) -> Iterator[FieldChange]:
    """Yields how a text changed: its words, its layout or both; nothing if pages show both texts alike."""
    if before == now or canonical(before, form) == canonical(now, form):
        return
    old, new = as_text(before), as_text(now)
    if old != new:
        is_text = " " in old or " " in new
        yield FieldChange(show_path(path), "words" if is_text else "value", old, new, diff_words(old, new) if is_text else ())
    was, blocks = layout(before, form), layout(now, form)
    if was != blocks and (old == new or {block.kind for block in was} != {block.kind for block in blocks}):
        yield FieldChange(show_path(path), "layout", in_words(was), in_words(blocks))
    elif old == new:
        yield FieldChange(show_path(path), "layout")


def as_text(value: Any) -> str:
    """Returns a YAML value on one line: `claim Few partners shared data · at para 11`."""
    if isinstance(value, Mapping):
        return " · ".join(f"{name} {as_text(item)}" for name, item in value.items())
    return "; ".join(map(as_text, value)) if isinstance(value, (list, tuple)) else one_line(str(value))


def _mapping_changes(before: Mapping[str, Any], now: Mapping[str, Any], path: FieldPath, how: Comparison) -> Iterator[FieldChange]:
    names = [*now, *(name for name in before if name not in now)]
    for name in names:
        at = (*path, name)
        if _steps_of(at) in how.left_out:
            continue
        if name not in before:
            yield FieldChange(show_path(at), "new", now=as_text(now[name]))
        elif name not in now:
            yield FieldChange(show_path(at), "gone", before=as_text(before[name]))
        else:
            yield from _value_changes(before[name], now[name], at, how)


def _value_changes(before: Any, now: Any, path: FieldPath, how: Comparison) -> Iterator[FieldChange]:
    if isinstance(before, Mapping) and isinstance(now, Mapping):
        yield from _mapping_changes(before, now, path, how)
    elif isinstance(before, (list, tuple)) and isinstance(now, (list, tuple)):
        yield from _list_changes(before, now, path, how)
    elif isinstance(before, str) and isinstance(now, str):
        yield from text_changes(before, now, path, how.forms.get(_steps_of(path), "plain"))
    elif (old := as_text(before)) != (new := as_text(now)):
        yield FieldChange(show_path(path), "value", old, new)


def _list_changes(before: list[Any], now: list[Any], path: FieldPath, how: Comparison) -> Iterator[FieldChange]:
    pairs = pair_items(before, now, _item_similarity)
    for i, j in pairs.same:
        yield from _value_changes(before[i], now[j], (*path, j), how)
        if (i, j) in pairs.moved:
            yield FieldChange(show_path((*path, j)), "moved", before=show_path((*path, i)), now=as_text(now[j]))
    for j in pairs.new:
        yield FieldChange(show_path((*path, j)), "new", now=as_text(now[j]))
    for i in pairs.gone:
        yield FieldChange(show_path((*path, i)), "gone", before=as_text(before[i]))


def _item_similarity(before: Any, now: Any) -> float:
    """How likely one item became the other, from 0 to 1. A figure is known by its name, a citation by its source and place."""
    if isinstance(before, Mapping) and isinstance(now, Mapping):
        if "name" in before and before.get("name") == now.get("name"):
            return 1.0
        if "source" in before and (before.get("source"), before.get("at")) == (now.get("source"), now.get("at")):
            return 0.9
    return word_similarity(as_text(before), as_text(now))


def _steps_of(path: FieldPath) -> Steps:
    return tuple(None if isinstance(step, int) else step for step in path)
