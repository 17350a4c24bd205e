"""Which entries the fields of an entry name, and the same fields with entries called by their new ids.

Enters: a kind's folder and fields by the names that YAML uses. Leaves: pairs of field and id.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from macros.schema.introspect import Slot, slots_of, values_in
from macros.schema.kinds import KINDS
from macros.text.markdown import entry_links

_LINK_BEGINS = re.compile(r"(\[\[\s*)([a-z][a-z0-9-]*)(?=\s*[\]|\\])")
NOT_NAMING = ("reviewed", "replaced_by", "formerly", "former_anchors")
"""Fields that name entries without saying anything of them."""


def named_in(folder: str, fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(field, id) of each entry that is named: in a relation as `eases` or `evidence.source`, by a link in a text as `[[…]] in problem`."""
    for slot in _slots(folder):
        if slot.pattern[0] in NOT_NAMING:
            continue
        field = ".".join(step for step in slot.pattern if step)
        for _, value in values_in(fields, slot.pattern):
            if slot.relation and isinstance(value, str):
                yield field, value
            elif isinstance(value, str):
                yield from ((f"[[…]] in {field}", id) for id, _ in entry_links(value))


def with_new_ids(folder: str, fields: Mapping[str, Any], renamed: Mapping[str, str]) -> dict[str, Any]:
    """`fields` with every entry of `renamed` called by its new id, so that a rename is no change of those who name it."""
    places = {slot.pattern for slot in _slots(folder) if slot.relation}

    def mended(value: Any, at: tuple[str | None, ...]) -> Any:
        if isinstance(value, dict):
            return {name: mended(item, (*at, name)) for name, item in value.items()}
        if isinstance(value, list):
            return [mended(item, (*at, None)) for item in value]
        if not isinstance(value, str):
            return value
        if at in places or (*at, None) in places:
            return renamed.get(value, value)
        return _LINK_BEGINS.sub(lambda link: link[1] + renamed.get(link[2], link[2]), value)

    return mended(dict(fields), ()) if renamed else dict(fields)


@cache
def relation_patterns(folder: str) -> frozenset[tuple[str | None, ...]]:
    """Where a kind names entries in typed fields; a list of ids is such a place, and so is each of its items."""
    patterns = {slot.pattern for slot in _slots(folder) if slot.relation}
    return frozenset(patterns | {pattern[:-1] for pattern in patterns if pattern[-1] is None})


def _slots(folder: str) -> tuple[Slot, ...]:
    slots = slots_of(KINDS[folder]) if folder in KINDS else ()
    return tuple(slot for slot in slots if slot.relation or slot.is_prose)
