"""The letter under which an index lists a title, whatever its alphabet.

`by_letter` takes anything with a title and returns it by letter, from A to Z; then come other alphabets, digits, and titles without either.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar


class Titled(Protocol):
    """What has a title and an id."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def title(self) -> str:
        """Its title."""


T = TypeVar("T", bound=Titled)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as readers see it, and its part of an address: plain ASCII, and no number."""

    label: str
    slug: str

    @property
    def place(self) -> tuple[int, str]:
        """Its place among all letters."""
        return (2 if self in (DIGITS, NONE) else 0 if self.label.isascii() else 1), self.label


DIGITS = Letter("0–9", "0-9")
HAN = Letter("漢字", "han")
"""All Chinese characters: there are too many for each to be a letter of its own."""
NONE = Letter("Other", "other")


def by_letter(titled: Iterable[T]) -> tuple[tuple[Letter, tuple[T, ...]], ...]:
    """Returns each letter that a title begins with, and what begins with it by title. Accents and capital letters make no difference."""
    found: dict[Letter, list[T]] = {}
    for each in sorted(titled, key=lambda each: (_plain(each.title), each.id)):
        found.setdefault(letter_of(each.title), []).append(each)
    return tuple((letter, tuple(found[letter])) for letter in sorted(found, key=lambda letter: letter.place))


def letter_of(title: str) -> Letter:
    """Returns the letter of a title: that of its first letter or digit, without accent."""
    first = next((sign for sign in _plain(title) if sign.isalnum()), "")
    if not first:
        return NONE
    if first.isdigit():
        return DIGITS
    if unicodedata.name(first, "").startswith("CJK"):
        return HAN
    label = first.upper()[:1]
    return Letter(label, first if first.isascii() else f"u{ord(first):04x}")


def _plain(title: str) -> str:
    """A title without accents and capital letters, with each Korean syllable as its letters."""
    if title.isascii():
        return title.lower()
    return "".join(sign for sign in unicodedata.normalize("NFKD", title.casefold()) if not unicodedata.combining(sign))
