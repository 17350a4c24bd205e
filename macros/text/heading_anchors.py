"""The headings of a page written in Markdown, and the anchors that the page will have.

`headings_in` and `anchors_in` take the prose of a page (see `page_source.py`) and its text, of the same length. They return what
Python-Markdown and its extensions `toc` and `attr_list` make of it, so that the check knows a page's anchors before it is built.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from html import unescape
from itertools import count

from markdown_it import MarkdownIt

from macros.files.memo import remembered
from macros.text.page_source import CALL, NotReadable, PageSource, tokens
from macros.text.page_source import prose as prose_of

_MARK = re.compile(r"\{:?[^{}\n]*?\#([A-Za-z_][\w:.-]*)(?![\w:.\0-])[^{}\n]*\}")
_ID = re.compile(r"""\bid\s*=\s*["']([^"'\s]+)["']""", re.IGNORECASE)
_HEADING = re.compile(
    r"^(?:(?:(?: {0,3}> ?+)+| {0,3}(?:[-*+]|\d+\.) +| {4,}|\t+)?(?P<hashes>\#{1,6})(?P<words>[^\n]*)$"
    r"|(?P<line>[^\n\#][^\n]*)\n(?P<under>[=-]+)[ \t]*$)",
    re.MULTILINE,
)
"""A line that begins with #, also in a quotation or a list; or a line that is underlined with = or -."""
_ATTRIBUTES = re.compile(r"(?<=[ \t])\{:?[ ]*([^}\n ][^\n]*)\}[ \t]*$")
_CLOSING = re.compile(r"[ \t]*\#*[ \t]*$")
_OWN_ANCHOR = re.compile(r"""(?:^|\s)(?:\#|id=["']?)([^\s"'}]*)""")
_MAY_BE_MARKUP = re.compile(r"[*_`\[<&\\!]")
_ENDS_PARAGRAPH = re.compile(r"#{1,6}|[=-]+[ \t]*$")
_NUMBERED = re.compile(r"(.*)_([0-9]+)")


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading. `slug` is the anchor that its words give; `anchor` is the one that it has, `is_own` if somebody wrote it.

    `start` and `end` are its place in the text, without the marks round it. An anchor that a call makes holds CALL.
    """

    level: int
    words: str
    slug: str
    anchor: str
    is_own: bool
    start: int
    end: int


@lru_cache(maxsize=1 << 8)
def headings_in(prose: str, text: str = "") -> tuple[Heading, ...]:
    """Returns the headings in their order. Words inside code are blank in `prose`; they are taken from `text`."""
    prose, text = (each.replace("\r\n", " \n").replace("\r", "\n") for each in (prose, text or prose))  # each place stays where it is
    found = [_read(match, prose, text) for match in _HEADING.finditer(prose) if match["hashes"] or _is_underlined(match.start(), text)]
    taken = {unescape(mark) for mark in _MARK.findall(prose)} | {own for *_, own in found if own}
    return tuple(_numbered(found, text, taken))


def anchors_in(prose: str, text: str = "") -> tuple[str, ...]:
    """Returns every anchor of the page: those that somebody wrote, and those that its headings get."""
    written = (unescape(anchor) for pattern in (_MARK, _ID) for anchor in pattern.findall(prose) if CALL not in anchor)
    of_headings = (heading.anchor for heading in headings_in(prose, text) if CALL not in heading.anchor)
    return tuple(dict.fromkeys((*written, *of_headings)))


@remembered(lambda text: text)
def anchors_of_text(text: str) -> frozenset[str]:
    """Returns the anchors in the text of a page written by hand, without those that its macro calls add; none if it cannot be read."""
    try:
        return frozenset(anchors_in(prose_of(text, tokens(text)), text))
    except NotReadable:
        return frozenset()


def anchors_of_page(page: PageSource) -> frozenset[str]:
    """Returns the same of a page that was taken apart before."""
    try:
        return frozenset(anchors_in(page.prose, page.text))
    except NotReadable:
        return frozenset()


def paths_of(headings: Iterable[Heading]) -> tuple[tuple[str, ...], ...]:
    """Returns the words of each heading below those that it stands under, but for the title of the page: `("2024", "Results")`."""
    paths, above = [], list[tuple[int, str]]()
    for heading in headings:
        above = [*((level, words) for level, words in above if level < heading.level), (heading.level, heading.words)]
        paths.append(tuple(words for level, words in above if level > 1 or len(above) == 1))
    return tuple(paths)


def slug_of_heading(words: str) -> str:
    """Returns the anchor that Python-Markdown makes of words: Latin letters without accents, digits, hyphens and underscores."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip().lower())


def _is_underlined(start: int, text: str) -> bool:
    """Whether the line that begins at `start` may make a heading with what is below it: it is the first of its paragraph, and not indented."""
    line_above = text[:start].removesuffix("\n").rpartition("\n")[2].rstrip()
    return not text[start].isspace() and (not line_above or bool(_ENDS_PARAGRAPH.match(line_above)))


def _read(match: re.Match[str], prose: str, text: str) -> tuple[int, int, int, str | None]:
    """(level, start, end, the anchor that somebody wrote, if any) of a heading."""
    start, end = match.span("words" if match["hashes"] else "line")
    start += len(text[start:end]) - len(text[start:end].lstrip())
    level = len(match["hashes"]) if match["hashes"] else 1 if match["under"].startswith("=") else 2
    attributes = _ATTRIBUTES.search(prose, start, end)
    if attributes is None or "}" in attributes[1]:
        return level, start, start + _CLOSING.search(text[start:end]).start(), None
    own = _OWN_ANCHOR.search(attributes[1])
    return level, start, start + len(text[start : attributes.start()].rstrip()), unescape(own[1]) if own else None


def _numbered(found: list[tuple[int, int, int, str | None]], text: str, taken: set[str]) -> Iterator[Heading]:
    """A heading whose anchor is taken, or that has no words for one, gets a number, as in Python-Markdown."""
    numbers: dict[str, int] = {}
    for level, start, end, own in found:
        words = _plain(text[start:end].strip())
        slug = slug_of_heading(words)
        anchor = _free(slug, taken, numbers) if own is None else own
        taken.add(anchor)
        yield Heading(level, words, slug, anchor, own is not None, start, end)


def _free(slug: str, taken: Collection[str], numbers: dict[str, int]) -> str:
    """`slug`, or `slug` with the next number; `numbers` holds the last one that each got, so that a thousand headings take no longer each."""
    if slug and slug not in taken:
        return slug
    numbered = _NUMBERED.fullmatch(slug)
    name, number = (numbered[1], int(numbered[2])) if numbered else (slug, 0)
    number = next(each for each in count(numbers.get(slug, number) + 1) if f"{name}_{each}" not in taken)
    numbers[slug] = number
    return f"{name}_{number}"


def is_plain(words: str) -> bool:
    """Returns whether the words of a heading are no markup and call no macro."""
    return not _MAY_BE_MARKUP.search(words) and "{" not in words


def _plain(markdown: str) -> str:
    """The words that readers see: without markup, tags and pictures."""
    if not _MAY_BE_MARKUP.search(markdown):
        return " ".join(markdown.split())
    tokens = _inline().parseInline(markdown)[0].children or ()
    shown = (" " if token.type.endswith("break") else token.content for token in tokens if token.type not in ("html_inline", "image"))
    return " ".join("".join(shown).split())


@cache
def _inline() -> MarkdownIt:
    return MarkdownIt("commonmark")
