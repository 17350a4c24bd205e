"""The words of a text: jargon, stilted phrases, words with one chosen form, and spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

from spellchecker import SpellChecker

from tests.prose.passages import WORD
from tests.prose.rules import Found, own_words, rules


def jargon_findings(text: str) -> Iterator[Found]:
    """Each word of jargon."""
    return _phrases("jargon", rules().jargon, text)


def chosen_findings(text: str) -> Iterator[Found]:
    """Each stilted phrase, and each word that has another form here."""
    yield from _phrases("stilted", rules().stilted, text)
    yield from _phrases("chosen-word", rules().chosen, text)


def _phrases(rule: str, phrases: Mapping[str, str], text: str) -> Iterator[Found]:
    for phrase, instead in phrases.items():
        for found in dict.fromkeys(match[0] for match in _pattern(phrase).finditer(_without_names(text))):
            yield Found(rule, f"'{found}'", f"write {instead}", found, excepted_as=found.lower())


@cache
def _pattern(phrase: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{phrase})(?![\w-])", re.IGNORECASE)


@cache
def _without_names(text: str) -> str:
    for name in rules().own_names:
        text = text.replace(name, "…")
    return text


def spelling_findings(text: str) -> Iterator[Found]:
    """Each word that is American, a slip, or in no dictionary."""
    words = dict.fromkeys(word.removesuffix("'s").removesuffix("’s") for word in WORD.findall(_without_names(text)))
    for word in words:
        lower = word.lower().replace("’", "'")
        if lower in _american() and lower not in rules().also_british:
            yield Found("spelling", f"'{word}' is American", f"write '{_american()[lower]}'", word)
        elif lower in _typos() and not word.isupper() and word not in own_words():
            yield Found("spelling", f"'{word}' is a frequent slip", f"write '{_typos()[lower]}'", word)
        elif not _is_known(word, lower):
            yield Found("spelling", f"'{word}' is not in the dictionary", "mend it, or add it to tests/prose/words.txt", word)


def _is_known(word: str, lower: str) -> bool:
    return len(word) == 1 or word in own_words() or word.isupper() or lower in _dictionary() or lower.replace("'", "") in _dictionary()


@cache
def _american() -> Mapping[str, str]:
    """From codespell's own list: American spellings, each with ours."""
    ours = _lines("en-GB_to_en-US")
    return {word.strip(): british for british, american in ours.items() for word in american.split(",") if word.strip() not in {"", *ours}}


@cache
def _typos() -> Mapping[str, str]:
    """From codespell's own list: frequent slips, each with the word that was meant."""
    return _lines("")


@cache
def _lines(name: str) -> Mapping[str, str]:
    file = f"data/dictionary{'_' if name else ''}{name}.txt"
    return dict(line.split("->", 1) for line in resources.files("codespell_lib").joinpath(file).read_text().splitlines())


@cache
def _dictionary() -> SpellChecker:
    checker = SpellChecker(language="en", distance=1)
    checker.word_frequency.load_words((*own_words(), *_lines("en-GB_to_en-US")))
    return checker
