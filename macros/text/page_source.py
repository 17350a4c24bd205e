"""The parts of a page written by hand: its front matter, its text, the calls of macros in it, and code that only shows how things are written.

`PageSource` holds one page, taken apart once. `tokens` returns what Jinja reads, each with its place; `prose` returns the text without the rest.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any

from jinja2 import Environment
from jinja2.exceptions import TemplateSyntaxError
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token as Block

from macros.files.memo import remembered
from macros.problems.problem import Problem
from macros.yamlfile.reader import parse_yaml
from macros.yamlfile.source import SourceText

_MAY_CALL = re.compile(r"\{[{%#]")
CALL = "\0"
"""Replaces each character of a call in prose: no letter, no markup, and no space that would indent its line."""
_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_CODE_SPAN = re.compile(r"(?<![\\`])(`+)(?!`)((?:(?!\n(?:[ \t]*\n|#)).)+?)(?<!`)\1(?!`)", re.DOTALL)
_MAY_BE_CODE = re.compile(r"```|~~~|    |\t")
"""What a block of code cannot be without: a fence, or a line that is indented."""
_FENCE = re.compile(r"(`{3,}|~{3,})(.*)")
_FENCE_END = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*")
_MAY_BE_CODE_HERE = re.compile(r"^(?: {4}| {0,3}\t)[ \t]*\S|```|~~~")
_LEADING_CALL = re.compile(r"^\0+(?=[^\0])")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HOLDER = re.compile(r"(?::|!!!|\?\?\?\+?|={3}|\[\^[^\]]+\]:)\s")
"""What lines below it, indented by four, are a part of in Python-Markdown and not in CommonMark: a definition, a note, a tab, a footnote."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a page as Jinja reads it: `data` is text, what is raw included."""

    start: int
    end: int
    kind: str
    text: str


