"""A page written by hand as it is before Markdown: its text, with what its calls give.

Enters: a renderer for the page, and the page. Leaves: Markdown and finished HTML; and the anchors that these will have.
"""

from __future__ import annotations

import inspect
import re
import unicodedata
from html import unescape

from jinja2 import Environment, TemplateSyntaxError, nodes

from macros.calls import MACROS, WrongCall
from macros.releases.snapshot import WrittenPage
from macros.renaming.anatomy import Token, prose
from macros.render import Renderer

_WRITTEN = re.compile(r"""\{:? *#([A-Za-z_][\w-]*)[^{}\n]*\}|\bid\s*=\s*["']([^"'\s]+)["']""")
_HEADING = re.compile(r"^#{1,6}[ \t]*(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)
_ATTRIBUTES = re.compile(r"[ \t]*\{:?[^{}\n]*\}$")
_MARKUP = re.compile(r"<[^>]*>|[`*]|!?\[([^\]]*)\]\([^)]*\)")
_PARSER = Environment(autoescape=False)  # noqa: S701 - it only takes pages apart; nothing is rendered with it


def written_body(view: Renderer, page: WrittenPage) -> str:
    """A page written by hand with what its calls give.

    Only calls of macros with plain values are made: a page of another time, or of somebody else's pull request, is no program to run here.
    """
    try:
        tree = _PARSER.parse(page.text)
    except TemplateSyntaxError:
        return page.text
    return "".join(_piece(view, node) for node in tree.find_all((nodes.TemplateData, nodes.Call)))


def _piece(view: Renderer, node: nodes.Node) -> str:
    if isinstance(node, nodes.TemplateData):
        return node.data
    function = MACROS.get(node.node.name) if isinstance(node.node, nodes.Name) else None
    if function is None:
        return ""
    try:
        values = [argument.as_const() for argument in node.args]
        options = {option.key: option.value.as_const() for option in node.kwargs}
        inspect.signature(function).bind(view, *values, **options)
        return str(function(view, *values, **options))
    except (nodes.Impossible, TypeError, WrongCall):
        return ""


def anchors_in(body: str) -> tuple[str, ...]:
    """The anchors of a page made from `body`: those that are written, and those that headings without one get from their words.

    Words become an anchor as the extension `toc` of Python-Markdown does it; code is no heading.
    """
    said = prose(body, [Token(0, len(body), "data", body)])
    found = dict.fromkeys(unescape(mark or id) for mark, id in _WRITTEN.findall(said))
    for heading in _HEADING.findall(said):
        words = _ATTRIBUTES.sub("", heading)
        if words == heading or not _WRITTEN.search(heading):
            _add(found, _from_words(unescape(_MARKUP.sub(lambda match: match[1] or "", words))))
    return tuple(found)


def _add(found: dict[str, None], anchor: str) -> None:
    number = 0
    while (name := f"{anchor}_{number}" if number else anchor) in found:
        number += 1
    found[name] = None


def _from_words(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip().lower())
