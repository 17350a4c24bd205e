"""The front matter of pages written by hand: its schema, checked as strictly as the data.

Enters: nothing. Leaves: pydantic models.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictInt

from macros.schema.fields import InSchema, Many, PlainText, Relation, says
from macros.schema.parts import FormerAnchor, Part
from macros.schema.settings import WebAddress

DocsFile = Annotated[
    PlainText,
    Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._/-]*$"),
    InSchema({"patternErrorMessage": "Write the file's path from docs/, such as assets/approach/picture.svg."}),
]
"""A file's path inside `docs/`, without a leading slash: the site may be published under any prefix."""


Address = Annotated[
    PlainText,
    Field(pattern=r"^[a-z0-9][a-z0-9._-]*(?:/[a-z0-9][a-z0-9._-]*)*/$"),
    InSchema({"patternErrorMessage": "Write the address from the top of the site, such as numbers/ or about/numbers/."}),
]
"""A page's address as it stands after the site's own, with its last `/`."""


FormerAddresses = Annotated[tuple[Address, ...], says("Addresses that this page had before, or that it took the place of.", ["numbers/"])]
FormerAnchors = Annotated[
    tuple[FormerAnchor, ...], says("What became of sections that the page had before.", [{"anchor": "symptoms", "now": "signs"}])
]
"""What a page says of its own past, so that old links to it still lead somewhere."""


class FrontMatter(Part):
    """What any page may say before its text."""

    title: Annotated[PlainText | None, says("The page's name; else its first heading.", "Figures")] = None
    description: Annotated[
        PlainText | None, says("One sentence for search engines.", "Every number in this playbook, with its source.", max_length=200)
    ] = None
    hide: Annotated[
        tuple[Literal["toc", "subsections"], ...],
        says("Parts that the page goes without: `toc` is the list of its sections, `subsections` their parts in that list.", ["toc"]),
    ] = ()
    formerly: FormerAddresses = ()
    former_anchors: FormerAnchors = ()


class Medium(Part):
    title: Annotated[PlainText, says("What readers get; it becomes the link.", "The three pillars as a picture")]
    file: Annotated[DocsFile, says("The file inside docs/.", "assets/approach/joined-up.svg")]


class Resource(Part):
    title: Annotated[PlainText, says("Where the link leads.", "Joining up public services")]
    url: Annotated[WebAddress, says("The whole address.", "https://example.org/joining-up/")]


class ApproachFrontMatter(Part):
    """The front matter of a page under /approach/: the fields that the lab's own pages had."""

    title: Annotated[PlainText, says("The page's name.", "Joined-up services", max_length=90)]
    subtitle: Annotated[PlainText, says("The line below the title.", "Working as one for the people who need it", max_length=120)]
    excerpt: Annotated[PlainText, says("What the page holds, in one sentence.", "What joining up asks for, and what has helped.", max_length=200)]
    image: Annotated[DocsFile, says("The picture's file inside docs/.", "assets/approach/joined-up.svg")]
    image_text: Annotated[PlainText, says("What the picture says, for those who do not see it.", "Three pillars carry one roof.")]
    external_url: Annotated[WebAddress | None, says("The project's own site.", "https://example.org/project/")] = None
    external_link_title: Annotated[PlainText | None, says("What that link is called.", "The project's site")] = None
    weight: Annotated[StrictInt, says("Its place among the pages of the approach.", 1)] = 1
    media: Annotated[
        tuple[Medium, ...], says("Files to look at or to download.", [{"title": "The pillars as a picture", "file": "assets/approach/joined-up.svg"}])
    ] = ()
    resources: Annotated[
        tuple[Resource, ...], says("Further reading elsewhere.", [{"title": "Joining up", "url": "https://example.org/joining-up/"}])
    ] = ()
    sources: Annotated[Many, Relation("sources"), says("Sources that the page was written from.", ["lab"])] = ()
    other_phases: Annotated[Many, Relation("stages"), says("Stages to read next.", ["decide"])] = ()
    formerly: FormerAddresses = ()
    former_anchors: FormerAnchors = ()
