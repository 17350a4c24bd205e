"""The rules of `rules.yml`, read once: limits, words and exceptions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Found:
    """What breaks a rule; `excepted_as` is the name by which an exception lets it stand."""

    rule: str
    message: str
    help: str
    needle: str = ""
    excepted_as: str = ""


@dataclass(frozen=True)
class LeastMean:
    """How many words sentences need on average, in paragraphs and in lists, where there are enough of them to tell."""

    from_sentences: int
    paragraph: float
    item: float


@dataclass(frozen=True)
class Rules:
    """The limits, the words, and what is excepted from them, each with its reason."""

    most_words: int
    least_ease: float
    least_ease_of_all: float
    short_words: int
    most_short_in_a_row: int
    least_mean: LeastMean
    jargon: Mapping[str, str]
    stilted: Mapping[str, str]
    chosen: Mapping[str, str]
    also_british: Mapping[str, str]
    own_names: tuple[str, ...]
    not_content: Mapping[str, str]
    exceptions: Mapping[str, Mapping[str, str]]

    def is_content(self, file: str) -> bool:
        """Whether all rules hold for a file, and not only those of length, jargon and spelling."""
        return not file.startswith(tuple(self.not_content))

    def excepts(self, file: str, found: Found) -> bool:
        return (found.excepted_as or found.rule) in self.exceptions.get(file, {})


@cache
def rules() -> Rules:
    written = yaml.safe_load((HERE / "rules.yml").read_text())
    return Rules(**{**written, "least_mean": LeastMean(**written["least_mean"])})


@cache
def own_words() -> tuple[str, ...]:
    """Names and words of this field that the dictionary lacks."""
    lines = (HERE / "words.txt").read_text().splitlines()
    return tuple(word for line in lines if not line.startswith("#") for word in line.split())
