"""Plain English, checked: reading ease, the length of sentences, jargon and spelling, in the data and on the pages.

Takes a playbook's folder. Returns problems, each with its place and what to write instead.
The rules stand in `rules.yml`; words that the dictionary lacks, in `words.txt`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import unescape
from importlib import resources
from pathlib import Path
from typing import Any

import textstat
import yaml
from spellchecker import SpellChecker

from macros.files.read import read_files
from macros.playbook.checks.file import check_file
from macros.problems.problem import Problem
from macros.schema.entry import Entry
from macros.schema.filled import values_in
from macros.schema.introspect import all_fields
from macros.text.markdown import render_text
from macros.yamlfile.finding import Finding, locate
from macros.yamlfile.source import SourceText

HERE = Path(__file__).parent
WORD = re.compile(r"[A-Za-zÀ-ž]+(?:['’][A-Za-z]+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(]*[A-Z0-9])")
_BLOCK_END = re.compile(r"</(?:p|li|td|th|tr|h\d)>|<br>")
_MARKDOWN = re.compile(
    r"\A---\n.*?^---$|^(?P<fence>`{3,}).*?^(?P=fence)|<!--.*?-->|\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}|^\|.*?\|$|`[^`]*`|\]\([^)]*\)|<[^>]*>|\{[^}]*\}|https?://\S+",
    re.DOTALL | re.MULTILINE,
)


@dataclass(frozen=True)
class Rules:
    """The limits, and what is excepted from them, each with its reason."""

    most_words: int
    least_ease: float
    jargon: Mapping[str, str]
    american: Mapping[str, str]
    also_british: Mapping[str, str]
    own_names: tuple[str, ...]
    exceptions: Mapping[str, Mapping[str, str]]

    def excepts(self, file: str, rule: str) -> bool:
        return rule in self.exceptions.get(file, {})


@cache
def rules() -> Rules:
    return Rules(**yaml.safe_load((HERE / "rules.yml").read_text()), american=_american())


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


@cache
def own_words() -> tuple[str, ...]:
    """Names and words of this field that the dictionary lacks."""
    lines = (HERE / "words.txt").read_text().splitlines()
    return tuple(word for line in lines if not line.startswith("#") for word in line.split())


def entry_problems(root: Path) -> Iterator[Problem]:
    """What is hard to read, or misspelt, in the entries of the playbook in `root`."""
    for file in read_files(root)[0]:
        item, _ = check_file(file)
        if item and issubclass(item.model, Entry):
            texts = list(_texts(item.raw, item.model))
            for path, text in texts:
                yield from (_located(item.source, path, found) for found in text_findings(file.path, text))
            if low := too_hard(file.path, "\n".join(text for _, text in texts)):
                yield _located(item.source, ("title",), low)


def page_problems(root: Path) -> Iterator[Problem]:
    """The same for the pages that are written by hand."""
    for file in sorted((root / "docs").rglob("*.md")):
        name = file.relative_to(root).as_posix()
        source = SourceText(name, file.read_text())
        text = words_of_page(source.text)
        for found in text_findings(name, text):
            yield _in_page(source, found)
        if low := too_hard(name, text):
            yield _in_page(source, low)


@dataclass(frozen=True)
class Found:
    rule: str
    message: str
    help: str
    needle: str = ""


def text_findings(file: str, text: str) -> Iterator[Found]:
    """Long sentences, jargon and spelling in one text without markup."""
    known = rules()
    for sentence in sentences(text):
        words = WORD.findall(sentence)
        if len(words) > known.most_words and not known.excepts(file, "long-sentence"):
            help = "make two sentences of it"
            yield Found("long-sentence", f"{len(words)} words, the most is {known.most_words}", help, " ".join(sentence.split()[:3]))
    for phrase, instead in known.jargon.items():
        for match in re.finditer(rf"(?<![\w-]){phrase}(?![\w-])", text, re.IGNORECASE):
            if not known.excepts(file, match[0].lower()):
                yield Found("jargon", f"'{match[0]}'", f"write {instead}", match[0])
    yield from _spelling(text)


def _spelling(text: str) -> Iterator[Found]:
    for name in rules().own_names:
        text = text.replace(name, " ")
    words = dict.fromkeys(word.removesuffix("'s").removesuffix("’s") for word in WORD.findall(text))
    for word in words:
        lower = word.lower().replace("’", "'")
        if lower in rules().american and lower not in rules().also_british:
            yield Found("spelling", f"'{word}' is American", f"write '{rules().american[lower]}'", word)
        elif lower in _typos() and not word.isupper() and word not in own_words():
            yield Found("spelling", f"'{word}' is a frequent slip", f"write '{_typos()[lower]}'", word)
        elif not _is_known(word, lower):
            yield Found("spelling", f"'{word}' is not in the dictionary", "mend it, or add it to tests/prose/words.txt", word)


def _is_known(word: str, lower: str) -> bool:
    return len(word) == 1 or word in own_words() or word.isupper() or lower in _dictionary() or lower.replace("'", "") in _dictionary()


def too_hard(file: str, text: str) -> Found | None:
    """Whether a whole entry or page is harder to read than the limit; a short text has no reliable score."""
    if len(WORD.findall(text)) < 80 or rules().excepts(file, "hard-to-read"):
        return None
    ease = reading_ease(text)
    least = rules().least_ease
    return (
        Found("hard-to-read", f"its reading ease is {ease:.0f}, the least is {least:.0f}", "use shorter sentences and shorter words")
        if ease < least
        else None
    )


def reading_ease(text: str) -> float:
    """Flesch reading ease: 60 to 70 is plain English, 30 and less is for specialists."""
    whole = " ".join(sentence if sentence[-1:] in ".!?" else f"{sentence}." for sentence in sentences(text))
    return textstat.flesch_reading_ease(whole)


def sentences(text: str) -> list[str]:
    """The sentences of a text; what stands on a line of its own is one at least."""
    return [part.strip() for line in text.splitlines() for part in _SENTENCE_END.split(line) if WORD.search(part)]


def _texts(raw: Any, model: type) -> Iterator[tuple[tuple, str]]:
    """The sentences of an entry, without markup; places, names and units are not prose."""
    for field in all_fields(model):
        if field.is_prose or (field.steps in (("title",), ("summary",)) and field.is_text):
            for path, value in values_in(raw, field.steps):
                if isinstance(value, str):
                    yield path, words_of_text(value) if field.is_prose else value


def words_of_text(text: str) -> str:
    """A text field as its words, a line for each paragraph and item."""
    html = render_text(text, lambda named: ("", named.replace("-", " ")))
    blocks = _BLOCK_END.split(html)
    return "\n".join(" ".join(unescape(re.sub(r"<[^>]*>", "", block)).split()) for block in blocks)


def words_of_page(markdown: str) -> str:
    """A page as its words, without front matter, code, macros, tables and markup."""
    text = re.sub(r"[\[\]*#>]", "", _MARKDOWN.sub(" ", markdown)).replace("_", " ")
    paragraphs = re.split(r"\n\s*\n|\n\s*(?:-|\d+\.) ", text)
    return "\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def _located(source: SourceText, path: tuple, found: Found) -> Problem:
    return locate(source, Finding(path, found.rule, found.message, found.help, needle=found.needle))


def _in_page(source: SourceText, found: Found) -> Problem:
    index = max(source.text.find(found.needle), 0)
    start = source.mark_at(index)
    return source.problem((start, source.mark_at(index + max(len(found.needle), 1))), found.rule, found.message, found.help)
