"""Which words of a text are gone and which are new, and which items of two lists belong together.

`diff_words` takes two texts and returns pieces, each kept, gone or new. `pair_items` takes two lists and returns pairs of positions.
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
_AUTOJUNK_FROM = 1_000
"""Tokens beyond which `SequenceMatcher` ignores words that occur often."""
_MAX_TOKEN_PAIRS = 4_000_000
"""Tokens before times tokens now; beyond that the whole text is replaced, because comparing it word by word would take minutes."""
_MAX_ITEM_PAIRS = 2_500
"""Items gone times items new; beyond that none is matched with a reworded one."""
_MIN_SIMILARITY = 0.4
"""The share of words that two list items must have in common to count as one item, reworded."""

PieceChangeType = Literal["kept", "gone", "new"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text: kept, gone or new."""

    change_type: PieceChangeType
    text: str


@dataclass(frozen=True, slots=True)
class Pairs:
    """Positions in two lists: `same` pairs equal or similar items, `gone` are positions in the old list, `new` in the new one.

    `moved` are the pairs whose order among the others has changed.
    """

    same: tuple[tuple[int, int], ...]
    gone: tuple[int, ...]
    new: tuple[int, ...]
    moved: tuple[tuple[int, int], ...]


def one_line(text: str) -> str:
    """Returns `text` with every run of white space as one space: line breaks carry no meaning."""
    return " ".join(text.split())


def diff_words(before: str, now: str) -> tuple[Piece, ...]:
    """Returns both texts merged into one sequence of pieces."""
    old, new = (_TOKEN.findall(f" {one_line(text)}") for text in (before, now))
    start = _common_length(old, new)
    end = _common_length(old[start:][::-1], new[start:][::-1])
    old_middle, new_middle = old[start : len(old) - end], new[start : len(new) - end]
    steps = [("kept", old[:start]), *_edit_steps(old_middle, new_middle), ("kept", old[len(old) - end :])]
    return _without_leading_space(tuple(_grouped(_without_single_signs((change_type, "".join(tokens)) for change_type, tokens in steps if tokens))))


def _common_length(old: Sequence[str], new: Sequence[str]) -> int:
    pairs = enumerate(zip(old, new, strict=False))
    return next((index for index, (one, other) in pairs if one != other), min(len(old), len(new)))


def _edit_steps(old: list[str], new: list[str]) -> Iterator[tuple[PieceChangeType, list[str]]]:
    if len(old) * len(new) > _MAX_TOKEN_PAIRS:
        yield from (("gone", old), ("new", new))
        return
    for _, i, i_end, j, j_end in SequenceMatcher(None, old, new, autojunk=len(new) > _AUTOJUNK_FROM).get_opcodes():
        if old[i:i_end] == new[j:j_end]:
            yield "kept", old[i:i_end]
        else:
            yield from (("gone", old[i:i_end]), ("new", new[j:j_end]))


def _without_single_signs(steps: Iterable[tuple[PieceChangeType, str]]) -> Iterator[tuple[PieceChangeType, str]]:
    """A comma kept between two changes becomes part of both: `[-a, b-]{+c, d+}`, not `[-a-]{+c+},[- b-]{+ d+}`."""
    known = list(steps)
    for index, (change_type, text) in enumerate(known):
        is_between = 0 < index < len(known) - 1
        if change_type == "kept" and is_between and not re.search(r"\w", text) and len(text) <= 2:
            yield from (("gone", text), ("new", text))
        else:
            yield change_type, text


def _grouped(steps: Iterable[tuple[PieceChangeType, str]]) -> Iterator[Piece]:
    """Between two kept pieces: everything gone as one piece, then everything new. A space that begins both is kept."""
    groups = [(is_kept, list(group)) for is_kept, group in groupby(steps, key=lambda step: step[0] == "kept")]
    texts = [{change_type: _text_of(change_type, steps) for change_type in ("kept", "gone", "new")} for _, steps in groups]
    for index, text in enumerate(texts):
        if text["gone"].startswith(" ") and text["new"].startswith(" ") and index:
            texts[index - 1]["kept"] += " "
            text.update(gone=text["gone"][1:], new=text["new"][1:])
    yield from (Piece(change_type, text[change_type]) for text in texts for change_type in ("kept", "gone", "new") if text[change_type])


