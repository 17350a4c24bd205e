"""How others cite a page of the playbook: in words, as Markdown and HTML, as BibTeX and as CSL-JSON.

A `Cited` takes what a citation says and returns each form as text. What depends on the newest release is put in last: a form holds `PINNED` and
other marks in its place, and `release_marks` says what each of them stands for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from macros.releases.history import ReleaseHistory
from macros.releases.version import folder_of
from macros.text.formats import format_date

NOT_RELEASED = "not released yet"
PINNED = "playbook-pinned.to-be-named/"
"""Stands for the address of the newest release: `https://example.org/1.6/`. It is an address itself, so that it may stand in one."""
UNPINNED = "playbook-newest.to-be-named/"
"""Stands for the address that shows the newest version."""
RELEASE = "playbook-release to-be-named"
"""Stands for that release in words: `version 1.6.0, 27 November 2026`."""
SHOWN = "playbook-shown to-be-named"
"""Stands for what a pinned link shows: a version with the corrections of its wording, and without what has changed since."""
_ISSUED_BIBTEX = "playbook-bibtex to-be-named"
_ISSUED_CSL = "playbook-csl to-be-named"
MARKS = (PINNED, UNPINNED, RELEASE, SHOWN, _ISSUED_BIBTEX, _ISSUED_CSL)
_SINCE = "; it lacks what has changed since"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""As BibTeX abbreviates them, without quotes."""
_BIBTEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", **{sign: f"\\{sign}" for sign in "{}$&#_%"}}
_MARKDOWN = re.compile(r"([\\`*_\[\]<>&])")
"""What could be markup in the name of a link. Others paste that into their own text, so signs that are safe there keep their looks."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A page as others cite it. `title` is empty for the playbook as a whole; `key` names it in lists of references."""

    author: str
    title: str
    playbook: str
    key: str
    url: str
    """Inside the site, as an address writes it: `barriers/data-sharing/`."""
    is_released: bool
    """Whether the newest release has the page."""
    frame: str = ""
    """What shows the card of the page in another site, as HTML in which `UNPINNED` stands; empty for a page without a card."""

    @property
    def address(self) -> str:
        """The address that keeps showing what is cited, or the only one where no release has the page."""
        return f"{PINNED if self.is_released else UNPINNED}{self.url}"

    @property
    def newest(self) -> str:
        """The address that always shows the newest version."""
        return f"{UNPINNED}{self.url}"

    @property
    def shown(self) -> str:
        """What the pinned address shows; empty where no release has the page."""
        return SHOWN if self.is_released else ""

    @property
    def words(self) -> str:
        """`A Lab, “Data stays apart”, A playbook, version 1.6.0, 27 November 2026, https://example.org/1.6/barriers/data-sharing/`."""
        title = f"“{self.title}”, " if self.title else ""
        return f"{self.author}, {title}{self.playbook}, {self._release}, {self.address}"

    @property
    def markdown(self) -> str:
        """A link for Markdown."""
        name = _MARKDOWN.sub(r"\\\1", self._name)
        return f"[{name}]({self.address})"

    @property
    def html(self) -> str:
        """A link for HTML."""
        return f'<a href="{escape(self.address)}">{escape(self._name)}</a>'

    @property
    def bibtex(self) -> str:
        """An entry for BibTeX and biblatex. What it says of the release is a line of its own, or none."""
        rows = (("author", self.author), ("title", self._name), ("howpublished", self.playbook if self.title else ""))
        fields = "".join(f"  {name} = {{{{{_bibtex(text)}}}}},\n" for name, text in rows if text)
        return f"@misc{{{self.key},\n{fields}{_ISSUED_BIBTEX if self.is_released else ''}  url = {{{self.address}}}\n}}"

    @property
    def csl(self) -> str:
        """A list of one item, as programs that manage references import it."""
        within = {"container-title": self.playbook} if self.title else {}
        item = {"id": self.key, "type": "webpage", "title": self._name, **within, "author": [{"literal": self.author}], "URL": self.address}
        return f"[{{{_ISSUED_CSL if self.is_released else ''}{json.dumps(item, ensure_ascii=False)[1:]}]"

    @property
    def _name(self) -> str:
        return self.title or self.playbook

    @property
    def _release(self) -> str:
        return RELEASE if self.is_released else NOT_RELEASED


def release_marks(latest: ReleaseHistory | None, address: str, whole: str, *, has_changes: bool) -> Mapping[str, str]:
    """Returns what each of `MARKS` stands for, as HTML.

    `address` is where readers find the newest version, and `whole` that of the whole site with all versions; both are empty if they are not known.
    """
    said = dict.fromkeys(MARKS, "") | {UNPINNED: address or "/", PINNED: address or "/", RELEASE: NOT_RELEASED}
    if latest:
        folder = folder_of(latest.version)
        said |= {
            PINNED: f"{whole or '/'}{folder}/",
            RELEASE: f"version {latest.version}" + (f", {format_date(latest.date)}" if latest.date else ""),
            SHOWN: f"version {folder}, in which only wording may be corrected{_SINCE if has_changes else ''}",
            _ISSUED_BIBTEX: _issued_bibtex(latest),
            _ISSUED_CSL: _issued_csl(latest),
        }
    return {mark: escape(text, quote=False) for mark, text in said.items()}


def _issued_bibtex(release: ReleaseHistory) -> str:
    year, month = [*release.date.split("-"), ""][:2]
    date = f"  year = {{{year}}},\n  month = {_MONTHS[int(month) - 1]},\n" if month else ""
    return f"  note = {{Version {release.version}}},\n{date}"


def _issued_csl(release: ReleaseHistory) -> str:
    date = f'"issued": {{"date-parts": [{json.dumps([int(part) for part in release.date.split("-")])}]}}, ' if release.date else ""
    return f'"version": "{release.version}", {date}'


def _bibtex(text: str) -> str:
    return "".join(_BIBTEX.get(sign, sign) for sign in text)
