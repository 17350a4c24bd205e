"""What a text must not contain: headings, images, links that lead nowhere, markup that no page has, and blocks where there is one line.

`problems_in` takes the tokens of a text as markdown-it made them. `structure_problem` takes those of a text that should be one paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from markdown_it.token import Token

from macros.problems.problem import short
from macros.schema.patterns import WEB_ADDRESS
from macros.text.foreign_markup import ELSEWHERE, TextProblem, foreign_markup, link_help
from macros.text.page_source import is_closed
from macros.text.placeholders import PLACEHOLDER_LINK
from macros.yamlfile.source import HIDDEN, LINE_BREAK

LINK_SCHEMES = ("https://", "http://", "mailto:")
_MARKED_LABEL = re.compile(r"(?<!\w)(?P<signs>[*_]{1,3}|`|~~|==)(?=\S).{0,200}\S(?P=signs)(?!\w)")
_EMBEDS = re.compile(r"(?:^|\s)!$")
"""What shows a part of another page where others write notes."""
_WEB_ADDRESS = re.compile(WEB_ADDRESS, re.IGNORECASE)
_INVISIBLE = re.compile(rf"{HIDDEN.pattern}|{LINE_BREAK.pattern}|\t")
_BLOCKS = {
    "bullet_list_open": "a list",
    "ordered_list_open": "a list",
    "table_open": "a table",
    "fence": "a block of code",
    "code_block": "a block of code",
    "blockquote_open": "a quotation",
    "heading_open": "a heading",
    "hr": "a rule across the page",
}
"""What a text may hold beside paragraphs, by the token that begins it."""
_DEEPEST = 12
"""Levels of tokens: a list is two, a quotation is one. What is far deeper markdown-it leaves out."""


def problems_in(tokens: Sequence[Token]) -> Iterator[TextProblem]:
    """Yields every problem of a text, but for those of the ids that it names."""
    if not any(token.content.strip() or token.type == "hr" for token in tokens):
        yield TextProblem("empty", "readers would see no words of this text", "write some, or remove the field", "")
    if any(token.level > _DEEPEST for token in tokens):
        yield TextProblem("too-deep", "lists and quotations are nested too deep to be read", "take the innermost out of the others", "")
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            yield TextProblem(
                "heading-in-text",
                "a text cannot have headings: those of the page are fixed",
                "use **bold**, or another field",
                tokens[index + 1].content,
            )
        elif token.type == "hr":
            yield from foreign_markup(token.markup[:3])
        elif token.children:
            found = (*_inline_problems(token.children), *foreign_markup(_without_markup(token.children)))
            yield from map(_in_a_cell, found) if is_cell(tokens, index) else found


def is_cell(tokens: Sequence[Token], index: int) -> bool:
    """Whether the token at `index` holds the words of a table's cell."""
    return index > 0 and tokens[index - 1].type in ("th_open", "td_open")


def as_in_a_cell(written: str) -> str:
    """Returns Markdown as it is written in a table, where a | that ends no cell has a backslash."""
    return re.sub(r"(?<!\\)\|", r"\\|", written)


def _in_a_cell(problem: TextProblem) -> TextProblem:
    help = problem.help if "\\|" in problem.help else as_in_a_cell(problem.help)
    return replace(problem, help=help, needle=as_in_a_cell(problem.needle))


def source_problems(text: str, tokens: Sequence[Token]) -> Iterator[TextProblem]:
    """Yields what the blocks of `text` would lose: words beside the columns of a table, and whatever follows code that never ends."""
    lines, columns = text.split("\n"), 0
    for index, token in enumerate(tokens):
        if token.type == "thead_open":
            row = takewhile(lambda inner: inner.type != "tr_close", tokens[index:])
            columns = sum(inner.type == "th_open" for inner in row)
        elif token.type == "tr_open":
            cells = _cells(lines[token.map[0]])
            if columns > 1 and len(cells) == 1 and "|" not in lines[token.map[0]]:
                message = f"the table above goes on until an empty line, so '{short(cells[0])}' would be a row of it"
                yield TextProblem("broken-table", message, "put an empty line above it; a row of the table has a | between its cells", cells[0])
            if len(cells) > columns and any(cells[columns:]):
                message = f"this row has {len(cells)} cells and the first has {columns}, so readers would not see '{short(cells[columns])}'"
                yield TextProblem("broken-table", message, "give each row as many cells as the first; a | in a cell is written \\|", cells[columns])
        elif token.type == "fence" and not is_closed(lines[token.map[0] + 1 : token.map[1]], token.markup):
            message = f"the code that begins with {token.markup} never ends"
            yield TextProblem("open-code", message, f"put {token.markup} on a line of its own where the code ends", token.markup)


def _cells(row: str) -> list[str]:
    """The cells of a row, as the parser divides it."""
    cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", row.strip().lstrip("> "))]
    return cells[not cells[0] : len(cells) - (not cells[-1])]


