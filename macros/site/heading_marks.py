"""The marks beside headings that link to them: each says to what, for those who hear all links of a page one after the other.

`with_named_marks` takes the HTML of a text, and returns it with a name for each mark that has none.
"""

from __future__ import annotations

import re

_MARK = re.compile(r'<h(?P<level>[1-6])\b[^>]*>(?P<words>(?:(?!</h(?P=level)>).)*?)<a class="headerlink"(?P<rest>[^>]*)', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_NAMED = "aria-label="


def with_named_marks(html: str) -> str:
    """Returns the text in which the mark of a heading is named after it, and after the headings above it where others have the same words."""
    path: dict[int, str] = {}
    names: set[str] = set()

    def named(found: re.Match[str]) -> str:
        level = int(found["level"])
        for below in [other for other in path if other >= level]:
            del path[below]
        path[level] = " ".join(_TAG.sub("", found["words"]).split()).replace('"', "&quot;")
        above = [path[other] for other in sorted(path, reverse=True)]
        name = next((", ".join(above[:most]) for most in range(1, len(above) + 1) if ", ".join(above[:most]) not in names), ", ".join(above))
        names.add(name)
        return found[0] if _NAMED in found["rest"] else f'{found[0]} aria-label="Link to: {name}"'

    return _MARK.sub(named, html)
