"""The files of the index, and their form.

`Index` takes IndexedPages in the order of their numbers, and yields files as (name, content). They are, in `search/`:

- `index.json`: `{format, folder, pages, perFile, kinds, asked, words, phrases, heaviest, stopWords, lightWords, actorWords, endings}`. `kinds` holds `[folder, one, many, first page]`; the pages of
  a kind follow one another. `words` holds the first stem of each file of words. `folder` has a new name for each index, so that a browser
  never takes a file of another index for one of this. `asked` holds `[folder, number of the list of the kind or -1, phrases that ask for the kind]`.
  `phrases` holds `[plain words, phrases between commas]`. `heaviest` is the weight that no word but a whole title exceeds.
- `<folder>/pages-<n>.json`: `[[address, title, summary, [[anchor, heading, text], …]], …]`, `perFile` pages each.
- `<folder>/words-<n>.json`: `{stem: [-weight, step, step, …, -weight, …]}`. Below each weight stand its pages: the first by its number
  plus 1, each of the others by its distance from the one before. A pair of words that stand together is a stem too, with a space in it.
- `<folder>/spelling.json`: `[words, others]`: words as they are written, the most frequent first, to look for one that is like a misspelt one, and
  right words that are like those and mean something else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from types import MappingProxyType
from typing import Any

from macros.files.memo import Same, remembered
from macros.site.search.other_words import OTHER_WORDS
from macros.site.search.page_text import TextSection
from macros.site.search.phrases import PHRASES
from macros.site.search.ranking import HEAVIEST
from macros.text.search_words import word_tables

INDEX_FORMAT = 2
"""Grows when a key is removed or changes its meaning."""
HEAD = "index.json"
SPELLING = "spelling.json"
PAGES_IN_A_FILE = 4
BYTES_OF_WORDS = 24_000
"""A file of words ends when it has so many; one word alone may have more."""
MOST_SPELLINGS = 12_000
SHORTEST_SPELLING = 4


@dataclass(frozen=True, slots=True)
class IndexedPage:
    """A page as the index holds it. `weights` is by stem; `spellings` has the stem of each word as it is written."""

    url: str
    title: str
    kind: tuple[str, str, str]
    summary: str
    sections: tuple[TextSection, ...]
    weights: Mapping[str, int]
    spellings: Mapping[str, str]


class Index:
    """Holds which words are on which pages; the text of a page is let go as soon as its file is made."""

    def __init__(self) -> None:
        self._pages = 0
        self._kinds: list[tuple[str, str, str, int]] = []
        self._numbers: dict[str, dict[int, list[int]]] = {}
        """The numbers of pages by stem and weight."""
        self._spellings: dict[str, str] = {}
        """The stem of each word as it is written."""
        self._firsts: list[str] = []
        self._lists: dict[str, int] = {}
        """The numbers of pages at the top of a folder, by their address."""

    def files(self, pages: Iterable[IndexedPage]) -> Iterator[tuple[str, bytes]]:
        """Yields all files but the head. The pages of a kind follow one another; the same pages give the same bytes."""
        for number, some in enumerate(_batched(pages, PAGES_IN_A_FILE)):
            for page in some:
                self._add(page)
            yield f"pages-{number}.json", _page_file(some)
        for number, (first, rows) in enumerate(_shards(self._numbers)):
            self._firsts.append(first)
            yield f"words-{number}.json", b"{%s}" % b",".join(rows)
        yield SPELLING, _json([self._most_frequent(), OTHER_WORDS])

    def head(self, folder: str, asked_with: Mapping[str, Sequence[str]] = MappingProxyType({})) -> bytes:
        """Returns the head, when the other files have been yielded and stand in `folder`. `asked_with` has phrases that ask for a kind, by its folder."""
        counts = {"format": INDEX_FORMAT, "folder": folder, "pages": self._pages, "perFile": PAGES_IN_A_FILE}
        asked = [(kind, self._lists.get(f"{kind}/", -1), phrases) for kind, phrases in asked_with.items()]
        return _json(
            {**counts, "kinds": self._kinds, "asked": asked, "words": self._firsts, "phrases": PHRASES, "heaviest": HEAVIEST, **word_tables()}
        )

    def _add(self, page: IndexedPage) -> None:
        if not self._kinds or self._kinds[-1][:3] != page.kind:
            self._kinds.append((*page.kind, self._pages))
        if page.url.count("/") == 1:
            self._lists[page.url] = self._pages
        self._pages += 1
        self._spellings.update(page.spellings)
        numbers, number = self._numbers, self._pages
        for stem, weight in page.weights.items():
            by_weight = numbers.get(stem)
            if by_weight is None:
                numbers[stem] = {weight: [number]}
            elif weight in by_weight:
                by_weight[weight].append(number)
            else:
                by_weight[weight] = [number]

    def _most_frequent(self) -> list[str]:
        """Words by how many pages have them in any form."""
        counted = {stem: sum(map(len, by_weight.values())) for stem, by_weight in self._numbers.items()}
        words = [word for word, stem in self._spellings.items() if stem in counted and len(word) >= SHORTEST_SPELLING and word.isalpha()]
        return sorted(words, key=lambda word: (-counted[self._spellings[word]], word))[:MOST_SPELLINGS]


def _batched(pages: Iterable[IndexedPage], size: int) -> Iterator[list[IndexedPage]]:
    rest = iter(pages)
    while some := [*islice(rest, size)]:
        yield some


def _json(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").encode()  # no tags, in case a browser takes it for a page


@remembered(lambda pages: (*map(Same, pages),))
def _page_file(pages: Sequence[IndexedPage]) -> bytes:
    return _json([_page_row(page) for page in pages])


def _page_row(page: IndexedPage) -> list[Any]:
    return [page.url, page.title, page.summary, [[each.anchor, each.heading, each.text] for each in page.sections]]


def _shards(postings: Mapping[str, Mapping[int, Sequence[int]]]) -> Iterator[tuple[str, list[bytes]]]:
    """The rows of each file of words with its first stem, in the order in which a browser compares text."""
    first, rows, size = "", list[bytes](), 0
    for stem in sorted(postings, key=lambda stem: stem.encode("utf-16-be")):
        row = b"%s:[%s]" % (_json(stem), ",".join(map(str, _row(postings[stem]))).encode())
        if rows and size + len(row) > BYTES_OF_WORDS:
            yield first, rows
            rows, size = [], 0
        first = first if rows else stem
        rows.append(row)
        size += len(row)
    if rows:
        yield first, rows


def _row(by_weight: Mapping[int, Sequence[int]]) -> Iterator[int]:
    for weight in sorted(by_weight, reverse=True):
        yield -weight
        yield from (number - before for before, number in pairwise((0, *by_weight[weight])))
