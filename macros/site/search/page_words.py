"""The words of a page by where it says them.

`page_words` takes a page that is searched and its text, and returns the stems of each field of `ranking.FIELDS`, and how each of them is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from macros.site.search.alike import alike_to
from macros.site.search.page_text import PageText
from macros.text.search_words import stem_of, words_of

SENTENCE = 4
"""How many words a phrase has that is as long as a sentence."""


@dataclass(frozen=True, slots=True)
class PageWords:
    """`fields` has the stems of each field, as often as they stand there; `spellings` has the stem of each word as it is written."""

    fields: Mapping[str, Sequence[str]]
    spellings: Mapping[str, str]


def page_words(url: str, title: str, also: Iterable[str], text: PageText) -> PageWords:
    """Returns the words of the page at an address. `also` are words that readers use for it, each of which may be a phrase.

    A word that stands alone among these, or with stop words only, is what readers look for; one of a phrase is so
    only together with the others, and one of a whole sentence even less. A title of one word, or of a pair, is the page's name.
    """
    phrases = [[*words_of(phrase)] for phrase in also]
    alone = [word for phrase in phrases if _counted(phrase) == 1 for word in phrase]
    words = {
        "title": [*words_of(title)],
        "also": alone,
        "phrase": [word for phrase in phrases if len(phrase) < SENTENCE and _counted(phrase) > 1 for word in phrase],
        "sentence": [word for phrase in phrases if len(phrase) >= SENTENCE and _counted(phrase) > 1 for word in phrase],
        "summary": [*words_of(text.summary)],
        "id": [*words_of(url.rstrip("/").rpartition("/")[2].replace("-", " "))],
        "heading": [word for section in text.sections for word in words_of(section.heading)],
        "text": [word for section in text.sections for word in words_of(section.text)],
    }
    fields = {name: [*map(stem_of, found)] for name, found in words.items()}
    alike = alike_to(fields["title"] + fields["also"])
    below = alike_to(fields["phrase"] + fields["summary"])
    pairs = [pair for line in (words["title"], words["id"], *phrases) for pair in pairs_of(map(stem_of, line))]
    title_stems = [*filter(None, fields["title"])]
    whole = [" ".join(title_stems)] if len(title_stems) in (1, 2) else []
    written = {*alike.values(), *below.values(), *(word for found in words.values() for word in found)}
    spellings = {word: stem for word in written if (stem := stem_of(word))}
    return PageWords({**fields, "alike": sorted(alike), "alike_below": sorted(below), "pair": pairs, "whole title": whole}, spellings)


def _counted(words: Iterable[str]) -> int:
    """How many of the words are no stop words."""
    return len([*filter(None, map(stem_of, words))])


def pairs_of(stems: Iterable[str]) -> Iterator[str]:
    """Yields each stem with the next one, as the index holds two words that stand together: `pool budget`. Stop words between them are passed over."""
    yield from map(" ".join, pairwise(filter(None, stems)))
