"""What a build does for links from elsewhere: old addresses lead on, and every promise is looked up in the finished pages.

Enters: a build whose pages are written. Leaves: pages and rules at old addresses; problems where a promise is broken.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from markupsafe import Markup

from macros import urls
from macros.adapters.build import Build, url_of
from macros.ledger.finished import broken_in, not_to_be_promised
from macros.ledger.redirects import NGINX, RULES, nginx_file, redirects_of, rules_file, stand_in
from macros.links import read_document
from macros.problems import Problem
from macros.publishing.frames import framed
from macros.text import inert


def part_of_page(part: str, page) -> Markup:
    """A part that publishing fills in; the canonical address is there from the beginning."""
    canonical = f'<link rel="canonical" href="{inert(page.playbook_address)}">' if part == "head" and page.playbook_address else ""
    return Markup(framed(part, url_of(page), canonical))


def write_old_addresses(build: Build, site: Path, address: str | None) -> None:
    """At each old address the page that is there now, and the same table for hosts that have rules."""
    moved = {old: new for old, new in build.ledger.moved.items() if (site / new / "index.html").is_file()}  # a page may be kept out of the site
    table = redirects_of(moved)
    for redirect in table:
        html = (site / redirect.new / "index.html").read_text("utf-8")
        file = site / redirect.old / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(stand_in(html, redirect, above=urls.relative("", redirect.new)), "utf-8")
    if table:
        prefix = urlsplit(address or "").path or "/"
        (site / RULES).write_bytes(rules_file(table, prefix))
        (site / NGINX).write_bytes(nginx_file(table, prefix))


def broken_promises(build: Build, site: Path) -> tuple[list[Problem], list[Problem]]:
    """Addresses and anchors of any release that the finished pages do not have; and warnings of those that the next one would promise."""
    anchors = {url: document.anchors for url, document in build.documents.items()}
    for file in (site / old / "index.html" for old in build.ledger.moved):
        if file.is_file():
            anchors[f"{file.parent.relative_to(site).as_posix()}/"] = read_document(file.read_text("utf-8")).anchors
    return [*broken_in(build.ledger, anchors)], [*not_to_be_promised(build.ledger, anchors)]
