"""How readers help to improve a page: links to a prepared mail, to a prepared issue and to the file.

`mail_link`, `missing_page_link`, `missing_words_link` and `issue_link` take the playbook's settings and return addresses. `feedback_links` returns the
block at the foot of a page, and `paper_foot` what stands below it on paper. `page_context` says how a suggestion names the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from pathlib import PurePosixPath
from urllib.parse import quote, urlencode

from markupsafe import Markup

from macros.files.layout import DATA, SETTINGS_FILE
from macros.pages.citation import NOT_RELEASED
from macros.pages.renderer import Renderer
from macros.playbook.playbook import Playbook
from macros.problems.problem import short
from macros.releases.history import History
from macros.schema.settings import Settings
from macros.text.formats import format_date

ISSUE_FORM = "suggest-a-change.yml"
"""The file in `.github/ISSUE_TEMPLATE/`; its fields have the names that `issue_link` fills in."""
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class PageContext:
    """A page as a suggestion names it."""

    title: str
    id: str
    """An entry's id, or the file that the page was written in."""
    url: str
    """From the top of the site, without a leading slash: `barriers/data-sharing/`."""
    version: str

    @property
    def address(self) -> str:
        """`/barriers/data-sharing/`: under any prefix the same."""
        return f"/{self.url}"

    @property
    def known_as(self) -> str:
        """What its id is called: an id has no dot, a file has one."""
        return "File" if "." in self.id else "Id"


def version_of(history: History) -> str:
    """The newest release of the playbook, and whether something has changed since; or text that says that there is none."""
    if history.latest is None:
        return NOT_RELEASED
    return f"{history.latest.version}, with changes since" if history.pending else history.latest.version


def dated_version_of(history: History) -> str:
    """The same with the day of that release, as paper says it: `version 1.1.0 of 7 December 2026, with changes since`."""
    latest, version = history.latest, version_of(history)
    if latest is None:
        return version
    day = f" of {format_date(latest.date)}" if latest.date else ""
    return f"version {latest.version}{day}{version.removeprefix(latest.version)}"


def page_context(playbook: Playbook, *, file: str, url: str, title: str, version: str) -> PageContext:
    """The page at `url`, which was made from `file`; a list that the build has made has no file. `title` is HTML, as MkDocs has it."""
    name = PurePosixPath(file)
    if name.is_relative_to(DATA) and file != SETTINGS_FILE:
        return PageContext(playbook.entries[name.stem].full_title, name.stem, url, version)
    return PageContext(short(unescape(_TAG.sub("", title)) or playbook.settings.title, 90), file or url.strip("/"), url, version)


def mail_link(settings: Settings, place: PageContext) -> str:
    """A mail about a page, with lines to fill in."""
    known = [("Page", place.title), (place.known_as, place.id), ("Address", place.address), ("Version", place.version)]
    asked = ("What I saw", "What I suggest", "Where it is from (a document, a link, my own work)")
    return _mail(settings, f"Suggestion: {place.title} ({place.id})", known, asked)


def missing_page_link(settings: Settings, version: str) -> str:
    """A mail about an address that leads to no page."""
    asked = ("The address that led nowhere", "The page with the link to it")
    return _mail(settings, "A link that leads nowhere", [("Version", version)], asked)


def missing_words_link(settings: Settings) -> str:
    """A mail about words that the search did not find; empty for an archived playbook, since nobody would answer."""
    asked = ("What I looked for", "The words that I typed")
    return "" if settings.state == "archived" else _mail(settings, "Something that the search did not find", [], asked)


def issue_link(settings: Settings, place: PageContext) -> str | None:
    """The form for an issue with the page filled in, or None if the files are not public."""
    if settings.repository is None:
        return None
    filled = {
        "template": ISSUE_FORM,
        "title": f"Suggestion: {place.title}",
        "page": f"{place.title} ({place.address})",
        "id": place.id,
        "version": place.version,
    }
    return f"{settings.repository.url.rstrip('/')}/issues/new?{urlencode(filled, quote_via=quote, safe='')}"


def feedback_links(view: Renderer, place: PageContext, edit_link: str | None) -> Markup:
    """The block at the foot of a page; empty for an archived playbook, since nobody would answer."""
    settings = view.playbook.settings
    if settings.state == "archived":
        return Markup()
    links = {"mail": mail_link(settings, place), "issue": issue_link(settings, place), "edit": edit_link}
    return view.render("_mend.html.jinja", place=place, links=links)


def paper_foot(view: Renderer, place: PageContext, address: str, version: str) -> Markup:
    """What a printed page says of itself: the playbook, its `version`, the page's `address`, and how to suggest a change from paper."""
    return view.render("_paper_foot.html.jinja", place=place, address=address, version=version)


def _mail(settings: Settings, subject: str, known: list[tuple[str, str]], asked: tuple[str, ...]) -> str:
    """RFC 6068: lines end in CR LF, and whatever is not a letter, a digit or one of `-._~` is percent-encoded."""
    lines = [*(f"{label}: {value}" for label, value in known), *(line for label in asked for line in ("", f"{label}:", ""))]
    fields = urlencode({"subject": subject, "body": "\r\n".join(lines)}, quote_via=quote, safe="")
    return f"mailto:{quote(settings.contact, safe='@')}?{fields}"
