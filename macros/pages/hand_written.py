"""A page written by hand before Markdown is applied: its text, with the output of its calls.

`written_body` returns Markdown and finished HTML; the other functions return the anchors that the page will have, its calls, and the names in them.
"""

from __future__ import annotations

from jinja2 import Environment, TemplateSyntaxError, nodes

from macros.pages.calls import InvalidCall, called
from macros.pages.macros import MACROS
from macros.pages.renderer import Renderer
from macros.releases.record import PageRecord
from macros.text.heading_anchors import anchors_in
from macros.text.page_source import NotReadable, PageSource, Token, prose

_PARSER = Environment(autoescape=False)  # noqa: S701 - it only takes pages apart; nothing is rendered with it


def written_body(view: Renderer, page: PageRecord) -> str:
    """A page written by hand with what its calls give.

    Only calls of macros with plain values are made: a page of another time, or of somebody else's pull request, is no program to run here.
    """
    try:
        pieces = [*_PARSER.parse(page.text).find_all((nodes.TemplateData, nodes.Call))]
    except (TemplateSyntaxError, RecursionError, ValueError):  # the last one at a number of thousands of digits
        return page.text
    return "".join(_piece(view, node) for node in pieces)


def names_in(page: PageSource) -> frozenset[str]:
    """The names between the braces of a page: those of the macros that it calls are among them."""
    try:
        return frozenset(token.text for token in page.tokens if token.kind == "name")
    except NotReadable:
        return frozenset()


def calls_in(page: PageSource) -> frozenset[tuple[str, str]]:
    """The macros that a page calls, each with the text that it is given first; whatever else is between its braces stands for a call without a name."""
    try:
        tree = _PARSER.parse(page.text)
    except (TemplateSyntaxError, RecursionError, ValueError):
        return frozenset({("", "")})
    calls = [call for call in tree.find_all(nodes.Call) if isinstance(call.node, nodes.Name)]
    others = {name.name for name in tree.find_all(nodes.Name)} - {call.node.name for call in calls}
    firsts = ((call.node.name, call.args[0] if call.args else None) for call in calls)
    found = {(name, first.value if isinstance(first, nodes.Const) and isinstance(first.value, str) else "") for name, first in firsts}
    return frozenset(found | ({("", "")} if others else set()))


def _piece(view: Renderer, node: nodes.Node) -> str:
    if isinstance(node, nodes.TemplateData):
        return node.data
    function = MACROS.get(node.node.name) if isinstance(node.node, nodes.Name) else None
    if function is None:
        return ""
    try:
        values = [argument.as_const() for argument in node.args]
        options = {option.key: option.value.as_const() for option in node.kwargs}
        return str(called(function, view, tuple(values), options))
    except (nodes.Impossible, InvalidCall):
        return ""


def anchors_of_body(body: str) -> tuple[str, ...]:
    """The anchors of a page made from `body`; what is inside code does not count."""
    return anchors_in(prose(body, [Token(0, len(body), "data", body)]), body)