def _text_of(change_type: PieceChangeType, steps: Iterable[tuple[PieceChangeType, str]]) -> str:
    return "".join(text for other, text in steps if other == change_type)


def _without_leading_space(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The pieces without the space before the first word of each text."""
    first, *rest = pieces or (Piece("kept", ""),)
    if first.change_type == "kept" or not rest:
        return (Piece(first.change_type, first.text[1:]), *rest) if first.text else ()
    second, *rest = rest
    if second.change_type == "kept" and second.text.startswith(" "):
        return (Piece(first.change_type, f"{first.text[1:]} "), Piece("kept", second.text[1:]), *rest)
    return (Piece(first.change_type, first.text[1:]), Piece(second.change_type, second.text.removeprefix(" ")), *rest)


def with_less_context(pieces: Sequence[Piece], context: int) -> tuple[Piece, ...]:
    """Returns the pieces with unchanged text cut to `context` words on either side of each change."""
    return tuple(_with_less_context(piece, context, is_first=piece is pieces[0], is_last=piece is pieces[-1]) for piece in pieces)


def _with_less_context(piece: Piece, context: int, *, is_first: bool, is_last: bool) -> Piece:
    words = re.findall(r"\s*\S+\s*", piece.text)
    before, after = 0 if is_first else context, 0 if is_last else context
    if piece.change_type != "kept" or len(words) <= before + after + 2:
        return piece
    tail = "".join(words[len(words) - after :]) if after else ""
    return Piece("kept", f"{''.join(words[:before])}… {tail}" if tail else f"{''.join(words[:before]).rstrip()} …")


def pair_items(before: Sequence[Any], now: Sequence[Any], similarity: Callable[[Any, Any], float]) -> Pairs:
    """Returns which item of `now` each item of `before` became: equal items first, then the most similar ones.

    `similarity` takes two items and returns a number from 0 to 1.
    """
    same = _equal_pairs(before, now)
    gone = [i for i in range(len(before)) if i not in {i for i, _ in same}]
    new = [j for j in range(len(now)) if j not in {j for _, j in same}]
    if len(gone) * len(new) <= _MAX_ITEM_PAIRS:
        likely = sorted(((similarity(before[i], now[j]), i, j) for i in gone for j in new), key=lambda row: (-row[0], abs(row[1] - row[2]), row))
        for share, i, j in likely:
            if share >= _MIN_SIMILARITY and i in gone and j in new:
                same.append((i, j))
                gone.remove(i)
                new.remove(j)
    same.sort(key=lambda pair: pair[1])
    return Pairs(tuple(same), tuple(gone), tuple(new), _moved_pairs(same))


def _equal_pairs(before: Sequence[Any], now: Sequence[Any]) -> list[tuple[int, int]]:
    places: dict[str, list[int]] = {}
    for i, item in enumerate(before):
        places.setdefault(comparison_key(item), []).append(i)
    return [(places[key].pop(0), j) for j, item in enumerate(now) if places.get(key := comparison_key(item))]


def comparison_key(value: Any) -> str:
    """Returns a string that is equal for values that differ in white space only."""
    return json.dumps(_on_one_line(value), ensure_ascii=False, sort_keys=True)


def _on_one_line(value: Any) -> Any:
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, dict):
        return {name: _on_one_line(item) for name, item in value.items()}
    return [_on_one_line(item) for item in value] if isinstance(value, (list, tuple)) else value


def _moved_pairs(same: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The fewest pairs that must move for the rest to keep their order: all but a longest increasing subsequence."""
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


def word_similarity(one: str, other: str) -> float:
    """Returns the share of words that two texts have in common, from 0 to 1."""
    old, new = _word_counts(one), _word_counts(other)
    both = old.total() + new.total()
    return 2 * (old & new).total() / both if both else float(one == other)


@lru_cache(maxsize=4096)
def _word_counts(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))
