"""Renders the small, safe Markdown of YAML fields as HTML, and finds what a text must not contain.

The text comes from pull requests and is not trusted. In the HTML only our own tags are tags; HTML in a text is shown as characters.
Start with `render_text` and `text_problems`; what a text says is decided in `parse.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import Markup, escape

from macros.schema.fields import TextForm
from macros.schema.patterns import split_outside
from macros.text.fast_path import links_without_parsing
from macros.text.foreign_markup import TextProblem
from macros.text.parse import parse_text
from macros.text.placeholders import PLACEHOLDER

_ESCAPES = {ord(char): f"&#{ord(char)};" for char in "!\"#&'*+:<=>@[\\]^_`{|}~"}

_ANY_TAG = re.compile(r"<[^>]*>")

LinkTo = Callable[[str], tuple[str, str]]
"""From an id to (address, title). There is no address for a page of another playbook that is not known any more."""


def escape_html(text: object) -> Markup:
    """Returns `text` as HTML in which HTML, Python-Markdown and Jinja all see text only.

    Every character that could be markup becomes a numeric reference. The text may therefore be inside a Markdown page, even in a
    heading, where attribute lists are read, and inside an HTML attribute.
    """
    return Markup(str(text).translate(_ESCAPES))


def link_html(address: str, words: str, *, outside: bool = False) -> Markup:
    """Returns a link; one that leads `outside` to another playbook is marked as such, and is its words alone if there is no address."""
    if outside and not address:
        return escape_html(words)
    rel = ' rel="external"' if outside else ""
    return Markup(f'<a href="{escape_html(address)}"{rel}>{escape_html(words)}</a>')


def escape_title(text: str) -> str:
    """Returns `text` as HTML for a page's title, which MkDocs prints as it is and mkdocs-macros would render if it had braces."""
    return str(escape(text)).replace("{", "&#123;").replace("&#39;", "’")


def render_text(text: str, link_to: LinkTo, form: TextForm = "block") -> Markup:
    """Returns `text` as HTML: paragraphs, lists and tables in the form `block`, else the inside of one paragraph."""
    return Markup(_RENDERER.render(parse_text(text, form).tokens, _options(), {"link_to": link_to}))


def plain_text(text: str, title_of: Callable[[str], str], form: TextForm = "line") -> str:
    """Returns the words of a text field that readers see, without markup; `title_of` gives the title for an id."""
    return unescape(_ANY_TAG.sub("", render_text(text, lambda named: ("", title_of(named)), form)))


def placeholders(text: str) -> Iterator[TextProblem]:
    """Yields the first word that marks a text as unfinished."""
    if match := PLACEHOLDER.search(text):
        yield TextProblem("placeholder", f"'{match[0]}' marks unfinished text", "finish it, or remove it", match[0])


def text_problems(text: str, form: TextForm) -> Iterator[TextProblem]:
    """Yields every problem of a text field; the check of relations looks at the ids in entry links."""
    yield from placeholders(text)
    if links_without_parsing(text, form) is None:
        yield from parse_text(text, form).problems


def entry_links(text: str, form: TextForm) -> tuple[tuple[str, str], ...]:
    """Returns the ids that `[[id]]` and `[[id|label]]` name, in order, each with how its link begins: `[[id]]` or `[[id|`."""
    if "[[" not in text or form == "plain":
        return ()
    links = links_without_parsing(text, form)
    return parse_text(text, form).links if links is None else links


class _EscapingRenderer(RendererHTML):
    """markdown-it's own renderer, with all text escaped for the Markdown page around it."""

    def text(self, tokens, index, options, env) -> str:
        return escape_html(tokens[index].content)

    text_special = text

    def code_inline(self, tokens, index, options, env) -> str:
        return f"<code>{escape_html(tokens[index].content)}</code>"

    def code_block(self, tokens, index, options, env) -> str:
        return f"<pre><code>{escape_html(tokens[index].content)}</code></pre>\n"

    fence = code_block

    def entry_link(self, tokens, index, options, env) -> str:
        token = tokens[index]
        address, title = env["link_to"](token.meta["id"])
        return link_html(address, token.meta["label"] or title, outside=split_outside(token.meta["id"]) is not None)

    def renderAttrs(self, token: Token) -> str:
        return "".join(_attribute(name, str(value)) for name, value in token.attrs.items())


def _attribute(name: str, value: str) -> str:
    if name == "style":  # a table's column: the only style that markdown-it writes; a strict content security policy refuses it
        name, value = "class", value.replace("text-align:", "align-")
    return f' {name}="{escape_html(value)}"'


_RENDERER = _EscapingRenderer()


@cache
def _options() -> OptionsDict:
    return MarkdownIt("commonmark").options
