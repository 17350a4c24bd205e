"""The card of an entry, which any site may show in a frame, and what tells programs of it (oEmbed 1.0).

`card_page` and `oembed_json` take a `Published`, an entry, and the address of its page at which the card is asked for, which may be a former one.
"""

from __future__ import annotations

import json
from html import escape

from macros.pages.feedback import dated_version_of
from macros.pages.renderer import Renderer
from macros.playbook.urls import CARD_FORM, entry_url
from macros.schema.entry import Entry
from macros.site.exports.published import Published
from macros.text.typography import typographic_html

WIDTH, HEIGHT = 480, 280
"""In pixels; a longer text scrolls."""
CARD_POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'self'; form-action 'none'"
"""What a card may load and run, as the card says it. It has no script, but at an address without a version it leads to the newest one by one."""


def card_page(published: Published, entry: Entry, url: str) -> bytes:
    """Returns the page of the card. All links in it lead out of the frame."""
    at = card_at(url)
    view = Renderer(published.playbook, at)
    html = view.render(
        "_card.html.jinja",
        entry=entry,
        moved=url != entry_url(entry),
        instead=view.named(entry.replaced_by or ()),
        ask=_asking_page(published, entry),
        version=dated_version_of(published.ledger.current.history),
        canonical=published.url(entry_url(entry)) if published.address else "",
        policy=CARD_POLICY,
    )
    return f"{typographic_html(html)}\n".encode()


def oembed_json(published: Published, entry: Entry, url: str) -> bytes:
    """Returns the answer that oEmbed asks for, `{version, type, title, html, width, height, …}`; it is the same whatever size is asked for."""
    settings = published.playbook.settings
    value = {
        "version": "1.0",
        "type": "rich",
        "title": entry.full_title,
        "author_name": settings.lab,
        "provider_name": settings.title,
        "provider_url": published.url(""),
        "width": WIDTH,
        "height": HEIGHT,
        "html": frame_html(published.url(card_at(url)), entry.full_title),
    }
    return f"{json.dumps(value, ensure_ascii=False, indent=1)}\n".replace("<", "\\u003c").encode()


def card_at(url: str) -> str:
    """Returns the address of the card of the page at `url`: `embed/barriers/data-sharing/`."""
    return CARD_FORM.format(at=url.rstrip("/")).removesuffix("index.html")


def frame_html(src: str, title: str) -> str:
    """Returns what another site writes into its page to show a card."""
    return f'<iframe src="{escape(src)}" title="{escape(title)}" width="{WIDTH}" height="{HEIGHT}" loading="lazy"></iframe>'


def _asking_page(published: Published, entry: Entry) -> tuple[str, str] | None:
    """The address and the title of the page on which readers answer what an entry asks, if the playbook has that page."""
    url = entry.kind.asked_at
    page = published.ledger.current.catalogue.by_url.get(url) if url and entry.status == "current" else None
    return (f"{url}#{entry.id}", page.title) if page else None
