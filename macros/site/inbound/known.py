"""What became of each link that another site is known to have.

`Inbound` takes a `Ledger` and the URL of the site. It asks what sites with a copy of `links.json` ask, and knows the files of this folder and the anchors of
each version besides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import unquote, urlsplit

from macros.releases.store import Release
from macros.releases.version import folder_of
from macros.schema.inbound import LinkingSite
from macros.site.exports.links import known_links
from macros.site.ledger.ledger import Ledger
from macros.site.verify_links import LinkAnswer, Links, Spot
from macros.yamlfile.source import FieldPath


@dataclass(frozen=True, slots=True)
class InboundLink:
    """A link of another site: its place in `inbound.yml`, and what became of it; `spot` and `answer` are None if it does not lead here."""

    path: FieldPath
    site: LinkingSite
    url: str
    spot: Spot | None
    answer: LinkAnswer | None

    @property
    def anchor(self) -> str:
        """The part of the page that it leads to; empty if to the whole page."""
        return unquote(urlsplit(self.url).fragment) if self.spot else ""


@dataclass(frozen=True)
class Inbound:
    """Every known link to the playbook of a ledger; `address` is empty if the URL of the site is not known."""

    ledger: Ledger
    address: str

    @property
    def places(self) -> tuple[str, ...]:
        """The URLs at which the playbook is or was; none if nobody has said so."""
        return (*((self.address,) if self.address else ()), *self.ledger.current.playbook.inbound.earlier_sites)

    @cached_property
    def links(self) -> tuple[InboundLink, ...]:
        """The links in the order of the file; none if it is not known where the playbook is."""
        sites = self.ledger.current.playbook.inbound.sites
        if not (sites and self.places):
            return ()
        data = known_links(self.ledger, self.places[0])
        known = Links({**data, "files": [*data["files"], *self.ledger.current.static_files]}, self.places[1:])
        rows = ((("sites", row, "links", number), site, url) for row, site in enumerate(sites) for number, url in enumerate(site.links))
        return tuple(self._with_its_part(InboundLink(path, site, url, known.spot(url), known.answer(url))) for path, site, url in rows)

    def _with_its_part(self, link: InboundLink) -> InboundLink:
        """A link to a part of a page in a version is broken if that version never had this part, which `links.json` does not hold."""
        if not (link.spot and link.answer and link.spot.version and link.answer.state == "ok" and link.anchor) or "=" in link.anchor:
            return link
        had = self._parts_of_versions.get(link.spot.version, {}).get(link.spot.at)
        if not had or link.anchor in had:
            return link
        return replace(link, answer=LinkAnswer("unknown", f"version {link.spot.version} of the page has no part #{link.anchor}"))

    @cached_property
    def _parts_of_versions(self) -> Mapping[str, Mapping[str, frozenset[str]]]:
        """From each version to its addresses, and from these to the anchors that they have there: each page keeps those that it once had."""
        found: dict[str, dict[str, frozenset[str]]] = {}
        so_far: dict[str, frozenset[str]] = {}
        for release in self.ledger.store.releases:
            so_far = {**so_far, **{url: so_far.get(url, frozenset()).union(anchors) for url, anchors in _anchors_in(release).items()}}
            found[folder_of(release.version)] = so_far
        return found


def _anchors_in(release: Release) -> dict[str, frozenset[str]]:
    records = {record.url: (*record.anchors, *_former(record.fields)) for record in release.snapshot.records.values()}
    pages = {page.url: (*page.anchors, *_former(page.front)) for page in release.manifest.pages} if release.manifest else {}
    return {url: frozenset(anchors) for url, anchors in {**records, **pages}.items()}


def _former(fields: Mapping[str, object]) -> list[str]:
    rows = fields.get("former_anchors")
    return [str(row.get("anchor")) for row in rows if isinstance(row, Mapping)] if isinstance(rows, list | tuple) else []
