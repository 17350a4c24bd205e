"""Every URL and anchor, and the way between a page's address and its Markdown file, in one place.

Addresses are inside the site, without a leading slash; `relative` turns them into links. Paths begin at the playbook's folder.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

from macros.files.layout import DOCS
from macros.schema.entry import Entry
from macros.schema.kinds import KINDS
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
    steps, here = url.split("/"), page_url.split("/")[:-1]
    shared = 0
    while shared < min(len(steps) - 1, len(here)) and steps[shared] == here[shared]:
        shared += 1
    return "../" * (len(here) - shared) + "/".join(steps[shared:]) or "./"


def address_from(page_url: str, path: str) -> str:
    """The address that a browser asks for when the page at `page_url` links to `path`; one that begins with `..` is outside the site."""
    if not path:
        return page_url
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(page_url), path))
    joined = "" if joined == "." else joined
    if path.endswith(("/", "/.", "..")) or path in (".", ".."):
        return f"{joined}/" if joined else ""
    return joined.removesuffix("index.html") if posixpath.basename(joined) == "index.html" else joined


def host_of(address: str) -> str:
    """The host that an address names; empty if it names none."""
    try:
        return (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return ""


def edit_url(settings: Settings, file: str) -> str | None:
    """Where `file` can be edited in a browser, or None if the files are not public."""
    if settings.repository is None:
        return None
    return f"{settings.repository.url.rstrip('/')}/edit/{quote(settings.repository.branch)}/{quote(file)}"


LIST_FOLDER = "list"
"""Below the address of a list or of an entry, the folder of the further pages of long lists."""
_WITH_LISTS = frozenset({*KINDS, "figures", "index"})


def is_for_lists(path: str) -> bool:
    """Whether a path or an address inside the site is where the build puts further pages of a list: `barriers/list/2/`."""
    first, *inside = path.casefold().split("/")
    return first in _WITH_LISTS and LIST_FOLDER in inside[:2] and not path.casefold().endswith(f"/{LIST_FOLDER}/")


def above_list(url: str) -> str:
    """The page whose list goes on at `url`: `barriers/` for `barriers/list/2/`; any other address is returned as it is."""
    return url[: f"{url.casefold()}/".index(f"/{LIST_FOLDER}/") + 1] if is_for_lists(url) else url


CHANGES = "changes/"
"""The address of the page on all releases."""


def comparison_url(before: str, after: str) -> str:
    """`changes/1.0.0-to-1.1.0/`."""
    return f"{CHANGES}{before}-to-{after}/"


UNRELEASED_ANCHOR = "not-released"
"""The anchor of what no release has yet, where releases are listed. No release promises it."""


def anchor_of(version: str) -> str:
    """`release-1-1-0`."""
    return f"release-{version.replace('.', '-')}"


LATEST_FOLDER = "latest"
"""The folder of the newest version on the published site."""
_VERSION_FOLDER = re.compile(r"v?\d+(?:\.\d+)+", re.IGNORECASE)
VERSIONS_FILE = "versions.json"
"""Beside those folders, the list of them."""
SEARCH = "search/"
"""The address of the page that searches; beside it is the index of the search."""
START, EVERY_PAGE = "start/", "more/"
"""The page of ways in, and the page that lists every page, if a playbook has them."""
INDEX = "index/"
"""The address of the index from A to Z."""
WHOLE = "print/"
"""The address of the page that has every entry on it."""
LAST_FILES = frozenset({"404.html", "sitemap.xml", "sitemap.xml.gz", f"{SEARCH}index.json"})
"""Files that are written at the end of every build: a link in HTML may lead to them."""
PICTURE_FORM, PLAYBOOK_PICTURE = "{at}.png", "playbook.png"
"""The picture of an entry, as a pattern like those below, and that of all other pages."""
FEED_FORM = "{at}/feed.xml"
"""The feed of one page: of an entry, or of the list of a kind."""
KIND_FEEDS = tuple(FEED_FORM.format(at=folder) for folder in KINDS)
EXPORT_FILES = (
    "figures/figures.csv",
    "figures/figures.json",
    "evidence/evidence.csv",
    "evidence/evidence.json",
    "links.json",
    "verify_links.py",
    "playbook.json",
    "playbook.schema.json",
    "llms.txt",
    "llms-full.txt",
    "objects.inv",
    "citations.json",
    "citations.bib",
    PLAYBOOK_PICTURE,
    "changes.json",
    "changes.schema.json",
    *KIND_FEEDS,
    *(f"{folder}/{folder}.csv" for folder, model in KINDS.items() if model.kind.as_table),
)
"""The playbook's data for programs of other sites. Their paths are a promise, which each release records."""
CARDS = "embed/"
"""The folder of the cards of entries, which other sites show in a frame."""
CARD_FORM, OEMBED_FORM = f"{CARDS}{{at}}/index.html", f"{CARDS}{{at}}/oembed.json"
ENTRY_FORMS: tuple[str, ...] = ("{at}.json", "{at}.md", CARD_FORM, OEMBED_FORM, PICTURE_FORM, FEED_FORM)
"""Where the other forms of an entry are, as a pattern of its address: `{at}.json` for `barriers/data-sharing.json`. They are promised like its page."""
BUILT_FILES = LAST_FILES | frozenset(
    {
        *(
            "_redirects",
            "redirects.nginx.conf",
            "_headers",
            "headers.nginx.conf",
            "assets/css/site.css",
            "addresses.json",
            "built-from.json",
            "feed.xml",
        ),
        *EXPORT_FILES,
    }
)
"""Files that a build writes beside the pages, or will write: for hosts, for the search and for programs of other sites."""
ROBOTS_FILE = "robots.txt"
DOWNLOADS = "downloads"
"""The folder of the site in which the files for paper are."""
PRINTED: Mapping[str, str] = {"playbook.pdf": WHOLE, "poster.pdf": "poster/", "health-check.pdf": "health-check/"}
"""From each of them to the page that it is printed from; a site that lacks the page goes without the file."""
LINKED_FILES = BUILT_FILES | {VERSIONS_FILE, ROBOTS_FILE, *(f"{DOWNLOADS}/{name}" for name in PRINTED)}
"""Files that others may well link to, although no release promises all of them."""


def is_for_publishing(path: str) -> bool:
    """Whether a path or an address inside the site is where publishing puts versions: `latest/`, `1.0/`, `versions.json`."""
    first = path.partition("/")[0]
    return bool(first.casefold() in (LATEST_FOLDER, VERSIONS_FILE) or _VERSION_FOLDER.fullmatch(first))
