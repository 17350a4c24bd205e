"""Makes the site of what an engine has built: the last steps, on HTML alone.

`finish` takes a plan and the folder that the engine wrote. It gives pages their promised anchors, terms and slots, writes old addresses, and
returns what is wrong with links and promises. Nothing is in place of the old site before a caller puts it there.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote, urlsplit

from macros.pages.catalogue import Page
from macros.pages.feedback import feedback_links, page_context
from macros.pages.renderer import Renderer
from macros.playbook import urls
from macros.playbook.urls import SEARCH
from macros.problems.problem import Problem
from macros.site.contents import without_contents, without_subsections
from macros.site.ledger.check_built import missing_promises, offer_warnings
from macros.site.ledger.current import CurrentSite
from macros.site.ledger.kept_anchors import with_promised_anchors
from macros.site.ledger.list_anchors import anchors_led_on
from macros.site.links import Document, link_problems, read_document
from macros.site.offers import read_offers
from macros.site.plan import SitePlan
from macros.site.redirects import NGINX_FILE, RULES_FILE, nginx_file, redirect_page, redirects_of, rules_file
from macros.site.search.write import searched_pages, write_search
from macros.site.shell import SHELLS, Shell, is_filled, shell_at, shells_for
from macros.site.sitemap import NOT_LISTED, SITEMAP, sitemap_file
from macros.site.slots import SLOTS, parts_of, slot
from macros.site.versions.chrome import canonical_tag, feed_tag

_PAGE = "index.html"
_MISSING = "404.html"
_IS_PAGE = "<!--playbook:head-->"
"""Only a page that the theme made has it."""
_NOWHERE, _HERE = ' href=""', ' href="./"'
"""A theme may link to the page itself in this way, which is no address."""
_HEADING = re.compile(r"<h1[^>]*>(?P<words>.*?)(?:<a class=\"headerlink\".*?)?</h1>", re.DOTALL)
_PLACE = re.compile(r"<!--playbook:(?P<name>head|banner|menu|list|feedback|state)-->")
"""Where the theme leaves room for what it does not make."""
_CANONICAL = '<link rel="canonical"'
_MENU = "<!--playbook:menu-->"


@dataclass
class BuiltPages:
    """What the finished pages say: anchors and links of each by address, and the file that each was made from."""

    current: CurrentSite
    documents: dict[str, Document] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)

    listed: list[str] = field(default_factory=list)
    """The pages that search engines may list."""

    def add(self, page: Page, html: str, file: Path) -> None:
        """Writes a finished page."""
        file.write_text(html, "utf-8", "surrogateescape")
        document = read_document(html)
        self.documents[page.url] = replace(document, anchors=document.anchors | anchors_led_on(html, page.url, self.current))
        if NOT_LISTED not in html:
            self.listed.append(page.url)
        self.sources[page.url] = page.made_from or page.path


def finish(plan: SitePlan, folder: Path) -> tuple[list[Problem], list[Problem]]:
    """Finishes the site in `folder`, and returns errors and warnings: dead links, and promises that its pages do not keep.

    Raises: OSError.
    """
    built, pages = BuiltPages(plan.ledger.current), _Pages(plan)
    for url, html in _built_pages(plan, folder):
        built.add(pages.page(url), pages.finished(html, url), folder / url / _PAGE)
    write_search(folder, searched_pages(plan.playbook, plan.ledger.current.catalogue))
    _write_sitemap(plan, built, folder)
    if (missing := folder / _MISSING).is_file():
        missing.write_text(pages.finished_missing(missing.read_text("utf-8")), "utf-8")
    _write_old_addresses(plan, folder)
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    broken, warnings = _promise_problems(plan, built, folder)
    return [*link_problems(built.documents, files, built.sources), *broken], warnings


def _built_pages(plan: SitePlan, folder: Path) -> Iterator[tuple[str, str]]:
    """Each page that the engine made, by address, and then those that its shell stands for."""
    forms = {url: Shell(file.read_text("utf-8")) for url in _shells(plan) if (file := folder / url / _PAGE).is_file()}
    shutil.rmtree(folder / SHELLS, ignore_errors=True)
    for file in sorted(folder.rglob(_PAGE)):
        html = file.read_text("utf-8", "surrogateescape")
        if _IS_PAGE in html:
            yield file.relative_to(folder).as_posix().removesuffix(_PAGE), html
    for page in plan.pages.values() if forms else ():
        file = folder / page.url / _PAGE
        if is_filled(page) and not file.is_file():
            file.parent.mkdir(parents=True, exist_ok=True)
            yield page.url, forms[shell_at(page.url)].filled(plan.planned(page))


def _shells(plan: SitePlan) -> Iterator[str]:
    yield from (shell.url for shell in shells_for(plan.pages.values()).values())


@dataclass(frozen=True)
class _Pages:
    """Finishes one page after the other."""

    plan: SitePlan

    def page(self, url: str) -> Page:
        """The page at `url`; one that the playbook does not know is taken as written by hand."""
        return self.plan.pages.get(url) or self.plan.page_at(urls.page_source(url))

    def finished(self, html: str, url: str) -> str:
        """The page at `url` with all that no engine knows of."""
        page = self.page(url)
        before, text, after = parts_of(html)
        view = self.plan.view(url)
        inside = self._inside(view, page, text)
        around = (_in_bar(_without_canonical(before), self._search(view, view.way(SEARCH), page) + _MENU), after)
        before, after = (_with_slots(self._contents(part.replace(_NOWHERE, _HERE), page), url, inside) for part in around)
        return before + self._text(view, page, text) + after

    def _contents(self, html: str, page: Page) -> str:
        """The page with as much of the list of its sections as its front matter says."""
        hidden = self.plan.front(page).get("hide", ())
        html = without_contents(html) if "toc" in hidden else html
        return without_subsections(html) if "subsections" in hidden else html

    def finished_missing(self, html: str) -> str:
        """The page that a host shows for an address that leads nowhere."""
        state = self._state(self.plan.view(""))
        html = _in_bar(html, self._search(self.plan.view(""), f"{self.plan.top}{SEARCH}"))
        return _PLACE.sub(lambda found: state if found["name"] == "state" else "", html)

    def _search(self, view: Renderer, href: str, page: Page | None = None) -> str:
        """The field that leads to the page of the search, which has one of its own."""
        return "" if page and page.url == SEARCH else str(view.render("_search_field.html.jinja", href=href))

    def _state(self, view: Renderer) -> str:
        return "" if self.plan.playbook.settings.state == "active" else str(view.render("_state.html.jinja"))

    def _text(self, view: Renderer, page: Page, html: str) -> str:
        """The text with the anchors that the page once had, and with terms explained where it first uses them."""
        html = with_promised_anchors(html, view, self.plan.ledger)
        return view.explain_terms(html, self.plan.glossary, own=page.name) if page.explains_terms else html

    def _inside(self, view: Renderer, page: Page, text: str) -> Mapping[str, str]:
        playbook, plan = self.plan.playbook, self.plan
        heading = _HEADING.search(text)
        title = heading["words"] if heading else page.title
        place = page_context(playbook, file=page.made_from, url=page.url, title=title, version=plan.version)
        edit = urls.edit_url(playbook.settings, page.made_from) if page.made_from else None
        return {
            "head": canonical_tag(plan.address + quote(page.url) if plan.address else "") + feed_tag(plan.feed, page.url),
            "state": self._state(view),
            "feedback": str(feedback_links(view, place, edit)),
        }


def _without_canonical(html: str) -> str:
    """The page without what the theme takes for its address: the slot `head` says it, and says another one when newer versions follow."""
    before, found, after = html.partition(_CANONICAL)
    return before.rstrip(" \t") + after.partition(">")[2].removeprefix("\n") if found else html


def _in_bar(html: str, added: str) -> str:
    """The page with something added at the end of the bar at its top."""
    end = html.rfind("</nav>", 0, html.find("</header>"))
    return html if end < 0 else f"{html[:end]}{added}{html[end:]}"


def _with_slots(html: str, url: str, inside: Mapping[str, str]) -> str:
    """`html` with what belongs into the places that the theme left; those that publishing fills again keep their comments."""

    def fill(found: re.Match[str]) -> str:
        content = inside.get(found["name"], "")
        return slot(found["name"], url, content) if found["name"] in SLOTS else content

    return _PLACE.sub(fill, html)


def _write_sitemap(plan: SitePlan, built: BuiltPages, folder: Path) -> None:
    """Takes the place of the engine's, which holds the day of the build."""
    (folder / f"{SITEMAP}.gz").unlink(missing_ok=True)
    (folder / SITEMAP).write_bytes(sitemap_file(sorted(built.listed) if plan.address else (), plan.address))


