"""The file of a new entry: every field that it needs, explained by comments, and `TODO` where a person has to write.

Enters: a kind, a title and the ids that exist. Leaves: the text of a file, in which the check tells of each `TODO` and of nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from textwrap import wrap
from typing import Any

from pydantic import BaseModel

from macros.playbook.checks.placeholders import TODO
from macros.schema.fields import Prose, Relation
from macros.schema.introspect import choices_of, field_names, is_list, model_within
from macros.schema.kinds import Entry
from macros.yamlfile.writer import write_value

MOST_IDS = 8
"""Ids that a comment lists; `playbook list` has the others."""
WIDEST = 100
"""Characters in a line of comments."""
LONG_TEXT = 100
"""A text that may have more characters than this stands below its name, where lines may be broken."""
LATER = frozenset({"reason", "replaced_by", "formerly", "former_anchors", "reviewed"})
"""Fields of an entry that has had a life already."""

Ids = Mapping[str, Sequence[str]]
"""From the folder of a kind to the ids of its entries."""


def write_new_entry(model: type[Entry], title: str, *, path: str, ids: Ids) -> str:
    """The file of a new entry of the kind `model`, which will stand at `path`; where it comes from stands last, as in other entries."""
    kind, fields = model.kind, field_names(model)
    head = [
        f"# yaml-language-server: $schema=../schemas/{kind.folder}.json",
        *_comment(f"{kind.one}. {kind.intro}"),
        *_comment(f"Write over each {TODO}. Then type: playbook check {path}"),
        "",
        *_explained(fields["title"], ids),
        f"title: {write_value(title)}",
    ]
    asked = sorted((name for name, field in fields.items() if field.is_required() and name != "title"), key=lambda name: name == "sources")
    needed = [["", *_field(name, fields[name], ids)] for name in asked]
    optional = [name for name, field in fields.items() if not field.is_required() and name not in LATER]
    tail = ["", *_comment("The fields below may be left out. To use one, take the # and the space in front of its lines away.")]
    extra = [["", *_taken_out(_field(name, fields[name], ids, brief=True))] for name in optional]
    return "\n".join([*head, *chain.from_iterable(needed), *tail, *chain.from_iterable(extra), ""])


def _field(name: str, field: Any, ids: Ids, *, brief: bool = False) -> list[str]:
    """A field's explanation and its lines; `brief` without what fields inside it may be left out."""
    return [*_explained(field, ids), *_lines(name, field, ids, brief=brief)]


def _lines(name: str, field: Any, ids: Ids, *, brief: bool) -> list[str]:
    model = model_within(field.annotation)
    if model and is_list(field.annotation):
        return [f"{name}:", *_as_item(_inside(model, ids, brief=brief))]
    if model:
        return [f"{name}:", *_indented(_inside(model, ids, brief=brief))]
    if is_list(field.annotation):
        return [f"{name}:", f"  - {TODO}"]
    if sign := _sign_of_text(field):
        return [f"{name}: {sign}", f"  {TODO}"]
    return [f"{name}: {TODO}"]


def _inside(model: type[BaseModel], ids: Ids, *, brief: bool) -> list[str]:
    """The fields of a value that has fields: those that it needs, or its first one; the others as comments, where not `brief`."""
    fields = field_names(model)
    needed = [name for name, field in fields.items() if field.is_required()] or list(fields)[:1]
    optional = [] if brief else [name for name in fields if name not in needed]
    lines = chain.from_iterable(_field(name, fields[name], ids, brief=brief) for name in needed)
    return [*lines, *chain.from_iterable(_taken_out(_field(name, fields[name], ids)) for name in optional)]


def _as_item(lines: list[str]) -> list[str]:
    """The lines as the first item of a list: the hyphen stands before the first field, below its comments."""
    first = next(number for number, line in enumerate(lines) if not line.startswith("#"))
    return [*_indented(lines[:first]), f"  - {lines[first]}", *_indented(_indented(lines[first + 1 :]))]


def _indented(lines: list[str]) -> list[str]:
    return [f"  {line}" for line in lines]


def _taken_out(lines: list[str]) -> list[str]:
    """The lines as an editor comments them out."""
    return [f"#{line}" if line.startswith("#") else f"# {line}" for line in lines]


def _sign_of_text(field: Any) -> str:
    """`|` before a text with paragraphs, `>-` before a long line: what stands below needs no quotes."""
    prose = next((marker for marker in field.metadata if isinstance(marker, Prose)), None)
    if prose and prose.block:
        return "|"
    longest = next((limit.max_length for limit in field.metadata if getattr(limit, "max_length", None)), 0)
    return ">-" if prose or longest > LONG_TEXT else ""


def _explained(field: Any, ids: Ids) -> list[str]:
    """What a field is for, its limits and what it may hold; then an example, where ids or fields inside it do not show one."""
    relation = next((marker for marker in field.metadata if isinstance(marker, Relation)), None)
    choices = choices_of(field.annotation)
    what = " ".join([field.description, *_limits(field), *([f"One of: {', '.join(choices)}."] if choices else [])])
    if relation:
        return _comment(f"{what} {_ids_to_name(relation.to, ids, many=is_list(field.annotation))}")
    shows_itself = choices or model_within(field.annotation) or not field.examples
    return [*_comment(what), *([] if shows_itself else _comment(f"For instance: {write_value(field.examples[0])}"))]


def _limits(field: Any) -> Iterator[str]:
    """How long a text may be, where its description does not say so; an id is short anyway."""
    for limit in field.metadata:
        longest = getattr(limit, "max_length", None)
        if longest and not getattr(limit, "pattern", None) and not re.search(rf"\b{longest}\b", field.description):
            yield f"Up to {longest} characters."


def _ids_to_name(folder: str | None, ids: Ids, *, many: bool) -> str:
    """Which ids a relation may name: those that exist, or where to find them."""
    if folder is None:
        return f"{'Ids' if many else 'An id'} of any kind: see `playbook list`."
    known = ids.get(folder, ())
    if not known:
        return f"There are no {folder} yet: see `playbook new`."
    more = f", and {len(known) - MOST_IDS} more: see `playbook list {folder}`" if len(known) > MOST_IDS else ""
    what = f"Ids of {folder}" if many else f"One of the {folder}"
    return f"{what}: {', '.join(known[:MOST_IDS])}{more}."


def _comment(text: str) -> list[str]:
    return [f"# {line}" for line in wrap(text, WIDEST - 2, break_long_words=False, break_on_hyphens=False)]
