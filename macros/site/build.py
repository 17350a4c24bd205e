"""One build of the site: what its steps share, and its last steps.

`Build` holds the playbook, the ledger and what the build has found so far. `write_old_addresses` takes a build and the folder of the new
site, and writes pages and rules for old addresses. `promise_problems` takes the same and returns errors and warnings about promised
anchors and pages that the new site lacks, or has unforeseen.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from macros.files.layout import DOCS
from macros.pages.catalogue import Page
from macros.pages.renderer import Renderer
from macros.playbook import urls
from macros.playbook.playbook import Playbook
from macros.problems.problem import Problem
from macros.site.ledger.check_built import missing_promises, offer_warnings
from macros.site.ledger.ledger import Ledger
from macros.site.ledger.list_anchors import anchors_led_on
from macros.site.links import Document, read_document
from macros.site.offers import read_offers
from macros.site.redirects import NGINX_FILE, RULES_FILE, nginx_file, redirect_page, redirects_of, rules_file
from macros.text.glossary import Glossary


@dataclass
class Build:
    """The playbook that is published, and what the build has found so far."""

    root: Path
    playbook: Playbook
    ledger: Ledger
    site: Path
    """Where the finished site goes; MkDocs writes beside it until nothing can fail any more."""
    glossary: Glossary
    version: str
    problems: list[Problem] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    """From a page's address to the file that it was made from."""

    def page(self, path: str) -> Page:
        """The page that the file at `path`, inside docs/, makes."""
        return self.ledger.current.catalogue.at(f"{DOCS}/{path}")

    def read(self, url: str, html: str) -> Document:
        """The finished page at `url`. The anchors that its script leads to the page of an entry count as its own."""
        document = read_document(html)
        return replace(document, anchors=document.anchors | anchors_led_on(html, url, self.ledger.current))

    def view(self, url: str, file: str = "") -> Renderer:
        """A renderer for the page at `url`, which was written by hand in `file` or is made by the build."""
        return Renderer(self.playbook, url, file, self.ledger.current.history)


def write_old_addresses(build: Build, site: Path, address: str | None) -> None:
    """Writes the present page to each old address, and the same table as rules for hosts that have some."""
    moved = {old: new for old, new in build.ledger.moved.items() if (site / new / "index.html").is_file()}  # a page may be kept out of the site
    table = redirects_of(moved)
    for redirect in table:
        html = (site / redirect.new / "index.html").read_text("utf-8")
        file = site / redirect.old / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(redirect_page(html, redirect, above=urls.relative("", redirect.new)), "utf-8")
    if table:
        prefix = urlsplit(address or "").path or "/"
        (site / RULES_FILE).write_bytes(rules_file(table, prefix))
        (site / NGINX_FILE).write_bytes(nginx_file(table, prefix))


def promise_problems(build: Build, site: Path) -> tuple[list[Problem], list[Problem]]:
    """Addresses and anchors of any release that the finished pages do not have; and warnings of those that the next one would promise."""
    anchors = {url: document.anchors for url, document in build.documents.items()}
    for file in (site / old / "index.html" for old in build.ledger.moved):
        if file.is_file():
            anchors[f"{file.parent.relative_to(site).as_posix()}/"] = read_document(file.read_text("utf-8")).anchors
    offers = read_offers(site, build.ledger.current.pages)
    return [*missing_promises(build.ledger, anchors)], [*offer_warnings(build.ledger, offers)]
