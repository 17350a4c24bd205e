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

from macros.schema.entry import Entry
from macros.schema.introspect import Steps, all_fields, fields_of_kind

NEWEST = "1"
_LENGTH = 12
_ENTRY_LINK = re.compile(r"\[\[[^\[\]|\n\\]*(?:\\?\|([^\[\]]*))?\]\]")
"""As algorithm 1 knows it: a link by its words, or without any; where it leads may be renamed."""

Fields = Mapping[str, Any]


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
    that relations name, what is not content, such as who looked at
    the entry, and that an entry is current. Sources are in no order: readers find them by their names.
    """
    content = _content(fields, (), *_left_out_and_texts(folder))
    if content.get("status") == "current":
        del content["status"]
    sources = content.get("sources")
    if isinstance(sources, list):
        content["sources"] = sorted(sources, key=_canonical)
    return sha256(_canonical(content).encode()).hexdigest()[:_LENGTH]


ALGORITHMS: Mapping[str, Callable[[str, Fields], str]] = {"1": _words_numbers_and_choices}
"""By the number that stands before the colon."""


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@cache
def _left_out_and_texts(folder: str) -> tuple[frozenset[Steps], frozenset[Steps]]:
    """Where a kind holds ids and what readers do not read; and where it holds texts in which `[[id]]` is a link."""
    fields = fields_of_kind(folder) or all_fields(Entry)
    left_out = {steps for field in fields if field.relation or field.role != "content" for steps in (field.way, field.steps)}
    return frozenset(left_out), frozenset(field.steps for field in fields if field.is_prose)


def _content(value: Any, at: Steps, left_out: frozenset[Steps], texts: frozenset[Steps]) -> Any:
    if isinstance(value, Mapping):
        ways = {str(name): (*at, str(name)) for name in value}
        return {
            name: content
            for (name, way), item in zip(ways.items(), value.values(), strict=True)
            if way not in left_out and not _is_empty(content := _content(item, way, left_out, texts))
        }
    if isinstance(value, (list, tuple)):
        return [content for item in value if not _is_empty(content := _content(item, (*at, None), left_out, texts))]
    return _scalar(value, is_text=at in texts)


def _is_empty(content: Any) -> bool:
    return content in ("", [], {})


def _scalar(value: Any, *, is_text: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    shown = unicodedata.normalize("NFC", str(value))
    if is_text:
        shown = _ENTRY_LINK.sub(lambda link: link[1] or "[[]]", shown)
    return " ".join(shown.split())
