"""What a page written by hand would show that nobody meant to write: front matter that is not read as such, and the marks of a conflict.

`form_problems` takes a page and returns problems, each at its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from macros.problems.problem import Location, Problem
from macros.schema.introspect import fields_of
from macros.schema.page_models import model_of_page
from macros.text.page_source import NotReadable, PageSource
from macros.yamlfile.source import SourceText
from macros.yamlfile.syntax_errors import CONFLICT, CONFLICT_HELP

_FENCE = re.compile(r"\s*(?:-[- ]*-|[–—]+|\+{3,})\s*")
"""A line that may have been meant to begin or to end the front matter."""
_FIELD = re.compile(r"\s*(?P<name>[A-Za-z_][\w-]*)\s?[:=](?:\s|$)")
_NOTHING_SHOWN = re.compile(r"\s*(?:<!--.*-->\s*)?")
_OPEN, _CLOSE = re.compile(r"<{7}(?: |$)"), re.compile(r">{7}(?: |$)")
_TOO_DEEP = re.compile(r"(?:[ \t]*(?:>|[-*+]|\d{1,9}[.)])(?=[ \t>])){100}.*[^\s*-]")
"""The signs of a hundred lists or quotations, each inside the one before: Markdown is not read so deep."""
_LINK_OF_AN_ENTRY = re.compile(r"(?<![\\\[])\[\[(?P<id>[a-z][a-z0-9-]*)(?:\\?\|(?P<words>[^\[\]|\n\"]+))?\]\](?![\](])")
_WHOLE = "front matter begins with --- as the first line of the file, and ends with another line ---"


def form_problems(page: PageSource) -> Iterator[Problem]:
    """Returns what is wrong with the form of a page."""
    yield from _front_matter(page)
    for number, line in enumerate(page.source.lines):
        if len(line) > 100 and _TOO_DEEP.match(line):
            yield _at_line(
                page.source, number, "too-deep", "lists or quotations are nested too deep to be read", "take the innermost out of the others"
            )
    if "[[" in page.text:
        yield from _links_of_entries(page.source, _lines_without_code(page))
    if _may_have_conflict(page.text):
        yield from _conflicts(page.source, _lines_without_code(page))


def conflict_problems(source: SourceText) -> Iterator[Problem]:
    """Returns the marks of a conflict in a file of the data, which may be inside a text in quotes."""
    if _may_have_conflict(source.text):
        yield from _conflicts(source, source.lines)


def _may_have_conflict(text: str) -> bool:
    return "<<<<<<<" in text or ">>>>>>>" in text


def _front_matter(page: PageSource) -> Iterator[Problem]:
    lines = page.source.lines
    if page.front.text:
        return
    first = next((number for number, line in enumerate(lines) if not _NOTHING_SHOWN.fullmatch(line)), 0)
    is_field_below = bool(_FIELD.match(next((line for line in lines[first + 1 :] if line.strip()), "")))
    if page.has_empty_front:
        yield _at_line(page.source, 0, "front-matter", "the front matter is empty, so that both of its lines are shown", "remove the two lines ---")
    elif _FENCE.fullmatch(lines[first]) and is_field_below:
        is_right = first == 0 and lines[0].rstrip() == "---"
        yield _unclosed(page.source) if is_right else _not_begun(page.source, first)
    elif (field := _FIELD.match(lines[first])) and field["name"] in fields_of(model_of_page(page.source.file)):
        message = f"'{field['name']}' is a field of the front matter, and stands in the text"
        yield _at_line(page.source, first, "front-matter", message, _WHOLE)


def _not_begun(source: SourceText, first: int) -> Problem:
    """Front matter whose first line is written in another way, or is not the first of the file."""
    wrong = "remove what is above it" if first else "write --- at the left edge, and nothing else in the line"
    return _at_line(source, first, "front-matter", "this line does not begin front matter", f"{wrong}: {_WHOLE}")


def _unclosed(source: SourceText) -> Problem:
    """Front matter without its second line, or with one that is written in another way."""
    inside = [*takewhile(lambda line: line.strip() and not line.startswith("# "), source.lines[1:])]
    last = next((number for number, line in enumerate(inside, start=1) if _FENCE.fullmatch(line)), None)
    if last is None:
        return _at_line(source, 0, "front-matter", "the front matter that begins here has no end", "put a line --- below the last of its fields")
    return _at_line(
        source, last, "front-matter", "this line does not end the front matter", "write --- at the left edge, and nothing else in the line"
    )


def _links_of_entries(source: SourceText, lines: list[str]) -> Iterator[Problem]:
    """Links as the texts of entries have them."""
    for number, line in enumerate(lines):
        for found in _LINK_OF_AN_ENTRY.finditer(line):
            words = f', "{found["words"]}"' if found["words"] else ""
            message = f"only the texts of entries have such links, so readers would see '{found[0]}' as it is written"
            help = f'write {{{{ link("{found["id"]}"{words}) }}}}; to show it as text, put it in `…`'
            place = Location(source.file, number + 1, found.start() + 1, number + 1, found.end() + 1)
            yield Problem(place, "unknown-markup", message, help, "", source.lines[number])


def _lines_without_code(page: PageSource) -> list[str]:
    try:
        text = page.prose
    except NotReadable:  # its macros are wrong: the marks of a conflict may be why
        text = page.text
    above = page.source.text[: page.begins]
    return SourceText(page.source.file, above + text).lines


def _conflicts(source: SourceText, lines: list[str]) -> Iterator[Problem]:
    """One problem for each conflict, at the first of its marks that is left."""
    is_open = False
    for number, line in enumerate(lines):
        if _OPEN.match(line) or (_CLOSE.match(line) and not is_open):
            yield _at_line(source, number, "conflict", CONFLICT, CONFLICT_HELP)
        is_open = bool(_OPEN.match(line)) or (is_open and not _CLOSE.match(line))


def _at_line(source: SourceText, number: int, rule: str, message: str, help: str) -> Problem:
    text = source.lines[number]
    return Problem(Location(source.file, number + 1, 1, number + 1, len(text) + 1), rule, message, help, "", text)
