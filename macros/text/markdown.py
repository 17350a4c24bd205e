"""Renders the small, safe Markdown of YAML fields as HTML, and finds what a text must not contain.

The text comes from pull requests and is not trusted. In the HTML only our own tags are tags; HTML in a text is shown as characters.
Start with `render_text` and `text_problems`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from itertools import takewhile

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markupsafe import Markup, escape

from macros.problems.problem import short
from macros.text.fast_path import links_without_parsing
from macros.text.placeholders import PLACEHOLDER, PLACEHOLDER_LINK

LINK_SCHEMES = ("https://", "http://", "mailto:")
ENTRY_LINK = re.compile(r"\[\[([^\[\]|\n]*)(?:\|([^\[\]]*))?\]\]")
_OPEN_LINK = re.compile(r"\[\[\w")
_ESCAPES = {ord(char): f"&#{ord(char)};" for char in "!\"#&'*+:<=>@[\\]^_`{|}~"}

_ANY_TAG = re.compile(r"<[^>]*>")

LinkTo = Callable[[str], tuple[str, str]]
"""From an id to (address, title)."""


@dataclass(frozen=True, slots=True)
class TextProblem:
    """A problem in a text; `needle` is the part of the text to point at."""

    rule: str
    message: str
    help: str
    needle: str


def escape_html(text: object) -> Markup:
    """Returns `text` as HTML in which HTML, Python-Markdown and Jinja all see text only.

    Every character that could be markup becomes a numeric reference. The text may therefore be inside a Markdown page, even in a
    heading, where attribute lists are read, and inside an HTML attribute.
    """
    return Markup(str(text).translate(_ESCAPES))


def escape_title(text: str) -> str:
    """Returns `text` as HTML for a page's title, which MkDocs prints as it is and mkdocs-macros would render if it had braces."""
    return str(escape(text)).replace("{", "&#123;").replace("&#39;", "’")


def render_text(text: str, link_to: LinkTo, *, block: bool = True) -> Markup:
    """Returns `text` as HTML: paragraphs, lists and tables if `block`, else the inside of one paragraph."""
    env = {"link_to": link_to}
    markdown = _markdown(any_link=False)
    return Markup(markdown.render(text, env) if block else markdown.renderInline(_one_line(text), env))


def plain_text(text: str, title_of: Callable[[str], str]) -> str:
    """Returns the words of a text field that readers see, without markup; `title_of` gives the title for an id."""
    return unescape(_ANY_TAG.sub("", render_text(text, lambda named: ("", title_of(named)), block=False)))


def placeholders(text: str) -> Iterator[TextProblem]:
    """Yields the first word that marks a text as unfinished."""
    if match := PLACEHOLDER.search(text):
        yield TextProblem("placeholder", f"'{match[0]}' marks unfinished text", "finish it, or remove it", match[0])


def text_problems(text: str) -> Iterator[TextProblem]:
    """Yields every problem of a text field; the check of relations looks at the ids in entry links."""
    yield from placeholders(text)
    if links_without_parsing(text) is None:
        yield from _parsed(text)[0]


def entry_links(text: str) -> tuple[tuple[str, str], ...]:
    """Returns the ids that `[[id]]` and `[[id|label]]` name, in order, each with how its link begins: `[[id]]` or `[[id|`."""
    if "[[" not in text:
        return ()
    links = links_without_parsing(text)
    return _parsed(text)[1] if links is None else links


@lru_cache(maxsize=1 << 12)
def _parsed(text: str) -> tuple[tuple[TextProblem, ...], tuple[tuple[str, str], ...]]:
    """(problems, entry links) of a text, as the parser sees it."""
    tokens = [*_flattened(_markdown(any_link=True).parse(text, {}))]
    links = (token for token in tokens if token.type == "entry_link" and token.meta["id"])
    problems = tuple(problem for token in tokens for problem in _token_problems(token))
    return problems, tuple((token.meta["id"], "".join(token.content.partition("|")[:2])) for token in links)


