"""What an entry or a page says, as words without markup: its passages, and the paragraphs, items and headings in each.

A passage of an entry is one of its fields; a page is one passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any, Literal

from macros.schema.filled import values_in
from macros.schema.introspect import Field, all_fields
from macros.text.markdown import render_text

WORD = re.compile(r"[A-Za-zÀ-ž]+(?:['’][A-Za-z]+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(]*[A-Z0-9])")
_WHOLE = re.compile(r"[.!?][\"”’)]*$")
_BLOCK_END = re.compile(r"</(p|li|td|th|tr|h\d)>|<br>")
_FRONT_MATTER = re.compile(r"\A---\n.*?^---$", re.DOTALL | re.MULTILINE)
_SAID_IN_FRONT = re.compile(r"^(?:description|excerpt|subtitle): (.*)$", re.MULTILINE)
_FENCE = re.compile(r"^ *(?P<fence>`{3,}).*?^ *(?P=fence)|<!--.*?-->", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"`[^`]*`")
_MARKUP = re.compile(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}|^\|.*?\|$|\]\([^)]*\)|<[^>]*>|\{[^}]*\}|https?://\S+", re.DOTALL | re.MULTILINE)
_NEXT_ITEM = re.compile(r"\n(?=\s*(?:-|\d+\.) )")
_MARKER = re.compile(r"\s*(?:-|\d+\.) |\s+")


@dataclass(frozen=True)
class Block:
    """A paragraph, an item of a list (or a cell of a table), or a heading."""

    kind: Literal["paragraph", "item", "heading"]
    text: str

    @property
    def whole_sentences(self) -> list[str]:
        """Its sentences, without what does not end as one, such as a heading or the line above a list."""
        return [] if self.kind == "heading" else [part for part in sentences(self.text) if _WHOLE.search(part)]


@dataclass(frozen=True)
class Passage:
    """The text of one field, with its place in the entry; or that of a page."""

    blocks: tuple[Block, ...]
    place: tuple = ()

    @property
    def text(self) -> str:
        """A line for each block."""
        return "\n".join(block.text for block in self.blocks)


def sentences(text: str) -> list[str]:
    """The sentences of a text; what stands on a line of its own is one at least."""
    return [part.strip() for line in text.splitlines() for part in _SENTENCE_END.split(line) if WORD.search(part)]


def count_words(text: str) -> int:
    return len(WORD.findall(text))


def passages_of_entry(raw: Any, model: type) -> Iterator[Passage]:
    """The sentences of an entry, field by field; places, names and units are not prose."""
    for field in all_fields(model):
        if field.is_prose or (field.steps in (("title",), ("summary",)) and field.is_text):
            for path, value in values_in(raw, field.steps):
                if isinstance(value, str):
                    yield Passage(tuple(_blocks_of_field(field, value)), path)


def _blocks_of_field(field: Field, value: str) -> Iterator[Block]:
    if not field.is_prose:
        yield Block("heading" if field.steps == ("title",) else "paragraph", value)
        return
    *parts, rest = _BLOCK_END.split(render_text(value, lambda named: ("", named.replace("-", " "))))
    for html, end in (*zip(parts[::2], parts[1::2], strict=True), (rest, None)):
        is_item = field.is_list or "<li" in html or end in ("li", "td", "th")
        words = " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())
        if words:
            yield Block("item" if is_item else "paragraph", words)


def passage_of_page(markdown: str) -> Passage:
    """A page, with each piece of code as the word `Code`, without macros, tables and markup."""
    front = _FRONT_MATTER.match(markdown)
    said = [Block("heading", words) for words in _SAID_IN_FRONT.findall(front[0] if front else "")]
    body = _MARKUP.sub(" ", _CODE.sub("Code", _FENCE.sub("\n", _FRONT_MATTER.sub("", markdown))))
    parts = [part for paragraph in re.split(r"\n\s*\n", body) for part in _NEXT_ITEM.split(paragraph.strip("\n")) if WORD.search(part)]
    return Passage((*said, *map(_block_of_page, parts)))


def _block_of_page(part: str) -> Block:
    kind = "heading" if part.startswith("#") else "item" if _MARKER.match(part) else "paragraph"
    words = re.sub(r"[\[\]*#>]", "", _MARKER.sub("", part, count=1) if kind == "item" else part).replace("_", " ")
    return Block(kind, " ".join(words.split()))


def words_of_page(markdown: str) -> str:
    """A page as its words, a line for each of its parts."""
    return passage_of_page(markdown).text
