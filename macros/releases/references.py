"""Which entries the fields of an entry name, and the same fields with entries called by their new ids.

Enters: a kind's folder and fields by the names that YAML uses. Leaves: pairs of field and id.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from macros.schema.filled import values_in
from macros.schema.introspect import Field, Steps, fields_of_kind
from macros.text.markdown import entry_links

_LINK_BEGINS = re.compile(r"(\[\[\s*)([a-z][a-z0-9-]*)(?=\s*[\]|\\])")


def named_in(folder: str, fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(field, id) of each entry that is named: in a relation as `eases` or `evidence.source`, by a link in a text as `[[…]] in problem`."""
    for field in _naming_fields(folder):
        if field.role != "content":
            continue
        name = ".".join(step for step in field.steps if step)
        for _, value in values_in(fields, field.steps):
            if field.relation and isinstance(value, str):
                yield name, value
            elif isinstance(value, str):
                yield from ((f"[[…]] in {name}", id) for id, _ in entry_links(value))


def with_new_ids(folder: str, fields: Mapping[str, Any], renamed: Mapping[str, str]) -> dict[str, Any]:
    """`fields` with every entry of `renamed` called by its new id, so that a rename is no change of those who name it."""
    places = relation_patterns(folder)

    def mended(value: Any, at: tuple[str | None, ...]) -> Any:
        if isinstance(value, dict):
            return {name: mended(item, (*at, name)) for name, item in value.items()}
        if isinstance(value, list):
            return [mended(item, (*at, None)) for item in value]
        if not isinstance(value, str):
            return value
        if at in places:
            return renamed.get(value, value)
        return _LINK_BEGINS.sub(lambda link: link[1] + renamed.get(link[2], link[2]), value)

    return mended(dict(fields), ()) if renamed else dict(fields)


@cache
def relation_patterns(folder: str) -> frozenset[Steps]:
    """Returns where a kind names entries in typed fields; a list of ids is such a place, and so is each of its items."""
    return frozenset(steps for field in fields_of_kind(folder) if field.relation for steps in (field.way, field.steps))


@cache
def not_content(folder: str) -> frozenset[Steps]:
    """Returns the fields of a kind that say nothing to readers: where an entry stands in lists, and what is kept in the books."""
    return frozenset(field.way for field in fields_of_kind(folder) if field.role != "content" and not field.inside)


def _naming_fields(folder: str) -> tuple[Field, ...]:
    return tuple(field for field in fields_of_kind(folder) if field.relation or field.is_prose)
