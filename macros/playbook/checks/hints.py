"""Slips that people make in values, told from what YAML has read.

Enters: a value or a name where it does not belong. Leaves: help that names the slip, or nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import Any

from pydantic import BaseModel

from macros.schema.fields import SLUG, slug_of
from macros.schema.introspect import field_names, model_within

EACH_ITEM = "write each item on a line that begins with '- '"
ALONE = "write the item alone: take the inner brackets, or the second '- ', out"
_BULLET = re.compile(r"([•–—*+·‣◦▪●]|\d{1,2}[.)]|[a-z]\))\s")
_INVISIBLE = ("Zs", "Cf", "Cc")
"""Categories of Unicode that look like an ordinary space, or like nothing."""


def odd_character(text: str) -> str:
    """What to take out of a name that looks right and is not: a space of another kind, or a character that nobody sees."""
    found = next((char for char in text if char != " " and unicodedata.category(char) in _INVISIBLE), None)
    return f"there is an invisible character in it (U+{ord(found):04X}): write it again" if found else ""


def list_hint(name: str, found: Any) -> str:
    """How to write what stands where a list belongs."""
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


def id_hint(found: str) -> str:
    """How to write what stands where an id belongs."""
    if " - " in found:
        return "begin each '- ' right below the one above it"
    slug = slug_of(found) or "data-sharing"
    return odd_character(found) or f"an id has lower-case letters, digits and single hyphens, such as {slug}"


def field_hint(owner: type[BaseModel], mapping: Mapping[str, Any], name: str) -> str:
    """How to write a name that stands where a field belongs, where more than its spelling is wrong."""
    fields = field_names(owner)
    before, colon, after = name.partition(":")
    if colon and after and before in fields:
        return f"write a space after the colon: `{before}: {after.strip()}`" if len(after) < 60 else f"write a space after the colon: `{before}: …`"
    empty = [field for field in fields if field in mapping and mapping[field] is None]
    inside = next((field for field in empty if name in names_within(fields[field].annotation)), None)
    if inside:
        return f"it belongs to '{inside}' above: begin it two spaces further right"
    return odd_character(name)


def names_within(annotation: Any) -> Collection[str]:
    """The fields of the model that an annotation holds; none where it holds no model."""
    model = model_within(annotation)
    return field_names(model) if model else ()
