"""What an entry means, as a short code: two entries with the same fingerprint tell readers the same.

Enters: a kind's folder and the fields of an entry by the names that YAML uses. Leaves: `1:3fa9c2d10b2e`, the number of the
algorithm and the first digits of a hash. Fingerprints are kept for years, so an algorithm is never changed: a better one gets
the next number, and an old fingerprint is compared by the algorithm that made it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256
from typing import Any

from macros.schema.introspect import slots_of
from macros.schema.kinds import KINDS

NEWEST = "1"
_LENGTH = 12
_NOT_SAID = frozenset({("order",), ("tags",), ("formerly",), ("former_anchors",), ("reviewed",), ("figures", None, "name")})
"""Where an entry stands in lists, what it is called by links, and who looked at it: all that, and no word of what it says."""
_ENTRY_LINK = re.compile(r"\[\[[^\[\]|\n\\]*(?:\\?\|([^\[\]]*))?\]\]")
"""As algorithm 1 knows it: a link by its words, or without any; where it leads may be renamed."""

Fields = Mapping[str, Any]
Pattern = tuple[str | None, ...]


def fingerprint(folder: str, fields: Fields, algorithm: str = NEWEST) -> str:
    """The fingerprint of an entry of the kind in `folder`.

    Raises: KeyError, where nobody knows that algorithm.
    """
    return f"{algorithm}:{ALGORITHMS[algorithm](folder, fields)}"


def is_known(given: str) -> bool:
    """Whether a fingerprint can be compared: one of a later version of this program cannot."""
    return given.partition(":")[0] in ALGORITHMS


def still_says(given: str, folder: str, fields: Fields) -> bool | None:
    """Whether an entry still means what it did when its fingerprint was `given`; None where that cannot be known."""
    return fingerprint(folder, fields, given.partition(":")[0]) == given if is_known(given) else None


def _words_numbers_and_choices(folder: str, fields: Fields) -> str:
    """Algorithm 1: whatever readers read, in the order of its fields' names.

    White space is one space, accents are written in one way, a number is the same with and without `.0`. Left out are ids
    that relations name, `_NOT_SAID`, and that an entry is current. Sources are in no order: readers find them by their names.
    """
    said = _said(fields, (), *_links_and_texts(folder))
    if said.get("status") == "current":
        del said["status"]
    sources = said.get("sources")
    if isinstance(sources, list):
        said["sources"] = sorted(sources, key=_canonical)
    return sha256(_canonical(said).encode()).hexdigest()[:_LENGTH]


ALGORITHMS: Mapping[str, Callable[[str, Fields], str]] = {"1": _words_numbers_and_choices}
"""By the number that stands before the colon."""


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@cache
def _links_and_texts(folder: str) -> tuple[frozenset[Pattern], frozenset[Pattern]]:
    """Where a kind names entries, and where it holds texts in which `[[id]]` is a link."""
    slots = slots_of(KINDS[folder]) if folder in KINDS else ()
    relations = {slot.pattern for slot in slots if slot.relation}
    texts = {slot.pattern for slot in slots if slot.is_prose}
    return frozenset(relations | {pattern[:-1] for pattern in relations if pattern[-1] is None}), frozenset(texts)


def _said(value: Any, at: Pattern, relations: frozenset[Pattern], texts: frozenset[Pattern]) -> Any:
    if isinstance(value, Mapping):
        kept = {str(name): (*at, str(name)) for name in value}
        return {
            name: said
            for (name, inner), item in zip(kept.items(), value.values(), strict=True)
            if inner not in relations and inner not in _NOT_SAID and not _is_nothing(said := _said(item, inner, relations, texts))
        }
    if isinstance(value, (list, tuple)):
        return [said for item in value if not _is_nothing(said := _said(item, (*at, None), relations, texts))]
    return _scalar(value, is_text=at in texts)


def _is_nothing(said: Any) -> bool:
    return said in ("", [], {})


def _scalar(value: Any, *, is_text: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    shown = unicodedata.normalize("NFC", str(value))
    if is_text:
        shown = _ENTRY_LINK.sub(lambda link: link[1] or "[[]]", shown)
    return " ".join(shown.split())
