"""The plan of a site as files that any engine builds: a page is Markdown with front matter, in a folder of its own.

`page_files` takes a plan, and yields the path of each file below the engine's folder of pages, with its content.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from macros.files.layout import DOCS
from macros.pages.catalogue import Page
from macros.playbook import urls
from macros.site.plan import PlannedPage, SitePlan
from macros.text.links import addresses
from macros.text.page_source import Token, prose

MARKDOWN_ENDING = ".md"


def page_files(plan: SitePlan) -> Iterator[tuple[str, bytes]]:
    """Yields every page and every file beside the pages, but for those that lie in docs/ as they are."""
    for page in plan.pages.values():
        yield page_file(page.url), _text_of(plan, plan.planned(page)).encode()
    yield from plan.files.items()


def page_file(url: str) -> str:
    """Returns where the page at `url` lies: `barriers/data-sharing/index.md`. There, links in HTML hold for engines that take them as links of the file."""
    return f"{url}index{MARKDOWN_ENDING}"


def _text_of(plan: SitePlan, planned: PlannedPage) -> str:
    """JSON is YAML too, so front matter written as JSON needs no care with quotes; letters stay, since YAML reads no two escapes as one letter."""
    text = planned.markdown if planned.page.is_generated else _Links(plan, planned.page).moved(planned.markdown)
    return f"---\n{json.dumps(planned.front, ensure_ascii=False, default=str)}\n---\n\n{text}\n"


@dataclass(frozen=True)
class _Links:
    """The links of a page written by hand, which are those of its file."""

    plan: SitePlan
    page: Page

    def moved(self, text: str) -> str:
        """The text with its links to files as they are from the page's new folder."""
        pieces, end = [], 0
        bare = prose(text, [Token(0, len(text), "data", text)])
        for found in sorted(addresses(bare), key=lambda address: address.start):
            if found.is_markdown and found.start >= end:
                pieces += [text[end : found.start], self._moved(found.text)]
                end = found.start + len(found.text)
        return "".join([*pieces, text[end:]])

    @cached_property
    def _files(self) -> frozenset[str]:
        """What the site has beside its pages."""
        return self.plan.ledger.current.static_files | self.plan.files.keys()

    def _moved(self, address: str) -> str:
        path, mark, rest = _split(address)
        if not path or path.startswith("/") or urlsplit(address).scheme:
            return address
        target = posixpath.normpath(posixpath.join(posixpath.dirname(self.page.path), path))
        file = target.removeprefix(f"{DOCS}/")
        page = self.plan.ledger.current.catalogue.at(target)
        if page.url in self.plan.pages and path.endswith(MARKDOWN_ENDING):
            file = page_file(page.url)
        elif file not in self._files:
            return address  # an address of the site, which holds from any folder of the page
        return urls.relative(file, self.page.url) + mark + rest


def _split(address: str) -> tuple[str, str, str]:
    """The path of an address, and what follows its first `#` or `?`."""
    at = next((index for index, sign in enumerate(address) if sign in "#?"), len(address))
    return address[:at], address[at : at + 1], address[at + 1 :]
