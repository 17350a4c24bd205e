"""The version that a page names: put in last, so that a page is not finished again for a release, nor for the first change after one.

A finished page holds `VERSION` where it names the version, `DATED_VERSION` where it says the day of that too, and the marks of citations.
`name_version` returns the page as readers get it, and where it names the version; `rename_version` takes both, and names another one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import quote

from macros.pages.citation import MARKS
from macros.text.markdown import escape_html

VERSION = "playbook-version to-be-named"
"""Stands for the version, in a text as it is and in an address percent-encoded."""
DATED_VERSION = "playbook-version to-be-dated"
"""Stands for the version and its day, in a text."""
_IN_ADDRESS = quote(VERSION, safe="")
_STANDS = re.compile(f"({'|'.join(map(re.escape, (VERSION, DATED_VERSION, _IN_ADDRESS, *MARKS)))})")

Named = tuple[tuple[int, str], ...]
"""Each place where a page names its version: how many characters come before it, and what stands for the version there."""


class VersionWords(NamedTuple):
    """A version as pages name it, alone and with the day of its release; and what stands for each mark of a citation, as HTML."""

    version: str
    dated: str
    cited: Mapping[str, str] = MappingProxyType({})


def name_version(html: str, version: VersionWords) -> tuple[str, Named]:
    """Returns a finished page with the version that it names, and where it does."""
    said, named, length = _said(version), [], 0
    parts = _STANDS.split(html)
    for index, part in enumerate(parts):
        if part in said:
            named.append((length, part))
            parts[index] = said[part]
        length += len(parts[index])
    return "".join(parts), tuple(named)


def rename_version(html: str, named: Named, old: VersionWords, new: VersionWords) -> tuple[str, Named]:
    """Returns a page that names the `old` version in the places `named` with the `new` one, and where it names that."""
    said, parts, end = _said(old), [], 0
    for start, stands in named:
        parts += html[end:start], stands
        end = start + len(said[stands])
    return name_version("".join((*parts, html[end:])), new)


def _said(words: VersionWords) -> Mapping[str, str]:
    alone, dated = (str(escape_html(text)) for text in (words.version, words.dated))
    return {VERSION: alone, DATED_VERSION: dated, _IN_ADDRESS: quote(words.version, safe=""), **words.cited}
