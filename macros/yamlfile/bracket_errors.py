"""Explains a list in [ ] or fields in { } that are not whole, and text that begins with a bracket.

Takes an error of the parser. Returns where to look, what was found and what to write instead, or None if it is about something else.
"""

from __future__ import annotations

import re
from typing import Any

from macros.yamlfile.parser_error import NAME, Explanation, ParserError, indent
from macros.yamlfile.source import Position

IN_BRACKETS = {"[": "write [one, two]", "{": "write {name: value, name: value}"}
CLOSING = {"[": "]", "{": "}"}
AFTER_BRACKET = "there is text after the closing bracket"


def brackets(error: ParserError) -> Explanation | None:
    """A list in [ ] or a mapping in { } that is not whole."""
    opening = error.char_at(error.start)
    if re.search(r"expected ',' or", error.reason) and opening in CLOSING:
        return _after_item(error, opening, CLOSING[opening])
    if "parsing a flow node" in error.reason and error.is_at_end:
        return _never_closed(error, error.opened() or error.mark)
    if "expected node content" in error.reason and error.char == "-":
        return (
            error.mark,
            "inside [ ] and { } no item begins with '- '",
            "write [one, two], or each item on a line that begins with '- ', without brackets",
        )
    if "parsing a block node" in error.reason and error.char in (",", "]", "}"):
        return error.mark, f"a value cannot begin with {error.char}", error.quote(error.mark)
    if "expected key" in error.reason and error.char in ("]", "}"):
        return error.mark, f"this {error.char} closes nothing", "remove it; text that has brackets goes in quotes as a whole"
    return None


def after_bracket(error: ParserError) -> Explanation | None:
    """Text that begins with a bracket, such as a link: YAML reads what is in it as a list or as fields, and what follows as neither."""
    if not re.search("did not find expected (key|'-' indicator)", error.reason) or error.last is None:
        return None
    end = error.last.end_mark
    if end.line != error.mark.line or error.line[end.column - 1 : end.column] not in CLOSING.values():
        return None
    if error.char == "," and error.line[end.column - 1] == "]":
        return end, "the list goes on after its closing bracket", "write all items inside the same brackets: [one, two]"
    begin = re.match(rf" *(?:- +)*(?:{NAME}:\s+)?", error.line).end()
    return end, AFTER_BRACKET, error.quote(Position(end.line, begin))


def _after_item(error: ParserError, opening: str, closing: str) -> Explanation:
    field = re.match(rf" *(?:- )?{NAME}:(?: |$)", error.line)
    is_field = field and error.start.line < error.mark.line and indent(error.line) <= indent(error.text_of(error.start)) < error.start.column
    if error.is_at_end or is_field:
        return _never_closed(error, error.start)
    if error.char in ("]", "}"):
        return error.mark, f"a list or mapping that begins with {opening} ends with {error.char}", f"put a {closing} before it, or in its place"
    if error.char == ":":
        help = "put a comma before the next name; a value that has ': ' in it goes in quotes"
        return error.mark, "there is a second ': ' before the next comma", help
    if error.between(error.start, error.mark).rstrip()[-1:] in CLOSING.values() and error.char not in "[{\"'":
        return error.mark, AFTER_BRACKET, "put a comma before the next item; text that begins with a bracket goes in quotes"
    return error.mark, "there is no comma before this", IN_BRACKETS[opening]


def _never_closed(error: ParserError, start: Any) -> Explanation:
    opening = error.char_at(start)
    has_comment = " #" in error.text_of(start)[start.column :]
    why = "; a # after a space begins a comment, and what follows it is not read" if has_comment else ""
    return start, f"this {opening} is never closed", f"close it with a {CLOSING.get(opening, ']')}{why}"
