"""The meaning of an entry as a short code: two entries with the same fingerprint mean the same to readers.

`fingerprint` takes the folder of a kind and an entry's fields by the names that YAML uses. It returns `2:3fa9c2d10b2e`: the number of
the algorithm and the first digits of a hash. Fingerprints are kept for years, so an algorithm never changes: a better one gets the next
number, and an old fingerprint is compared by the algorithm that made it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

from macros.schema.entry import Entry
from macros.schema.fields import TextForm
from macros.schema.introspect import Steps, all_fields, fields_of_kind, forms_of
from macros.text.canonical import canonical, words_alone

NEWEST = "2"
_LENGTH = 12
_ENTRY_LINK = re.compile(r"\[\[[^\[\]|\n\\]*(?:\\?\|([^\[\]]*))?\]\]")
"""A link as algorithm 1 knows it, with or without words of its own; its target may be renamed."""

Fields = Mapping[str, Any]


def fingerprint(folder: str, fields: Fields, algorithm: str = NEWEST) -> str:
    """Returns the fingerprint of an entry of the kind in `folder`.

    Raises KeyError if `algorithm` is unknown.
    """
    return f"{algorithm}:{ALGORITHMS[algorithm](folder, fields)}"


def is_known(given: str) -> bool:
    """Returns whether this program can compare a fingerprint; one from a later version it cannot."""
    return given.partition(":")[0] in ALGORITHMS


def still_matches(given: str, folder: str, fields: Fields) -> bool | None:
    """Returns whether an entry still means what it did when its fingerprint was `given`; None if that cannot be known."""
    return fingerprint(folder, fields, given.partition(":")[0]) == given if is_known(given) else None


def _algorithm_1(folder: str, fields: Fields) -> str:
    """Algorithm 1: words, numbers and choices that readers see, ordered by the names of their fields.

    White space is collapsed, accents are normalised (NFC), and a number is the same with and without `.0`. Left out are the ids that
    relations name, fields without content for readers such as reviews, and the status `current`. The order of sources does not count,
    because readers find them by name.
    """
    return _hash_of(_content(fields, (), _reading(folder, _scalar_1)))


def _algorithm_2(folder: str, fields: Fields) -> str:
    """Algorithm 2: as algorithm 1, but a text is what its page shows.

    A list that becomes a paragraph means something else; emphasis that is written with other signs means the same. A link is its words.
    """
    return _hash_of(_content(fields, (), _reading(folder, _scalar_2)))


ALGORITHMS: Mapping[str, Callable[[str, Fields], str]] = {"1": _algorithm_1, "2": _algorithm_2}
"""By the number before the colon."""


def _hash_of(content: dict[str, Any]) -> str:
    if content.get("status") == "current":
        del content["status"]
    sources = content.get("sources")
    if isinstance(sources, list):
        content["sources"] = sorted(sources, key=_canonical)
    return sha256(_canonical(content).encode()).hexdigest()[:_LENGTH]


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class _Reading:
    """Where a kind holds ids and fields that readers do not see; how its texts are read; and what a single value says."""

    left_out: frozenset[Steps]
    forms: Mapping[Steps, TextForm]
    scalar: Callable[[str, TextForm], str]


@cache
def _reading(folder: str, scalar: Callable[[str, TextForm], str]) -> _Reading:
    fields = fields_of_kind(folder) or all_fields(Entry)
    left_out = {steps for field in fields if field.relation or field.role != "content" for steps in (field.way, field.steps)}
    return _Reading(frozenset(left_out), forms_of(fields), scalar)


def _content(value: Any, at: Steps, reading: _Reading) -> Any:
    if isinstance(value, Mapping):
        ways = {str(name): (*at, str(name)) for name in value}
        return {
            name: content
            for (name, way), item in zip(ways.items(), value.values(), strict=True)
            if way not in reading.left_out and not _is_empty(content := _content(item, way, reading))
        }
    if isinstance(value, (list, tuple)):
        return [content for item in value if not _is_empty(content := _content(item, (*at, None), reading))]
    return "" if value is None else reading.scalar(_normalised(value), reading.forms.get(at, "plain"))


def _is_empty(content: Any) -> bool:
    return content in ("", [], {})


def _normalised(value: Any) -> str:
    whole = int(value) if isinstance(value, float) and value.is_integer() else value
    return unicodedata.normalize("NFC", str(whole))


def _scalar_1(shown: str, form: TextForm) -> str:
    if form != "plain":
        shown = _ENTRY_LINK.sub(lambda link: link[1] or "[[]]", shown)
    return _on_one_line(shown)


def _scalar_2(shown: str, form: TextForm) -> str:
    return _on_one_line(shown) if form == "plain" else canonical(shown, form, words_alone)


def _on_one_line(shown: str) -> str:
    return " ".join(shown.split())
