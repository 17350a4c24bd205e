"""Where pages written by hand link to the page of an entry, or to its place on another page.

`id_in` takes an address and the renamed entry, and returns where the old id is in it, or None if the address leads elsewhere.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from macros.playbook.urls import page_url
from macros.schema.kinds import KINDS
from macros.text.links import LinkedAddress

_OTHER_FORMS = re.compile(r"(?:/|/index\.html|\.html|\.md|\.json)$")


@dataclass(frozen=True, slots=True)
class Renamed:
    """An entry's kind, its old id, and the names of its figures: from these its anchors are made."""

    folder: str
    id: str
    figures: tuple[str, ...] = ()

    @property
    def anchors(self) -> frozenset[str]:
        """Where lists, the health check and the table of figures show it."""
        return frozenset({self.id, f"group-{self.id}", *(f"{self.id}-{figure}" for figure in self.figures)})


def id_in(address: LinkedAddress, page: str, renamed: Renamed, written: Collection[tuple[str, str]]) -> tuple[int, int] | None:
    """The start and end of the old id in the address, counted from the beginning of the text, if the address leads to the entry.

    `written` are the anchors, each with its page's address, that authors wrote themselves: those do not change.
    """
    try:
        parts = urlsplit(address.text)
    except ValueError:
        return None  # no address: the check tells
    if parts.scheme or parts.netloc:
        return None
    target = _target(address, parts.path, page)
    at = address.start
    if target == f"{renamed.folder}/{renamed.id}/":
        inside = list(re.finditer(rf"(?<![^/]){re.escape(renamed.id)}(?![^/.?#])", parts.path))
        return (at + inside[-1].start(), at + inside[-1].end()) if inside else None
    is_entry = target.count("/") == 2 and target.partition("/")[0] in KINDS
    if is_entry or parts.fragment not in renamed.anchors or (target, parts.fragment) in written:
        return None
    start = at + len(address.text) - len(parts.fragment) + (len("group-") if parts.fragment == f"group-{renamed.id}" else 0)
    return start, start + len(renamed.id)


def _target(address: LinkedAddress, path: str, page: str) -> str:
    """The address in the site that a link on `page` leads to, without the name of the form: `.md`, `.json`, `index.html`."""
    if not path:
        return page_url(page)
    from_file = address.is_markdown and path.endswith(".md")
    base = posixpath.dirname(page.removeprefix("docs/")) if from_file else page_url(page)
    whole = posixpath.normpath(posixpath.join("/", base, path)).lstrip("/")
    if from_file:
        return page_url(whole)
    bare = _OTHER_FORMS.sub("", whole).removeprefix("embed/")
    return "" if bare in ("", "index") else f"{bare}/"
