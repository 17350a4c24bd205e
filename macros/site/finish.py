"""Makes the site of what an engine has built: the last steps, on HTML alone.

`finish` takes a plan and the folder that the engine wrote. It gives pages their promised anchors, terms and slots, writes old addresses, and
returns what is wrong with links and promises. Nothing is in place of the old site before a caller puts it there.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from macros.files.memo import remembered
from macros.playbook import urls
from macros.playbook.urls import ROBOTS_FILE, WHOLE
from macros.problems.problem import Problem
from macros.site.built_pages import PAGE, BuiltPages, ShownSite, Spared, UnfinishedPage
from macros.site.exports.files import entry_pieces
from macros.site.host_files import HEADERS_FILE, HEADERS_NGINX_FILE, headers_file, headers_nginx_file, robots_file
from macros.site.ledger.check_built import missing_promises, offer_warnings
from macros.site.links import BuiltTargets, link_problems, read_document
from macros.site.of_theme import files_of_theme
from macros.site.plan import SitePlan
from macros.site.redirects import NGINX_FILE, RULES_FILE, nginx_file, redirect_page, redirects_of, rules_file
from macros.site.search.write import searched_pages, write_search
from macros.site.shell import SHELLS, Shell, is_filled, shell_at, shells_for
from macros.site.sitemap import SITEMAP, sitemap_file
from macros.site.whole import with_entries

_MISSING = "404.html"
NOTHING_SPARED = Spared()
_IS_PAGE = "<!--playbook:head-->"
"""Only a page that the theme made has it."""


@dataclass(frozen=True, slots=True)
class Finish:
    """What came of it: dead links and broken promises, warnings, and the new site as a preview would show it."""

    errors: list[Problem]
    warnings: list[Problem]
    site: ShownSite


def finish(plan: SitePlan, folder: Path, shown: ShownSite | None = None, spared: Spared = NOTHING_SPARED) -> Finish:
    """Finishes the site in `folder`.

    A preview passes the site that it has `shown`, and what it has `spared` the engine.

    Raises: OSError.
    """
    for file in [*files_of_theme(folder, plan.ledger.current.static_files)]:
        file.unlink()
    built = BuiltPages(plan, folder, shown, spared.files)
    whole: list[UnfinishedPage] = []
    for page in _unfinished(plan, folder, spared.html):
        whole.append(page) if page.url == WHOLE else built.add(page)
    for page in whole:  # of what all others have become
        built.add(_with_entries(page, built))
    indexed = built.indexed(searched_pages(plan.playbook, plan.ledger.current.catalogue))
    search = write_search(folder, indexed, (shown.folder, shown.search) if shown else None)
    _write_sitemap(built)
    _write_for_host(built)
    _write_entry_forms(built)
    if (missing := folder / _MISSING).is_file():
        missing.write_text(built.finish.finished_missing(missing.read_text("utf-8")), "utf-8")
    _write_old_addresses(built)
    targets = BuiltTargets(built.documents, built.files)
    broken, warnings = _promise_problems(built)
    dead = link_problems(targets, _sources(built), shown.targets.pages_still_right(targets) if shown else ())
    return Finish([*dead, *broken], warnings, ShownSite(folder, plan.version, built.pages, targets, search))


def _unfinished(plan: SitePlan, folder: Path, spared: Mapping[str, str]) -> Iterator[UnfinishedPage]:
    """Each page that the engine made, and then those that its shell stands for."""
    forms = {url: Shell(html) for url in _shells(plan) if (html := spared.get(url) or _text_of(folder / url / PAGE))}
    shutil.rmtree(folder / SHELLS, ignore_errors=True)
    for file in sorted(folder.rglob(PAGE)):
        html = file.read_text("utf-8", "surrogateescape")
        if _IS_PAGE in html:
            yield UnfinishedPage(file.relative_to(folder).as_posix().removesuffix(PAGE), (html,), partial(str, html))
    for url, html in spared.items():
        if url not in forms:
            yield UnfinishedPage(url, (html,), partial(str, html))
    for page in plan.pages.values() if forms else ():
        if is_filled(page) and not (folder / page.url / PAGE).is_file():
            planned, form = plan.planned(page), forms[shell_at(page.url)]
            yield UnfinishedPage(page.url, (form.html, planned.markdown), partial(form.filled, planned))


def _with_entries(page: UnfinishedPage, built: BuiltPages) -> UnfinishedPage:
    html = with_entries(page.html(), built.plan.playbook, built.html)
    return UnfinishedPage(page.url, (html,), partial(str, html))


def _text_of(file: Path) -> str:
    return file.read_text("utf-8", "surrogateescape") if file.is_file() else ""


def _shells(plan: SitePlan) -> Iterator[str]:
    yield from (shell.url for shell in shells_for(plan.pages.values()).values())


def _sources(built: BuiltPages) -> Mapping[str, str]:
    """The file that each page was made from."""
    pages = {url: built.finish.page(url) for url in built.pages}
    return {url: page.made_from or page.path for url, page in pages.items()}


def _write_sitemap(built: BuiltPages) -> None:
    """Takes the place of the engine's, which holds the day of the build."""
    (built.folder / f"{SITEMAP}.gz").unlink(missing_ok=True)
    listed = sorted(url for url, page in built.pages.items() if page.is_listed) if built.plan.address else ()
    days = {url: days.changed for url, days in built.plan.published.days.items()}
    (built.folder / SITEMAP).write_bytes(sitemap_file(listed, built.plan.address, days))


