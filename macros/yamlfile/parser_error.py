"""Where libyaml gave up, and how to read the lines round that place.

Takes an error of the parser, the lines of the file and what could be read before. `syntax_errors.py` asks it for marks and words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from macros.yamlfile.quotes import how_to_quote
from macros.yamlfile.source import Position

Explanation = tuple[Any, str, str]
"""Where to look (a mark with `line` and `column` from 0), what is wrong, what to write instead."""
NAME = r"[A-Za-z_][\w-]*"
"""What a field's name looks like, also where it is misspelt."""


@dataclass(frozen=True, slots=True)
class ParserError:
    """Why and where libyaml gave up, where the part that it was reading began, and what it had read last."""

    reason: str
    mark: Any
    start: Any
    lines: list[str]
    last: yaml.Event | None

    @property
    def line(self) -> str:
        """The line that libyaml gave up in."""
        return self.text_of(self.mark)

    @property
    def char(self) -> str:
        """The character that libyaml gave up at; empty at the end of a line."""
        return self.line[self.mark.column : self.mark.column + 1]

    @property
    def is_at_end(self) -> bool:
        """Whether nothing but empty lines follows."""
        return not self.line[self.mark.column :].strip() and not any(line.strip() for line in self.lines[self.mark.line + 1 :])

    @property
    def style(self) -> str | None:
        """How the text that was read last is written: `"`, `'`, `|`, `>`, empty if it is plain; None if that was no text."""
        return getattr(self.last, "style", None)

    def text_of(self, mark: Any) -> str:
        """The line of `mark`."""
        return self.lines[mark.line] if mark.line < len(self.lines) else ""

    def char_at(self, mark: Any) -> str:
        """The character after `mark`."""
        return self.text_of(mark)[mark.column : mark.column + 1]

    def quote(self, mark: Any) -> str:
        """What to do where the value that begins at `mark` needs quotes: it is shown in them, unless only a person can tell where it ends."""
        begin = re.match(rf" *(?:- +)*(?:{NAME}:\s+)?", self.line).end()
        value = self.line[begin:].rstrip()
        goes_on = any(line.strip() and indent(line) > indent(self.line) for line in self.lines[mark.line + 1 : mark.line + 2])
        is_whole = begin == mark.column and not goes_on and " #" not in value
        return how_to_quote(value if is_whole else None)

    def between(self, start: Any, end: Any) -> str:
        """The text from one mark to another."""
        if start.line == end.line:
            return self.text_of(start)[start.column : end.column]
        inner = self.lines[start.line + 1 : end.line]
        return "\n".join([self.text_of(start)[start.column :], *inner, self.text_of(end)[: end.column]])

    def above(self, mark: Any) -> Position | None:
        """The beginning of the nearest line above `mark` that says something."""
        numbers = range(min(mark.line, len(self.lines)) - 1, -1, -1)
        number = next((n for n in numbers if self.lines[n].strip() and not self.lines[n].lstrip().startswith("#")), None)
        return None if number is None else Position(number, indent(self.lines[number]))

    def inside(self, mark: Any) -> Any:
        """`mark`, or the end of the last line that is not empty: nobody looks for a mistake in the empty lines below the text."""
        if any(line.strip() for line in self.lines[mark.line :]):
            return mark
        number = next((n for n in range(len(self.lines) - 1, 0, -1) if self.lines[n].strip()), 0)
        return Position(number, len(self.lines[number].rstrip()))

    def opened(self) -> Position | None:
        """The last bracket that is not closed before libyaml gave up; comments are left out, quotes are not looked into."""
        depth = 0
        for number in range(min(self.mark.line, len(self.lines) - 1), -1, -1):
            line = self.lines[number][: self.mark.column] if number == self.mark.line else self.lines[number]
            for found in reversed([*re.finditer(r"[\[\]{}]", re.sub(r"(?:^|\s)#.*", "", line))]):
                depth += 1 if found[0] in "]}" else -1
                if depth < 0:
                    return Position(number, found.start())
        return None


def indent(line: str) -> int:
    """The spaces that `line` begins with."""
    return len(line) - len(line.lstrip(" "))
