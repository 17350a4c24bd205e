"""How the fields of entries, settings and front matter are compared.

Takes kinds or models. Returns a `Comparison`: what is left out because its changes are reported elsewhere, and how each text is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel

from macros.releases.references import non_content_fields, relation_steps
from macros.schema.fields import TextForm
from macros.schema.introspect import Steps, all_fields, fields_of, fields_of_kind, forms_of


@dataclass(frozen=True, slots=True)
class Comparison:
    """How fields are compared: `left_out` are skipped, and each text is read in its form; one that is not in `forms` is plain."""

    left_out: frozenset[Steps]
    forms: Mapping[Steps, TextForm]


@cache
def comparison_of_kinds(*folders: str) -> Comparison:
    """Returns how an entry of these kinds, its old one and its new one, is compared; texts are read as in the last of them.

    Relations, the place in lists and bookkeeping are left out: they have changes of their own.
    """
    left_out = (steps for folder in folders for steps in relation_steps(folder) | non_content_fields(folder))
    return Comparison(frozenset(left_out), forms_of(fields_of_kind(folders[-1])))


@cache
def comparison_of(model: type[BaseModel]) -> Comparison:
    """Returns how the settings or front matter are compared: without what records the past, whose changes are reported instead."""
    left_out = (field.way for field in fields_of(model).values() if field.role != "content")
    return Comparison(frozenset(left_out), forms_of(all_fields(model)))
