"""How much each word of a page counts: one in the title more than one in the summary, and that more than one in the text.

`page_weights` takes a page's words by where they stand, and returns a whole number from 1 to `HEAVIEST` for each stem, and more for a whole title.
The number is that of
BM25F with one curve for all fields (Robertson, Zaragoza and Taylor, 2004). The script multiplies it by how rare the word is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldWeight:
    """A place where a page says words. `by_length` is how far a long one counts less, from 0 (not at all) to 1; `usual` is how many words it has."""

    weight: float
    usual: float
    by_length: float


FIELDS: Mapping[str, FieldWeight] = {
    "title": FieldWeight(14, usual=5, by_length=0.3),
    "also": FieldWeight(12, usual=5, by_length=0),
    "phrase": FieldWeight(6, usual=10, by_length=0),
    "sentence": FieldWeight(4, usual=10, by_length=0),
    "pair": FieldWeight(12, usual=10, by_length=0),
    "alike": FieldWeight(2.5, usual=10, by_length=0),
    "alike_below": FieldWeight(1.2, usual=10, by_length=0),
    "summary": FieldWeight(4, usual=10, by_length=0.3),
    "id": FieldWeight(3, usual=2, by_length=0),
    "heading": FieldWeight(1.5, usual=4, by_length=0.5),
    "text": FieldWeight(0.7, usual=90, by_length=0.6),
}
"""Fixed, and not measured from all pages, so that a change to one page changes no number of another."""
HALF = 6.0
"""The sum at which a word has half of the greatest weight."""
HEAVIEST = 24
WHOLE_TITLE = "whole title"
"""The field of a whole title that is one word or a pair, which counts `OF_A_NAME` more: who types no more than that wants this page first."""
OF_A_NAME = 8


def page_weights(fields: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """Returns the weight of each stem. `fields` has the stems of each field in any order, as often as they stand there."""
    sums: dict[str, float] = defaultdict(float)
    for name, stems in fields.items():
        if name == WHOLE_TITLE:
            continue
        field, counted = FIELDS[name], Counter(stems)
        counted.pop("", None)
        factor = field.weight / (1 - field.by_length + field.by_length * counted.total() / field.usual)
        for stem, times in counted.items():
            sums[stem] += times * factor
    names = frozenset(fields.get(WHOLE_TITLE, ()))
    return {stem: max(1, round(HEAVIEST * total / (HALF + total))) + OF_A_NAME * (stem in names) for stem, total in sums.items()}
