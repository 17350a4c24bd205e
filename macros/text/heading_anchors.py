"""The anchors that a page written in Markdown will have.

`anchors_in` takes Markdown and HTML with code removed, and returns anchors in no particular order.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape

_EXPLICIT_ANCHOR = re.compile(r"""\{:?[^{}\n]*?\#(?P<mark>[A-Za-z_][\w:.-]*)[^{}\n]*\}|\bid\s*=\s*["'](?P<id>[^"'\s]+)["']""")
_HEADING = re.compile(r"^#{1,6}[ \t]*(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)
_ATTRIBUTES = re.compile(r"[ \t]*\{:?[^{}\n]*\}$")
_MARKUP = re.compile(r"<[^>]*>|[`*]|!?\[([^\]]*)\]\([^)]*\)")


def anchors_in(prose: str) -> tuple[str, ...]:
    """Returns explicit anchors, and those that Python-Markdown's `toc` extension makes from the words of other headings."""
    found = dict.fromkeys(unescape(match["mark"] or match["id"]) for match in _EXPLICIT_ANCHOR.finditer(prose))
    for heading in _HEADING.findall(prose):
        words = _ATTRIBUTES.sub("", heading)
        if not _EXPLICIT_ANCHOR.search(heading):
            _add_unique(found, _slug(unescape(_MARKUP.sub(lambda match: match[1] or "", words))))
    return tuple(found)


def _add_unique(found: dict[str, None], anchor: str) -> None:
    number = 0
    while (name := f"{anchor}_{number}" if number else anchor) in found:
        number += 1
    found[name] = None


def _slug(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip().lower())