def _write_old_addresses(plan: SitePlan, site: Path) -> None:
    """Writes the present page to each old address, and the same table as rules for hosts that have some."""
    moved = {old: new for old, new in plan.ledger.moved.items() if (site / new / _PAGE).is_file()}  # a page may be kept out of the site
    table = redirects_of(moved)
    for redirect in table:
        html = (site / redirect.new / _PAGE).read_text("utf-8")
        file = site / redirect.old / _PAGE
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(redirect_page(html, redirect, above=urls.relative("", redirect.new)), "utf-8")
    if table:
        prefix = urlsplit(plan.address).path or "/"
        (site / RULES_FILE).write_bytes(rules_file(table, prefix))
        (site / NGINX_FILE).write_bytes(nginx_file(table, prefix))


def _promise_problems(plan: SitePlan, built: BuiltPages, site: Path) -> tuple[list[Problem], list[Problem]]:
    """Addresses and anchors of any release that the finished pages do not have; and warnings of those that the next one would promise."""
    anchors = {url: document.anchors for url, document in built.documents.items()}
    for file in (site / old / _PAGE for old in plan.ledger.moved):
        if file.is_file():
            anchors[f"{file.parent.relative_to(site).as_posix()}/"] = read_document(file.read_text("utf-8")).anchors
    offers = read_offers(site, plan.ledger.current.pages)
    return [*missing_promises(plan.ledger, anchors)], [*offer_warnings(plan.ledger, offers)]
