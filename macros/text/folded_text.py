"""A text in its plainest form, in which words are looked for, and the way back to the text as it was written.

`fold` takes text, or the text between the tags of HTML, and returns a `FoldedText`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from macros.problems.folding import SAME_LOOKS, folded_characters

_ACCENTS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
_ODD = re.compile(rf"&(?:#\d+|#[xX][\da-fA-F]+|\w+);|.[{_ACCENTS}]+|[{''.join(SAME_LOOKS)}]")
"""What is written in another way than it is looked for: a character reference of HTML, a letter with its accent beside it, an odd sign."""


@dataclass(frozen=True, slots=True)
class FoldedText:
    """`text` is what `source` looks like. Behind each place of `_ends`, the two run alike until the next."""

    source: str
    text: str
    _ends: tuple[int, ...] = ()
    _source_ends: tuple[int, ...] = ()

    def in_source(self, place: int) -> int:
        """Returns where in `source` the character at `place` of `text` is."""
        before = bisect_right(self._ends, place) - 1
        return place if before < 0 else self._source_ends[before] + place - self._ends[before]


def fold(source: str) -> FoldedText:
    """Returns `source` with odd signs as plain ones, accents composed and character references resolved."""
    if source.isascii() and "&" not in source:
        return FoldedText(source, source)
    pieces, ends, source_ends, length = [], [], [], 0
    for end, kept, plain in _pieces(source):
        pieces += (kept, plain)
        length += len(kept) + len(plain)
        ends.append(length)
        source_ends.append(end)
    tail = source[source_ends[-1] :] if source_ends else source
    return FoldedText(source, "".join((*pieces, tail)), tuple(ends), tuple(source_ends))


def _pieces(source: str) -> Iterator[tuple[int, str, str]]:
    """(where it ends, what stands before it, how it looks) of each odd part."""
    end = 0
    for odd in _ODD.finditer(source):
        yield odd.end(), source[end : odd.start()], folded_characters(unescape(odd[0]))
        end = odd.end()
