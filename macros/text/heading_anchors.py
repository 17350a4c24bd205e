"""The anchors that a page written in Markdown will have.

Enters: Markdown and HTML without the code in it. Leaves: anchors, in no order that counts.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape

_WRITTEN = re.compile(r"""\{:?[^{}\n]*?\#(?P<mark>[A-Za-z_][\w:.-]*)[^{}\n]*\}|\bid\s*=\s*["'](?P<id>[^"'\s]+)["']""")
_HEADING = re.compile(r"^#{1,6}[ \t]*(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)
_ATTRIBUTES = re.compile(r"[ \t]*\{:?[^{}\n]*\}$")
_MARKUP = re.compile(r"<[^>]*>|[`*]|!?\[([^\]]*)\]\([^)]*\)")


def anchors_in(prose: str) -> tuple[str, ...]:
    """The anchors that somebody wrote, and those that headings without one get from their words, as Python-Markdown's `toc` makes them."""
    found = dict.fromkeys(unescape(match["mark"] or match["id"]) for match in _WRITTEN.finditer(prose))
    for heading in _HEADING.findall(prose):
        words = _ATTRIBUTES.sub("", heading)
        if not _WRITTEN.search(heading):
            _add(found, _from_words(unescape(_MARKUP.sub(lambda match: match[1] or "", words))))
    return tuple(found)


def _add(found: dict[str, None], anchor: str) -> None:
    number = 0
    while (name := f"{anchor}_{number}" if number else anchor) in found:
        number += 1
    found[name] = None


def _from_words(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip().lower())
