"""The sites that link here, with the URLs that they use: the schema of `playbook_data/inbound.yml`.

`InboundLinks` is the model. The check fails if a change would break one of these URLs.
"""

from __future__ import annotations

from typing import Annotated

from macros.schema.fields import PlainText, WebAddress, says
from macros.schema.parts import Part
from macros.schema.patterns import A_SITE_BEFORE

_LINK = "https://playbook.example.org/about/#who"
_SITE = {"title": "City manual", "address": "https://manual.example.com/", "links": [_LINK]}


class LinkingSite(Part):
    """A site that links here."""

    title: Annotated[PlainText, says("What the site is called.", "A city’s service manual", max_length=90)]
    address: Annotated[WebAddress, says("Where the site is, or its page with the links.", "https://manual.example.com/", max_length=2000)]
    links: Annotated[
        tuple[Annotated[WebAddress, says("A URL of this playbook, just as that site uses it.", _LINK, max_length=2000)], ...],
        says("Each URL of this playbook that it uses, just as it stands there.", [_LINK], min_length=1),
    ]


class InboundLinks(Part):
    """The whole file."""

    sites: Annotated[tuple[LinkingSite, ...], says("Each site that links here, as far as anyone has told.", [_SITE], min_length=1)] = ()
    earlier_sites: Annotated[
        tuple[Annotated[PlainText, A_SITE_BEFORE], ...],
        says("Where this playbook was before, if links still use that address.", ["https://old.example.org/"], min_length=1),
    ] = ()
