"""Hints for common slips: what to write instead of a value or a name that does not belong there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from macros.problems.problem import short
from macros.schema.introspect import Field, fields_of
from macros.schema.patterns import SLUG, intended_ids, odd_character
from macros.yamlfile.source import FieldPath

EACH_ITEM = "write each item on a line that begins with '- '"
_ONE_PLACE = "write one place, and each other one in an item of its own"
ALONE = "write only the item: remove the inner brackets, or the second '- '"
_BULLET = re.compile(r"([•–—*+·‣◦▪●]|\d{1,2}[.)]|[a-z]\))\s")
_ZEROS = {"k": 3, "thousand": 3, "m": 6, "mn": 6, "million": 6, "bn": 9, "b": 9, "billion": 9}
_LARGE = re.compile(rf"(?P<number>\d+(?:\.\d+)?)\s*(?P<size>{'|'.join(_ZEROS)})", re.IGNORECASE)
"""`26 million`, `1.5bn`: a large number in short."""


def how_to_fill(field: Field | None, path: FieldPath, raw: Mapping[str, Any]) -> str:
    """What to do with a value that is named and empty, in a file with the fields `raw`: only what may be left out can be removed."""
    if field is None:
        return "fill it in, or remove the field"
    where = field.only_where
    is_needed = field.is_required or (where and where.is_required and raw.get(where.field) in where.holds)
    if isinstance(path[-1], int):
        return f"write {form_of(field)}" if field.fields else "write it"
    return f"write it - {lower_first(field.description)}" if is_needed else "fill it in, or remove the field"


def form_of(field: Field, *, as_list: bool = False) -> str:
    """How fields inside a field are written: `{source: …, at: …}`, in [ ] as a list."""
    required = [name for name, inner in field.fields.items() if inner.is_required] or list(field.fields)[:1]
    form = f"{{{', '.join(f'{name}: …' for name in required)}}}"
    return f"[{form}]" if as_list else form


def text_hint(field: Field, found: Any, *, is_item: bool) -> str:
    """How to write a value that should be text or an id."""
    if field.holds == "id" and isinstance(found, bool):
        return f"write the id of an entry{where_ids_are(field)}; in quotes, if it is {{quoted}}"
    if field.holds == "id" and not isinstance(found, list):
        return f"write the id of an entry{where_ids_are(field)}"
    if isinstance(found, dict) and any(isinstance(value, (list, dict)) for value in found.values()):
        below = "write | after the field's name, and the text below it" if field.form == "block" else "write it as one text in quotes"
        return "write each line as an item of its own, in quotes where it has a colon" if is_item else below
    inner = found
    while isinstance(inner, list) and len(inner) == 1:
        inner = inner[0]
    if not isinstance(found, list) or (found != inner and found[0] != inner and field.is_text):
        return "put it in quotes: {quoted}"  # what is in two pairs of brackets was meant as a link
    if field.holds == "id" and isinstance(inner, str):
        return f"write the id alone: {short(inner)}"
    in_field = _ONE_PLACE if field.name == "at" and len(found) > 1 else "write only the text, without brackets and without '- '"
    return ALONE if is_item else in_field


def number_hint(found: Any, *, whole: bool) -> str:
    """How to write a value that should be a number."""
    how = "write only digits, without quotes, units or commas"
    bare = re.sub(r"^[£$€]\s*|\s*%$", "", _with_ascii_digits(found.strip())) if isinstance(found, str) else ""
    if re.fullmatch(r"\d{1,3}([, ]\d{3})+|\d+" if whole else r"-?(\d{1,3}([, ]\d{3})+|\d+)(\.\d+)?", bare):
        return f"{how}: {re.sub('[, ]', '', bare)}"
    if bound := re.fullmatch(r"(about|over|up to) (\S.*)", bare, re.IGNORECASE):
        alone = re.search(r"(?<=: )-?\d[\d.]*$", number_hint(bound[2], whole=whole))
        return f"write the number alone{f': {alone[0]}' if alone else ''}, and `bound: {bound[1].lower()}` below it"
    if full := _in_full(bare):
        return f"write the number in full: {full}"
    if re.fullmatch(r"\d+,\d{1,2}", bare) and not whole:
        return f"write a point before the decimals: {bare.replace(',', '.')}"
    if re.fullmatch(r"\d[\d.,]*\s*(?:[-–—/]|to)\s*\d[\d.,]*", bare):
        return "write one number"
    return "write a whole number" if whole and isinstance(found, float) else how


def _in_full(text: str) -> str:
    """The digits of a number in short, such as `1.5bn` or `1e3`; empty if it is none."""
    if re.fullmatch(r"-?\d{1,9}(\.\d{1,9})?e[+-]?1?\d", text, re.IGNORECASE):
        return f"{Decimal(text):f}"
    if not (found := _LARGE.fullmatch(text)):
        return ""
    whole, _, decimals = found["number"].partition(".")
    zeros = _ZEROS[found["size"].lower()]
    full = f"{whole}{decimals.ljust(zeros, '0')[:zeros]}".lstrip("0") or "0"
    return f"{full}.{decimals[zeros:]}" if decimals[zeros:] else full


def _with_ascii_digits(text: str) -> str:
    """`text` with the digits of any script as those from 0 to 9."""
    return "".join(str(unicodedata.decimal(char, char)) for char in text)


def period_hint(found: Any) -> str:
    """How to write a period that is not made of fields: `1997 to 2007` has both its ends."""
    years = re.findall(r"\b[12]\d{3}(?:-(?:0[1-9]|1[0-2]))?\b", str(found))
    if len(years) == 2:
        return f"write {{from: {years[0]}, to: {years[1]}}}"
    return f"write {{from: {years[0]}}}, with `to:` if it has ended" if len(years) == 1 else "write {from: …, to: …}"


def date_hint(path: FieldPath, found: Any) -> str:
    """How to write a date of which not all need be known."""
    if isinstance(found, str) and path[-1] in ("to", "known_until") and found.casefold() in ("now", "present", "today", "ongoing", "current"):
        return f"leave `{path[-1]}` out where it has not ended"
    if isinstance(found, str) and len(years := re.findall(r"\b[12]\d{3}\b", found)) == 2:
        return f"write one date, such as {years[0]}"
    return "write what is known of it: 2001, 2001-12 or 2001-12-07"


def lower_first(text: str) -> str:
    """A sentence as a part of another one: with a small letter at its beginning, and no full stop."""
    text = text.rstrip(".")
    return text[:1].lower() + text[1:]


def where_ids_are(field: Field) -> str:
    """Where to find the ids that a field of one kind may name, as the end of a sentence."""
    to = field.relation.to if field.relation else None
    return f"; an id is the name of a file in playbook_data/{to}/, without .yml" if to else ""


def list_hint(field: Field, found: Any) -> str:
    """How to write a value that should be a list."""
    if not isinstance(found, str) or not found.strip():
        return EACH_ITEM
    if re.match("-(?! )", found):
        return "write an ordinary space after each '-'" if found[1:2].isspace() else "write a space after each '-'"
    if bullet := _BULLET.match(found):
        return f"begin each item with '- ' in the place of '{bullet[1]}'"
    if ids := _ids_of(field, found):
        return f"write `{field.name}: [{', '.join(ids)}]`"
    if found[0] in "([" or found[-1] in ")]":
        return f"write `[one, two]`, or {EACH_ITEM.removeprefix('write ')}"
    return EACH_ITEM


def _ids_of(field: Field, found: str) -> tuple[str, ...]:
    """The items of a list that has no brackets, where all of them look like ids; in a field of ids, also where they are written as something else."""
    words = tuple(word for word in re.split(r"[\s,;]+", found) if word not in ("", "and", "or", "&"))
    if field.holds == "id" and " - " not in found:
        return words if len(words) > 1 and all(re.fullmatch(SLUG, word) for word in words) else intended_ids(found)
    inside = found.strip("“”„‘’\"'()[] ")
    return tuple(re.split(", ?", inside)) if re.fullmatch(rf"{SLUG[1:-1]}(, ?{SLUG[1:-1]})*", inside) else ()


def field_hint(fields: Mapping[str, Field], mapping: Mapping[str, Any], name: str) -> str:
    """How to write a name that should be a field, if more than its spelling is wrong."""
    before, colon, after = name.partition(":")
    if colon and after and before in fields:
        return f"write a space after the colon: `{before}: {after.strip()}`" if len(after) < 60 else f"write a space after the colon: `{before}: …`"
    number = cut_number(mapping, name)
    if number:
        return f"a number has no comma in it: write `{number}`"
    empty = [field for field in fields if field in mapping and mapping[field] is None]
    inside = next((field for field in empty if name in fields[field].fields), None)
    if inside:
        return f"it belongs to '{inside}' above: begin it two spaces further right"
    return odd_character(name)


def cut_number(mapping: Mapping[str, Any], name: str) -> str:
    """The field before `name` with its whole number, if `name` is a part of that: inside { }, YAML ends a value at a comma, so 1,850 is cut in two."""
    names = [*mapping]
    at = names.index(name)
    end = next((place for place in range(at, len(names)) if not is_cut_off(mapping, names[place])), len(names))
    before = mapping[names[at - 1]] if at else None
    if end == at or isinstance(before, bool) or not isinstance(before, int):
        return ""
    return f"{names[at - 1]}: {before}{''.join(names[at:end])}"


def is_cut_off(mapping: Mapping[str, Any], name: str) -> bool:
    """Whether a name that should be a field is three digits that a comma cut off a number."""
    return mapping[name] is None and re.fullmatch(r"\d{3}(\.\d+)?", name) is not None


def one_paragraph_hint(model: type[BaseModel], field: Field) -> str:
    """Where to write what does not fit into the one paragraph that `field` holds: into more items, or into a field with paragraphs."""
    if field.is_list:
        return "write each as an item of its own, on a line that begins with '- '"
    beside = field.inside.fields if field.inside else fields_of(model)
    with_blocks = [name for name, other in beside.items() if other.form == "block"] or [
        name for name, other in fields_of(model).items() if other.form == "block"
    ]
    return f"write it as one paragraph; '{with_blocks[0]}' may hold paragraphs, lists and tables" if with_blocks else "write it as one paragraph"
