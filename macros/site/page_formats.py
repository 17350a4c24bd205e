"""The other forms of an entry, as its page leads to them: for programs in the head, for people beside the citation.

`formats_of_page` takes the address of an entry's page and returns each form; `format_tags` returns their tags for the head. `card_tag` returns that of its card,
which programs ask for by its whole address.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass

from macros.playbook import urls
from macros.playbook.urls import ENTRY_FORMS, OEMBED_FORM
from macros.site.exports.published import Published
from macros.text.markdown import escape_html

_TYPES = {".json": ("JSON", "application/json"), ".md": ("Markdown", "text/markdown")}
"""By the ending of a file: what people call it, and what programs do."""


@dataclass(frozen=True, slots=True)
class PageFormat:
    """Another form of a page: its name, its type, and the way to it from the page."""

    name: str
    type: str
    href: str


def formats_of_page(url: str) -> tuple[PageFormat, ...]:
    """Returns the other forms of the entry at `url` that a type tells apart."""
    paths = (form.format(at=url.rstrip("/")) for form in ENTRY_FORMS if form.startswith("{at}"))
    known = ((path, _TYPES[ending]) for path in paths if (ending := posixpath.splitext(path)[1]) in _TYPES)
    return tuple(PageFormat(*said, urls.relative(path, url)) for path, said in known)


def format_tags(formats: Iterable[PageFormat]) -> str:
    """Returns tags for the head of the page."""
    return "".join(f'<link rel="alternate" type="{form.type}" href="{escape_html(form.href)}">' for form in formats)


def card_tag(published: Published, url: str, title: str) -> str:
    """Returns the tag by which oEmbed finds the card of the entry at `url`; nothing where the URL of the site is not known."""
    if not published.address:
        return ""
    href = escape_html(published.url(OEMBED_FORM.format(at=url.rstrip("/"))))
    return f'<link rel="alternate" type="application/json+oembed" href="{href}" title="{escape_html(title)}">'
