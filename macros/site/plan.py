"""The plan of a site: every page as finished Markdown, and the files beside the pages. No engine owns it.

`plan_site` takes a ledger, and returns a `SitePlan` or the problems that stand in its way. An engine makes HTML of the pages, and `finish` makes
the site of that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from jinja2 import TemplateError

from macros.pages.catalogue import Page
from macros.pages.citation import release_marks
from macros.pages.directory import directory_of
from macros.pages.feedback import dated_version_of, version_of
from macros.pages.generated import generated_body, generated_front
from macros.pages.rendered_page import RenderedPage, render_page, template_fault
from macros.pages.renderer import Renderer
from macros.playbook.playbook import Playbook
from macros.problems.problem import Problem, sort_problems
from macros.problems.user_error import InvalidPlaybook
from macros.site.exports.files import export_files
from macros.site.exports.published import Published
from macros.site.feed import feed_title
from macros.site.host_files import POLICY
from macros.site.ledger.check import problems_of_pages
from macros.site.ledger.ledger import Ledger
from macros.site.named_version import VersionWords
from macros.site.release_files import release_files
from macros.site.styles import STYLES_FILE, joined_styles
from macros.text.glossary import Glossary, glossary_of
from macros.text.markdown import escape_html, escape_title
from macros.text.page_source import PageSource

MISSING_PAGE_LINK = "playbook-missing-page-link"
"""Stands for the address of a mail about a link that leads nowhere, which says what version readers see: no engine need know that."""


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """A page as an engine takes it: its front matter, and its Markdown, in which no macro is left to be called."""

    page: Page
    front: Mapping[str, Any]
    markdown: str


@dataclass(frozen=True)
class SitePlan:
    """What an engine makes a site of. `address` is the URL of the site, if it is known."""

    ledger: Ledger
    address: str = ""
    styles: tuple[object, ...] = ()
    """The stylesheets that the settings name, below docs/."""
    rendered: dict[str, RenderedPage] = field(default_factory=dict)
    """The pages written by hand, by path."""

    @property
    def root(self) -> Path:
        """The playbook's folder."""
        return self.ledger.current.root

    @property
    def playbook(self) -> Playbook:
        """The entries, the settings and the pages written by hand."""
        return self.ledger.current.playbook

    @property
    def pages(self) -> Mapping[str, Page]:
        """Every page, by address."""
        return self.ledger.current.catalogue.by_url

    @cached_property
    def glossary(self) -> Glossary:
        """The terms to explain."""
        return glossary_of(self.playbook.of_kind("terms"))

    @cached_property
    def version(self) -> VersionWords:
        """The newest release, in words."""
        history = self.ledger.current.history
        cited = release_marks(history.latest, self.address, self.published.whole, has_changes=bool(history.pending))
        return VersionWords(version_of(history), dated_version_of(history), cited)

    @cached_property
    def published(self) -> Published:
        """What the exports are made of."""
        return Published(self.ledger, self.address)

    @property
    def top(self) -> str:
        """The path of the site at its host: `/` or `/playbook/`."""
        return f"{quote(urlsplit(self.address).path, safe='/%').rstrip('/')}/"

    @cached_property
    def feed(self) -> str:
        """The title of the feed; empty as long as no release has a date."""
        return feed_title(self.ledger.current) if any(release.date for release in self.ledger.current.history.releases) else ""

    def view(self, url: str, file: str = "") -> Renderer:
        """Returns a renderer for the page at `url`, which was written by hand in `file` or is made by the build."""
        return Renderer(self.playbook, url, file, self.ledger.current.history)

    def page_at(self, path: str) -> Page:
        """Returns the page that the file at `path` makes; one that another program added is taken as written by hand."""
        return self.ledger.current.catalogue.at(path)

    def planned(self, page: Page) -> PlannedPage:
        """Returns a page for the engine.

        Raises: InvalidPlaybook if a template has a fault.
        """
        if not page.is_generated:
            return PlannedPage(page, self.front(page), self.rendered[page.path].text)
        try:
            return PlannedPage(page, self.front(page), generated_body(self.view(page.url, page.path), page))
        except TemplateError as error:
            raise InvalidPlaybook((template_fault(error),)) from error

    def front(self, page: Page) -> Mapping[str, Any]:
        """Returns the front matter of a page, in which each text is HTML already; that of one that another program added is not known."""
        if page.is_generated:
            return generated_front(page, self.playbook)
        return _front_of(self.playbook.written[page.path]) if page.path in self.playbook.written else {}

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        """The files beside the pages, by path: what other programs fetch."""
        styles = joined_styles(self.root, self.styles)
        return {**export_files(self.published), **release_files(self.ledger, self.address), **({STYLES_FILE: styles} if styles else {})}

    def extra(self) -> Mapping[str, Any]:
        """Returns what the theme shows on every page, as plain values; each text is HTML already."""
        settings = self.playbook.settings
        return {
            "title": str(escape_html(settings.title)),
            "lab": str(escape_html(settings.lab)),
            "licence": {"name": str(escape_html(settings.licence.name)), "url": str(escape_html(settings.licence.url))},
            "contact": str(escape_html(settings.contact)),
            "state": settings.state,
            "top": str(escape_html(self.top)),
            "missing_page_link": MISSING_PAGE_LINK,
            "policy": POLICY,
            "kinds": [
                {"folder": model.kind.folder, "many": str(escape_html(model.kind.many)), "intro": str(escape_html(model.kind.intro))}
                for model in self.playbook.kinds
            ],
            "directory": [
                {
                    "heading": str(escape_html(shelf.heading)),
                    "pages": [{"url": str(escape_html(page.url)), "title": str(escape_html(page.title))} for page in shelf.pages],
                }
                for shelf in directory_of(self.pages.values(), self.playbook)
            ],
        }


def plan_site(ledger: Ledger, address: str = "", styles: Iterable[object] = ()) -> SitePlan:
    """Returns the plan of the site; `styles` are the stylesheets that its settings name.

    Raises: InvalidPlaybook, with every problem of the pages.
    """
    plan = SitePlan(ledger, address, tuple(styles))
    if problems := sort_problems(_problems(plan)) or problems_of_pages(ledger):
        raise InvalidPlaybook(tuple(problems), "the site was left as it was")
    return plan


def _problems(plan: SitePlan) -> Iterator[Problem]:
    """Renders every page written by hand; the ledger learns which anchors they have."""
    for page in plan.pages.values():
        if not page.is_generated:
            done = plan.rendered[page.path] = render_page(plan.view(page.url, page.path), plan.playbook.written[page.path])
            yield from done.problems
            plan.ledger.current.bodies[page.url] = done.text


def _front_of(source: PageSource) -> dict[str, Any]:
    """The front matter that a person wrote, with its texts made inert; the theme would print a subtitle in menus."""
    fields, _ = source.fields
    front = {name: value for name, value in (fields or {}).items() if name != "subtitle"}
    if "description" not in front and isinstance(front.get("excerpt"), str):
        front["description"] = front["excerpt"]
    front.update({name: escape_title(front[name]) for name in ("title", "description") if isinstance(front.get(name), str)})
    if isinstance(front.get("robots"), str):
        front["robots"] = str(escape_html(front["robots"]))
    return front
