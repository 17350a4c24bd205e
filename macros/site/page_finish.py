"""Finishes one page: gives what an engine has built its anchors, its explained terms, and what belongs into its slots.

A `PageFinish` takes the plan of a site, and gives the HTML of one page after the other.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import quote

from macros.files.memo import kept_for
from macros.pages.catalogue import Page
from macros.pages.citation import UNPINNED, Cited, key_of
from macros.pages.feedback import PageContext, feedback_links, missing_page_link, page_context, paper_foot
from macros.pages.renderer import Renderer
from macros.playbook import urls
from macros.playbook.urls import SEARCH
from macros.site.contents import without_contents, without_subsections
from macros.site.exports.card import card_at, frame_html
from macros.site.exports.feeds import page_feed
from macros.site.heading_marks import with_named_marks
from macros.site.ledger.kept_anchors import promised_anchors, with_promised_anchors
from macros.site.linked_data import linked_data
from macros.site.links import Document
from macros.site.menus import with_section_marked
from macros.site.named_version import DATED_VERSION, VERSION, name_version
from macros.site.page_facts import facts_of_page
from macros.site.page_formats import PageFormat, card_tag, format_tags, formats_of_page
from macros.site.page_scripts import wanted_words, without_idle_scripts
from macros.site.plan import MISSING_PAGE_LINK, SitePlan
from macros.site.share_tags import share_tags
from macros.site.slots import SLOTS, parts_of, slot
from macros.site.versions.chrome import canonical_tag, feed_tag, follow_html, own_feed_tag
from macros.text.markdown import escape_html
from macros.text.typography import typographic_html

_NOWHERE, _HERE = ' href=""', ' href="./"'
"""A theme may link to the page itself in this way, which is no address."""
_HEADING = re.compile(r"<h1[^>]*>(?P<words>.*?)(?:<a class=\"headerlink\".*?)?</h1>", re.DOTALL)
_PLACE = re.compile(r"<!--playbook:(?P<name>head|formats|search|banner|menu|list|feedback|state)-->")
"""Where the theme leaves room for what it does not make."""
NOTE = "term-"
"""How the anchor of the note on a term begins, before the id."""
_TITLE = "__title"
"""Where the link past the menu leads in the theme, and the anchor of a title that has none of its own; nobody is promised it."""
_LANGUAGE = re.compile(r'<html [^>]*\blang="(?P<language>[A-Za-z][A-Za-z0-9-]*)"')
_OPENING = re.compile(r"<h1\b(?P<rest>[^>]*)>")
_ID = re.compile(r'\bid="(?P<id>[^"]+)"')


@dataclass(frozen=True)
class PageFinish:
    """Finishes the pages of a plan."""

    plan: SitePlan

    def page(self, url: str) -> Page:
        """Returns the page at `url`; one that the playbook does not know is taken as written by hand."""
        return self.plan.pages.get(url) or self.plan.page_at(urls.page_source(url))

    def depends_on(self, url: str) -> tuple[Hashable, ...]:
        """Returns what the finished page depends on besides its HTML, the notes on terms, and what becomes of anchors that its text has lost."""
        page = self.page(url)
        made_of = page, repr(self.plan.front(page)), self.plan.published.is_released(url), frozenset(promised_anchors(url, self.plan.ledger))
        return *made_of, facts_of_page(self.plan.published, page), self._around, kept_for()

    def explained(self, document: Document) -> tuple[tuple[str, Hashable], ...]:
        """Returns the id of each term that a finished page explains, with what it says of it."""
        marked = (anchor.removeprefix(NOTE) for anchor in document.anchors if anchor.startswith(NOTE))
        return tuple((id, self.note(id)) for id in marked if id in self.plan.glossary.notes)

    def note(self, id: str) -> Hashable:
        """Returns what pages say of a term; None if there is none."""
        return self.plan.glossary.notes.get(id)

    @cached_property
    def _around(self) -> str:
        """What each page shows, or may show, that is not its own."""
        plan = self.plan
        return repr((plan.address, plan.feed, plan.playbook.settings, plan.glossary.wordings, self._wanted))

    @cached_property
    def _wanted(self) -> Mapping[str, tuple[str, ...]]:
        """What pages have on which a script is of use."""
        return wanted_words(self.plan.root)

    def finished(self, html: str, url: str) -> str:
        """Returns the page at `url` with all that no engine knows of, but for the version: `VERSION` stands for that."""
        page = self.page(url)
        before, text, after = parts_of(self._with_mail(html))
        view = self.plan.view(url)
        inside = self._inside(view, page, text, _language_of(before))
        before = with_section_marked(before, page)
        title, text = _with_title_anchor(self._text(view, page, text))
        around = (before.replace(f'href="#{_TITLE}"', f'href="#{title}"'), after)
        before, after = (_with_slots(self._contents(part.replace(_NOWHERE, _HERE), page), url, inside) for part in around)
        return typographic_html(before + text + without_idle_scripts(after, before + text + after, self._wanted))

    def _with_mail(self, html: str) -> str:
        """The page with the address of the mail about links that lead nowhere, where the theme has that."""
        return html.replace(MISSING_PAGE_LINK, escape_html(missing_page_link(self.plan.playbook.settings, VERSION)))

    def _contents(self, html: str, page: Page) -> str:
        """The page with as much of the list of its sections as its front matter says."""
        hidden = self.plan.front(page).get("hide", ())
        html = without_contents(html) if "toc" in hidden else html
        return without_subsections(html) if "subsections" in hidden else html

    def finished_missing(self, html: str) -> str:
        """Returns the page that a host shows for an address that leads nowhere."""
        view = self.plan.view("")
        inside = {"state": self._state(view), "search": self._search(view, f"{self.plan.top}{SEARCH}")}
        html = _PLACE.sub(lambda found: inside.get(found["name"], ""), self._with_mail(html))
        return name_version(typographic_html(without_idle_scripts(html, html, self._wanted)), self.plan.version)[0]

    def _search(self, view: Renderer, href: str, page: Page | None = None) -> str:
        """The field that leads to the page of the search, which has one of its own."""
        return "" if page and page.url == SEARCH else str(view.render("_search_field.html.jinja", href=href))

    def _state(self, view: Renderer) -> str:
        return "" if self.plan.playbook.settings.state == "active" else str(view.render("_state.html.jinja"))

    def _text(self, view: Renderer, page: Page, html: str) -> str:
        """The text with the anchors that the page once had, and with terms explained where it first uses them."""
        html = with_promised_anchors(with_named_marks(html), view, self.plan.ledger)
        return view.explain_terms(html, self.plan.glossary, own=page.name) if page.explains_terms else html

    def _inside(self, view: Renderer, page: Page, text: str, language: str) -> Mapping[str, str]:
        playbook, plan = self.plan.playbook, self.plan
        heading = _HEADING.search(text)
        title = heading["words"] if heading else page.title
        place = page_context(playbook, file=page.made_from, url=page.url, title=title, version=VERSION)
        edit = urls.edit_url(playbook.settings, page.made_from) if page.made_from else None
        address = plan.address + quote(page.url) if plan.address else ""
        own_feed = page_feed(plan.ledger, page.url)
        return {
            "head": canonical_tag(address) + feed_tag(plan.feed, page.url) + own_feed_tag(own_feed, page.url),
            "formats": self._for_programs(page, place.title, language),
            "search": self._search(view, view.way(SEARCH), page),
            "state": self._state(view),
            "feedback": self._citation(view, page, place)
            + (slot("follow", page.url, follow_html(own_feed, page.url)) if own_feed else "")
            + str(feedback_links(view, place, edit) + paper_foot(view, place, address or place.address, DATED_VERSION)),
        }

    def _for_programs(self, page: Page, title: str, language: str) -> str:
        """What the head says to programs: the other forms of an entry, how a link to the page looks, and what the page is."""
        published, facts = self.plan.published, facts_of_page(self.plan.published, page)
        if page.url not in self.plan.pages:  # nobody knows the title of a page that another program added, but from the page
            facts = replace(facts, title=title)
        forms = format_tags(self._formats(page)) + (card_tag(published, page.url, page.title) if page.kind == "entry" else "")
        return forms + share_tags(facts, language) + linked_data(published, facts, language)

    def _citation(self, view: Renderer, page: Page, place: PageContext) -> str:
        """How others cite the page; nothing where there is nothing to cite."""
        if not page.is_citable:
            return ""
        settings, is_released = self.plan.playbook.settings, self.plan.published.is_released(page.url)
        title = place.title if page.url else ""
        frame = frame_html(f"{UNPINNED}{quote(card_at(page.url))}", page.title) if page.kind == "entry" else ""
        cited = Cited(settings.lab, title, settings.title, key_of(page.url), quote(page.url), is_released, frame=frame)
        return str(view.render("_cite.html.jinja", cited=cited, formats=self._formats(page)))

    def _formats(self, page: Page) -> tuple[PageFormat, ...]:
        """The other forms of an entry, which pages in all versions keep: the files are beside them."""
        return formats_of_page(page.url) if page.url in self.plan.ledger.current.entries else ()


def _language_of(html: str) -> str:
    """The language of a page, as its first tag says it; empty if that says none."""
    opening = _LANGUAGE.search(html)
    return opening["language"] if opening else ""


def _with_title_anchor(text: str) -> tuple[str, str]:
    """The anchor of the title of a page, and the text with it."""
    opening = _OPENING.search(text)
    if opening and (own := _ID.search(opening["rest"])):
        return own["id"], text
    return _TITLE, _OPENING.sub(rf'<h1 id="{_TITLE}"\g<rest>>', text, count=1)


def _with_slots(html: str, url: str, inside: Mapping[str, str]) -> str:
    """`html` with what belongs into the places that the theme left; those that publishing fills again keep their comments."""

    def fill(found: re.Match[str]) -> str:
        content = inside.get(found["name"], "")
        return slot(found["name"], url, content) if found["name"] in SLOTS else content

    return _PLACE.sub(fill, html)
