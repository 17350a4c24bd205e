"""The places in a source that citations name. They are compared as they look, and told as the source writes them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from macros.problems.closest import closest, guess
from macros.problems.folding import folded


def passage_of(at: str, places: tuple[str, ...]) -> str | None:
    """The longest of `places` that `at` begins with, as a whole: `para 1` is not where `para 10` begins."""
    match = _pattern(places).match(folded(at))
    return _by_looks(places)[match[0]] if match else None


@lru_cache
def _pattern(places: tuple[str, ...]) -> re.Pattern:
    longest_first = sorted(_by_looks(places), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, longest_first))})(?!\w)" if longest_first else r"(?!)")


@lru_cache
def _by_looks(places: tuple[str, ...]) -> dict[str, str]:
    return {folded(place): place for place in reversed(places) if folded(place)}


def closest_passage(at: str, source: str, places: Sequence[str]) -> str:
    """What to write instead of a citation that no passage fits."""
    near = closest(at, places, cutoff=50)
    where = f"its places are listed in playbook_data/sources/{source}.yml; cite two places as two citations"
    return f"{guess(at, near)} {where}" if near else where
