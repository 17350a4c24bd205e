"""Calls of macros where readers cannot get what they give: in code, in an attribute, in another link, or in a row of a table.

`misplaced_calls` takes a page written by hand, and yields a problem for each such call, at its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from macros.pages.macros import MACROS
from macros.problems.problem import Problem
from macros.text.page_source import CALL, NotReadable, PageSource, Token

_IN_A_LINE = frozenset({"link", "cite"})
"""The macros that give a part of a line. All others give blocks."""
_HOLDS_NO_BLOCK = re.compile(r"(?:\s{4,}\0|\s*(?:[|>]|#{1,6}\s|[-*+]\s|\d{1,9}[.)]\s))")
"""How a line begins that is a row of a table, a heading, or a part of a list or a quotation, for which a block is too much."""
_IN_ATTRIBUTE = re.compile(r"""(?:<[A-Za-z][^<>]*|\{:?[^{}\n]*)=\s*(?:"[^"<>{}]*|'[^'<>{}]*)\Z""")
_BEFORE_ADDRESS = re.compile(r"\]\(\s*<?[^()\s]*\Z|^ {0,3}\[(?!\^)[^\[\]\n]+\]:\s*<?\Z", re.MULTILINE)
_BEFORE_WORDS = re.compile(r"(?P<image>!?)\[[^\[\]\n]*\Z")
_AFTER_WORDS = re.compile(r"[^\[\]\n]*\][(\[]")
_HTML = re.compile(r"^ {0,3}<(?P<tag>[A-Za-z][\w-]*)", re.MULTILINE)
_SHOW_OR_CALL = "to show how it is called, put the code between {% raw %} and {% endraw %}; to call it, take it out of the code"
_ALONE = "put the call on a line of its own, at the left edge, with an empty line above and below it"
_WORDS = "write the words themselves here"


def misplaced_calls(page: PageSource) -> Iterator[Problem]:
    """Yields the problems; none if the calls of the page cannot be read, which is a problem of its own."""
    try:
        found, prose = page.tokens, page.prose
    except NotReadable:
        return
    for begin, name, end in _calls(found):
        if wrong := _wrong_around(prose, begin.start, end.end) or _wrong_block(name.text, page.text, prose, begin):
            place = (page.source.mark_at(page.begins + name.start), page.source.mark_at(page.begins + name.end))
            yield page.source.problem(place, "wrong-call", f"{name.text}: {wrong[0]}", wrong[1])


def _calls(found: tuple[Token, ...]) -> Iterator[tuple[Token, Token, Token]]:
    """The braces before each call, the name of its macro, and the braces after it."""
    begin = None
    for index, token in enumerate(found):
        if token.kind == "variable_begin" and [each.text for each in found[index + 2 : index + 3]] == ["("] and found[index + 1].text in MACROS:
            begin, name = token, found[index + 1]
        elif token.kind == "variable_end" and begin:
            yield begin, name, token
            begin = None


def _wrong_around(prose: str, start: int, end: int) -> tuple[str, str] | None:
    """What is wrong with a call, and what to do, if what stands round it is a part of something smaller than HTML: an attribute or a link."""
    above, below = prose[prose.rfind("\n\n", 0, start) + 1 : start], prose[end:]
    if _IN_ATTRIBUTE.search(above):
        return "it gives HTML, which no attribute can hold", _WORDS
    if _BEFORE_ADDRESS.search(above):
        return "it gives more than the address of a link", 'write {{ link("its-id", "words") }} in the place of the whole link'
    if (words := _BEFORE_WORDS.search(above)) and _AFTER_WORDS.match(below):
        return ("it gives HTML, which cannot describe an image", _WORDS) if words["image"] else ("it stands inside another link", _WORDS)
    return None


def _wrong_block(name: str, text: str, prose: str, begin: Token) -> tuple[str, str] | None:
    """The same if the call is in a block that readers of Markdown take otherwise. Inside HTML, and where white space is taken away, nobody can tell."""
    start = begin.start
    if begin.text != "{{" or text.rfind("<!--", 0, start) > text.rfind("-->", 0, start) or _is_inside_html(prose, start):
        return None
    if prose[start] != CALL:
        return "it is called in code, where readers would see the HTML that it gives", _SHOW_OR_CALL
    line = prose[prose.rfind("\n", 0, start) + 1 : start + 1]
    if name not in _IN_A_LINE and _HOLDS_NO_BLOCK.match(line):
        return "it gives blocks, and these would fall out of the list, table, heading or quotation that it stands in", _ALONE
    return None


def _is_inside_html(prose: str, place: int) -> bool:
    return any(prose.find(f"</{html['tag']}", html.end()) > place for html in _HTML.finditer(prose, 0, place))
