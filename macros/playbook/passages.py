"""The places in a source that citations name, each with its anchor. They are compared as they look, and told as the source writes them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from types import MappingProxyType
from unicodedata import normalize

from macros.problems.closest import closest, guess
from macros.problems.folding import folded
from macros.schema.patterns import slug_of

PASSAGE_PREFIX = "passage-"
_ANY_LENGTH = 1000
_DIGITS = 6
"""As many of a hash as tell the places of one source apart."""


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


@lru_cache
def passage_anchors(places: tuple[str, ...]) -> Mapping[str, str]:
    """The anchor of each of `places` on the page of their source: `passage-para-9`.

    It depends on the words of the place and not on their order. Where it leaves out letters, or another place comes to the same, it ends in a code.
    """
    plain = {place: slug_of(f"{PASSAGE_PREFIX}{place}", longest=_ANY_LENGTH) for place in places}
    many = Counter(plain.values())
    return MappingProxyType({place: f"{slug}{_code(place)}" if many[slug] > 1 or _loses_letters(place) else slug for place, slug in plain.items()})


def _code(place: str) -> str:
    return f"-{sha256(folded(place).encode()).hexdigest()[:_DIGITS]}"


def _loses_letters(place: str) -> bool:
    """Whether a place has letters or digits that no anchor can hold; an accent is no letter."""
    return any(sign.isalnum() and not sign.isascii() for sign in normalize("NFKD", place)) or not slug_of(f"a{place}")[1:]


def closest_passage(at: str, source: str, places: Sequence[str]) -> str:
    """What to write instead of a citation that no passage fits."""
    near = closest(at, places, cutoff=50)
    where = f"its places are listed in playbook_data/sources/{source}.yml; cite two places as two citations"
    return f"{guess(at, near)} {where}" if near else where