def _token_problems(token: Token) -> Iterator[TextProblem]:
    if token.type == "heading_open":
        yield TextProblem(
            "heading-in-text", "a text cannot have headings: those of the page are fixed", "use **bold**, or another field", token.meta["text"]
        )
    elif token.type == "image":
        yield TextProblem("image-in-text", "a text cannot have images", "say it in words, or link to it", "![")
    elif token.type == "link_open":
        yield from _link_problems(str(token.attrs.get("href", "")), token.meta.get("label", ""))
    elif token.type == "text" and _OPEN_LINK.search(token.content):
        yield TextProblem(
            "broken-link", "a link to an entry is incomplete", "write [[its-id]] or [[its-id|words]]; in a table [[its-id\\|words]]", "[["
        )
    elif token.type == "entry_link" and not token.meta["id"]:
        yield TextProblem("empty-link", "a link names no entry", "write [[its-id]]", token.content)
    elif token.type == "entry_link" and token.meta["label"] == "":
        yield TextProblem("empty-link", "a link has no words", f"write [[{token.meta['id']}]] for its title", token.content)


def _link_problems(address: str, label: str) -> Iterator[TextProblem]:
    needle = f"]({address}" if address else "]()"
    if not label.strip():
        yield TextProblem("empty-link", "a link has no words", "write [where it leads](https://…)", needle)
    elif not address:
        yield TextProblem("placeholder-link", "a link has no address", "write the whole address, or take the link out", needle)
    elif PLACEHOLDER_LINK.fullmatch(address):
        yield TextProblem("placeholder-link", f"'{short(address)}' is not an address", "write the whole address, or take the link out", needle)
    elif not address.lower().startswith(LINK_SCHEMES):
        yield TextProblem(
            "link-scheme", f"'{short(address)}' is not an address that a text may link to",
            f"begin it with {' or '.join(LINK_SCHEMES)}; link to an entry with [[its-id]]", address,
        )  # fmt: skip


def _flattened(tokens: list[Token]) -> Iterator[Token]:
    """Every token, including those inside paragraphs; links get their label, headings their text."""
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            token.meta["text"] = tokens[index + 1].content
        if token.type == "link_open":
            inside = takewhile(lambda token: token.type != "link_close", (tokens[i] for i in range(index + 1, len(tokens))))
            token.meta["label"] = "".join(token.content for token in inside)
        yield token
        yield from _flattened(token.children or [])


def _entry_link_rule(state: StateInline, silent: bool) -> bool:
    match = ENTRY_LINK.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        token = state.push("entry_link", "a", 0)
        token.content = match[0]
        token.meta = {"id": match[1].strip(), "label": None if match[2] is None else _one_line(match[2])}
    state.pos = match.end()
    return True


class _EscapingRenderer(RendererHTML):
    """markdown-it's own renderer, with all text escaped for the Markdown page around it."""

    def text(self, tokens, index, options, env) -> str:
        return escape_html(tokens[index].content)

    def code_inline(self, tokens, index, options, env) -> str:
        return f"<code>{escape_html(tokens[index].content)}</code>"

    def code_block(self, tokens, index, options, env) -> str:
        return f"<pre><code>{escape_html(tokens[index].content)}</code></pre>\n"

    fence = code_block

    def entry_link(self, tokens, index, options, env) -> str:
        token = tokens[index]
        address, title = env["link_to"](token.meta["id"])
        return f'<a href="{escape_html(address)}">{escape_html(token.meta["label"] or title)}</a>'

    def renderAttrs(self, token: Token) -> str:
        return "".join(_attribute(name, str(value)) for name, value in token.attrs.items())


def _attribute(name: str, value: str) -> str:
    if name == "style":  # a table's column: the only style that markdown-it writes; a strict content security policy refuses it
        name, value = "class", value.replace("text-align:", "align-")
    return f' {name}="{escape_html(value)}"'


@lru_cache(maxsize=2)
def _markdown(*, any_link: bool) -> MarkdownIt:
    """The parser. For checks it accepts any link, so that each can be reported; for rendering it accepts allowed links only."""
    markdown = MarkdownIt("commonmark", {"html": False}, renderer_cls=_EscapingRenderer).enable("table")
    markdown.disable(["html_block", "html_inline", "reference", "hr"])
    if any_link:
        markdown.disable("emphasis")  # no check depends on it, and it takes a third of the time
    markdown.validateLink = lambda address: any_link or address.lower().startswith(LINK_SCHEMES)
    markdown.inline.ruler.before("link", "entry_link", _entry_link_rule)
    return markdown


def _one_line(text: str) -> str:
    return " ".join(text.split())
