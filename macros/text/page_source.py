"""Which stretches of a page are text, which are calls of macros, and which are code that only shows how things are written.

Enters: the Markdown of a page. Leaves: the page's tokens as Jinja reads them, each with its place, and a text without the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment
from jinja2.exceptions import TemplateSyntaxError

CALL = "\0"
"""What stands in prose for each character of a call: no letter, no markup, and no space that would indent its line."""
_FENCE = re.compile(r"^[\0 \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)?(?P<fence>`{3,}|~{3,})[^`\n]*$", re.MULTILINE)
_CODE_SPAN = re.compile(r"(?<![\\`])(`+)(?!`)((?:(?!\n[ \t]*\n).)+?)(?<!`)\1(?!`)", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_LIST_ITEM = re.compile(r"(?:[-*+]|\d+[.)]|:|!!!|\?\?\?\+?|={3}|\[\^[^\]]+\]:)\s")
"""What lines below it, indented by four, are a part of: a list's item, a definition, a note."""


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


def tokens(text: str) -> tuple[Token, ...]:
    """Every token of `text` but white space, with its place.

    Raises: NotReadable.
    """
    try:
        return tuple(_placed(text))
    except TemplateSyntaxError as error:
        raise NotReadable(str(error.message), error.lineno) from None


def prose(text: str, found: Iterable[Token]) -> str:
    """`text` with nothing but CALL in the place of calls, and spaces in the place of comments and code: as long as before, line by line."""
    kept = "".join(_text_alone(text, found))
    kept = _COMMENT.sub(lambda match: _blank(match[0]), kept)
    kept = _without(kept, _fenced(kept))
    kept = _without(kept, _indented(kept))
    return _CODE_SPAN.sub(lambda match: _blank(match[0]), kept)


@cache
def _jinja() -> Environment:
    return Environment()  # noqa: S701 - it only takes pages to pieces


def _placed(text: str) -> Iterator[Token]:
    """Jinja leaves out white space that a `-` takes away, and reads every line break as a newline."""
    indexes = [match.start() for match in re.finditer(r"\r\n|[\s\S]", text)]
    plain = re.sub(r"\r\n|\r", "\n", text)
    indexes.append(len(text))
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


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + _blank(text[start:end]) + text[end:]
    return text


def _fenced(text: str) -> list[tuple[int, int]]:
    """Blocks between ``` or ~~~; one that is never closed is text."""
    spans: list[tuple[int, int]] = []
    at = 0
    while begin := _FENCE.search(text, at):
        fence = begin["fence"]
        close = re.compile(rf"^[\0 \t>]*{re.escape(fence[0])}{{{len(fence)},}}[ \t]*\r?$", re.MULTILINE).search(text, begin.end())
        at = close.end() if close else begin.end()
        if close:
            spans.append((begin.start(), close.end()))
    return spans


def _indented(text: str) -> list[tuple[int, int]]:
    """Lines that four spaces make code: after an empty line, and not below a list's item or a note."""
    spans: list[tuple[int, int]] = []
    above: list[tuple[int, bool]] = []  # indentation of the lines that this one may belong to, and whether they hold others
    after_gap = True
    at = 0
    for line in text.splitlines(keepends=True):
        said = line.strip()
        indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
        if said:
            while above and above[-1][0] >= indent:
                above.pop()
            holder = next((holds for depth, holds in reversed(above) if depth <= indent - 4), False)
            was_code = bool(spans) and not text[spans[-1][1] : at].strip()
            if indent >= 4 and not holder and (after_gap or was_code):
                spans.append((at, at + len(line)))
            else:
                above.append((indent, bool(_LIST_ITEM.match(said))))
        after_gap = not said
        at += len(line)
    return spans
