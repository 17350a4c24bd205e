"""Shells: pages that an engine builds in the place of many, which finishing fills with the title and the text of each.

`shells_for` returns the pages for the engine. A `Shell` takes what the engine made of one, and gives whole pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from macros.pages.catalogue import Page, PageKind
from macros.playbook.urls import page_source
from macros.site.plan import PlannedPage
from macros.site.slots import parts_of, whole_of

SHELLS = "playbook-shell/"
"""The folder of the shells, one for each depth of folders, so that every link of the theme is right in the pages that they stand for."""
_FILLED: frozenset[PageKind] = frozenset(("entry", "part"))
_TITLE, _DESCRIPTION, _HEADING = "playbook-shell-title", "playbook-shell-description", "playbook-shell-heading"
_MARKDOWN_HEADING = re.compile(r"^(?P<level>#{2,6}) (?P<words>.*?) \{: #(?P<anchor>[^\s}]+) \}$", re.MULTILINE)
_HTML_HEADING = re.compile(rf'<h2 id="{_HEADING}">.*?</h2>', re.DOTALL)


def is_filled(page: Page) -> bool:
    """Returns whether a shell stands for the page."""
    return page.kind in _FILLED


def shell_at(url: str) -> str:
    """Returns the address of the shell for the page at `url`."""
    return SHELLS + "x/" * (url.count("/") - 1)


def shells_for(pages: Iterable[Page]) -> dict[str, Page]:
    """Returns the shells that these pages need, by their paths."""
    urls = dict.fromkeys(shell_at(page.url) for page in pages if is_filled(page))
    return {page_source(url): Page(url, _TITLE, page_source(url), "shell") for url in urls}


def planned_shell(shell: Page) -> PlannedPage:
    """Returns a shell as an engine takes it; it has one heading, from which the form of all is taken."""
    front = {"title": _TITLE, "description": _DESCRIPTION, "hide": ["toc"]}
    return PlannedPage(shell, front, f"## {_HEADING} {{: #{_HEADING} }}")


@dataclass(frozen=True)
class Shell:
    """What an engine made of the shell."""

    html: str

    @cached_property
    def _around(self) -> tuple[str, str]:
        before, _, after = parts_of(self.html)
        return before, after

    @cached_property
    def _heading(self) -> str:
        """A heading as the engine writes it."""
        return _HTML_HEADING.search(self.html)[0]

    def filled(self, planned: PlannedPage) -> str:
        """Returns the HTML of a page, as the engine would have built it."""
        text = self.text(planned.markdown)
        before, after = (part.replace(_TITLE, planned.front["title"]).replace(_DESCRIPTION, planned.front["description"]) for part in self._around)
        return whole_of(before, text, after)

    def text(self, markdown: str) -> str:
        """Returns the HTML of a text that is finished but for its headings."""
        return _MARKDOWN_HEADING.sub(self._as_html, markdown)

    def _as_html(self, found: re.Match[str]) -> str:
        tag = f"h{len(found['level'])}"
        html = self._heading.replace(f">{_HEADING}", f">{found['words']}").replace(_HEADING, found["anchor"])
        return f"<{tag}{html.removeprefix('<h2').removesuffix('h2>')}{tag}>"
