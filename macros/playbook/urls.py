"""Every URL and anchor, in one place.

Enters: entries and pages. Leaves: addresses inside the site, without a leading slash; `relative` turns them into links.
"""

from __future__ import annotations

import posixpath

from macros.schema.entry import Entry
from macros.schema.settings import Settings


def kind_url(folder: str) -> str:
    """`barriers/`."""
    return f"{folder}/"


def entry_url(entry: Entry) -> str:
    """`barriers/data-sharing/`."""
    return f"{entry.kind.folder}/{entry.id}/"


def page_source(url: str) -> str:
    """The Markdown file that MkDocs makes `url` from: `barriers/data-sharing.md`, `barriers/index.md` for a list."""
    return f"{url}index.md" if url.count("/") <= 1 else f"{url.rstrip('/')}.md"


def relative(url: str, page_url: str) -> str:
    """The link from the page at `page_url` to `url`; it holds under any prefix and in any version."""
    folder = page_url if page_url.endswith("/") else posixpath.dirname(page_url)
    way = posixpath.relpath(url or ".", folder or ".")
    return f"{way}/" if url.endswith("/") or not url else way


def edit_url(settings: Settings, file: str) -> str | None:
    """Where `file` can be edited in a browser, or None where the files are not public."""
    if settings.repository is None:
        return None
    return f"{settings.repository.url.rstrip('/')}/edit/{settings.repository.branch}/{file}"


CHANGES = "changes/"
"""The address of the page on all releases."""


def comparison_url(before: str, after: str) -> str:
    """`changes/1.0.0-to-1.1.0/`."""
    return f"{CHANGES}{before}-to-{after}/"


def anchor_of(version: str) -> str:
    """`release-1-1-0`."""
    return f"release-{version.replace('.', '-')}"
