"""Quotation marks and apostrophes as print has them: those that keyboards have are straight.

`typographic` takes plain text, `typographic_html` the HTML of a page; both return the same with `’`, `‘ ’` and `“ ”`. Only what readers see
changes: what the playbook keeps, compares, exports and is linked by stays as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

_AS_WRITTEN = "code|pre|kbd|samp|script|style|textarea|ins|del"
_ATTRIBUTES = r"""[^'">]*(?:(?:"[^"]*"|'[^']*')[^'">]*)*"""
_PIECE = re.compile(
    rf"""<(?P<as_written>{_AS_WRITTEN})\b{_ATTRIBUTES}>.*?</(?P=as_written)\s*>
    |<!--.*?-->
    |</?(?P<tag>[a-zA-Z][\w-]*){_ATTRIBUTES}>
    |(?P<mark>'|"|&(?:\#39|\#34|\#x27|\#x22|quot|apos);)""",
    re.DOTALL | re.VERBOSE,
)
"""What stays as it was written (code, and what a change put in or took out), a comment, a tag, or a straight mark."""
_MARK = re.compile("['\"]")
_INLINE = "a abbr b bdi bdo cite data dfn em i mark q s small span strong sub sup time u var wbr"
_INSIDE_A_LINE = frozenset(_INLINE.split())
_OPENS_AFTER = "([{/-–—“‘"


def typographic(text: str) -> str:
    """Returns plain text with typographic marks."""
    return _MARK.sub(lambda found: _shown(found[0], text[: found.start()][-1:], text[found.end() :][:1]), text)


def typographic_html(html: str) -> str:
    """Returns HTML with typographic marks in its text: not in its tags, in code, or in what a change put in or took out."""
    return "".join(_pieces(html))


def _pieces(html: str) -> Iterator[str]:
    end, before = 0, ""
    for found in _PIECE.finditer(html):
        text = html[end : found.start()]
        end, before = found.end(), _last(text) or before
        yield text
        if mark := found["mark"]:
            before = _shown(unescape(mark), before, html[end : end + 1])
            yield before
            continue
        yield found[0]
        if found["as_written"]:
            before = "x"  # code is read as a word
        elif found["tag"] and found["tag"].lower() not in _INSIDE_A_LINE:
            before = ""
    yield html[end:]


def _last(text: str) -> str:
    """The last character of a text, which may be written as a reference."""
    return (unescape(text[text.rfind("&") :]) if text.endswith(";") else text)[-1:]


def _shown(mark: str, before: str, after: str) -> str:
    """A mark by what stands beside it: an apostrophe, as in `’90s`, looks like the end of a quotation."""
    opens = not before or before.isspace() or before in _OPENS_AFTER
    if mark == '"':
        return "“" if opens else "”"
    return "‘" if opens and after and not after.isspace() and not after.isdigit() else "’"
