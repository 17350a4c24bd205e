"""Hints for common slips: what to write instead of a value or a name that does not belong there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from macros.schema.introspect import Field, fields_of
from macros.schema.patterns import SLUG, odd_character

EACH_ITEM = "write each item on a line that begins with '- '"
ALONE = "write only the item: remove the inner brackets, or the second '- '"
_BULLET = re.compile(r"([•–—*+·‣◦▪●]|\d{1,2}[.)]|[a-z]\))\s")


def where_ids_are(field: Field) -> str:
    """Where to find the ids that a field of one kind may name, as the end of a sentence."""
    to = field.relation.to if field.relation else None
    return f"; an id is the name of a file in playbook_data/{to}/, without .yml" if to else ""


def list_hint(name: str, found: Any) -> str:
    """How to write a value that should be a list."""
    if not isinstance(found, str) or not found.strip():
        return EACH_ITEM
    if re.match("-(?! )", found):
        return "write an ordinary space after each '-'" if found[1:2].isspace() else "write a space after each '-'"
    if bullet := _BULLET.match(found):
        return f"begin each item with '- ' in the place of '{bullet[1]}'"
    inside = found.strip("“”„‘’\"'()[] ")
    if re.fullmatch(rf"{SLUG[1:-1]}(, ?{SLUG[1:-1]})*", inside):
        return f"write `{name}: [{inside}]`"
    if found[0] in "([" or found[-1] in ")]":
        return f"write `[one, two]`, or {EACH_ITEM.removeprefix('write ')}"
    return EACH_ITEM


def field_hint(fields: Mapping[str, Field], mapping: Mapping[str, Any], name: str) -> str:
    """How to write a name that should be a field, if more than its spelling is wrong."""
    before, colon, after = name.partition(":")
    if colon and after and before in fields:
        return f"write a space after the colon: `{before}: {after.strip()}`" if len(after) < 60 else f"write a space after the colon: `{before}: …`"
    empty = [field for field in fields if field in mapping and mapping[field] is None]
    inside = next((field for field in empty if name in fields[field].fields), None)
    if inside:
        return f"it belongs to '{inside}' above: begin it two spaces further right"
    return odd_character(name)


def one_paragraph_hint(model: type[BaseModel], field: Field) -> str:
    """Where to write what does not fit into the one paragraph that `field` holds: into more items, or into a field with paragraphs."""
    if field.is_list:
        return "write each as an item of its own, on a line that begins with '- '"
    beside = field.inside.fields if field.inside else fields_of(model)
    with_blocks = [name for name, other in beside.items() if other.form == "block"] or [
        name for name, other in fields_of(model).items() if other.form == "block"
    ]
    return f"write it as one paragraph; '{with_blocks[0]}' may hold paragraphs, lists and tables" if with_blocks else "write it as one paragraph"
