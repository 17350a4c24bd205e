"""What readers get of a text, in a form that two texts share exactly where their pages are the same.

`canonical` returns that form, in which a link leads to an id and not to an address.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from html import escape

from markdown_it.token import Token

from macros.schema.fields import TextForm
from macros.text.parse import one_space, parse_text

ONLY_WORDS = re.compile(r"[^\W\d_][^\n\r\\`*_\[\]<>&|~#!]*\n?")
"""A paragraph on one line in which nothing can be markup: most texts, which need no parser."""

ShowLink = Callable[[str, str | None], str]
"""From an id and the words of its link, None for its title, to what stands for the link."""


def with_id(id: str, words: str | None) -> str:
    """A link as its id and its words: where it leads counts."""
    return f'<a id="{escape(id)}">{"" if words is None else f"<b>{escape(words)}</b>"}</a>'


def words_alone(_id: str, words: str | None) -> str:
    """A link as its words: an id may be renamed without a change of meaning."""
    return "[[]]" if words is None else escape(words)


@lru_cache(maxsize=1 << 13)
def canonical(text: str, form: TextForm, show_link: ShowLink = with_id) -> str:
    """Returns elements and words. White space that no browser shows is left out; `plain` texts are their characters."""
    if form != "plain" and ONLY_WORDS.fullmatch(text):
        words = one_space(escape(text.rstrip()))  # as the parser does, which takes white space of every kind from the ends
        return f"<p>{words}</p>" if form == "block" else words
    return "".join(_written(parse_text(text, form).tokens, show_link)).strip()


def _written(tokens: Sequence[Token], show_link: ShowLink) -> Iterator[str]:
    for token in tokens:
        if token.children is not None:
            yield one_space("".join(_written(token.children, show_link)))
        elif token.type == "entry_link":
            yield show_link(token.meta["id"], token.meta["label"])
        elif token.type == "softbreak":
            yield " "
        elif token.type in ("fence", "code_block"):
            yield f"<pre><code>{escape(token.content)}</code></pre>"
        elif token.tag and not token.hidden:
            yield _tag(token)
        else:
            yield escape(token.content)


def _tag(token: Token) -> str:
    if token.nesting < 0:
        return f"</{token.tag}>"
    attributes = "".join(f' {name}="{escape(str(value))}"' for name, value in sorted(token.attrs.items()))
    closed = f"{escape(token.content)}</{token.tag}>" if token.type == "code_inline" else ""
    return f"<{token.tag}{attributes}>{closed}"
