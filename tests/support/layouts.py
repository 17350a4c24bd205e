"""One set of values, laid out in YAML in any way that people write it.

Takes text, numbers, dates, lists and fields. Returns bytes that stand for exactly these values; no part of the program has a hand in it.
"""

from __future__ import annotations

import datetime
import json
import re
from typing import Any

from hypothesis import strategies as st

BARE = re.compile(r"[A-Z][A-Za-zÀ-ÿ ,.()’–-]{4,}[A-Za-z.)]")  # begins with a capital, and is longer than any word that YAML knows
"""Text that needs no quotes, whatever stands round it but brackets."""
_ODD_IN_TEXT = re.compile(r"[^\n\x20-\x7e\xa1-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029]")
LINE_ENDS = ("\n", "\n", "\n", "\r\n", "\r")
COMMENTS = ("# a comment", "#", "# ---", "#: [{*&!", "# “curly”: x", "## é 😀")


@st.composite
def layouts(draw: st.DrawFn, fields: dict[str, Any]) -> bytes:
    """A file that holds `fields`."""
    names = draw(st.permutations(list(fields)))
    lines = [line for name in names for line in [*_between(draw), *_field(draw, name, fields[name], "")]]
    end = "\n" if any(line.endswith("|") for line in lines) else draw(st.sampled_from(("\n", "\n\n", "")))
    start = draw(st.sampled_from(("", "", "", "---\n", "# first\n", "\n", "%YAML 1.1\n---\n")))
    last = draw(st.sampled_from(("", "", "", "# last", "\n...\n"))) if end else ""
    text = start + "\n".join(lines) + end + last
    mark = draw(st.sampled_from(("", "", "", "\ufeff")))
    return (mark + text.replace("\n", draw(st.sampled_from(LINE_ENDS)))).encode()


def _between(draw: st.DrawFn) -> list[str]:
    return draw(st.sampled_from(([], [], [], [], [""], [draw(st.sampled_from(COMMENTS))])))


def _field(draw: st.DrawFn, name: str, value: Any, indent: str) -> list[str]:
    """The lines of `name: value`."""
    quote = draw(st.sampled_from(("", "", "", '"', "'")))
    head = f"{indent}{quote}{name}{quote}:{draw(st.sampled_from(('', '', '', ' ', '   ')))}"
    deeper = indent + draw(st.sampled_from(("  ", "  ", "    ", " ")))
    if isinstance(value, dict) and value and draw(st.booleans()):
        return [head, *(line for inner in value for line in [*_between(draw), *_field(draw, inner, value[inner], deeper)])]
    if isinstance(value, list) and value and draw(st.booleans()):
        at = draw(st.sampled_from((indent, deeper)))
        return [head, *(line for item in value for line in [*_between(draw), *_item(draw, item, at)])]
    first, *more = _in_place(draw, value, deeper)
    comment = draw(st.sampled_from(("", "", "", "  # a comment"))) if not more else ""
    return [f"{head} {first}{comment}", *more]


def _item(draw: st.DrawFn, value: Any, indent: str) -> list[str]:
    dash = indent + "-" + draw(st.sampled_from((" ", " ", "   ")))
    inner = " " * len(dash)
    if isinstance(value, dict) and value and draw(st.booleans()):
        names = list(value)
        lines = [line for name in names for line in _field(draw, name, value[name], inner)]
        return [dash + lines[0][len(inner) :], *lines[1:]]
    first, *more = _in_place(draw, value, inner)
    return [dash + first, *more]


def _in_place(draw: st.DrawFn, value: Any, indent: str) -> list[str]:
    """A value that begins on the line of its name or dash; lines after the first are indented."""
    if not isinstance(value, str):
        return [_inline(draw, value)]
    ways = [_quoted]
    if _ODD_IN_TEXT.search(value) is None:
        ways += [_literal] if re.fullmatch(r"[^\s](?s:.*)[^\n]\n?", value) else []
        ways += [_folded] if re.fullmatch(r"\S+( \S+)*", value) else []
    return draw(st.sampled_from(ways))(draw, value, indent)


def _quoted(draw: st.DrawFn, value: str, indent: str) -> list[str]:
    """Bare or in quotes; it goes on below where there is a single space to break at."""
    text = _inline(draw, value)
    spaces = [found.start() for found in re.finditer(r"(?<=[^\s\\:#'\"-]) (?=[A-Za-zé])", text)]
    if not spaces or draw(st.integers(0, 3)):
        return [text]
    at = draw(st.sampled_from(spaces))
    return [text[:at], indent + text[at + 1 :]]


def _literal(_draw: st.DrawFn, value: str, indent: str) -> list[str]:
    return ["|" if value.endswith("\n") else "|-", *(indent + line if line else "" for line in value.removesuffix("\n").split("\n"))]


def _folded(draw: st.DrawFn, value: str, indent: str) -> list[str]:
    words = value.split(" ")
    at = draw(st.integers(1, len(words)))
    lines = [" ".join(words[:at]), " ".join(words[at:])]
    return [">-", *(indent + line for line in lines if line)]


def _inline(draw: st.DrawFn, value: Any) -> str:
    """On one line, as it may also stand inside brackets."""
    match value:
        case dict():
            return f"{{{', '.join(f'{name}: {_inline(draw, item)}' for name, item in value.items())}}}"
        case list():
            gap = draw(st.sampled_from((", ", ",  ", " , ")))
            return f"[{gap.join(_inline(draw, item) for item in value)}]"
        case bool() | None:
            return {True: "true", False: "false", None: draw(st.sampled_from(("null", "~")))}[value]
        case int() | float():
            return repr(value)
        case datetime.date():
            return value.isoformat()
    return _one_line(draw, value)


def _one_line(draw: st.DrawFn, value: str) -> str:
    ways = [_in_double_quotes(draw, value)]
    if not _ODD_IN_TEXT.search(value) and "\n" not in value:
        ways.append("'" + value.replace("'", "''") + "'")
    if re.fullmatch(r"[a-z][a-z0-9]{5,}(-[a-z0-9]+)*|[a-z0-9]+-[a-z]+(-[a-z0-9]+)*", value) or (BARE.fullmatch(value) and "," not in value):
        ways.append(value)
    return draw(st.sampled_from(ways))


def _in_double_quotes(draw: st.DrawFn, value: str) -> str:
    """As JSON, with some characters by their numbers; a number has eight digits where JSON would need two of four."""
    shown = json.dumps(value, ensure_ascii=False)
    if draw(st.integers(0, 3)):
        return shown if not _ODD_IN_TEXT.search(value) else _by_number(shown)
    return _by_number(shown)


def _by_number(shown: str) -> str:
    return re.sub(r"[^\x20-\x7e]", lambda found: f"\\U{ord(found[0]):08x}" if ord(found[0]) > 0xFFFF else f"\\u{ord(found[0]):04X}", shown)
