"""Lines that still have the old id after a rename: in code, in comments, in words. A person has to look at these.

Takes the texts as they will be. Returns the lines, each with the first place of the id.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from macros.authoring.rename.links import Renamed
from macros.yamlfile.source import SourceText

_BESIDE = r"[\"'`/#\[{=|]"
"""What comes before an id that is also a plain word, if it is meant as an id."""


@dataclass(frozen=True, slots=True)
class Leftover:
    """One line that still has the old id, and its first place there. Lines and columns count from 1."""

    file: str
    line: int
    column: int
    text: str
    """The line."""


def find_leftovers(source: SourceText, renamed: Renamed, *, but: Collection[tuple[int, int]] = ()) -> Iterator[Leftover]:
    """Each line of a text that has the old id, except in the spans `but`, which are meant to have it. An id of a single word may be just a word."""
    id = re.escape(renamed.id)
    figures = "|".join(re.escape(f"-{name}") for name in renamed.figures)
    whole = rf"(?<![\w-])(?:group-)?{id}(?:{figures})?(?![\w-])"
    meant = whole if "-" in renamed.id else rf"(?<={_BESIDE}){whole}|{whole}(?=[\"'`/|]|\.(?:yml|md|json)\b)"
    reported: set[int] = set()
    for found in re.finditer(meant, source.text):
        mark = source.mark_at(found.start())
        if mark.line not in reported and not any(start <= found.start() < end for start, end in but):
            reported.add(mark.line)
            yield Leftover(source.file, mark.line + source.first_line, mark.column + 1, source.lines[mark.line])
