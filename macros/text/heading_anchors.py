"""The anchors that a page written in Markdown will have.

`anchors_in` takes Markdown and HTML with code removed, and returns anchors in no particular order.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import unescape

_EXPLICIT_ANCHOR = re.compile(r"""\{:?[^{}\n]*?\#(?P<mark>[A-Za-z_][\w:.-]*)[^{}\n]*\}|\bid\s*=\s*["'](?P<id>[^"'\s]+)["']""")
_HEADING = re.compile(r"^#{1,6}[ \t]*(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)
_ATTRIBUTES = re.compile(r"[ \t]*\{:?[^{}\n]*\}$")
_MARKUP = re.compile(r"<[^>]*>|[`*]|!?\[([^\]]*)\]\([^)]*\)")


def anchors_in(prose: str) -> tuple[str, ...]:
    """Returns explicit anchors, and those that Python-Markdown's `toc` extension makes from the words of other headings."""
    found = dict.fromkeys(unescape(match["mark"] or match["id"]) for match in _EXPLICIT_ANCHOR.finditer(prose))
    for slug in _slugs(prose):
        _add_unique(found, slug)
    return tuple(found)


def heading_slugs(prose: str) -> frozenset[str]:
    """Returns what the `toc` extension makes of the words of headings that have no anchor of their own."""
    return frozenset(_slugs(prose))


def _slugs(prose: str) -> Iterator[str]:
    for heading in _HEADING.findall(prose):
        words = _ATTRIBUTES.sub("", heading)
        if not _EXPLICIT_ANCHOR.search(heading):
            yield _slug(unescape(_MARKUP.sub(lambda match: match[1] or "", words)))


def _add_unique(found: dict[str, None], anchor: str) -> None:
    number = 0
    while (name := f"{anchor}_{number}" if number else anchor) in found:
        number += 1
    found[name] = None


def _slug(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip().lower())
