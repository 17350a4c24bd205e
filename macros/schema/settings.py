"""The playbook's own facts: the schema of `playbook_data/playbook.yml`.

`Settings` is the model. Its field `review_kinds` has a field for each kind.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictInt, create_model

from macros.schema.fields import Line, One, OnlyWhere, PlainText, Relation, WebAddress, says
from macros.schema.front_matter import Address
from macros.schema.kind import Kind
from macros.schema.kinds import KINDS
from macros.schema.parts import FullDate, Part
from macros.schema.patterns import A_MAIL_ADDRESS

CLOSED = ("unmaintained", "archived")
"""States in which nobody maintains the playbook."""
MailAddress = Annotated[PlainText, A_MAIL_ADDRESS]


class Licence(Part):
    name: Annotated[PlainText, says("Its name.", "Creative Commons Attribution 4.0 International")]
    url: Annotated[WebAddress, says("Where its text can be read.", "https://creativecommons.org/licenses/by/4.0/")]


class Repository(Part):
    url: Annotated[WebAddress, says("Where the playbook's files are kept.", "https://example.org/a-lab/a-playbook")]
    branch: Annotated[PlainText, says("The branch that edits go to.", "main")] = "main"


class WithdrawnPage(Part):
    address: Annotated[Address, says("The address that the page had, from the top of the site.", "old-news/")]
    title: Annotated[PlainText, says("What it was called.", "Old news", max_length=90)]
    reason: Annotated[Line, says("Why it is gone.", "The programme that it told of has ended.")]
    on: Annotated[FullDate, says("The day on which it was taken away.", "2026-11-20")]
    entry: Annotated[One | None, Relation(None, is_note=True), says("The entry that takes its place.", "pool-budgets")] = None
    page: Annotated[Address | None, says("The page that takes its place.", "about/sources/")] = None


Months = Annotated[StrictInt, Field(ge=1, le=120)]
"""From a month to ten years: what looks longer ahead is no plan."""


class Rhythm(Part):
    every_months: Annotated[Months | None, says("How many months an entry of this kind may go without a review.", 24)] = None
    by: Annotated[One | None, Relation("roles"), says("The role that looks after entries of this kind.", "delivery-team")] = None


def _own_rhythm(kind: Kind) -> tuple[object, None]:
    """The field of one kind, by the name of its folder."""
    annotation = says(f"How {kind.many.lower()} are reviewed, where it differs from the rest.", {"every_months": 24}, alias=kind.folder)
    return Annotated[Rhythm | None, annotation], None


Rhythms = create_model(
    "Rhythms",
    __base__=Part,
    __module__=__name__,
    **{folder.replace("-", "_"): _own_rhythm(model.kind) for folder, model in KINDS.items()},
)
"""A rhythm for each kind that has one of its own. Made from KINDS, so that a new kind is here too."""


def _only_closed(field: str, *, is_required: bool = False) -> OnlyWhere:
    return OnlyWhere("state", CLOSED, f"Only a playbook that nobody maintains any more has a {field}.", is_required=is_required)


class Settings(Part):
    """What the playbook says of itself."""

    title: Annotated[PlainText, says("The name of the playbook.", "Approach playbook", max_length=90)]
    summary: Annotated[PlainText, says("What it is and for whom, in one sentence.", "How public services can join up around people.", max_length=200)]
    lab: Annotated[PlainText, says("The lab that publishes it.", "Service Innovation Lab")]
    licence: Annotated[
        Licence, says("What others may do with the content.", {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"})
    ]
    contact: Annotated[MailAddress, says("The address that suggestions go to.", "lab@example.org")]
    repository: Annotated[
        Repository | None, says("Where the files are; leave it out if they are not public.", {"url": "https://example.org/a-lab/a-playbook"})
    ] = None
    state: Annotated[Literal["active", "unmaintained", "archived"], says("Whether anyone looks after it.", "unmaintained")] = "active"
    reason: Annotated[
        Line | None, _only_closed("reason", is_required=True), says("Why it is unmaintained or archived.", "The lab closed in June 2026.")
    ] = None
    successor: Annotated[
        WebAddress | None, _only_closed("successor"), says("Where readers should go instead.", "https://example.org/new-playbook/")
    ] = None
    withdrawn_pages: Annotated[
        tuple[WithdrawnPage, ...],
        says(
            "Pages that are gone, and why: their old addresses say so.",
            [{"address": "old-news/", "title": "Old news", "reason": "The programme has ended.", "on": "2026-11-20"}],
        ),
    ] = ()
    tags: Annotated[
        tuple[PlainText, ...],
        says("The tags that entries may have, in the order in which lists show them.", ["Money and risk", "Data and technology"]),
    ] = ()
    editors: Annotated[
        PlainText, says("What the playbook calls those who write it; reviews without a role are theirs.", "The playbook’s editors")
    ] = "The editors of this playbook"
    review_every_months: Annotated[Months, says("How long an entry may go without a look, in months.", 12)] = 12
    review_by: Annotated[One | None, Relation("roles"), says("The role that looks after entries, where their kind names none.", "delivery-team")] = (
        None
    )
    review_kinds: Annotated[Rhythms | None, says("Kinds with a rhythm or a role of their own.", {"sources": {"every_months": 36}})] = None
