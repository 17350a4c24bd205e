"""Every URL and anchor, and the way between a page's address and its Markdown file, in one place.

Addresses are inside the site, without a leading slash; `relative` turns them into links. Paths begin at the playbook's folder.
"""

from __future__ import annotations

import posixpath
import re

from macros.files.layout import DOCS
from macros.schema.entry import Entry
from macros.schema.settings import Settings

_PAGES_OF_FOLDERS = ("index", "README")
"""As `mkdocs.structure.files.File` has it: other cases are names like any other."""


def kind_url(folder: str) -> str:
    """`barriers/`."""
    return f"{folder}/"


def entry_url(entry: Entry) -> str:
    """`barriers/data-sharing/`."""
    return f"{entry.kind.folder}/{entry.id}/"


def page_source(url: str) -> str:
    """Returns the path of the file that the page at `url` is looked for in.

    `docs/barriers/data-sharing.md` for `barriers/data-sharing/`, and `docs/barriers/index.md` for the list `barriers/`.
    """
    return f"{DOCS}/{url}index.md" if url.count("/") <= 1 else f"{DOCS}/{url.rstrip('/')}.md"


def page_url(path: str) -> str:
    """Returns the address that MkDocs gives the page in the file `path`: `health-check/` for `docs/health-check.md`.

    `index.md` and `README.md`, written just so, are the page of their folder; `readme.md` is a page of its own.
    """
    folder, name = posixpath.split(path.removeprefix(f"{DOCS}/").removesuffix(".md"))
    whole = folder if name in _PAGES_OF_FOLDERS else posixpath.join(folder, name)
    return f"{whole}/" if whole else ""


def relative(url: str, page_url: str) -> str:
    """The link from the page at `page_url` to `url`; it holds under any prefix and in any version."""
    folder = page_url if page_url.endswith("/") else posixpath.dirname(page_url)
    way = posixpath.relpath(url or ".", folder or ".")
    return f"{way}/" if url.endswith("/") or not url else way


def edit_url(settings: Settings, file: str) -> str | None:
    """Where `file` can be edited in a browser, or None if the files are not public."""
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


_VERSION_FOLDER = re.compile(r"latest|\d+(?:\.\d+)+", re.IGNORECASE)
_MADE_AT_TOP = frozenset(
    {"404.html", "_redirects", "addresses.json", "feed.xml", "redirects.nginx.conf", "sitemap.xml", "sitemap.xml.gz", "versions.json"}
)


def is_reserved(path: str) -> bool:
    """Whether a place in the site belongs to what publishing puts there: `latest/`, the folder of a version such as `4.0/`, `versions.json`.

    `path` is the address of a page or the path of a file, from the top of the site. Case does not count: many disks know none.
    """
    first = path.partition("/")[0]
    return bool(_VERSION_FOLDER.fullmatch(first)) or first.lower() in _MADE_AT_TOP
