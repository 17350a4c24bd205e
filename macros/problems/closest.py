"""The name that was probably meant, and the hint that says so.

Takes a word that names nothing and the names that there are. Returns the closest of them, or a hint for the help of a problem.
"""

from __future__ import annotations

from collections.abc import Iterable

from macros.problems.folding import folded, look_the_same

CUTOFF = 60.0
"""How alike two names must be, in percent: twice the characters that both have in the same order, of all characters of both."""
FEW = 12
"""Names that a hint lists: more would hide the message."""


def closest(word: str, names: Iterable[str], *, cutoff: float = CUTOFF) -> str | None:
    """The one of `names` that looks most like `word`, the first of several that are equally like it; None if none is similar enough.

    10,000 names take about a millisecond.
    """
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - most runs need no guess, and need not wait for the library

    names = tuple(names)
    looks = names if all(map(str.isascii, names)) else tuple(map(folded, names))
    found = process.extractOne(folded(word), looks, scorer=fuzz.ratio, score_cutoff=cutoff)
    return names[found[2]] if found else None


def did_you_mean(word: str, names: Iterable[str], otherwise: str) -> str:
    """`did you mean 'x'?` if a name is like `word`, or else the text `otherwise`."""
    near = closest(word, names)
    return guess(word, near) if near else otherwise


def guess(word: str, near: str) -> str:
    """The hint that `near` was meant. Where nobody could see in what it differs from `word`, it says how to write it."""
    if look_the_same(word, near):
        return f"copy '{near}' from here: it looks the same, but is written with other characters"
    return f"did you mean '{near}'?"


def listed(names: Iterable[str], most: int = FEW) -> str:
    """The first names, and how many more there are: `a, b, c and 997 more`."""
    names = tuple(names)
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return f"{', '.join(names[:most])}{more}"
