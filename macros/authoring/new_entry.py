"""The file of a new entry: every field that it needs, explained by comments, and `TODO` where a person has to write.

`write_new_entry` takes a kind, a title and the ids that exist. It returns the text of the file, in which the check reports each `TODO`
and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from textwrap import wrap

from macros.playbook.checks.placeholders import TODO
from macros.schema.entry import Entry
from macros.schema.introspect import Field, fields_of
from macros.yamlfile.writer import quote_value, write_value

MOST_IDS = 8
"""Ids that a comment lists; `playbook list` has the others."""
WIDEST = 100
"""Characters in a line of comments."""
LONG_TEXT = 100
"""A text that may have more characters than this is written below its name, where lines may be broken."""

TAGS = "tags"
"""Where the tags that the playbook lists are among what fields may name."""

IdsByKind = Mapping[str, Sequence[str]]
"""From the folder of a kind to the ids of its entries; under TAGS, the tags."""


def write_new_entry(model: type[Entry], title: str, *, path: str, ids: IdsByKind) -> str:
    """The file of a new entry of the kind `model`, which will be at `path`. Its sources come last, as in other entries."""
    kind, fields = model.kind, fields_of(model)
    head = [
        f"# yaml-language-server: $schema=../schemas/{kind.folder}.json",
        *_comment(f"{kind.one}. {kind.intro}"),
        *_comment(f"Write over each {TODO}. Then type: playbook check {path}"),
        "",
        *_explained(fields["title"], ids),
        f"title: {write_value(title)}",
    ]
    asked = sorted((field for name, field in fields.items() if field.is_required and name != "title"), key=lambda field: field.name == "sources")
    needed = [["", *_field(field, ids)] for field in asked]
    optional = [field for field in fields.values() if not field.is_required and _is_of_a_new_entry(field)]
    tail = ["", *_comment("The fields below may be left out. To use one, take the # and the space in front of its lines away.")]
    extra = [["", *_taken_out(_field(field, ids, brief=True))] for field in optional]
    return "\n".join([*head, *chain.from_iterable(needed), *tail, *chain.from_iterable(extra), ""])


def _is_of_a_new_entry(field: Field) -> bool:
    """Whether a new entry may have the field: not one that records its past, or the reason for its end."""
    return field.role != "bookkeeping" and field.only_where is None


def _field(field: Field, ids: IdsByKind, *, brief: bool = False) -> list[str]:
    """A field's explanation and its lines; `brief` without what fields inside it may be left out."""
    return [*_explained(field, ids), *_lines(field, ids, brief=brief)]


def _lines(field: Field, ids: IdsByKind, *, brief: bool) -> list[str]:
    if field.fields and field.is_list:
        return [f"{field.name}:", *_as_item(_inside(field, ids, brief=brief))]
    if field.fields:
        return [f"{field.name}:", *_indented(_inside(field, ids, brief=brief))]
    if field.is_list:
        return [f"{field.name}:", f"  - {TODO}"]
    if sign := _sign_of_text(field):
        return [f"{field.name}: {sign}", f"  {TODO}"]
    return [f"{field.name}: {TODO}"]


def _inside(field: Field, ids: IdsByKind, *, brief: bool) -> list[str]:
    """The fields of a value that has fields: those that it needs, or its first one; the others as comments, unless `brief`."""
    fields = [*field.fields.values()]
    needed = [inner for inner in fields if inner.is_required] or fields[:1]
    optional = [] if brief else [inner for inner in fields if inner not in needed]
    lines = chain.from_iterable(_field(inner, ids, brief=brief) for inner in needed)
    return [*lines, *chain.from_iterable(_taken_out(_field(inner, ids)) for inner in optional)]


def _as_item(lines: list[str]) -> list[str]:
    """The lines as the first item of a list: the hyphen is before the first field, below its comments."""
    first = next(number for number, line in enumerate(lines) if not line.startswith("#"))
    return [*_indented(lines[:first]), f"  - {lines[first]}", *_indented(_indented(lines[first + 1 :]))]


def _indented(lines: list[str]) -> list[str]:
    return [f"  {line}" for line in lines]


def _taken_out(lines: list[str]) -> list[str]:
    """The lines as an editor comments them out."""
    return [f"#{line}" if line.startswith("#") else f"# {line}" for line in lines]


def _sign_of_text(field: Field) -> str:
    """`|` before a text with paragraphs, `>-` before a long line: the text below needs no quotes."""
    if field.is_block:
        return "|"
    return ">-" if field.is_prose or (field.longest or 0) > LONG_TEXT else ""


def _explained(field: Field, ids: IdsByKind) -> list[str]:
    """What a field is for, its limits and what it may hold; then an example, unless ids or fields inside it already show one."""
    what = " ".join([field.description, *_limits(field), *([f"One of: {', '.join(field.choices)}."] if field.choices else [])])
    if field.relation:
        return _comment(f"{what} {_ids_to_name(field.relation.to, ids, many=field.is_list)}")
    if field.is_tag and ids.get(TAGS):
        return _comment(f"{what} They are: {', '.join(map(quote_value, ids[TAGS]))}.")
    shows_itself = field.choices or field.fields or field.example is None
    return [*_comment(what), *([] if shows_itself else _comment(f"For instance: {write_value(field.example)}"))]


def _limits(field: Field) -> Iterator[str]:
    """How long a text may be, unless its description says so; an id is short anyway."""
    if field.longest and not field.pattern and not re.search(rf"\b{field.longest}\b", field.description):
        yield f"Up to {field.longest} characters."


def _ids_to_name(folder: str | None, ids: IdsByKind, *, many: bool) -> str:
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
