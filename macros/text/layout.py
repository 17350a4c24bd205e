"""Of what blocks a text is made, in words for people: `2 paragraphs, list of 3`.

`layout` takes a text and its form and returns its blocks; `in_words` names them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markdown_it.token import Token

from macros.schema.fields import TextForm
from macros.text.parse import parse_text

_KINDS = {
    "bullet_list_open": "list",
    "ordered_list_open": "numbered list",
    "table_open": "table",
    "blockquote_open": "quotation",
    "heading_open": "heading",
    "fence": "code",
    "code_block": "code",
    "hr": "rule",
}
"""By the token that begins a block; any other begins a paragraph."""
_PARTS = {"bullet_list_open": "list_item_open", "ordered_list_open": "list_item_open", "table_open": "tr_open"}


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a text. `parts` are the items of a list, those of lists inside it too, or the rows of a table."""

    kind: str
    parts: int = 0


def layout(text: str, form: TextForm) -> tuple[Block, ...]:
    """Returns the blocks of a text in order; a text of another form than `block` is one paragraph."""
    return tuple(_blocks(parse_text(text, form).tokens)) if form == "block" else (Block("paragraph"),)


def in_words(blocks: Iterable[Block]) -> str:
    """Returns `2 paragraphs, list of 3, table of 2`."""
    return ", ".join(_run(block, len([*same])) for block, same in groupby(blocks))


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    for number, token in enumerate(tokens):
        if token.level == 0 and token.nesting >= 0:
            yield Block(_KINDS.get(token.type, "paragraph"), _count_of_parts(token, tokens[number + 1 :]))


def _count_of_parts(token: Token, following: Iterable[Token]) -> int:
    count = 0
    for other in following if token.type in _PARTS else ():
        if other.level == 0:
            break
        count += other.type == _PARTS[token.type]
    return count


def _run(block: Block, times: int) -> str:
    """The name of one block, or of several like it in a row."""
    size = f" of {block.parts}" if block.parts else ""
    return f"{block.kind}{size}" if times == 1 else f"{times} {block.kind}{'' if block.kind == 'code' else 's'}{size}"
