"""How others cite a page of the playbook: in words, as Markdown and HTML, as BibTeX and as CSL-JSON.

A `Cited` takes what a citation says and returns each form as text. What depends on the newest release is put in last: a form holds `PINNED` and
other marks in its place, and `release_marks` says what each of them stands for. A `Cited` that is given `release_words` says that at once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from types import MappingProxyType
from typing import Any

from macros.releases.history import ReleaseHistory
from macros.releases.version import folder_of
from macros.text.bibtex import bibtex_address, bibtex_date, bibtex_entry, bibtex_keys, bibtex_rows, bibtex_text
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
_AS_MARKS: Mapping[str, str] = MappingProxyType({mark: mark for mark in MARKS})
_SINCE = "; it lacks what has changed since"
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
    status: str = ""
    """`withdrawn` for an entry that readers should no longer rely on; empty for any other page."""
    frame: str = ""
    """What shows the card of the page in another site, as HTML in which `UNPINNED` stands; empty for a page without a card."""
    former_keys: tuple[str, ...] = ()
    """Other keys by which lists of references may know it."""
    said: Mapping[str, str] = field(default_factory=lambda: _AS_MARKS, hash=False)
    """What is said in the place of each mark."""

    @property
    def address(self) -> str:
        """The address that keeps showing what is cited, or the only one where no release has the page."""
        return f"{self.said[PINNED if self.is_released else UNPINNED]}{self.url}"

    @property
    def newest(self) -> str:
        """The address that always shows the newest version."""
        return f"{self.said[UNPINNED]}{self.url}"

    @property
    def shown(self) -> str:
        """What the pinned address shows; empty where no release has the page."""
        return self.said[SHOWN] if self.is_released else ""

    @property
    def words(self) -> str:
        """`A Lab, “Data stays apart”, A playbook, version 1.6.0, 27 November 2026, https://example.org/1.6/barriers/data-sharing/`."""
        title = f"“{self.title}”{f' ({self.status})' if self.status else ''}, " if self.title else ""
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
        about = {"author": self.author, "title": self._name, "howpublished": self.playbook if self.title else ""}
        rows = bibtex_rows({name: bibtex_text(text) for name, text in about.items()} | {"pubstate": self.status, **bibtex_keys(self.former_keys)})
        issued = self.said[_ISSUED_BIBTEX] if self.is_released else ""
        return bibtex_entry("misc", self.key, f"{rows}{issued}{bibtex_rows({'url': bibtex_address(self.address)})}")

    @property
    def csl(self) -> str:
        """A list of one item, as programs that manage references import it."""
        item = json.dumps(self._item, ensure_ascii=False)[1:]
        return f"[{{{self.said[_ISSUED_CSL] if self.is_released else ''}{item}]"

    @property
    def _item(self) -> dict[str, Any]:
        within = {"container-title": self.playbook} if self.title else {}
        status = {"status": self.status} if self.status else {}
        author = [{"literal": self.author}]
        return {
            "id": self.key,
            "type": "webpage",
            "title": self._name,
            **within,
            "author": author,
            **status,
            **csl_keys(self.former_keys),
            "URL": self.address,
        }

    @property
    def _name(self) -> str:
        return self.title or self.playbook

    @property
    def _release(self) -> str:
        return self.said[RELEASE] if self.is_released else NOT_RELEASED


def release_marks(latest: ReleaseHistory | None, address: str, whole: str, *, has_changes: bool) -> Mapping[str, str]:
    """Returns what each of `MARKS` stands for, as HTML; takes the same as `release_words`."""
    return {mark: escape(text, quote=False) for mark, text in release_words(latest, address, whole, has_changes=has_changes).items()}


def release_words(latest: ReleaseHistory | None, address: str, whole: str, *, has_changes: bool) -> Mapping[str, str]:
    """Returns what each of `MARKS` stands for, as it is.

    `address` is where readers find the newest version, and `whole` that of the whole site with all versions; both are empty if they are not known.
    """
    said = dict.fromkeys(MARKS, "") | {UNPINNED: address or "/", PINNED: address or "/", RELEASE: NOT_RELEASED}
    if latest:
        folder = folder_of(latest.version)
        said |= {
            PINNED: f"{whole or '/'}{folder}/",
            RELEASE: f"version {latest.version}" + (f", {format_date(latest.date)}" if latest.date else ""),
            SHOWN: f"version {folder}, in which only wording may be corrected{_SINCE if has_changes else ''}",
            _ISSUED_BIBTEX: bibtex_rows({"note": f"Version {latest.version}", **bibtex_date(latest.date)}),
            _ISSUED_CSL: _issued_csl(latest),
        }
    return said


def key_of(url: str) -> str:
    """Returns the key of the page at `url` in lists of references: `barriers-data-sharing`; `playbook` for the home page."""
    return url.strip("/").replace("/", "-") or "playbook"


def csl_date(date: str) -> Mapping[str, Any]:
    """Returns a date as CSL-JSON has it, as far as it is known: `2001`, `2001-12` or `2001-12-07`; nothing if it is empty."""
    return {"issued": {"date-parts": [[int(part) for part in date.split("-")]]}} if date else {}


def csl_keys(former: tuple[str, ...]) -> Mapping[str, Any]:
    """Returns the keys that an item of CSL-JSON had before, under the name that the schema of CSL suggests; nothing if there are none."""
    return {"custom": {"other-ids": [*former]}} if former else {}


def _issued_csl(release: ReleaseHistory) -> str:
    return f"{json.dumps({'version': release.version, **csl_date(release.date)})[1:-1]}, "
