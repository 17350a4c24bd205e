"""Sentences that are too long, and rows of short ones that sound like a telegram."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from statistics import mean

from tests.prose.passages import Passage, count_words, sentences
from tests.prose.rules import Found, rules

JOIN = "join those that belong together with a word such as because, so, although or which"
KINDS = {"paragraph": "paragraphs", "item": "lists"}


def long_findings(text: str) -> Iterator[Found]:
    """Each sentence that a reader cannot hold."""
    most = rules().most_words
    for sentence in sentences(text):
        words = count_words(sentence)
        if words > most:
            yield Found("long-sentence", f"{words} words, the most is {most}", "make two sentences of it", _beginning(sentence))


def row_findings(passage: Passage) -> Iterator[Found]:
    """Each row of short sentences in the paragraphs of a field, or in one paragraph of a page or one item of a list."""
    limits = rules()
    for row in _rows(passage):
        for is_short, found in groupby(row, lambda sentence: count_words(sentence) <= limits.short_words):
            short = list(found)
            if is_short and len(short) > limits.most_short_in_a_row:
                message = f"{len(short)} sentences in a row have {limits.short_words} words or fewer"
                yield Found("short-row", message, JOIN, _beginning(short[0]))


def _rows(passage: Passage) -> Iterator[list[str]]:
    """What is read in one breath: the paragraphs of a field that follow each other; on a page, each block."""
    if not passage.place:
        yield from (block.whole_sentences for block in passage.blocks)
        return
    for kind, blocks in groupby(passage.blocks, lambda block: block.kind):
        in_blocks = [block.whole_sentences for block in blocks]
        yield from [list(chain.from_iterable(in_blocks))] if kind == "paragraph" else in_blocks


def mean_findings(passages: Iterable[Passage]) -> Iterator[Found]:
    """Whether the sentences of a whole entry or page are short on average, in its paragraphs or in its lists."""
    blocks = [block for passage in passages for block in passage.blocks]
    for kind, named in KINDS.items():
        words = [count_words(sentence) for block in blocks if block.kind == kind for sentence in block.whole_sentences]
        least = getattr(rules().least_mean, kind)
        if len(words) >= rules().least_mean.from_sentences and mean(words) < least:
            message = f"the {len(words)} sentences in its {named} have {mean(words):.1f} words on average, the least is {least:g}"
            yield Found("short-mean", message, JOIN)


def _beginning(sentence: str) -> str:
    return " ".join(sentence.split()[:3])
