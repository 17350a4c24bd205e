"""How hard a whole entry or page is to read, by the measure of Flesch."""

from __future__ import annotations

from collections.abc import Iterator

import textstat

from tests.prose.passages import count_words, sentences
from tests.prose.rules import Found, rules


def reading_ease(text: str) -> float:
    """Flesch reading ease: 60 to 70 is plain English, 30 and less is for specialists."""
    whole = " ".join(sentence if sentence[-1:] in ".!?" else f"{sentence}." for sentence in sentences(text))
    return textstat.flesch_reading_ease(whole)


def ease_findings(text: str) -> Iterator[Found]:
    """Whether a whole entry or page is harder to read than the limit; a short text has no reliable score."""
    least = rules().least_ease
    if count_words(text) >= 80 and (ease := reading_ease(text)) < least:
        yield Found("hard-to-read", f"its reading ease is {ease:.0f}, the least is {least:.0f}", "use shorter sentences and shorter words")
