"""Which words of a text are gone and which are new; which items of a list are the same.

Enters: what was said before, and what is said now. Leaves: pieces of text, each gone, new or kept; pairs of items.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import groupby
from typing import Any, Literal

_TOKEN = re.compile(r" ?(?:\w+(?:['’.,-]\w+)*|[^\w\s])")
"""A word or a sign, with the space before it."""
_LONG = 1_000
"""Tokens beyond which words that come often are passed over in the search for what is the same."""
_MOST_COMPARED = 4_000_000
"""Tokens before times tokens now: beyond that a text is told as a whole, for comparing it word by word would take minutes."""
_MOST_PAIRS = 2_500
"""Items gone times items new: beyond that none is taken for another in new words."""
_ALIKE = 0.4
"""The share of words that two items of a list have in common when one is the other in new words."""

ChangeType = Literal["kept", "gone", "new"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: kept, gone or new."""

    sort: ChangeType
    text: str


@dataclass(frozen=True, slots=True)
class Pairs:
    """Positions in two lists: items that are the same or nearly, items of the old list that are gone, those of the new one that are new.

    `moved` are the pairs that stand elsewhere among the others than before.
    """

    same: tuple[tuple[int, int], ...]
    gone: tuple[int, ...]
    new: tuple[int, ...]
    moved: tuple[tuple[int, int], ...]


def one_line(text: str) -> str:
    """`text` with each run of white space as one space: how it is broken into lines says nothing."""
    return " ".join(text.split())


def diff_words(before: str, now: str) -> tuple[Piece, ...]:
    """Both texts as one, with what is gone and what is new."""
    old, new = (_TOKEN.findall(f" {one_line(text)}") for text in (before, now))
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    old_middle, new_middle = old[start : len(old) - end], new[start : len(new) - end]
    steps = [("kept", old[:start]), *_steps(old_middle, new_middle), ("kept", old[len(old) - end :])]
    return _begun(tuple(_joined(_without_crumbs((sort, "".join(tokens)) for sort, tokens in steps if tokens))))


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    pairs = enumerate(zip(old, new, strict=False))
    return next((index for index, (one, other) in pairs if one != other), min(len(old), len(new)))


def _steps(old: list[str], new: list[str]) -> Iterator[tuple[ChangeType, list[str]]]:
    if len(old) * len(new) > _MOST_COMPARED:
        yield from (("gone", old), ("new", new))
        return
    for _, i, i_end, j, j_end in SequenceMatcher(None, old, new, autojunk=len(new) > _LONG).get_opcodes():
        if old[i:i_end] == new[j:j_end]:
            yield "kept", old[i:i_end]
        else:
            yield from (("gone", old[i:i_end]), ("new", new[j:j_end]))


def _without_crumbs(steps: Iterable[tuple[ChangeType, str]]) -> Iterator[tuple[ChangeType, str]]:
    """A comma that was kept between two changes belongs to both: `[-a, b-]{+c, d+}`, not `[-a-]{+c+},[- b-]{+ d+}`."""
    known = list(steps)
    for index, (sort, text) in enumerate(known):
        is_between = 0 < index < len(known) - 1
        if sort == "kept" and is_between and not re.search(r"\w", text) and len(text) <= 2:
            yield from (("gone", text), ("new", text))
        else:
            yield sort, text


def _joined(steps: Iterable[tuple[ChangeType, str]]) -> Iterator[Piece]:
    """Between two stretches that were kept: all that is gone as one piece, then all that is new. A space before both is kept."""
    groups = [(is_kept, list(group)) for is_kept, group in groupby(steps, key=lambda step: step[0] == "kept")]
    texts = [{sort: "".join(text for its, text in found if its == sort) for sort in ("kept", "gone", "new")} for _, found in groups]
    for index, text in enumerate(texts):
        if text["gone"].startswith(" ") and text["new"].startswith(" ") and index:
            texts[index - 1]["kept"] += " "
            text.update(gone=text["gone"][1:], new=text["new"][1:])
    yield from (Piece(sort, text[sort]) for text in texts for sort in ("kept", "gone", "new") if text[sort])


