"""Texts as Markdown that stands outside the playbook: links to entries have their whole address, and no HTML is in it.

`resolved` takes a text field and returns it as its author wrote it, but for the links. `as_markdown` takes plain text, and escapes what could be
markup in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it.token import Token

from macros.schema.fields import TextForm
from macros.text.canonical import ONLY_WORDS
from macros.text.markdown import LinkTo
from macros.text.parse import ENTRY_LINK, one_space, parse_text

_SIGNS = re.compile(r"[\\`*_\[\]<>|~]|&(?=#?\w+;)")
_BEGINS_BLOCK = re.compile(r"(?P<before>\s*(?:\d{1,9})?)(?P<sign>[#+\-=.)](?!\w))")
"""What makes a heading, a list or a rule of a line that begins with it."""
_MAY_BE_TAG = re.compile(r"(?P<kept>(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)|<(?:https?:|mailto:)[^<>\s]*>|\\.)|<(?=[A-Za-z/!?])", re.DOTALL)
"""What other programs may take for HTML; code and addresses stay as they are."""
_NUMBER = "link-"


def as_markdown(plain: str) -> str:
    """Returns Markdown that shows the characters of a plain text on one line."""
    escaped = _SIGNS.sub(r"\\\g<0>", one_space(plain))
    return _BEGINS_BLOCK.sub(r"\g<before>\\\g<sign>", escaped, count=1) if _BEGINS_BLOCK.match(escaped) else escaped


def resolved(text: str, form: TextForm, link_to: LinkTo) -> str:
    """Returns a text field as Markdown in which `[[id]]` and `[[id|label]]` are links to whole addresses."""
    if form == "plain":
        return as_markdown(text)
    if "[[" in text:
        is_link = _links_among(text, form)
        numbers = iter(range(len(text)))
        text = ENTRY_LINK.sub(lambda found: _link(found, link_to) if next(numbers) in is_link else found[0], text)
    if "<" in text:
        text = _MAY_BE_TAG.sub(lambda found: found["kept"] or r"\<", text)
    return text.strip("\n")


def shown_words(text: str, form: TextForm, title_of: Callable[[str], str]) -> str:
    """Returns what readers see of a text: the words of each paragraph, item and cell on a line of its own."""
    if form != "plain" and ONLY_WORDS.fullmatch(text):
        return one_space(text)
    return "\n".join(filter(None, (_words(token, title_of) for token in parse_text(text, form).tokens)))


def _words(token: Token, title_of: Callable[[str], str]) -> str:
    if token.children is None:
        return token.content.rstrip("\n")
    return one_space("".join(_word(inner, title_of) for inner in token.children))


def _word(token: Token, title_of: Callable[[str], str]) -> str:
    if token.type == "entry_link":
        return token.meta["label"] or title_of(token.meta["id"])
    return "\n" if token.type in ("softbreak", "hardbreak") else token.content


def _links_among(text: str, form: TextForm) -> frozenset[int]:
    """Which of the texts that look like links to entries are such links, counted from the first: what is inside code is none."""
    count = len(ENTRY_LINK.findall(text))
    if "`" not in text and "\\" not in text and "    " not in text and "\t" not in text:
        return frozenset(range(count))
    numbers = iter(range(count))
    numbered = ENTRY_LINK.sub(lambda found: found[0].replace(found[1], _numbered(found[1], next(numbers)), 1), text)
    ids = (id for id, _ in parse_text(numbered, form).links)
    return frozenset(int(id.removeprefix(_NUMBER)) for id in ids)


def _numbered(id: str, number: int) -> str:
    """What stands for an id while links are counted; in a table, a sign before the label belongs to the table."""
    return f"{_NUMBER}{number}" + id[len(id.rstrip("\\")) :]


def _link(found: re.Match[str], link_to: LinkTo) -> str:
    address, title = link_to(found[1].strip().rstrip("\\").strip())
    label = title if found[2] is None else found[2].replace("\\|", "|")
    words = _SIGNS.sub(r"\\\g<0>", one_space(label))
    return f"[{words}]({address})" if address else words
