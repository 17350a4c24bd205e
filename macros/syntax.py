"""What libyaml says of text that is not YAML, said again for people who edit playbooks.

Enters: an error of the parser. Leaves: where to look, what was found, what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import yaml

from macros.places import Mark

QUOTE = "put the whole value in quotes"
OTHER_QUOTES = "a value that has quotes in it goes in quotes of the other kind, \" or '"

Explanation = tuple[Any, str, str]
"""Where to look (a mark with `line` and `column` from 0), what is wrong, what to write instead."""

EXPLANATIONS: tuple[tuple[str, bool, str, str], ...] = (
    # what libyaml says, whether to point at where it began, what is wrong, what to write
    ("scanning a quoted scalar.*(?:end of stream|document indicator)", True, "a quote is opened here and never closed", "close it with the same quote"),
    ("found unknown escape character", False, "a backslash in double quotes begins a code that does not exist", "write \\\\ for a backslash, or use single quotes"),
    ("did not find expected hexdecimal", False, "a \\x or \\u in double quotes lacks its digits", "write \\\\ for a backslash, or use single quotes"),
    ("invalid Unicode character escape", False, "a \\u in double quotes names no character", "write the character itself"),
    ("expected '-' indicator", False, "this line is inside a list but does not begin with '- '", "begin it with '- ', or check its indentation"),
    (r"expected ',' or '\]'", True, "a list in [ ] is not closed, or lacks a comma", "write [one, two]"),
    ("expected ',' or '}'", True, "a mapping in { } is not closed, or lacks a comma", "write {name: value, name: value}"),
    ("unexpected ':'", False, "inside [ ] or { } there is no space after the colon", f"write `name: value`; where it is text with a colon, {QUOTE}"),
    ("expected node content", False, "a value is missing here", "write a value, or take the comma or bracket out"),
    ("block sequence entries are not allowed", False, "a list cannot begin here", "put '- ' on a line of its own, below the field's name"),
    ("mapping keys are not allowed", False, "a value cannot begin with '? '", QUOTE),
    ("scanning an? (alias|anchor)", True, "a value that begins with * or & is not text in YAML", f"{QUOTE}; an item of a list begins with '- '"),
    ("scanning a block scalar", False, "there is text after | or >", "begin the text on the next line, indented by two spaces"),
    ("directive|incompatible YAML", True, "a line that begins with % is not text in YAML", "take the line out, or indent it with the text that it belongs to"),
    ("tag", True, "a value that begins with ! is not text in YAML", QUOTE),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trouble:
    """Where libyaml gave up: what it said, where it was, where the part that it was reading began, what it had read last."""

    said: str
    mark: Any
    start: Any
    lines: list[str]
    last: yaml.Event | None

    @property
    def line(self) -> str:
        """The line that libyaml gave up in."""
        return self.text_of(self.mark)

    def text_of(self, mark: Any) -> str:
        """The line that `mark` stands in."""
        return self.lines[mark.line] if mark.line < len(self.lines) else ""

    def above(self, mark: Any) -> Mark | None:
        """The beginning of the nearest line above `mark` that says something."""
        numbers = range(min(mark.line, len(self.lines)) - 1, -1, -1)
        number = next((n for n in numbers if self.lines[n].strip() and not self.lines[n].lstrip().startswith("#")), None)
        return None if number is None else Mark(number, _indent(self.lines[number]))


def explain(error: yaml.MarkedYAMLError, lines: list[str], last: yaml.Event | None) -> Explanation:
    """What keeps `lines` from being YAML; `last` is what could be read before."""
    mark = error.problem_mark or error.context_mark
    trouble = Trouble(f"{error.context or ''} {error.problem or ''}", mark, error.context_mark or mark, lines, last)
    found = (look(trouble) for look in LOOKS)
    return next((explanation for explanation in found if explanation), (mark, "this is not YAML", "check this line and the one above it"))


def _merge_conflict(trouble: Trouble) -> Explanation | None:
    if re.match(r"<{7}|={7}|>{7}|\|{7}", trouble.text_of(trouble.start)):
        return (
            Mark(trouble.start.line, 0),
            "two versions of the text meet here",
            "keep the right one; take out the lines with <<<<<<<, ======= and >>>>>>>",
        )
    return None


def _odd_space(trouble: Trouble) -> Explanation | None:
    for mark in (trouble.mark, trouble.start):
        line = trouble.text_of(mark)
        odd = re.match(r" *([^\S ])", line)
        if "\t" in (line[mark.column : mark.column + 1], odd and odd[1]) or "tab character" in trouble.said:
            return mark, "there is a tab where YAML wants spaces", "indent with two spaces for each level"
        if odd:
            return (
                Mark(mark.line, odd.start(1)),
                f"there is a space here that YAML does not know (U+{ord(odd[1]):04X})",
                "indent with ordinary spaces",
            )
    return None


def _wrong_start(trouble: Trouble) -> Explanation | None:
    if "cannot start any token" not in trouble.said:
        return None
    return trouble.mark, f"a value cannot begin with {trouble.line[trouble.mark.column : trouble.mark.column + 1]}", QUOTE


def _after_value(trouble: Trouble) -> Explanation | None:
    """A value has ended, and what follows is no field."""
    if "did not find expected key" not in trouble.said or trouble.last is None:
        return None
    style = getattr(trouble.last, "style", None)
    end = trouble.last.end_mark
    if end.line != trouble.mark.line:
        end = None
    elif style in ('"', "'") and trouble.last.start_mark.line < end.line:
        return trouble.last.start_mark, "the quote that is opened here ends only on another line, at the next quote", "close it where its text ends"
    if end and style in ('"', "'"):
        return end, "there is text after the closing quote", OTHER_QUOTES
    if end and trouble.line[end.column - 1 : end.column] in ("]", "}"):
        return end, "there is text after the closing bracket", "text that begins with a bracket goes in quotes as a whole"
    if style in ("|", ">"):
        return trouble.mark, "this line is indented less than the text above it", "begin each line of a text right below its first line"
    return trouble.mark, "this line begins below no field of the lines above it", "begin it right below the field that it belongs with"


def _second_colon(trouble: Trouble) -> Explanation | None:
    if "mapping values are not allowed" not in trouble.said:
        return None
    if re.search(r":\s", trouble.line[: trouble.mark.column]):
        return trouble.mark, "there is a second ': ' in this line", QUOTE
    above = trouble.above(trouble.mark)
    if above and (name := _colon_without_space(trouble.text_of(above))):
        return above, "there is no space after the colon", f"write `{name}: …`"
    if above is None:
        return None
    if _indent(trouble.line) <= above.column:
        return above, "this line has no 'name: value'", "add the colon, or indent the line under the field that it belongs to"
    return (
        Mark(trouble.mark.line, _indent(trouble.line)),
        "this line is indented further than the field above it",
        "begin it right below the field above",
    )


def _no_colon(trouble: Trouble) -> Explanation | None:
    if "could not find expected ':'" not in trouble.said:
        return None
    line = trouble.text_of(trouble.start)
    if name := _colon_without_space(line):
        return trouble.start, "there is no space after the colon", f"write `{name}: …`"
    if re.match(r" *-\w", line):
        return trouble.start, "there is no space after the '-'", "write `- item`"
    above = trouble.above(trouble.start)
    if above and above.column == _indent(line) and trouble.text_of(above).lstrip().startswith("- "):
        return trouble.start, "this line is inside a list but does not begin with '- '", "begin it with '- ', or check its indentation"
    return trouble.start, "this line has no 'name: value'", "add the colon, or indent the line under the field that it belongs to"


def _outside(trouble: Trouble) -> Explanation | None:
    """The file's fields are over, by the indentation or by a line such as `...`, and more follows."""
    if "expected <document start>" not in trouble.said:
        return None
    above = trouble.above(trouble.mark)
    if above and trouble.text_of(above).startswith(("...", "%")):
        return above, "a line that begins with ... or % is not text in YAML", "take the line out"
    if trouble.mark.column > _indent(trouble.line):
        return trouble.mark, "this does not belong to the value before it", QUOTE
    return trouble.mark, "this line begins further left than the first field", "begin all fields at the left edge"


def _listed(trouble: Trouble) -> Explanation | None:
    for pattern, at_start, message, help in EXPLANATIONS:
        if re.search(pattern, trouble.said):
            return trouble.start if at_start else trouble.mark, message, help
    return None


LOOKS: tuple[Callable[[Trouble], Explanation | None], ...] = (
    _merge_conflict, _odd_space, _wrong_start, _after_value, _second_colon, _no_colon, _outside, _listed,
)  # fmt: skip


def _colon_without_space(line: str) -> str | None:
    found = re.match(r"\s*(?:- )?([a-z_]+):[^\s/:]", line)
    return found and found[1]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