def _write_for_host(built: BuiltPages) -> None:
    """What the host sends with each page, and what robots ask for first; what a person wrote for robots stays."""
    folder, address = built.folder, built.plan.address
    (folder / HEADERS_FILE).write_bytes(headers_file(built.pages, urlsplit(address).path or "/"))
    (folder / HEADERS_NGINX_FILE).write_bytes(headers_nginx_file())
    if ROBOTS_FILE not in built.plan.ledger.current.static_files:
        (folder / ROBOTS_FILE).write_bytes(robots_file(address))


def _write_entry_forms(built: BuiltPages) -> None:
    """Writes what there is of each entry beside its page, one after the other, as all of them together would be large."""
    begun = set[str]()
    for path, piece in entry_pieces(built.plan.published):
        file = built.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("ab" if path in begun else "wb") as written:
            written.write(piece)
        begun.add(path)


def _write_old_addresses(built: BuiltPages) -> None:
    """Writes the present page to each old address, and the same table as rules for hosts that have some."""
    moved = {old: new for old, new in built.plan.ledger.moved.items() if new in built.pages}  # a page may be kept out of the site
    table = redirects_of(moved)
    for redirect in table:
        file = built.folder / redirect.old / PAGE
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(redirect_page(built.html(redirect.new), redirect, above=urls.relative("", redirect.new)), "utf-8")
    if table:
        prefix = urlsplit(built.plan.address).path or "/"
        (built.folder / RULES_FILE).write_bytes(rules_file(table, prefix))
        (built.folder / NGINX_FILE).write_bytes(nginx_file(table, prefix))


def _promise_problems(built: BuiltPages) -> tuple[list[Problem], list[Problem]]:
    """Addresses and anchors of any release that the finished pages do not have; and warnings of those that the next one would promise."""
    ledger = built.plan.ledger
    anchors = {url: page.document.anchors for url, page in built.pages.items()}
    for old, file in ((old, built.folder / old / PAGE) for old in ledger.moved):
        if file.is_file():
            anchors[old] = _anchors_of_old(file.read_text("utf-8"))
    return [*missing_promises(ledger, anchors)], [*offer_warnings(ledger, dict(built.offers(ledger.current.pages)))]


@remembered(lambda html: html)
def _anchors_of_old(html: str) -> frozenset[str]:
    return read_document(html).anchors
