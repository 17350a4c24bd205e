"""The tags by which chats and social networks draw a link to a page as a card: Open Graph, and those that X reads besides.

`share_tags` takes the `PageFacts` of a page, and returns tags for its head. All that they say is text: nothing in it can end an attribute.
"""

from __future__ import annotations

from collections.abc import Iterator

from macros.site.page_facts import PageFacts
from macros.text.markdown import escape_html
from macros.text.typography import typographic


def share_tags(facts: PageFacts, language: str) -> str:
    """Returns the tags; those that need a whole address are left out where that of the site is not known. `language` is that of the page: `en-GB`."""
    named = "".join(f'<meta property="{name}" content="{escape_html(said)}">' for name, said in _open_graph(facts, language) if said)
    return named + "".join(f'<meta name="{name}" content="{escape_html(said)}">' for name, said in _for_x(facts) if said)


def _open_graph(facts: PageFacts, language: str) -> Iterator[tuple[str, str]]:
    is_article = facts.entry is not None
    yield "og:type", "article" if is_article else "website"
    yield "og:site_name", facts.site
    yield "og:title", facts.title
    yield "og:description", facts.description
    yield "og:locale", locale_of(language)
    if facts.address:
        picture = facts.picture
        yield "og:url", facts.address
        yield "og:image", facts.picture_address
        yield "og:image:type", "image/png"
        yield "og:image:width", str(picture.width)
        yield "og:image:height", str(picture.height)
        yield "og:image:alt", typographic(picture.alt)
    if is_article:
        yield "article:published_time", facts.days.published
        yield "article:modified_time", facts.days.changed


def _for_x(facts: PageFacts) -> Iterator[tuple[str, str]]:
    """The kind of card. Title, description and picture it takes from Open Graph, but not the words for the picture."""
    yield "twitter:card", "summary_large_image" if facts.address else "summary"
    if facts.address:
        yield "twitter:image:alt", typographic(facts.picture.alt)


def locale_of(language: str) -> str:
    """Returns a language and its country as Open Graph writes them, `en_GB`; empty for another language alone, which Open Graph cannot say."""
    if language == "en":  # British, as the program's own words are
        return "en_GB"
    parts = language.split("-")
    return f"{parts[0].lower()}_{parts[1].upper()}" if len(parts) == 2 and len(parts[1]) == 2 else ""
