"""What a published page says of other versions: the insides of its parts.

Enters: the places of a page in all versions. Leaves: HTML for the head, the banner, the menu and the list.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from macros.pages.renderer import environment
from macros.playbook import urls
from macros.site.versions.crosswalk import PageInVersion, VersionLink
from macros.text.markdown import escape_html


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version as one page shows it: its place, and the ways there from this page."""

    place: PageInVersion
    links: tuple[tuple[VersionLink, str], ...]
    home: str


def version_slots(places: Iterable[PageInVersion], *, at: str, address: str) -> dict[str, str]:
    """The insides of the parts of the page at `at`, its address in the whole site: `1.0/barriers/data-sharing/`.

    `address` is that of the whole site, for what search engines read.
    """
    rows = tuple(_row(place, at) for place in places)
    own = next(row.place for row in rows if row.place.is_own)
    latest = next(row for row in rows if row.place.is_latest)
    return {
        "head": _head(own, latest, address),
        "banner": "" if own.is_latest else _shown("banner", own=own, latest=latest),
        "menu": _shown("menu", own=own, rows=rows),
        "list": _shown("list", own=own, rows=rows) if len(rows) > 1 else "",
    }


def _row(place: PageInVersion, at: str) -> VersionRow:
    return VersionRow(place, tuple((link, urls.relative(link.url, at)) for link in place.links), urls.relative(place.home, at))


def _head(own: PageInVersion, latest: VersionRow, address: str) -> str:
    """The address of this very page in the latest version, where there is one; old versions are in no index."""
    canonical = f'<link rel="canonical" href="{escape_html(address + latest.place.links[0].url)}">' if len(latest.place.links) == 1 else ""
    return canonical if own.is_latest else f'{canonical}<meta name="robots" content="noindex">'


def _shown(part: str, **values: object) -> str:
    return environment().get_template(f"_version_{part}.html.jinja").render(**values).strip()
