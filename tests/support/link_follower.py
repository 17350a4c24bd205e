"""Links into releases, followed in a browser: where each should end, and what is there.

Takes a playbook that lived through its releases. Returns links, and what a page shows at an anchor.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page
from selectolax.lexbor import LexborHTMLParser

from tests.support.browsers import LONGEST_WAIT
from tests.support.published import PublishedPlaybook
from tests.support.sites import pages_of

MOVED = {
    "barriers/locked-doors/": "barriers/shut-doors/",
    "barriers/closed-doors/": "barriers/shut-doors/",
    "barriers/many-words/": "barriers/plain-words/",
    "barriers/few-words/": "barriers/plain-words/",
    "terms/mandate/": "forms/mandate/",
    "us/": "about/team/",
}
"""What is elsewhere in the last release: renamed twice or once, merged, of another kind, a page written by hand."""

FATES = {
    "barriers/short-funding/#figure-cost": "The report withdrew it.",
    "barriers/short-funding/#figures": "The report withdrew its figures.",
    "barriers/two-things/#eases": "Withdrawn in release 2.0.0, on 1 November 2026",
    "barriers/thing-two/#eases": "Withdrawn in release 3.0.0, on 20 November 2026",
    "barriers/#locked-doors": "Doors stay locked",
    "barriers/#few-words": "Plain words are missing",
    "barriers/#two-things": "Two things at once was withdrawn in release 2.0.0.",
    "terms/#mandate": "Mandate is on a page of its own, among the forms.",
    "figures/#short-funding-cost": "Money ends early for all is on a page of its own",
    "us/#symptoms": "What we see",
    "us/#the-team": "The team has left.",
    "barriers/old-systems/#eases": "What eases this barrier",
}
"""What stands at an anchor in the last release, where it is not what stood there once."""

KINDS_OF_LINK = ("unversioned", "latest", "frozen")


def folder_of(version: str) -> str:
    return version.rpartition(".")[0]


def links(published_playbook: PublishedPlaybook, kind: str) -> dict[str, str]:
    """From each link of a kind to the address, anchor included, that a browser with scripts should end at."""
    found = {}
    for promise in published_playbook.promises():
        anchor = f"#{promise.anchor}" if promise.anchor else ""
        if kind == "frozen":
            found[f"{folder_of(promise.version)}/{promise.url}{anchor}"] = f"{folder_of(promise.version)}/{promise.url}{anchor}"
        else:
            under = "latest/" if kind == "latest" else ""
            found[f"{under}{promise.url}{anchor}"] = f"latest/{MOVED.get(promise.url, promise.url)}{anchor}"
    return found


def sample_of(unversioned: dict[str, str], latest: dict[str, str]) -> dict[str, str]:
    """Links to half of the pages, by turns without a version and to the latest one, and every link whose anchor tells what became of something."""
    sample = {}
    for turn, links in enumerate((unversioned, latest)):
        last = {link.partition("#")[0]: link for link in links}
        mine = {link for number, link in enumerate(last.values()) if number % 4 == turn or (link in MOVED and turn == 0)}
        sample |= {link: end for link, end in links.items() if link in mine or (link in FATES and turn == 0)}
    return sample


def follow(page: Page, address: str, link: str, end: str) -> None:
    """Open a link as somebody who comes from elsewhere does. Where a page leads nowhere else, its other anchors need no new load."""
    same_page = page.url.partition("#")[0] == address + link.partition("#")[0]
    if not same_page or end != link:
        page.goto("about:blank")
    page.goto(address + link, wait_until="load")
    if end != link:
        page.wait_for_url(address + end, timeout=LONGEST_WAIT)


def what_is_there(page: Page) -> str | None:
    """The words of what the anchor names: of the element itself, or of the one that an old anchor stands in. None where nothing has it."""
    target = page.locator(":target")
    if not target.count():
        return None
    return " ".join(target.first.evaluate("e => (e.matches('.once') ? e.parentElement : e).textContent").split())


def what_stands_at(page: LexborHTMLParser, anchor: str) -> str | None:
    """The same, read off a page without a browser."""
    node = page.css_first(f'[id="{anchor}"]')
    if node is None:
        return None
    return " ".join((node.parent if "once" in (node.attributes.get("class") or "").split() else node).text().split())


def titles_of(published: Path) -> dict[str, str]:
    """The first heading of each page, by its address in the site."""
    pages = ((file, LexborHTMLParser(file.read_text("utf-8")).css_first("h1")) for file in pages_of(published))
    return {address_of(published, file): " ".join(heading.text().replace("#", "").split()) for file, heading in pages}


def address_of(published: Path, file: Path) -> str:
    folder = file.parent.relative_to(published).as_posix()
    return "" if folder == "." else f"{folder}/"
