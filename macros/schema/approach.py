"""The front matter of the pages of the approach, which this playbook keeps in a folder of their own.

`page_models.py` gives this model to each page in APPROACH_FOLDER.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import StrictInt

from macros.schema.fields import Many, PlainText, Relation, WebAddress, says
from macros.schema.front_matter import DocsFile, FormerAddresses, FormerAnchors, Together
from macros.schema.parts import Part

APPROACH_FOLDER = "docs/approach/"


class Medium(Part):
    title: Annotated[PlainText, says("What readers get; it becomes the link.", "The three pillars as a picture")]
    file: Annotated[DocsFile, says("The file inside docs/.", "assets/approach/joined-up.svg")]


class Resource(Part):
    title: Annotated[PlainText, says("Where the link leads.", "Joining up public services")]
    url: Annotated[WebAddress, says("The whole address.", "https://example.org/joining-up/")]


class ApproachFrontMatter(Part):
    """The front matter of a page under /approach/: the fields that the lab's own pages had."""

    together: ClassVar = (Together(("external_url", "external_link_title"), "an external link has an address and a title, or neither"),)

    title: Annotated[PlainText, says("The page's name.", "Joined-up services", max_length=90)]
    subtitle: Annotated[PlainText, says("The line below the title.", "Working as one for the people who need it", max_length=120)]
    excerpt: Annotated[PlainText, says("What the page holds, in one sentence.", "What joining up asks for, and what has helped.", max_length=200)]
    image: Annotated[DocsFile, says("The picture's file inside docs/.", "assets/approach/joined-up.svg")]
    image_text: Annotated[PlainText, says("What the picture shows, for readers who cannot see it.", "Three pillars carry one roof.")]
    external_url: Annotated[WebAddress | None, says("The project's own site.", "https://example.org/project/")] = None
    external_link_title: Annotated[PlainText | None, says("What that link is called.", "The project's site")] = None
    weight: Annotated[StrictInt, says("Its place among the pages of the approach.", 1)] = 1
    media: Annotated[
        tuple[Medium, ...], says("Files to look at or to download.", [{"title": "The pillars as a picture", "file": "assets/approach/joined-up.svg"}])
    ] = ()
    resources: Annotated[
        tuple[Resource, ...], says("Further reading elsewhere.", [{"title": "Joining up", "url": "https://example.org/joining-up/"}])
    ] = ()
    sources: Annotated[Many, Relation("sources"), says("Sources that the page is based on.", ["lab"])] = ()
    other_phases: Annotated[Many, Relation("stages"), says("Stages to read next.", ["decide"])] = ()
    formerly: FormerAddresses = ()
    former_anchors: FormerAnchors = ()
