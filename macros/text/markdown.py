"""The small, safe Markdown of YAML fields -> finished HTML.

Enters: text from a pull request, which is not trusted. Leaves: HTML in which only our own tags are tags,
and what the text says that it may not say. HTML in the text is shown as the characters it is.
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
from macros.text.fast_path import links_if_right
from macros.text.placeholders import PLACEHOLDER, PLACEHOLDER_LINK

LINK_SCHEMES = ("https://", "http://", "mailto:")
ENTRY_LINK = re.compile(r"\[\[([^\[\]|\n]*)(?:\|([^\[\]]*))?\]\]")
_LINK_BEGUN = re.compile(r"\[\[\w")
_REFERENCES = {ord(char): f"&#{ord(char)};" for char in "!\"#&'*+:<=>@[\\]^_`{|}~"}

_ANY_TAG = re.compile(r"<[^>]*>")

LinkTo = Callable[[str], tuple[str, str]]
"""From an id to (address, title)."""


@dataclass(frozen=True, slots=True)
class TextProblem:
    """What a text may not say; `needle` is the stretch of text that says it."""

    rule: str
    message: str
    help: str
    needle: str


def escape_html(text: object) -> Markup:
    """`text` as HTML in which neither HTML nor Python-Markdown nor Jinja sees anything but text.

    Every character that could be markup becomes a numeric reference, so that the text may stand inside
    a Markdown page (also in a heading, where attribute lists are read) and inside an HTML attribute.
    """
    return Markup(str(text).translate(_REFERENCES))


def escape_title(text: str) -> str:
    """`text` as HTML for a page's title, which MkDocs prints as it is and mkdocs-macros renders where it has braces."""
    return str(escape(text)).replace("{", "&#123;").replace("&#39;", "’")


def render_text(text: str, link_to: LinkTo, *, block: bool = True) -> Markup:
    """`text` as HTML: paragraphs, lists and tables where `block`, else the inside of one paragraph."""
    env = {"link_to": link_to}
    markdown = _markdown(any_link=False)
    return Markup(markdown.render(text, env) if block else markdown.renderInline(_one_line(text), env))


def plain_text(text: str, title_of: Callable[[str], str]) -> str:
    """A text field as the words that readers see, without markup; `title_of` names the entry that an id stands for."""
    return unescape(_ANY_TAG.sub("", render_text(text, lambda named: ("", title_of(named)), block=False)))


def placeholders(text: str) -> Iterator[TextProblem]:
    """Words that mark a text as unfinished: the first of them."""
    if match := PLACEHOLDER.search(text):
        yield TextProblem("placeholder", f"'{match[0]}' marks unfinished text", "finish it, or take it out", match[0])


def text_problems(text: str) -> Iterator[TextProblem]:
    """Everything in a text field that is refused; ids in entry links are left to the check of relations."""
    yield from placeholders(text)
    if links_if_right(text) is None:
        yield from _read_marks(text)[0]


def entry_links(text: str) -> tuple[tuple[str, str], ...]:
    """The ids that `[[id]]` and `[[id|label]]` name in `text`, in order, each with how it is written: `[[id]]` or `[[id|`."""
    if "[[" not in text:
        return ()
    links = links_if_right(text)
    return _read_marks(text)[1] if links is None else links


@lru_cache(maxsize=1 << 12)
def _read_marks(text: str) -> tuple[tuple[TextProblem, ...], tuple[tuple[str, str], ...]]:
    """(problems, entry links) of a text, as the parser sees it."""
    tokens = [*_flat(_markdown(any_link=True).parse(text, {}))]
    links = (token for token in tokens if token.type == "entry_link" and token.meta["id"])
    problems = tuple(problem for token in tokens for problem in _token_problems(token))
    return problems, tuple((token.meta["id"], "".join(token.content.partition("|")[:2])) for token in links)


def _token_problems(token: Token) -> Iterator[TextProblem]:
    if token.type == "heading_open":
        yield TextProblem(
            "heading-in-text", "a text has no headings: those of the page are fixed", "use **bold**, or another field", token.meta["text"]
        )
    elif token.type == "image":
        yield TextProblem("image-in-text", "a text has no images", "say it in words, or link to it", "![")
    elif token.type == "link_open":
        yield from _link_problems(str(token.attrs.get("href", "")), token.meta.get("label", ""))
    elif token.type == "text" and _LINK_BEGUN.search(token.content):
        yield TextProblem(
            "broken-link", "a link to an entry is not whole", "write [[its-id]] or [[its-id|words]]; in a table [[its-id\\|words]]", "[["
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
            "link-scheme", f"'{short(address)}' is not a link that a text may have",
            f"begin it with {' or '.join(LINK_SCHEMES)}; link to an entry with [[its-id]]", address,
        )  # fmt: skip


def _flat(tokens: list[Token]) -> Iterator[Token]:
    """Every token, also inside paragraphs; links know their label, headings their text."""
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            token.meta["text"] = tokens[index + 1].content
        if token.type == "link_open":
            inside = takewhile(lambda token: token.type != "link_close", (tokens[i] for i in range(index + 1, len(tokens))))
            token.meta["label"] = "".join(token.content for token in inside)
        yield token
        yield from _flat(token.children or [])


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
    """markdown-it's own renderer, with all text made inert for the Markdown page around it."""

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
    if name == "style":  # a table's column: the only style that markdown-it writes; a strict policy refuses it
        name, value = "class", value.replace("text-align:", "align-")
    return f' {name}="{escape_html(value)}"'


@lru_cache(maxsize=2)
def _markdown(*, any_link: bool) -> MarkdownIt:
    """The parser: for checks it reads any link, so that each can be named; what is rendered has allowed links only."""
    markdown = MarkdownIt("commonmark", {"html": False}, renderer_cls=_EscapingRenderer).enable("table")
    markdown.disable(["html_block", "html_inline", "reference", "hr"])
    if any_link:
        markdown.disable("emphasis")  # nothing that is looked for depends on it, and it takes a third of the time
    markdown.validateLink = lambda address: any_link or address.lower().startswith(LINK_SCHEMES)
    markdown.inline.ruler.before("link", "entry_link", _entry_link_rule)
    return markdown


def _one_line(text: str) -> str:
    return " ".join(text.split())
