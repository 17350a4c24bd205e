"""Explains to people who edit playbooks why a text is not YAML.

Takes an error of libyaml. Returns where to look, what was found, and what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import yaml

from macros.yamlfile.bracket_errors import after_bracket, brackets
from macros.yamlfile.parser_error import NAME, Explanation, ParserError, indent
from macros.yamlfile.quotes import QUOTE
from macros.yamlfile.source import Position

OTHER_QUOTES = "a value that has quotes in it goes in quotes of the other kind, \" or '"
CURLY = 'curly quotes are text to YAML: put straight ones, " ", round the whole value'
OUT_OF_LINE = "begin it right below the field that it belongs with"
CONFLICT = "two versions of the text meet here"
CONFLICT_HELP = "keep the right version, and delete the lines with <<<<<<<, ======= and >>>>>>>"

EXPLANATIONS: tuple[tuple[str, bool, str, str], ...] = (
    # what libyaml says, whether to point at where it began, what is wrong, what to write
    ("found unknown escape character", False, "a backslash in double quotes begins a code that does not exist", "write \\\\ for a backslash, or use single quotes"),
    ("did not find expected hexdecimal", False, "a \\x or \\u in double quotes lacks its digits", "write \\\\ for a backslash, or use single quotes"),
    ("invalid Unicode character escape", False, "a \\u in double quotes names no character", "write the character itself"),
    ("expected '-' indicator", False, "this line is inside a list but does not begin with '- '", "begin it with '- ', or check its indentation"),
    ("unexpected ':'", False, "inside [ ] or { } there is no space after the colon", f"write `name: value`; where it is text with a colon, {QUOTE}"),
    ("expected node content", False, "a value is missing here", "write a value, or take the comma or bracket out"),
    (
        "block sequence entries are not allowed",
        False,
        "a list cannot begin here",
        "put '- ' on a line of its own, below the field's name; text that begins with it goes in quotes",
    ),
    ("mapping keys are not allowed", False, "a value cannot begin with '? '", QUOTE),
    ("indentation indicator", False, "the number after | or > is not a number of spaces", "remove it"),
    ("directive|incompatible YAML", True, "a line that begins with % is not text in YAML", "take the line out, or indent it with the text that it belongs to"),
    ("tag", True, "a value that begins with ! is not text in YAML", QUOTE),
)  # fmt: skip


def explain(cause: yaml.MarkedYAMLError, lines: list[str], last: yaml.Event | None) -> Explanation:
    """What keeps `lines` from being YAML; `last` is what could be read before."""
    mark = cause.problem_mark or cause.context_mark
    error = ParserError(f"{cause.context or ''} {cause.problem or ''}", mark, cause.context_mark or mark, lines, last)
    found = (look(error) for look in LOOKS)
    where, message, help = next(
        (explanation for explanation in found if explanation), (mark, "this is not YAML", "check this line and the one above it")
    )
    return error.inside(where), message, help


def _merge_conflict(error: ParserError) -> Explanation | None:
    """The first of the lines that git leaves where two people changed the same words."""
    begun = [number for number, line in enumerate(error.lines[: error.mark.line + 1]) if re.match(r" *<{7}( |$)", line)]
    here = [mark.line for mark in (error.start, error.mark) if re.match(r" *(?:={7}|>{7}|\|{7})", error.text_of(mark))]
    for number in (*begun, *here):
        return Position(number, indent(error.lines[number])), CONFLICT, CONFLICT_HELP
    return None


def _odd_space(error: ParserError) -> Explanation | None:
    for mark in (error.mark, error.start):
        line = error.text_of(mark)
        odd = re.match(r" *([^\S ])", line)
        if "\t" in (error.char_at(mark), odd and odd[1]) or "tab character" in error.reason:
            return mark, "there is a tab where YAML wants spaces", "indent with two spaces for each level"
        if odd:
            return Position(mark.line, odd.start(1)), _unknown_space(odd[1]), "indent with ordinary spaces"
    return None


def _unknown_space(char: str) -> str:
    return f"there is a space here that YAML does not know (U+{ord(char):04X})"


def _wrong_start(error: ParserError) -> Explanation | None:
    is_first = error.mark.column == indent(error.line)
    if is_first and error.char == "`":
        return error.mark, "a line cannot begin with `", "take the line out where it stands round the fields; text that begins so goes in quotes"
    if "block scalar" in error.reason and error.start.column == indent(error.text_of(error.start)):
        sign = error.char_at(error.start)
        return error.start, f"a line cannot begin with {sign}", f"put {sign} right after the field's colon, and the text below it"
    if "scanning a block scalar" in error.reason and "indentation indicator" not in error.reason:
        return _after_sign(error)
    if "cannot start any token" in error.reason:
        return error.mark, f"a value cannot begin with {error.char}", error.quote(error.mark)
    if re.search("scanning an? (alias|anchor)", error.reason) or (error.char in ("*", "&") and "expected key" in error.reason):
        where = error.start if "scanning" in error.reason else error.mark
        is_first = where.column == indent(error.text_of(where))
        help = f"an item of a list begins with '- ', a name stands without *; {QUOTE}" if is_first else error.quote(where)
        return where, "a value that begins with * or & is not text in YAML", help
    return None


def _after_sign(error: ParserError) -> Explanation:
    """A text that begins right after the `|` or `>` which announces it, or that only happens to begin with that character."""
    opening = re.match(rf" *(?:- +)*({NAME}:)?", error.text_of(error.start))
    width = opening.end() - len(opening[1]) + 2 if opening[1] else opening.end()
    help = f"begin the text on the next line, indented by {width} spaces"
    sign = error.char_at(error.start)
    is_text = error.text_of(error.start)[error.start.column + 1 : error.start.column + 2] == " "
    also = f"; text that begins with {sign} itself goes in quotes{error.quote(error.start).removeprefix(QUOTE)}" if is_text else ""
    return error.mark, f"there is text after {sign}", help + also


def _open_quote(error: ParserError) -> Explanation | None:
    if "scanning a quoted scalar" in error.reason and re.search("end of stream|document indicator", error.reason):
        curly = re.search("[“”‘’„]", error.text_of(error.start)[error.start.column :])
        help = f"close it with the same quote, which is straight, not {curly[0]}" if curly else "close it with the same quote"
        return error.start, "a quote is opened here and never closed", help
    if "unknown escape" in error.reason and error.char == "'":
        return error.mark, "there is a backslash before an apostrophe", "take the backslash out: in double quotes ' needs none"
    return None


def _after_quote(error: ParserError) -> Explanation | None:
    """A quote that is not closed where its text ends: on another line, or too early."""
    if error.style not in ('"', "'") or "did not find expected" not in error.reason:
        return None
    start, end = error.last.start_mark, error.last.end_mark
    if end.line != error.mark.line or ("',' or" in error.reason and _is_next_item(error, end)):
        return None
    if start.line < end.line:
        return start, "the quote that is opened here ends only on another line, at the next quote", "close it where its text ends"
    if error.last.value == "":
        return start, "there are two quotes here, and between them nothing", "write one quote at each end"
    begin = re.match(rf" *(?:- +)*(?:{NAME}:\s+)?", error.line).end()
    is_inside = begin < start.column and "',' or" not in error.reason
    return end, "there is text after the closing quote", error.quote(Position(end.line, begin)) if is_inside else OTHER_QUOTES


def _is_next_item(error: ParserError, end: Any) -> bool:
    """Whether what follows a quoted item, inside brackets, is whole in itself, so that a comma alone is missing."""
    following = error.line[error.mark.column :]
    return not following or bool(re.match(rf"[\],}}:]|{NAME}: ", following)) or (error.mark.column > end.column and following[0] in "\"'[{")


def _after_value(error: ParserError) -> Explanation | None:
    """A value has ended, and what follows is no field."""
    if "did not find expected key" not in error.reason or error.last is None:
        return None
    if error.style in ("|", ">"):
        return _less_indented(error)
    return _astray(error)


def _astray(error: ParserError) -> Explanation:
    """A line that continues nothing above it."""
    if error.char == ":":
        is_item = re.match(" *- ", error.line)
        return (
            error.mark,
            "there is no name before the colon",
            f"write `name: value`; text goes in quotes{error.quote(error.mark).removeprefix(QUOTE)}" if is_item else "write `name: value`",
        )
    if re.match(" *-( |$)", error.line):
        return (
            error.mark,
            "this item belongs to no list above it",
            "begin each '- ' right below the one above it, or write the field's name above it",
        )
    if error.style == "" and "#" in error.between(error.last.end_mark, error.mark):
        return error.mark, "this line comes after a comment, so that it is no part of the text above", "put the comment above the field"
    return error.mark, "this line begins below no field of the lines above it", OUT_OF_LINE


def _less_indented(error: ParserError) -> Explanation:
    """A line of a text below `|` or `>` that is not as far to the right as it must be."""
    begin = error.last.start_mark
    number = re.match(r"[|>][+-]?\d", error.text_of(begin)[begin.column :])
    if number:
        return Position(begin.line, begin.column + number.end() - 1), "the text below has fewer spaces than this number says", "take the number out"
    wide = [n for n in range(begin.line + 1, error.mark.line) if len(error.lines[n]) > error.mark.column]
    if wide and not error.last.value.strip():
        return Position(wide[0], 0), "this empty line has more spaces than the text below it", "take its spaces out"
    below = "begin each line of a text right below its first line"
    if re.match(rf" *(?:- )?{NAME}:(?: |$)", error.line) and (field := re.search(rf"({NAME}): *[|>]", error.text_of(begin))):
        below = f"a field begins right below '{field[1]}', a line of the text right below its first line"
    return error.mark, "this line is indented less than the text above it", below


def _second_colon(error: ParserError) -> Explanation | None:
    if "expected '-' indicator" in error.reason and error.char == ":":
        return _colon_in_text(error)
    if "mapping values are not allowed" not in error.reason:
        return None
    if error.line.startswith("--- "):
        return Position(error.mark.line, 0), "'---' stands on a line of its own", "begin the fields on the next line, or remove it"
    if value := re.search(r":\s+(.?)", error.line[: error.mark.column + 1]):
        is_unclear = re.match(rf" *- +{NAME}: ", error.line)
        quote = QUOTE if is_unclear else error.quote(Position(error.mark.line, value.start(1)))
        return error.mark, "there is a second ': ' in this line", CURLY if value[1] in ("“", "”", "„", "‘", "’", "«") else quote
    begun = error.last.start_mark if error.style == "" else error.mark
    is_line = begun.line < error.mark.line and begun.column == indent(error.text_of(begun))
    above = Position(begun.line, begun.column) if is_line else error.above(error.mark)
    return _below_no_field(error, above) if above else None


def _below_no_field(error: ParserError, above: Position) -> Explanation:
    """A field below a line that is not a field, or further right than the field above it."""
    is_deeper = indent(error.line) > above.column
    if found := _colon(error, above) or _colon_in_text(error) or (None if is_deeper else _no_field(error, above)):
        return found
    return (
        Position(error.mark.line, indent(error.line)),
        "this line is indented further than the field above it",
        "begin it right below the field above",
    )


def _colon_in_text(error: ParserError) -> Explanation | None:
    """A line with a ': ' that goes on with the text of the lines above it, so that it is no field."""
    number = error.mark.line - 1
    while number >= 0 and error.lines[number].strip() and indent(error.lines[number]) >= indent(error.line):
        if re.match(rf" *(?:- )?{NAME}:(?: |$)", error.lines[number]):
            return None
        number -= 1
    begin = re.match(rf" *(- +)*({NAME}: +)?(?=[^\s|>\"'\[{{#&*!-])", error.lines[number]) if number >= 0 else None
    is_one_more = number < error.mark.line - 1
    may_be_field = begin and begin[2] and not is_one_more and re.match(rf" *(?:- )?{NAME}:", error.line)
    if not begin or not (begin[1] or begin[2]) or may_be_field:
        return None
    return error.mark, f"there is a ': ' in a text that began {'some lines' if is_one_more else 'on the line'} above", QUOTE


def _no_colon(error: ParserError) -> Explanation | None:
    return _no_field(error, error.start) if "could not find expected ':'" in error.reason else None


def _no_field(error: ParserError, mark: Any) -> Explanation:
    """A line that should be a field, and is not one."""
    line = error.text_of(mark)
    if found := _colon(error, mark):
        return found
    if re.match(r" *-\w", line):
        return mark, "there is no space after the '-'", "write `- item`"
    above = error.above(mark)
    if above and above.column == indent(line) and error.text_of(above).lstrip().startswith("- "):
        return mark, "this line is inside a list but does not begin with '- '", "begin it with '- ', or check its indentation"
    is_comment = re.match(r" *(?://|/\*|<!--|;)", line)
    help = "a comment begins with #" if is_comment else "add the colon, or indent the line under the field that it belongs to"
    return mark, "this line has no 'name: value'", help


def _colon(error: ParserError, mark: Any) -> Explanation | None:
    """A colon that YAML does not read as one, in the line of `mark`."""
    found = re.match(rf"\s*(?:- )?({NAME})(?:(:)[^\s/:]|:([^\S ])|\s*([：﹕∶꞉ː]))", error.text_of(mark))
    if not found:
        return None
    name, colon, space, other = found.groups()
    if colon:
        return Position(mark.line, found.start(2)), "there is no space after the colon", f"write `{name}: …`"
    if space:
        return Position(mark.line, found.start(3)), _unknown_space(space), f"write `{name}: …` with an ordinary space"
    return Position(mark.line, found.start(4)), f"this colon is another character (U+{ord(other):04X})", f"write `{name}: …`"


def _outside(error: ParserError) -> Explanation | None:
    """The file's fields are over, by the indentation or by a line such as `...`, and more follows."""
    if "expected <document start>" not in error.reason:
        return None
    above = error.above(error.mark)
    if above and error.text_of(above).startswith(("...", "%")):
        return above, "a line that begins with ... or % is not text in YAML", "take the line out"
    if error.mark.column > indent(error.line):
        quoted = re.match(r" *(\"[^\"]*\"|'[^']*')$", error.line[: error.mark.column])
        if quoted and error.char == ":":
            return error.mark, "there is no space after the colon", f"write `{quoted[1]}: …`"
        return error.mark, "this does not belong to the value before it", QUOTE
    if above and above.column <= error.mark.column:
        return error.mark, "this does not belong to the value before it", "write `name: value` on each line"
    return error.mark, "this line begins further left than the first field", "begin all fields at the left edge"


def _listed(error: ParserError) -> Explanation | None:
    for pattern, at_start, message, help in EXPLANATIONS:
        if re.search(pattern, error.reason):
            return error.start if at_start else error.mark, message, help
    return None


LOOKS: tuple[Callable[[ParserError], Explanation | None], ...] = (
    _merge_conflict, _odd_space, _open_quote, _after_quote, brackets, after_bracket, _wrong_start, _after_value, _second_colon, _no_colon, _outside, _listed,
)  # fmt: skip
