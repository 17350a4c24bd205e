"""What the settings and the style sheets have every page load from another site, which would learn who reads it.

`loads_from_elsewhere` takes the settings and the playbook's folder. It returns a problem at each setting, and at each address in a style sheet.
`diagrams_in_pages` takes the settings and the pages. It returns a problem at each diagram for which a page would load a program.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from macros.engines.mkdocs.settings import SiteSettings
from macros.files.layout import DOCS
from macros.files.read import read_bytes
from macros.playbook.urls import host_of
from macros.problems.problem import Problem, short
from macros.site.links import addresses_in_css
from macros.text.page_source import NotReadable, PageSource
from macros.yamlfile.source import SourceText, decode

_ASKED_FOR_STARS = re.compile(r"github\.com/|gitlab", re.IGNORECASE)
"""What the theme's script finds in the address of a repository that it asks for its numbers."""
_DRAWS = "mermaid"
"""The class of diagrams that the theme's script draws, with a program that it fetches unless a page has it already."""
_DRAWN = re.compile(rf"""<pre\b[^>]*?\bclass\s*=\s*(?:"[^">]*?(?<![\w-])|'[^'>]*?(?<![\w-])|){_DRAWS}(?![\w-])[^>]*>""", re.IGNORECASE)
_FETCHES = "would load the program that draws it from another site, which would learn who reads the page"
_SAVE_PROGRAM = f"save mermaid.min.js as {DOCS}/assets/js/mermaid.min.js, and add `- assets/js/mermaid.min.js` to `extra_javascript:`"


def loads_from_elsewhere(settings: SiteSettings, root: Path) -> Iterator[Problem]:
    """What is wrong with settings, and with style sheets of every page."""
    if settings.get("extra", "analytics"):
        message = "every page would tell another site who reads it"
        yield settings.problem(("extra", "analytics"), "site-setting", message, "remove it: nothing that readers do is recorded", key=True)
    repository = settings.get("repo_url")
    if isinstance(repository, str) and _ASKED_FOR_STARS.search(repository):
        message = f"every page would ask '{short(host_of(repository) or repository)}' for the numbers of the repository, and that site would learn who reads it"
        help = "remove it: `repository` in playbook_data/playbook.yml puts a link to each page's file on the page"
        yield settings.problem(("repo_url",), "site-setting", message, help)
    yield from _diagrams(settings)
    rows = settings.get("extra_css")
    seen: set[str] = set()
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, str) and not host_of(row):
            yield from _loaded_by_styles(root, f"{DOCS}/{row}", seen)


def _diagrams(settings: SiteSettings) -> Iterator[Problem]:
    options = settings.options("markdown_extensions").get("pymdownx.superfences")
    fences = options.get("custom_fences") if isinstance(options, dict) else None
    draws = any(isinstance(fence, dict) and fence.get("class") == _DRAWS for fence in fences if isinstance(fences, list)) if fences else False
    if draws and not any(_DRAWS in name for name in _scripts(settings)):
        yield settings.problem(("markdown_extensions",), "site-setting", f"a page with a diagram {_FETCHES}", _SAVE_PROGRAM, key=True)


def diagrams_in_pages(settings: SiteSettings, pages: Mapping[str, PageSource]) -> Iterator[Problem]:
    """Diagrams that pages written by hand have as HTML."""
    if any(_DRAWS in name for name in _scripts(settings)):
        return
    for source in pages.values():
        for found in _DRAWN.finditer(_prose(source)) if _DRAWS in source.text.lower() else ():
            at = tuple(source.source.mark_at(source.begins + index) for index in found.span())
            help = f"{_SAVE_PROGRAM} in mkdocs.yml; or save the diagram as a picture"
            yield source.source.problem(at, "dead-link", f"for this diagram, the page {_FETCHES}", help)


def _prose(source: PageSource) -> str:
    try:
        return source.prose
    except NotReadable:  # the page is told as one whose calls are wrong
        return ""


def _scripts(settings: SiteSettings) -> Iterator[str]:
    rows: Any = settings.get("extra_javascript")
    for row in rows if isinstance(rows, list) else ():
        yield str(row.get("path") if isinstance(row, dict) else row).lower()


def _loaded_by_styles(root: Path, path: str, seen: set[str]) -> Iterator[Problem]:
    """What a style sheet of every page, and those that it takes in, have browsers load from other sites."""
    if path in seen or not (root / path).is_file():
        return
    seen.add(path)
    data = read_bytes(root, path)
    source = decode(path, data) if isinstance(data, bytes) else data
    for start, end in addresses_in_css(source.text) if isinstance(source, SourceText) else ():
        address = source.text[start:end]
        if host_of(address):
            message = f"every page would load '{short(address)}', and that site would learn who reads it"
            help = f"save the file below {DOCS}/assets/, and write the way to it from this one"
            yield source.problem((source.mark_at(start), source.mark_at(end)), "site-setting", message, help)
        elif address.endswith(".css"):
            inner = (root / PurePosixPath(path).parent / address).resolve()
            yield from _loaded_by_styles(root, inner.relative_to(root.resolve()).as_posix(), seen) if inner.is_relative_to(root.resolve()) else ()