def _inline_problems(tokens: Sequence[Token]) -> Iterator[TextProblem]:
    open_marks = 0
    for index, token in enumerate(tokens):
        open_marks += token.nesting if token.tag in ("em", "strong") else 0
        if token.type == "image":
            yield TextProblem("image-in-text", "a text cannot have images", "say it in words, or link to it", "![")
        elif token.type == "link_open":
            inside = [*takewhile(lambda inner: inner.type != "link_close", tokens[index + 1 :])]
            label = "".join(inner.content for inner in inside)
            yield from _label_problems(_without_markup(inside))
            if token.markup == "autolink" and "|" in label:
                address, _, words = label.partition("|")
                yield TextProblem("broken-link", f"readers would see '{short(label)}' as it is written", link_help(words, address), f"<{label}>")
            else:
                yield from _link_problems(str(token.attrs.get("href", "")), label, token.meta["source"])
        elif token.type == "entry_link":
            yield from [*_entry_link_problems(token, is_marked=open_marks > 0)] or _label_problems(token.meta["label"] or "")
            if index and tokens[index - 1].type == "text" and _EMBEDS.search(tokens[index - 1].content):
                yield TextProblem("unknown-markup", "readers would see the ! in front of the link", "take the ! out", f"!{token.content}")
        elif token.type == "text_special" and (hidden := _INVISIBLE.search(token.content)):
            message = f"'{token.markup}' stands for an invisible character (U+{ord(hidden[0]):04X})"
            yield TextProblem("hidden-character", message, "delete it", token.markup)


def _label_problems(label: str) -> Iterator[TextProblem]:
    """What readers would see as signs in the words of a link. An address may be such words, and what only begins a paragraph is none there."""
    yield from (problem for problem in foreign_markup(f" {label}") if problem.rule in ("html-in-text", "unknown-markup"))


def _without_markup(tokens: Sequence[Token]) -> str:
    """The characters that are no markup, of a paragraph. Where a link, code or an escaped sign is, ELSEWHERE stands for it."""
    pieces, open_links = [], 0
    for token in tokens:
        if token.type in ("link_open", "link_close"):
            open_links += token.nesting
        elif token.type in ("softbreak", "hardbreak"):
            pieces.append("\n")
        elif token.type == "text" and not open_links:
            pieces.append(token.content)
        elif token.nesting == 0:
            pieces.append(ELSEWHERE)
    return "".join(pieces)


def _entry_link_problems(link: Token, *, is_marked: bool) -> Iterator[TextProblem]:
    id, label = link.meta["id"], link.meta["label"]
    if not id.strip("\\ "):
        yield TextProblem("empty-link", "a link names no entry", "write [[its-id]]", link.content)
    elif id.endswith("\\"):
        message = "only in a table does a link have a backslash before its |"
        yield TextProblem("broken-link", message, f"write [[{id.rstrip(chr(92)).rstrip()}|{label or 'words'}]]", link.content)
    elif label == "":
        yield TextProblem("empty-link", "a link has no words", f"write [[{id}]] for its title", link.content)
    elif label and (marked := _MARKED_LABEL.search(label)):
        bare = f"[[{id}|{label.replace(marked['signs'], '')}]]"
        instead = f"{marked['signs']}{bare}{marked['signs']}" if marked["signs"][0] in "*_" and not is_marked else bare
        yield TextProblem("unknown-markup", f"readers would see '{short(marked[0])}' as it is written", f"write {instead}", link.content)


def _link_problems(address: str, label: str, source: str) -> Iterator[TextProblem]:
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
    elif address.lower().startswith("http") and not _WEB_ADDRESS.search(address):
        written = source.rpartition("](")[2].strip("<>()")
        yield TextProblem("placeholder-link", f"'{short(written)}' is not an address", "write the whole address, or take the link out", written)


def structure_problem(text: str, tokens: Sequence[Token]) -> TextProblem | None:
    """Returns what would be lost if `text` were laid out as one paragraph; None if it is one. `tokens` are those of the text read as blocks."""
    lines = text.strip().split("\n")
    blocks = [token for token in tokens if token.level == 0 and token.nesting >= 0 and token.type != "inline"]
    other = next((block for block in blocks if block.type in _BLOCKS), None)
    if other or len(blocks) > 1:
        found = _BLOCKS[other.type] if other else f"{len(blocks)} paragraphs"
        return _not_one_paragraph(found, lines[(other or blocks[1]).map[0]].strip())
    is_broken = "\\\n" in text and any(token.type == "hardbreak" for token in tokens[1].children or ())
    return _not_one_paragraph("a line that ends in a backslash", "\\") if is_broken else None


def _not_one_paragraph(found: str, needle: str) -> TextProblem:
    return TextProblem("not-one-paragraph", f"expected one paragraph, found {found}", "write it as one paragraph", needle)
