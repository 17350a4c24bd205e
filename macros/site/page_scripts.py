"""Which scripts a page loads: those that have something to do on it.

A script whose first line is "// Only for pages with `data-sortable` or `data-other`." is left out of pages whose text has none of these words.
`wanted_words` takes the playbook's folder; `without_idle_scripts` takes a page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from macros.files.layout import DOCS

_FOLDER = "assets/js/"
_FIRST_LINE = re.compile(r"// Only for pages with (?P<words>`.+)")
_WORD = re.compile(r"`([^`]+)`")
_SCRIPT = re.compile(rf'<script\b[^>]*\bsrc="(?:[^"]*/)?{_FOLDER}(?P<name>[\w.-]+)"[^>]*></script>\n?')


def wanted_words(root: Path) -> Mapping[str, tuple[str, ...]]:
    """Returns, for each script in docs/assets/js/ that says so, the words that a page has if the script is of use on it."""
    firsts = ((file.name, _FIRST_LINE.match(_first_line(file))) for file in sorted((root / DOCS / _FOLDER).glob("*.*js")))
    return {name: tuple(_WORD.findall(found["words"])) for name, found in firsts if found}


def without_idle_scripts(html: str, text: str, wanted: Mapping[str, tuple[str, ...]]) -> str:
    """Returns the HTML round the text of a page without the scripts that have nothing to do there."""

    def keep(found: re.Match[str]) -> str:
        words = wanted.get(found["name"])
        return found[0] if words is None or any(word in text for word in words) else ""

    return _SCRIPT.sub(keep, html)


def _first_line(file: Path) -> str:
    with file.open(encoding="utf-8", errors="replace") as opened:
        return opened.readline()
