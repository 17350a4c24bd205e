"""The sections of pages: which fields fill them, and in which order readers find them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from pydantic import BaseModel

from macros.schema.entry import Entry
from macros.schema.fields import Section
from macros.schema.introspect import all_fields, fields_of
from macros.schema.kinds import ANCHORS, KINDS
from macros.schema.parts import CITED, HISTORY


@cache
def sections_of(model: type[BaseModel]) -> Mapping[str, Section]:
    """Returns the sections of a kind's own page, by the attribute of the field that fills each."""
    return MappingProxyType({field.attribute: field.section for field in fields_of(model).values() if field.section})


@cache
def section_anchors() -> tuple[str, ...]:
    """Returns the anchor of every section in reading order: as published; a new one comes after the section before it in its class."""
    order = [*ANCHORS[:-1]]
    for model in KINDS.values():
        before = ""
        for section in (*sections_of(model).values(), *_back_sections(model)):
            if section.anchor not in order:
                order.insert(order.index(before) + 1 if before else len(order), section.anchor)
            before = section.anchor
    return (*order, *(section.anchor for section in (CITED, HISTORY) if section.anchor not in order))


def _back_sections(model: type[Entry]) -> Iterator[Section]:
    return (field.relation.back for field in all_fields(model) if field.relation and field.relation.back)
