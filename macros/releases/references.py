"""Which entries the fields of an entry name, and the same fields with renamed entries under their new ids.

Every function takes the folder of a kind; fields have the names that YAML uses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from macros.schema.filled import values_in
from macros.schema.introspect import Field, Steps, fields_of_kind
from macros.schema.patterns import split_outside
from macros.text.markdown import entry_links

_LINK_START = re.compile(r"(\[\[\s*)([a-z][a-z0-9-]*)(?=\s*[\]|\\])")


def named_in(folder: str, fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yields (field, id) for each entry named: in a relation as `eases` or `evidence.source`, by a link in a text as `[[…]] in problem`."""
    return ((field, id) for field, id in _all_named_in(folder, fields) if not split_outside(id))


def named_outside_in(folder: str, fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yields the same for pages of other playbooks: `("eases", "nz:silos")`."""
    return ((field, id) for field, id in _all_named_in(folder, fields) if split_outside(id))


def _all_named_in(folder: str, fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for field in _naming_fields(folder):
        if field.role != "content":
            continue
        name = ".".join(step for step in field.steps if step)
        for _, value in values_in(fields, field.steps):
            if field.relation and isinstance(value, str):
                yield name, value
            elif isinstance(value, str):
                yield from ((f"[[…]] in {name}", id) for id, _ in entry_links(value, field.form))


def with_new_ids(folder: str, fields: Mapping[str, Any], renamed: Mapping[str, str]) -> dict[str, Any]:
    """Returns `fields` with the new id of each `renamed` entry, so that a rename does not count as a change of the entries that name it."""
    places = relation_steps(folder)

    def replaced(value: Any, at: tuple[str | None, ...]) -> Any:
        if isinstance(value, dict):
            return {name: replaced(item, (*at, name)) for name, item in value.items()}
        if isinstance(value, list):
            return [replaced(item, (*at, None)) for item in value]
        if not isinstance(value, str):
            return value
        if at in places:
            return renamed.get(value, value)
        return _LINK_START.sub(lambda link: link[1] + renamed.get(link[2], link[2]), value)

    return replaced(dict(fields), ()) if renamed else dict(fields)


@cache
def relation_steps(folder: str) -> frozenset[Steps]:
    """Returns where a kind names entries in typed fields: a list of ids, and each of its items."""
    return frozenset(steps for field in fields_of_kind(folder) if field.relation for steps in (field.way, field.steps))


@cache
def non_content_fields(folder: str) -> frozenset[Steps]:
    """Returns the fields of a kind that have no content for readers: those that place it in lists, and bookkeeping."""
    return frozenset(field.way for field in fields_of_kind(folder) if field.role != "content" and not field.inside)


def _naming_fields(folder: str) -> tuple[Field, ...]:
    return tuple(field for field in fields_of_kind(folder) if field.relation or field.is_prose)
