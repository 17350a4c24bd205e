"""What every entry says, whatever its kind.

Kinds are built on `Entry`, or on `CitedEntry` where they make claims.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, PrivateAttr, StrictInt

from macros.schema.fields import BOOKKEEPING, LISTING, Many, MayBeNull, MayLeadOutside, OnlyWhere, PlainText, Relation, Section, Slug, Tag, says
from macros.schema.kind import Kind
from macros.schema.parts import Citation, FormerAnchor, Ids, Part, Review

SOURCES = [{"source": "ifg", "at": "Challenge 4"}]
FORMER = [{"anchor": "figure-cost-of-bids", "now": "figure-cost-per-bid"}]
"""Examples."""


class Entry(Part):
    """What every entry says."""

    kind: ClassVar[Kind]

    id: Annotated[Slug, Field(exclude=True)]
    """The name of its file; never written inside it."""
    title: Annotated[PlainText, says("Three to nine words that make the point.", "Partners cannot share data", max_length=90)]
    summary: Annotated[
        PlainText,
        says("One plain sentence that stands alone, up to 200 characters.", "Each service knows only a part of a person's story.", max_length=200),
    ]
    also_searched: Annotated[
        tuple[PlainText, ...], LISTING, says("Words that people search for but that the page does not use.", ["GDPR", "privacy"])
    ] = ()
    order: Annotated[StrictInt | None, LISTING, says("Its place in lists, where entries without one follow in the order of their titles.", 1)] = None
    status: Annotated[Literal["draft", "current", "withdrawn"], says("Whether readers should rely on it.", "draft")] = "current"
    reason: Annotated[
        PlainText | None,
        OnlyWhere("status", ("withdrawn",), "Only a withdrawn entry has a reason.", is_required=True),
        says("Why it was withdrawn.", "It says the same as another barrier"),
    ] = None
    replaced_by: Annotated[
        Ids | None,
        Relation(None, acyclic=True),
        BOOKKEEPING,
        MayBeNull(),
        OnlyWhere("status", ("withdrawn",), "Only a withdrawn entry is replaced."),
        says("What readers of a withdrawn entry should use instead.", ["data-sharing"]),
    ] = None
    formerly: Annotated[Many, BOOKKEEPING, says("Ids that this entry had before.", ["sharing-of-data"])] = ()
    former_anchors: Annotated[
        tuple[FormerAnchor, ...], BOOKKEEPING, says("What became of sections and figures that its page had before.", FORMER)
    ] = ()
    reviewed: Annotated[
        Review | None,
        BOOKKEEPING,
        says("Who last looked at it, and what came of it.", {"on": "2026-11-20", "by": "delivery-team", "outcome": "No change needed"}),
    ] = None
    tags: Annotated[
        tuple[PlainText, ...],
        Tag(),
        LISTING,
        says("Headings that lists may group it under, from the `tags` of `playbook.yml`; the first counts.", ["Money and risk"]),
    ] = ()
    sources: Annotated[tuple[Citation, ...], Section("sources", "Sources"), says("Where it comes from.", SOURCES)] = ()

    _elsewhere: Mapping[str, tuple[str, ...]] = PrivateAttr(default_factory=dict)

    def model_post_init(self, _: Any, /) -> None:
        """Takes the ids of pages of other playbooks out of the fields that may name both, so that those hold entries alone."""
        for name in _anywhere(type(self)):
            ids = getattr(self, name)
            if outside := tuple(id for id in ids if ":" in id):
                self._elsewhere = {**self._elsewhere, name: outside}
                object.__setattr__(self, name, tuple(id for id in ids if ":" not in id))

    @property
    def elsewhere(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of pages of other playbooks that it names, by the attribute of the field that names them."""
        return self._elsewhere

    @property
    def file(self) -> str:
        """The entry's file, from the playbook's folder."""
        return f"playbook_data/{self.kind.folder}/{self.id}.yml"

    @property
    def known_as(self) -> str:
        """What links and tables call it: its name where it has one, else its title."""
        return getattr(self, "name", self.title)

    @property
    def full_title(self) -> str:
        """Its name, if it has one, and its title, as browsers and the search show them."""
        return self.title if self.known_as == self.title else f"{self.known_as}: {self.title}"


@cache
def _anywhere(model: type[Entry]) -> tuple[str, ...]:
    """The attributes of a kind that may name pages of other playbooks."""
    return tuple(name for name, info in model.model_fields.items() if any(isinstance(marker, MayLeadOutside) for marker in info.metadata))


class CitedEntry(Entry):
    """An entry that makes claims, so that it must say where they come from."""

    sources: Annotated[tuple[Citation, ...], Section("sources", "Sources"), says("Where it comes from.", SOURCES, min_length=1)]