def _begun(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The pieces without the space that stands before the first word of each text."""
    first, *rest = pieces or (Piece("kept", ""),)
    if first.sort == "kept" or not rest:
        return (Piece(first.sort, first.text[1:]), *rest) if first.text else ()
    second, *rest = rest
    if second.sort == "kept" and second.text.startswith(" "):
        return (Piece(first.sort, f"{first.text[1:]} "), Piece("kept", second.text[1:]), *rest)
    return (Piece(first.sort, first.text[1:]), Piece(second.sort, second.text.removeprefix(" ")), *rest)


def shortened(pieces: Sequence[Piece], around: int) -> tuple[Piece, ...]:
    """Pieces with what was kept cut to `around` words beside each change."""
    return tuple(_cut(piece, around, is_first=piece is pieces[0], is_last=piece is pieces[-1]) for piece in pieces)


def _cut(piece: Piece, around: int, *, is_first: bool, is_last: bool) -> Piece:
    words = re.findall(r"\s*\S+\s*", piece.text)
    before, after = 0 if is_first else around, 0 if is_last else around
    if piece.sort != "kept" or len(words) <= before + after + 2:
        return piece
    tail = "".join(words[len(words) - after :]) if after else ""
    return Piece("kept", f"{''.join(words[:before])}… {tail}" if tail else f"{''.join(words[:before]).rstrip()} …")


def pair_items(before: Sequence[Any], now: Sequence[Any], alike: Callable[[Any, Any], float]) -> Pairs:
    """Which item of `now` each of `before` became: first those that are equal, then those that are most alike."""
    same = _equal_pairs(before, now)
    gone = [i for i in range(len(before)) if i not in {i for i, _ in same}]
    new = [j for j in range(len(now)) if j not in {j for _, j in same}]
    if len(gone) * len(new) <= _MOST_PAIRS:
        likely = sorted(((alike(before[i], now[j]), i, j) for i in gone for j in new), key=lambda found: (-found[0], abs(found[1] - found[2]), found))
        for share, i, j in likely:
            if share >= _ALIKE and i in gone and j in new:
                same.append((i, j))
                gone.remove(i)
                new.remove(j)
    same.sort(key=lambda pair: pair[1])
    return Pairs(tuple(same), tuple(gone), tuple(new), _moved(same))


def _equal_pairs(before: Sequence[Any], now: Sequence[Any]) -> list[tuple[int, int]]:
    places: dict[str, list[int]] = {}
    for i, item in enumerate(before):
        places.setdefault(key_of(item), []).append(i)
    return [(places[key].pop(0), j) for j, item in enumerate(now) if places.get(key := key_of(item))]


def key_of(value: Any) -> str:
    """Two values have the same key where they are the same but for white space."""
    return json.dumps(_on_one_line(value), ensure_ascii=False, sort_keys=True)


def _on_one_line(value: Any) -> Any:
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, dict):
        return {name: _on_one_line(item) for name, item in value.items()}
    return [_on_one_line(item) for item in value] if isinstance(value, (list, tuple)) else value


def _moved(same: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The fewest pairs without which the rest stand in the order that they had: all but a longest rising run."""
    ends: list[int] = []
    length = []
    for i, _ in same:
        at = bisect_left(ends, i)
        ends[at : at + 1] = [i]
        length.append(at + 1)
    wanted, kept = len(ends), set()
    for index in range(len(same) - 1, -1, -1):
        if length[index] == wanted:
            kept.add(index)
            wanted -= 1
    return tuple(pair for index, pair in enumerate(same) if index not in kept)


def likeness(one: str, other: str) -> float:
    """The share of their words that two texts have in common, from 0 to 1."""
    old, new = _counted(one), _counted(other)
    both = old.total() + new.total()
    return 2 * (old & new).total() / both if both else float(one == other)


@lru_cache(maxsize=4096)
def _counted(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))
