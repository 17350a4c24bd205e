"""Explains to people who edit playbooks why a text is not YAML.

Takes an error of libyaml. Returns where to look, what was found, and what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import yaml

from macros.yamlfile.parser_error import NAME, ParserError, indent
from macros.yamlfile.source import Position

QUOTE = "put the whole value in quotes"
OTHER_QUOTES = "a value that has quotes in it goes in quotes of the other kind, \" or '"
CURLY = 'curly quotes are text to YAML: put straight ones, " ", round the whole value'
OUT_OF_LINE = "begin it right below the field that it belongs with"
IN_BRACKETS = {"[": "write [one, two]", "{": "write {name: value, name: value}"}
CLOSING = {"[": "]", "{": "}"}

Explanation = tuple[Any, str, str]
"""Where to look (a mark with `line` and `column` from 0), what is wrong, what to write instead."""

EXPLANATIONS: tuple[tuple[str, bool, str, str], ...] = (
    # what libyaml says, whether to point at where it began, what is wrong, what to write
    ("found unknown escape character", False, "a backslash in double quotes begins a code that does not exist", "write \\\\ for a backslash, or use single quotes"),
    ("did not find expected hexdecimal", False, "a \\x or \\u in double quotes lacks its digits", "write \\\\ for a backslash, or use single quotes"),
    ("invalid Unicode character escape", False, "a \\u in double quotes names no character", "write the character itself"),
    ("expected '-' indicator", False, "this line is inside a list but does not begin with '- '", "begin it with '- ', or check its indentation"),
    ("unexpected ':'", False, "inside [ ] or { } there is no space after the colon", f"write `name: value`; where it is text with a colon, {QUOTE}"),
    ("expected node content", False, "a value is missing here", "write a value, or take the comma or bracket out"),
    ("block sequence entries are not allowed", False, "a list cannot begin here", "put '- ' on a line of its own, below the field's name"),
    ("mapping keys are not allowed", False, "a value cannot begin with '? '", QUOTE),
    ("indentation indicator", False, "the number after | or > is no number of spaces", "take it out"),
    ("scanning a block scalar", False, "there is text after | or >", "begin the text on the next line, indented by two spaces"),
    ("directive|incompatible YAML", True, "a line that begins with % is not text in YAML", "take the line out, or indent it with the text that it belongs to"),
    ("tag", True, "a value that begins with ! is not text in YAML", QUOTE),
)  # fmt: skip


def explain(error: yaml.MarkedYAMLError, lines: list[str], last: yaml.Event | None) -> Explanation:
    """What keeps `lines` from being YAML; `last` is what could be read before."""
    mark = error.problem_mark or error.context_mark
    trouble = ParserError(f"{error.context or ''} {error.problem or ''}", mark, error.context_mark or mark, lines, last)
    found = (look(trouble) for look in LOOKS)
    where, message, help = next(
        (explanation for explanation in found if explanation), (mark, "this is not YAML", "check this line and the one above it")
    )
    return trouble.inside(where), message, help


def _merge_conflict(trouble: ParserError) -> Explanation | None:
    """The first of the lines that git leaves where two people changed the same words."""
    begun = [number for number, line in enumerate(trouble.lines[: trouble.mark.line + 1]) if re.match(r" *<{7}( |$)", line)]
    here = [mark.line for mark in (trouble.start, trouble.mark) if re.match(r" *(?:={7}|>{7}|\|{7})", trouble.text_of(mark))]
    for number in (*begun, *here):
        help = "keep the right one; take out the lines with <<<<<<<, ======= and >>>>>>>"
        return Position(number, indent(trouble.lines[number])), "two versions of the text meet here", help
    return None


def _odd_space(trouble: ParserError) -> Explanation | None:
    for mark in (trouble.mark, trouble.start):
        line = trouble.text_of(mark)
        odd = re.match(r" *([^\S ])", line)
        if "\t" in (trouble.char_at(mark), odd and odd[1]) or "tab character" in trouble.said:
            return mark, "there is a tab where YAML wants spaces", "indent with two spaces for each level"
        if odd:
            return Position(mark.line, odd.start(1)), _unknown_space(odd[1]), "indent with ordinary spaces"
    return None


def _unknown_space(char: str) -> str:
    return f"there is a space here that YAML does not know (U+{ord(char):04X})"


def _wrong_start(trouble: ParserError) -> Explanation | None:
    is_first = trouble.mark.column == indent(trouble.line)
    if is_first and trouble.char == "`":
        return trouble.mark, "a line cannot begin with `", "take the line out where it stands round the fields; text that begins so goes in quotes"
    if "block scalar" in trouble.said and trouble.start.column == indent(trouble.text_of(trouble.start)):
        sign = trouble.char_at(trouble.start)
        return trouble.start, f"a line cannot begin with {sign}", f"put {sign} right after the field's colon, and the text below it"
    if "cannot start any token" in trouble.said:
        return trouble.mark, f"a value cannot begin with {trouble.char}", QUOTE
    if re.search("scanning an? (alias|anchor)", trouble.said) or (trouble.char in ("*", "&") and "expected key" in trouble.said):
        where = trouble.start if "scanning" in trouble.said else trouble.mark
        help = f"an item of a list begins with '- ', a name stands without *; {QUOTE}" if where.column == indent(trouble.text_of(where)) else QUOTE
        return where, "a value that begins with * or & is not text in YAML", help
    return None


def _open_quote(trouble: ParserError) -> Explanation | None:
    if "scanning a quoted scalar" in trouble.said and re.search("end of stream|document indicator", trouble.said):
        curly = re.search("[“”‘’„]", trouble.text_of(trouble.start)[trouble.start.column :])
        help = f"close it with the same quote, which is straight, not {curly[0]}" if curly else "close it with the same quote"
        return trouble.start, "a quote is opened here and never closed", help
    if "unknown escape" in trouble.said and trouble.char == "'":
        return trouble.mark, "there is a backslash before an apostrophe", "take the backslash out: in double quotes ' needs none"
    return None


def _after_quote(trouble: ParserError) -> Explanation | None:
    """A quote that is not closed where its text ends: on another line, or too early."""
    if trouble.style not in ('"', "'") or "did not find expected" not in trouble.said:
        return None
    start, end = trouble.last.start_mark, trouble.last.end_mark
    if end.line != trouble.mark.line or ("',' or" in trouble.said and _is_next_item(trouble, end)):
        return None
    if start.line < end.line:
        return start, "the quote that is opened here ends only on another line, at the next quote", "close it where its text ends"
    if trouble.last.value == "":
        return start, "there are two quotes here, and between them nothing", "write one quote at each end"
    return end, "there is text after the closing quote", OTHER_QUOTES


def _is_next_item(trouble: ParserError, end: Any) -> bool:
    """Whether what follows a quoted item, inside brackets, is whole in itself, so that a comma alone is missing."""
    following = trouble.line[trouble.mark.column :]
    return not following or bool(re.match(rf"[\],}}:]|{NAME}: ", following)) or (trouble.mark.column > end.column and following[0] in "\"'[{")


def _brackets(trouble: ParserError) -> Explanation | None:
    """A list in [ ] or a mapping in { } that is not whole."""
    opening = trouble.char_at(trouble.start)
    if re.search(r"expected ',' or", trouble.said) and opening in CLOSING:
        return _after_item(trouble, opening, CLOSING[opening])
    if "parsing a flow node" in trouble.said and trouble.is_at_end:
        return _never_closed(trouble, trouble.opened() or trouble.mark)
    if "expected node content" in trouble.said and trouble.char == "-":
        return (
            trouble.mark,
            "inside [ ] and { } no item begins with '- '",
            "write [one, two], or each item on a line that begins with '- ', without brackets",
        )
    if "parsing a block node" in trouble.said and trouble.char in (",", "]", "}"):
        return trouble.mark, f"a value cannot begin with {trouble.char}", QUOTE
    if "expected key" in trouble.said and trouble.char in ("]", "}"):
        return trouble.mark, f"this {trouble.char} closes nothing", "take it out; text that has brackets goes in quotes as a whole"
    return None


def _after_item(trouble: ParserError, opening: str, closing: str) -> Explanation:
    field = re.match(rf" *(?:- )?{NAME}:(?: |$)", trouble.line)
    is_field = (
        field and trouble.start.line < trouble.mark.line and indent(trouble.line) <= indent(trouble.text_of(trouble.start)) < trouble.start.column
    )
    if trouble.is_at_end or is_field:
        return _never_closed(trouble, trouble.start)
    if trouble.char in ("]", "}"):
        return trouble.mark, f"a list or mapping that begins with {opening} ends with {trouble.char}", f"put a {closing} before it, or in its place"
    if trouble.char == ":":
        help = "put a comma before the next name; a value that has ': ' in it goes in quotes"
        return trouble.mark, "there is a second ': ' before the next comma", help
    return trouble.mark, "there is no comma before this", IN_BRACKETS[opening]


def _never_closed(trouble: ParserError, start: Any) -> Explanation:
    opening = trouble.char_at(start)
    has_comment = " #" in trouble.text_of(start)[start.column :]
    why = "; a # after a space begins a comment, and what follows it is not read" if has_comment else ""
    return start, f"this {opening} is never closed", f"close it with a {CLOSING.get(opening, ']')}{why}"


def _after_value(trouble: ParserError) -> Explanation | None:
    """A value has ended, and what follows is no field."""
    if "did not find expected key" not in trouble.said or trouble.last is None:
        return None
    end = trouble.last.end_mark
    if end.line == trouble.mark.line and trouble.line[end.column - 1 : end.column] in ("]", "}"):
        return end, "there is text after the closing bracket", "text that begins with a bracket goes in quotes as a whole"
    if trouble.style in ("|", ">"):
        return _less_indented(trouble)
    return _astray(trouble)


def _astray(trouble: ParserError) -> Explanation:
    """A line that goes on with nothing above it."""
    if trouble.char == ":":
        return trouble.mark, "there is no name before the colon", "write `name: value`"
    if re.match(" *-( |$)", trouble.line):
        return (
            trouble.mark,
            "this item belongs to no list above it",
            "begin each '- ' right below the one above it, or write the field's name above it",
        )
    if trouble.style == "" and "#" in trouble.between(trouble.last.end_mark, trouble.mark):
        return trouble.mark, "this line comes after a comment, so that it is no part of the text above", "put the comment above the field"
    return trouble.mark, "this line begins below no field of the lines above it", OUT_OF_LINE


def _less_indented(trouble: ParserError) -> Explanation:
    """A line of a text below `|` or `>` that is not as far to the right as it must be."""
    begin = trouble.last.start_mark
    number = re.match(r"[|>][+-]?\d", trouble.text_of(begin)[begin.column :])
    if number:
        return Position(begin.line, begin.column + number.end() - 1), "the text below has fewer spaces than this number says", "take the number out"
    wide = [n for n in range(begin.line + 1, trouble.mark.line) if len(trouble.lines[n]) > trouble.mark.column]
    if wide and not trouble.last.value.strip():
        return Position(wide[0], 0), "this empty line has more spaces than the text below it", "take its spaces out"
    return trouble.mark, "this line is indented less than the text above it", "begin each line of a text right below its first line"


def _second_colon(trouble: ParserError) -> Explanation | None:
    if "mapping values are not allowed" not in trouble.said:
        return None
    if trouble.line.startswith("--- "):
        return Position(trouble.mark.line, 0), "'---' stands on a line of its own", "begin the fields on the next line, or take it out"
    if value := re.search(r":\s+(.?)", trouble.line[: trouble.mark.column]):
        return trouble.mark, "there is a second ': ' in this line", CURLY if value[1] in ("“", "”", "„", "‘", "’", "«") else QUOTE
    begun = trouble.last.start_mark if trouble.style == "" else trouble.mark
    is_line = begun.line < trouble.mark.line and begun.column == indent(trouble.text_of(begun))
    above = Position(begun.line, begun.column) if is_line else trouble.above(trouble.mark)
    return _below_no_field(trouble, above) if above else None


def _below_no_field(trouble: ParserError, above: Position) -> Explanation:
    """A field below a line that is none, or further right than the field above it."""
    is_deeper = indent(trouble.line) > above.column
    if found := _colon(trouble, above) or (None if is_deeper else _no_field(trouble, above)):
        return found
    if not re.match(rf" *(?:- )?{NAME}:", trouble.line):
        return trouble.mark, "there is a ': ' in a text that began on the line above", QUOTE
    return (
        Position(trouble.mark.line, indent(trouble.line)),
        "this line is indented further than the field above it",
        "begin it right below the field above",
    )


def _no_colon(trouble: ParserError) -> Explanation | None:
    return _no_field(trouble, trouble.start) if "could not find expected ':'" in trouble.said else None


def _no_field(trouble: ParserError, mark: Any) -> Explanation:
    """A line that stands where a field should, and is none."""
    line = trouble.text_of(mark)
    if found := _colon(trouble, mark):
        return found
    if re.match(r" *-\w", line):
        return mark, "there is no space after the '-'", "write `- item`"
    above = trouble.above(mark)
    if above and above.column == indent(line) and trouble.text_of(above).lstrip().startswith("- "):
        return mark, "this line is inside a list but does not begin with '- '", "begin it with '- ', or check its indentation"
    is_comment = re.match(r" *(?://|/\*|<!--|;)", line)
    help = "a comment begins with #" if is_comment else "add the colon, or indent the line under the field that it belongs to"
    return mark, "this line has no 'name: value'", help


def _colon(trouble: ParserError, mark: Any) -> Explanation | None:
    """A colon that is none to YAML, in the line of `mark`."""
    found = re.match(rf"\s*(?:- )?({NAME})(?:(:)[^\s/:]|:([^\S ])|\s*([：﹕∶꞉ː]))", trouble.text_of(mark))
    if not found:
        return None
    name, colon, space, other = found.groups()
    if colon:
        return Position(mark.line, found.start(2)), "there is no space after the colon", f"write `{name}: …`"
    if space:
        return Position(mark.line, found.start(3)), _unknown_space(space), f"write `{name}: …` with an ordinary space"
    return Position(mark.line, found.start(4)), f"this colon is another character (U+{ord(other):04X})", f"write `{name}: …`"


def _outside(trouble: ParserError) -> Explanation | None:
    """The file's fields are over, by the indentation or by a line such as `...`, and more follows."""
    if "expected <document start>" not in trouble.said:
        return None
    above = trouble.above(trouble.mark)
    if above and trouble.text_of(above).startswith(("...", "%")):
        return above, "a line that begins with ... or % is not text in YAML", "take the line out"
    if trouble.mark.column > indent(trouble.line):
        quoted = re.match(r" *(\"[^\"]*\"|'[^']*')$", trouble.line[: trouble.mark.column])
        if quoted and trouble.char == ":":
            return trouble.mark, "there is no space after the colon", f"write `{quoted[1]}: …`"
        return trouble.mark, "this does not belong to the value before it", QUOTE
    if above and above.column <= trouble.mark.column:
        return trouble.mark, "this does not belong to the value before it", "write `name: value` on each line"
    return trouble.mark, "this line begins further left than the first field", "begin all fields at the left edge"


def _listed(trouble: ParserError) -> Explanation | None:
    for pattern, at_start, message, help in EXPLANATIONS:
        if re.search(pattern, trouble.said):
            return trouble.start if at_start else trouble.mark, message, help
    return None


LOOKS: tuple[Callable[[ParserError], Explanation | None], ...] = (
    _merge_conflict, _odd_space, _open_quote, _after_quote, _brackets, _wrong_start, _after_value, _second_colon, _no_colon, _outside, _listed,
)  # fmt: skip
