"""The one reading of a text field: the check, the pages, the diff, the fingerprints and the exports all ask it.

`parse_text` takes a text and its form, and returns a `ParsedText`: what the text says, where it leads and what is wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, autolink, image, link
from markdown_it.token import Token

from macros.schema.fields import TextForm
from macros.text.refused import LINK_SCHEMES, TextProblem, as_in_a_cell, is_cell, problems_in, source_problems, structure_problem

ENTRY_LINK = re.compile(r"\[\[([^\[\]|\n]*)(?:\|([^\[\]]*))?\]\]")
_SPACE = re.compile(r"[ \t\n\r\f\x85\u2028\u2029]+")
"""What a page shows as one space. A space that does not break is no such space, and stays."""

Rule = Callable[[StateInline, bool], bool]


@dataclass(frozen=True, slots=True)
class ParsedText:
    """A text as it is understood. `tokens` are those of markdown-it; what is refused is in them as the characters that were written.

    `links` are the ids that `[[id]]` and `[[id|label]]` name, each with how its link begins: `[[id]]` or `[[id|`. `addresses` are those of
    other links.
    """

    tokens: tuple[Token, ...]
    problems: tuple[TextProblem, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    addresses: tuple[str, ...] = ()


def one_space(text: str) -> str:
    """Returns `text` on one line, as a browser lays it out: line breaks carry no meaning."""
    return _SPACE.sub(" ", text).strip(" ")


@lru_cache(maxsize=1 << 10)
def parse_text(text: str, form: TextForm) -> ParsedText:
    """Returns the reading of `text`. In the form `plain` its characters are just that; so is what a line begins with: `# of people`."""
    if form == "plain":
        return ParsedText((_characters(one_space(text)),))
    if form == "line" and "\n" in text.strip() and (problem := structure_problem(text, _markdown().parse(text.strip()))):
        return ParsedText((_characters(one_space(text)),), (problem,))
    tokens = _markdown().parse(text) if form == "block" else _markdown().parseInline(one_space(text))
    problems = (*problems_in(tokens), *(source_problems(text, tokens) if form == "block" else ()))
    kept = tuple(_as_written(token) for token in tokens)
    inside = [child for token in kept for child in token.children or ()]
    return ParsedText(kept, problems, tuple(_links(kept)), tuple(str(token.attrs["href"]) for token in inside if token.type == "link_open"))


def _links(tokens: tuple[Token, ...]) -> Iterator[tuple[str, str]]:
    for index, token in enumerate(tokens):
        for inner in token.children or ():
            if inner.type == "entry_link":
                begins = inner.meta["begins"]
                yield inner.meta["id"], as_in_a_cell(begins) if is_cell(tokens, index) else begins


def _is_whole(link: Token) -> bool:
    """Whether a link to an entry names one, and has a label that readers can see, if it has one."""
    return bool(link.meta["id"]) and not link.meta["id"].endswith("\\") and link.meta["label"] != ""


def _may_lead(link: Token) -> bool:
    """Whether a text may link to an address."""
    return str(link.attrs.get("href", "")).lower().startswith(LINK_SCHEMES)


@cache
def _markdown() -> MarkdownIt:
    """The parser. It takes any link for one, so that each that leads astray can be told; `text_join` would hide which signs were escaped."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    markdown.disable(["html_block", "html_inline", "reference", "text_join"])
    markdown.validateLink = lambda _: True
    markdown.inline.ruler.before("link", "entry_link", _entry_link)
    for name, rule in (("link", link), ("image", image), ("autolink", autolink)):
        markdown.inline.ruler.at(name, _keeping_source(rule))
    return markdown


def _entry_link(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
    match = ENTRY_LINK.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        token = state.push("entry_link", "a", 0)
        token.content = match[0]
        label = None if match[2] is None else one_space(match[2])
        token.meta = {"id": match[1].strip(), "label": label, "begins": "".join(match[0].partition("|")[:2])}
    state.pos = match.end()
    return True


def _keeping_source(rule: Rule) -> Rule:
    """`rule`, whose first token then has the characters that it was made from."""

    def kept(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it so
        start, before = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            made = next(token for token in state.tokens[before:] if token.type in ("link_open", "image"))
            made.meta["source"] = state.src[start : state.pos]
        return True

    return kept


def _as_written(token: Token) -> Token:
    """`token`, with each image in it, and each link that leads nowhere, as the characters that it was written in."""
    return token.copy(children=[*_without_refused(token.children)]) if token.children else token


def _without_refused(children: list[Token]) -> Iterator[Token]:
    is_inside_refused = False
    for token in children:
        if token.type == "image" or (token.type == "link_open" and not _may_lead(token)):
            is_inside_refused = token.type == "link_open"
            yield _text(token.meta["source"])
        elif token.type == "link_close" and is_inside_refused:
            is_inside_refused = False
        elif token.type == "entry_link" and not _is_whole(token):
            yield _text(token.content)
        elif not is_inside_refused:
            yield token


def _text(characters: str) -> Token:
    return Token("text", "", 0, content=characters)


def _characters(text: str) -> Token:
    """A line of characters without markup."""
    return Token("inline", "", 0, content=text, children=[_text(text)])