class NotReadable(Exception):
    """The page has a fault in its macros: what, and on which line of the text."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class PageSource:
    """A page written by hand, taken apart once: the YAML between its `---` lines, and the Markdown below them.

    `data` are the bytes that it was read from.
    """

    source: SourceText
    data: bytes = b""

    @cached_property
    def front(self) -> SourceText:
        """The YAML between the `---` lines, with its place in the file; empty if there is no front matter."""
        return SourceText(self.source.file, self._fence[1] if self._fence else "", first_line=2)

    @cached_property
    def fields(self) -> tuple[Any, list[Problem]]:
        """What that YAML says, or what is wrong with it."""
        return parse_yaml(self.front)

    @property
    def front_begins(self) -> int:
        """Where the YAML begins in the file."""
        return self._fence.start(1) if self._fence else 0

    @property
    def has_empty_front(self) -> bool:
        """Whether two lines `---` at the top have nothing between them."""
        return self._fence is not None and not self.front.text

    @cached_property
    def begins(self) -> int:
        """Where the text begins in the file: below the second `---`; a fence round nothing is text, as in MkDocs."""
        if not self.front.text:
            return 0
        return self.source.text.find("\n", self._fence.end()) + 1 or len(self.source.text)

    @cached_property
    def text(self) -> str:
        """The Markdown below the front matter, with its calls."""
        return self.source.text[self.begins :]

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """What Jinja reads in the text. Raises: NotReadable."""
        return tokens(self.text)

    @cached_property
    def prose(self) -> str:
        """The text without calls, comments and code. Raises: NotReadable."""
        return prose(self.text, self.tokens)

    @cached_property
    def _fence(self) -> re.Match[str] | None:
        return _FRONT.match(self.source.text)


def may_call(text: str) -> bool:
    """Whether a page may have anything of Jinja: most have not, and need not be taken apart."""
    return _MAY_CALL.search(text) is not None


@lru_cache(maxsize=1 << 10)
def tokens(text: str) -> tuple[Token, ...]:
    """Every token of `text` but white space, with its place.

    Raises: NotReadable.
    """
    if not may_call(text):
        return (Token(0, len(text), "data", text),) if text else ()
    try:
        return tuple(_placed(text))
    except TemplateSyntaxError as error:
        raise NotReadable(str(error.message), error.lineno) from None


def prose(text: str, found: Iterable[Token]) -> str:
    """`text` with calls replaced by CALL, and comments and code by spaces: each line is as long as before."""
    kept = "".join(_text_alone(text, found))
    kept = _COMMENT.sub(lambda match: _blank(match[0]), kept)
    kept = _without_lines(kept, code_lines(kept))
    return _CODE_SPAN.sub(lambda match: _blank(match[0]), kept)


@cache
def _jinja() -> Environment:
    return Environment()  # noqa: S701 - it only splits pages into tokens


def _placed(text: str) -> Iterator[Token]:
    """Jinja leaves out white space that a `-` takes away, and reads every line break as a newline."""
    indexes: Sequence[int] = range(len(text) + 1)
    plain = text
    if "\r" in text:
        indexes = [*(match.start() for match in re.finditer(r"\r\n|[\s\S]", text)), len(text)]
        plain = re.sub(r"\r\n|\r", "\n", text)
    at = 0
    for _, kind, piece in _jinja().lexer.tokeniter(text, None):
        while not plain.startswith(piece, at):
            at += 1
        if kind != "whitespace":
            yield Token(indexes[at], indexes[at + len(piece)], kind, piece)
        at += len(piece)


def _text_alone(text: str, found: Iterable[Token]) -> Iterator[str]:
    at = 0
    for token in found:
        if token.kind == "data":
            yield _blank(text[at : token.start], CALL)
            yield text[token.start : token.end]
            at = token.end
    yield _blank(text[at:], CALL)


def _blank(text: str, by: str = " ") -> str:
    return re.sub(r"[^\r\n]", by, text)


def _without_lines(text: str, numbers: Collection[int]) -> str:
    return "".join(_blank(line) if number in numbers else line for number, line in enumerate(text.splitlines(keepends=True)))


@lru_cache(maxsize=1 << 10)
def code_lines(text: str) -> frozenset[int]:
    """Returns the numbers, from 0, of the lines in blocks of code: between fences, and indented. A fence that is never closed is text."""
    if not _MAY_BE_CODE.search(text):
        return frozenset()
    lines = [_LEADING_CALL.sub("", line) for line in text.splitlines()]
    found = _between_fences(lines)
    return _code_of_blocks(lines) if found is None else found


def is_code_plain(text: str) -> bool:
    """Whether all blocks of code are between fences at the left edge, where every reader of Markdown sees them."""
    return not _MAY_BE_CODE.search(text) or _between_fences([_LEADING_CALL.sub("", line) for line in text.splitlines()]) is not None


def _between_fences(lines: Sequence[str]) -> frozenset[int] | None:
    """The same for a page whose code is all between fences at the left edge, which takes no parser; None for any other."""
    found: set[int] = set()
    fence = ""
    for number, line in enumerate(lines):
        begins = _FENCE.match(line)
        if fence:
            found.add(number)
            ends = _FENCE_END.fullmatch(line)
            fence = "" if ends and ends[1].startswith(fence) else fence
        elif begins and not (begins[1][0] == "`" and "`" in begins[2]):
            found.add(number)
            fence = begins[1]
        elif _MAY_BE_CODE_HERE.search(line):
            return None
    return None if fence else frozenset(found)


def _code_of_blocks(lines: list[str]) -> frozenset[int]:
    found: set[int] = set()
    for block in _markdown(with_inline=False).parse("\n".join(lines), {}):
        if block.type not in ("fence", "code_block") or not block.map:
            continue
        begin, end = block.map
        if block.type == "fence" and not is_closed(lines[begin + 1 : end], block.markup):
            lines[begin] = CALL
            below = code_lines("\n".join(["" for _ in lines[: begin + 1]] + lines[begin + 1 :]))
            return frozenset(found | below)
        found.update(range(begin, end))
    return frozenset(found)


def is_closed(inside: Sequence[str], fence: str) -> bool:
    """Whether code that begins with `fence` ends: `inside` are the lines below that, to the last one of the block."""
    last = inside[-1].strip(" \t>") if inside else ""
    return len(last) >= len(fence) and not last.strip(fence[0])


def blocks(text: str) -> list[Block]:
    """Returns the blocks of a Markdown text, each with its lines, as Python-Markdown with this project's extensions divides it."""
    return _markdown(with_inline=True).parse(text, {})


@remembered(lambda text: text)
def canonical_page(text: str) -> str:
    """Returns a page's blocks and words, which are the same for two texts that differ only in where their lines are broken."""
    return "\n".join(f"{block.type} {block.info} {_words_of(block)}" for block in blocks(text))


def _words_of(block: Block) -> str:
    return block.content if block.type in ("fence", "code_block") else " ".join(block.content.split())


@cache
def _markdown(*, with_inline: bool) -> MarkdownIt:
    markdown = MarkdownIt("commonmark").enable("table").disable(["html_block"] if with_inline else ["html_block", "inline", "text_join"])
    markdown.block.ruler.before("code", "holder", _hold, {"alt": ["paragraph"]})
    return markdown


def _hold(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
    """A rule of markdown-it: a note or the like, and the indented lines below it as blocks of their own."""
    head = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if state.is_code_block(start) or not _HOLDER.match(head + " "):
        return False
    if silent:
        return True
    line = state.push("inline", "", 0)
    line.content, line.map, line.children = head, [start, start + 1], []
    below = start + 1
    while below < end and (state.isEmpty(below) or state.sCount[below] >= state.blkIndent + 4):
        below += 1
    before = state.blkIndent, state.lineMax
    state.blkIndent, state.lineMax = state.blkIndent + 4, below
    state.md.block.tokenize(state, start + 1, below)
    state.blkIndent, state.lineMax = before
    state.line = below
    return True
