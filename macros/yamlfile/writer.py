"""Writes plain values as YAML, as a person would: without quotes where that is safe.

Takes text, numbers, dates, lists and mappings of them. Returns YAML that is read as exactly these values again. Raises CannotEdit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from macros.yamlfile.finding import CannotEdit
from macros.yamlfile.reader import parse_yaml
from macros.yamlfile.source import HIDDEN, SourceText

_ELSEWHERE = re.compile(r"[-+.]?[0-9][0-9a-fA-FxXoO_.:eE+-]*|[yYnN~]|---.*|\.\.\..*")
"""Text here, but a number, a yes or a new document to other readers of YAML, such as `1e3` and `0o17`."""
_IN_DOUBLE_QUOTES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\x85": "\\N", "\u2028": "\\L", "\u2029": "\\P"}


def write_value(value: Any, *, style: str | None = None, in_brackets: bool = True) -> str:
    """`value` on one line. `style` is a quote, `'` or `"`, that text should have; `in_brackets`, a comma needs quotes too."""
    match value:
        case str():
            return _text(value, style, in_brackets=in_brackets)
        case Mapping():
            return f"{{{', '.join(f'{name}: {write_value(item)}' for name, item in value.items())}}}"
        case list() | tuple():
            return f"[{', '.join(write_value(item) for item in value)}]"
        case bool() | None:
            return {True: "true", False: "false", None: "null"}[value]
    return str(value)


def quote_value(value: Any) -> str:
    """`value` on one line as a message quotes it: what nobody sees in its text is left out, as YAML from anywhere may hold it."""
    match value:
        case str():
            return write_value(HIDDEN.sub("", value))
        case Mapping():
            return f"{{{', '.join(f'{name}: {quote_value(item)}' for name, item in value.items())}}}"
        case list() | tuple():
            return f"[{', '.join(map(quote_value, value))}]"
    return write_value(value)


def write_field(name: str, value: Any, *, indent: str = "", step: str = "  ") -> list[str]:
    """The lines of `name: value`; a value with fields goes below its name, a list of texts beside it."""
    if isinstance(value, Mapping):
        return [f"{indent}{name}:", *(line for key, item in value.items() for line in write_field(key, item, indent=indent + step, step=step))]
    if isinstance(value, Sequence) and any(isinstance(item, Mapping) for item in value):
        return [f"{indent}{name}:", *(f"{indent}{step}- {write_value(item)}" for item in value)]
    return [f"{indent}{name}: {write_value(value, in_brackets=False)}"]


def _text(text: str, style: str | None, *, in_brackets: bool) -> str:
    if hidden := HIDDEN.search(text):
        raise CannotEdit(f"there is an invisible character (U+{ord(hidden[0]):04X}) in the text")
    if style == "'" and not any(break_ in text for break_ in _IN_DOUBLE_QUOTES if break_.isspace()):
        return f"'{text.replace(chr(39), chr(39) * 2)}'"
    if style is None and _is_safe_bare(text, in_brackets=in_brackets):
        return text
    return f'"{"".join(_IN_DOUBLE_QUOTES.get(char, char) for char in text)}"'


@lru_cache(maxsize=1 << 12)
def _is_safe_bare(text: str, *, in_brackets: bool) -> bool:
    """Whether `text` without quotes is read as the same text, also by other readers of YAML."""
    written = f"[{text}, x]\n" if in_brackets else f"x: {text}\ny: x\n"
    return not _ELSEWHERE.fullmatch(text) and parse_yaml(SourceText("", written)) == ([text, "x"] if in_brackets else {"x": text, "y": "x"}, [])
