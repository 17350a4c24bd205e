"""Checks the words that readers search for: each one lets the search find the entry by something that its title does not say.

`also_searched_findings` takes the fields of an entry as YAML gives them, and returns findings. Values of the wrong type are reported by `fields.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from macros.problems.problem import short
from macros.text.search_words import stem_of, words_of
from macros.yamlfile.finding import Finding

FIELD = "also_searched"
_NAMES = ("title", "name", "short_for")
"""Fields that give an entry the title under which the search finds it."""


def also_searched_findings(raw: Mapping[str, Any]) -> Iterator[Finding]:
    """Yields what is said twice: in the title and here, or by two of the words. Plurals and other forms count as the same."""
    listed = raw.get(FIELD)
    if not isinstance(listed, list):
        return
    named = _stems(" ".join(text for field in _NAMES if isinstance(text := raw.get(field), str)))
    seen: set[frozenset[str]] = set()
    for index, written in enumerate(listed):
        if not isinstance(written, str) or not written.strip():
            continue
        stems = _stems(written)
        if stems <= named:
            yield Finding((FIELD, index), "already-found", *_why(written, has_words=bool(stems)))
        elif stems in seen:
            yield Finding((FIELD, index), "repeated", f"'{short(written)}' stands here twice", "keep one")
        seen.add(stems)


def _why(written: str, *, has_words: bool) -> tuple[str, str]:
    """The message and the help."""
    if has_words:
        return f"the title says '{short(written)}' already", "remove it: the search finds the entry by its title"
    return f"'{short(written)}' has no word that the search looks for", "remove it, or name what readers look for"


def _stems(text: str) -> frozenset[str]:
    return frozenset(map(stem_of, words_of(text))) - {""}
