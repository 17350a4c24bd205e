"""The index from A to Z: the titles of entries, their names and abbreviations, and the words that readers search for.

`lookups_of` takes entries and returns a `Lookup` for each line of the index, in no order; `by_letter` puts them under their letters.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from macros.playbook.letters import Letter
from macros.problems.folding import folded
from macros.schema.entry import Entry
from macros.text.search_words import stem_of

MOST_LOOKUPS = 2_000
"""Lines that the page of the index shows; one with more has pages for each letter."""
PROMISED_LETTERS = tuple(Letter(letter, letter.lower()) for letter in string.ascii_uppercase)
"""Letters whose anchors the index has for good, whether anything begins with them or not."""
_ARTICLE = re.compile(r"\A(?:an?|the)\s+(?=\S)", re.IGNORECASE)
_OTHER_NAMES = ("name", "short_for", "also")
_MOST_WORDS_OF_A_NAME = 3
_IN_NAMES = frozenset(("and", "by", "for", "in", "of", "on", "or", "to", "with"))
"""Small words that may stand in the middle of a name of three words."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """A line of the index: `words` that are the title of the entries `titled`, and lead to the entries `meant` too.

    `title` is the words without an article before them, by which the line finds its place; `id` tells it from others that differ in accents alone.
    """

    words: str
    title: str
    titled: tuple[Entry, ...] = ()
    meant: tuple[Entry, ...] = ()

    @property
    def id(self) -> str:
        """The words."""
        return self.words


def lookups_of(entries: Iterable[Entry]) -> tuple[Lookup, ...]:
    """Returns the lines of the index of some entries. What differs in capital letters alone is one line."""
    lines: dict[str, tuple[str, dict[str, Entry], dict[str, Entry]]] = {}
    for entry in entries:
        for words, is_title in _words_for(entry):
            _, titled, meant = lines.setdefault(folded(words).casefold(), (words, {}, {}))
            (titled if is_title else meant)[entry.id] = entry
    return tuple(_lookup(words, titled, {id: entry for id, entry in meant.items() if id not in titled}) for words, titled, meant in lines.values())


def _lookup(words: str, titled: Mapping[str, Entry], meant: Mapping[str, Entry]) -> Lookup:
    shown = words[:1].upper() + words[1:]
    return Lookup(shown, _ARTICLE.sub("", shown, count=1), (*titled.values(),), (*meant.values(),))


def _words_for(entry: Entry) -> Iterator[tuple[str, bool]]:
    """What an entry is looked for by, and whether that is its title."""
    yield entry.title, True
    for field in _OTHER_NAMES:
        value = getattr(entry, field, None) or ()
        yield from ((words, False) for words in ((value,) if isinstance(value, str) else value))
    yield from ((words, False) for words in entry.also_searched if _is_name(words))


def _is_name(words: str) -> bool:
    """Whether readers would look the words up under their first letter, which they do with no sentence."""
    each = _ARTICLE.sub("", words, count=1).lower().split()
    if len(each) == _MOST_WORDS_OF_A_NAME:
        return stem_of(each[0]) != "" and each[1] in _IN_NAMES
    return len(each) < _MOST_WORDS_OF_A_NAME and stem_of(each[0]) != ""
