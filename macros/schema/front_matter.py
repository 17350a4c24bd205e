"""The front matter of pages written by hand: its schema, checked as strictly as the data.

`FrontMatter` is for any page; `page_models.py` says which pages have fields of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from macros.schema.fields import BOOKKEEPING, LISTING, PlainText, says
from macros.schema.parts import FormerAnchor, Part
from macros.schema.patterns import A_DOCS_FILE, A_SITE_ADDRESS

DocsFile = Annotated[
    PlainText,
    A_DOCS_FILE,
]
"""A file's path inside `docs/`, without a leading slash: the site may be published under any prefix."""


Address = Annotated[
    PlainText,
    A_SITE_ADDRESS,
]
"""A page's address below that of the site, with its last `/`."""


FormerAddresses = Annotated[
    tuple[Address, ...], BOOKKEEPING, says("Addresses that this page had before, or that it took the place of.", ["numbers/"])
]
FormerAnchors = Annotated[
    tuple[FormerAnchor, ...], BOOKKEEPING, says("What became of sections that the page had before.", [{"anchor": "symptoms", "now": "signs"}])
]
"""What a page says of its own past, so that old links to it still lead somewhere."""


@dataclass(frozen=True, slots=True)
class Together:
    """Two fields of a page that need each other; `why` explains that to authors."""

    fields: tuple[str, str]
    why: str


class FrontMatter(Part):
    """What any page may say before its text."""

    title: Annotated[PlainText | None, says("The page's name; by default, its first heading.", "Figures")] = None
    description: Annotated[
        PlainText | None, says("One sentence for search engines.", "Every number in this playbook, with its source.", max_length=200)
    ] = None
    also_searched: Annotated[
        tuple[PlainText, ...], LISTING, says("Words that people search for but that the page does not use.", ["contact", "feedback"])
    ] = ()
    hide: Annotated[
        tuple[Literal["toc", "subsections"], ...],
        says("Parts to leave out of the page: `toc` is the list of its sections, `subsections` their parts in that list.", ["toc"]),
    ] = ()
    formerly: FormerAddresses = ()
    former_anchors: FormerAnchors = ()
