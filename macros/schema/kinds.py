"""The schema: every kind of entry, its fields and its relations. Read it as a table.

Enters: nothing. Leaves: pydantic models; everything else asks them which fields, sections and relations exist.
A new kind is one class here, one template and one folder of data.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, StrictInt

from macros.schema.fields import (
    BOOKKEEPING,
    LISTING,
    Kind,
    Label,
    Line,
    Lines,
    Many,
    MayBeNull,
    One,
    OnlyWhere,
    PlainText,
    Relation,
    Section,
    Slug,
    Text,
    WebAddress,
    says,
)  # fmt: skip
from macros.schema.parts import Citation, Date, Evidence, Figure, FormerAnchor, Ids, Part, Passage, Period, Review

SOURCES = [{"source": "ifg", "at": "Challenge 4"}]
FIGURES = [{"name": "cost-per-bid", "value": 30000, "unit": "£", "measures": "Cost of one bid", "source": "ifg", "at": "Challenge 2"}]
FORMER = [{"anchor": "figure-cost-of-bids", "now": "figure-cost-per-bid"}]
"""Examples that several kinds show."""


class Entry(Part):
    """What every entry says."""

    kind: ClassVar[Kind]

    id: Annotated[Slug, Field(exclude=True)]
    """The name of its file; never written inside it."""
    title: Annotated[PlainText, says("Three to nine words that say the point.", "Partners cannot share data", max_length=90)]
    summary: Annotated[
        PlainText,
        says("One plain sentence that stands alone, up to 200 characters.", "Each service knows only a part of a person's story.", max_length=200),
    ]
    order: Annotated[StrictInt | None, LISTING, says("Its place in lists; entries without one follow by title.", 1)] = None
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
    tags: Annotated[tuple[PlainText, ...], LISTING, says("Headings that lists may group it under; the first counts.", ["Money and risk"])] = ()
    sources: Annotated[tuple[Citation, ...], Section("sources", "Sources"), says("Where it comes from.", SOURCES)] = ()

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
        """Its name, where it has one of its own, and its title: what browsers and the search show."""
        return self.title if self.known_as == self.title else f"{self.known_as}: {self.title}"


class CitedEntry(Entry):
    """An entry that makes claims, so that it must say where they come from."""

    sources: Annotated[tuple[Citation, ...], Section("sources", "Sources"), says("Where it comes from.", SOURCES, min_length=1)]


class Pillar(CitedEntry):
    kind = Kind("pillars", "Pillar", "Pillars", "Three things that every joined-up initiative needs, at all levels.")

    mark: Annotated[Literal["arch", "rings", "arrow"], says("The shape that stands for the pillar everywhere.", "arch")]
    about: Annotated[
        Text, Section("why", "What it is and why it matters"), says("What the pillar covers.", "Somebody with authority stands behind the work.")
    ]
    good: Annotated[
        Lines,
        Section("good", "What good looks like"),
        says("What you see where it is strong.", ["A leader can say in one sentence what the work is for."]),
    ]
    signs: Annotated[Lines, Section("signs", "Warning signs"), says("What you see where it is weak.", ["Nobody can say who decides."])]


class Question(CitedEntry):
    kind = Kind("questions", "Question", "Questions", "Ask these of a project at any time. Each points to what may be in the way.")

    question: Annotated[
        Line, says("The question; it stands alone and is answered yes, partly, no or not sure.", "Does each partner know what the others may share?")
    ]
    pillar: Annotated[One, Relation("pillars", back=Section("questions", "Questions to ask")), says("What it checks.", "focus-on-delivery")]
    stage: Annotated[One, Relation("stages", back=Section("questions", "Questions to ask")), says("When it is first worth asking.", "design")]
    why: Annotated[
        Text, Section("why", "Why it matters"), says("What depends on the answer.", "Work without permission stops at the first objection.")
    ]
    good: Annotated[
        Lines, Section("good", "What good looks like"), says("What you would see if the answer is yes.", ["You can name the person who decides."])
    ]
    signs: Annotated[
        Lines, Section("signs", "Warning signs"), says("What you would see if the answer is no.", ["Each partner tells it in another way."])
    ]
    reveals: Annotated[
        Many,
        Section("reveals", "What it may reveal"),
        Relation("barriers", back=Section("reveals", "Questions that reveal this barrier")),
        says("Barriers that a weak answer points to.", ["data-sharing"]),
    ] = ()
    try_: Annotated[
        Many,
        Section("try", "What to try"),
        Relation("insights", back=Section("questions", "Questions that lead here")),
        says("Insights that help to a better answer.", ["combine-data"], alias="try"),
    ] = ()


class Barrier(CitedEntry):
    kind = Kind("barriers", "Barrier", "Barriers", "What gets in the way of joined-up services, and how to recognise it.")

    problem: Annotated[
        Text, Section("why", "Why it gets in the way"), says("What the barrier is and what it does.", "Each partner holds only a part of the story.")
    ]
    signs: Annotated[
        Lines, Section("signs", "What you would see"), says("Signs that a team would notice.", ["People give the same details to each service."])
    ]
    felt_by: Annotated[
        Many, Relation("roles", back=Section("barriers", "Barriers they feel")), says("Roles that meet it.", ["delivery-team", "front-line"])
    ]
    hits: Annotated[
        Many,
        Relation("pillars", back=Section("barriers", "Barriers that weaken it")),
        Label("Weakens"),
        says("Pillars that it weakens.", ["focus-on-delivery"]),
    ]
    evidence: Annotated[
        tuple[Evidence, ...],
        Section("evidence", "Evidence"),
        says("Facts that show it.", [{"source": "ifg", "at": "Challenge 4", "claim": "Data protection rules held back joint plans."}], min_length=1),
    ]
    figures: Annotated[tuple[Figure, ...], Section("figures", "Figures"), says("Its numbers, each with its source.", FIGURES)] = ()


class Insight(CitedEntry):
    kind = Kind("insights", "Insight", "Insights", "What has helped organisations to join up, and how to do it.")

    point: Annotated[Text, Section("why", "Why it works"), says("What it is and why it helps.", "Trust grows where people meet every day.")]
    how: Annotated[Lines, Section("try", "How to do it"), says("Steps that a team can begin on Monday.", ["Find one room for all partners."])]
    eases: Annotated[
        Many,
        Section("eases", "Barriers it eases"),
        Relation("barriers", back=Section("eases", "What eases this barrier")),
        says("Barriers that it makes smaller.", ["data-sharing"]),
    ] = ()
    serves: Annotated[
        Many,
        Relation("pillars", back=Section("insights", "What strengthens it")),
        Label("Strengthens"),
        says("Pillars that it strengthens.", ["culture-of-collaboration"]),
    ]
    roles: Annotated[
        Many,
        Relation("roles", back=Section("insights", "What they can do")),
        Label("Who can act"),
        says("Roles that can act on it.", ["local-leaders"]),
    ]
    evidence: Annotated[
        tuple[Evidence, ...],
        Section("evidence", "Evidence"),
        says(
            "Facts that support it.",
            [{"source": "ifg", "at": "Insight 7", "claim": "One funding stream helped partners to work together."}],
            min_length=1,
        ),
    ]
    figures: Annotated[tuple[Figure, ...], Section("figures", "Figures"), says("Its numbers, each with its source.", FIGURES)] = ()


class Case(CitedEntry):
    kind = Kind("cases", "Case", "Cases", "Where organisations joined up: what they did, what came of it and what is not known.")

    name: Annotated[PlainText, says("What it is called, short enough for a row of a table.", "Social Exclusion Unit", max_length=48)]
    period: Annotated[Period, says("When it ran, as far as the source tells.", {"from": 1997, "to": 2007})]
    place: Annotated[PlainText, says("Where it ran.", "England")]
    partners: Annotated[tuple[PlainText, ...], Section("partners", "Partners"), says("Who worked together.", ["Councils", "Charities"])]
    forms: Annotated[
        Many, Relation("forms", back=Section("cases", "Cases of this form")), Label("Form"), says("How they were joined.", ["formal-partnership"])
    ] = ()
    story: Annotated[Text, Section("why", "What happened"), says("What was done, and why.", "Three services moved into one office.")]
    results: Annotated[
        Text, Section("results", "What came of it"), says("What changed, with its limits.", "People came once instead of three times.")
    ]
    limits: Annotated[Lines, Section("limits", "What is not known"), says("What the source cannot show.", ["Nobody counted the cost."])]
    figures: Annotated[tuple[Figure, ...], Section("figures", "Figures"), says("Its numbers, each with its source.", FIGURES)] = ()
    shows: Annotated[
        Many,
        Section("shows", "What it shows"),
        Relation("insights", back=Section("cases", "Cases that show it")),
        says("Insights that it is an example of.", ["combine-data"]),
    ] = ()
    meets: Annotated[
        Many,
        Section("meets", "What it met"),
        Relation("barriers", back=Section("cases", "Seen in")),
        says("Barriers that it ran into.", ["data-sharing"]),
    ] = ()


class Stage(Entry):
    kind = Kind("stages", "Stage", "Stages", "The life of a joined-up initiative, from the first decision to its review or close.")

    about: Annotated[
        Text, Section("why", "What happens"), says("What is decided and done in this stage.", "Partners decide whether joining up is worth its cost.")
    ]
    done: Annotated[Lines, Section("good", "Done when"), says("How you know that you can go on.", ["Somebody with authority has said yes."])]


class Role(Entry):
    kind = Kind("roles", "Role", "Roles", "Find what matters to you by the part that you play.")

    about: Annotated[Text, Section("why", "Who this is"), says("Who is meant, and what they hold.", "The people from all partners who do the work.")]
    does: Annotated[Lines, Section("try", "Where to begin"), says("What they alone can do.", ["Show leaders what gets in the way."])]


class Form(CitedEntry):
    kind = Kind("forms", "Form", "Forms", "Ways to join up, from loose contact to one organisation.")

    about: Annotated[
        Text, Section("why", "What it is"), says("How the partners are tied together.", "Partners sign an agreement and share a budget.")
    ]
    suits: Annotated[Lines, Section("good", "When it suits"), says("Where this form works well.", ["The work lasts for years."])]
    costs: Annotated[Lines, Section("signs", "What it costs"), says("What it asks for, and its risks.", ["It takes time to agree."])]
    within: Annotated[
        One | None, Relation("forms", acyclic=True), Label("A kind of"), says("The wider form that it is one of.", "formal-partnership")
    ] = None


class OpenQuestion(CitedEntry):
    kind = Kind("open-questions", "Open question", "Open questions", "What nobody has a good answer to yet.")

    theme: Annotated[
        Literal["models and practice", "powers and capabilities", "leadership and governance"], says("Its group.", "powers and capabilities")
    ]
    question: Annotated[Line, says("The question, as one sentence.", "Who should pay when another partner saves?")]
    why: Annotated[Text, Section("why", "Why it is open"), says("Why it matters and why nobody knows.", "Budgets follow organisations.")]
    known: Annotated[Text | None, Section("evidence", "What is known so far"), says("Part answers.", "Some partners share what they save.")] = None
    touches: Annotated[
        Many,
        Relation(None, back=Section("open-questions", "Still an open question")),
        Label("About"),
        says("Entries that it is about.", ["savings-elsewhere"]),
    ] = ()


class Term(Entry):
    kind = Kind("terms", "Term", "Terms", "Words and abbreviations as this playbook uses them.")

    meaning: Annotated[
        Text, Section("why", "Meaning"), says("What it means here, for somebody new to it.", "Several organisations act as one towards a person.")
    ]
    short_for: Annotated[PlainText | None, says("The words that an abbreviation stands for.", "Multi-Agency Safeguarding Hub")] = None
    also: Annotated[tuple[PlainText, ...], says("Other words for the same thing.", ["Pooled money"])] = ()
    see: Annotated[Many, Relation(None), Label("See it at work"), says("Entries that show it at work.", ["pool-budgets"])] = ()


class Source(Entry):
    kind = Kind("sources", "Source", "Sources", "The documents that this playbook was written from.")

    work: Annotated[PlainText, says("The full title of the work.", "Joining Up to Improve Public Services")]
    authors: Annotated[tuple[PlainText, ...], says("Who wrote it.", ["Ana Brown"])] = ()
    publisher: Annotated[PlainText, says("Who published it.", "National Audit Office")]
    published: Annotated[Date | None, says("As far as the work gives it; leave out what it does not.", "2001-12-07")] = None
    reference: Annotated[PlainText | None, says("Its number in a series.", "HC 383 Session 2001-2002")] = None
    url: Annotated[
        WebAddress | None,
        says("Where it can be read.", "https://example.org/joining-up.pdf"),
    ] = None
    about: Annotated[
        Text, Section("why", "What it is"), says("What the work is and how it was made.", "Auditors looked at five examples of joint working.")
    ]
    taken: Annotated[
        Text, Section("evidence", "What was taken from it"), says("What this playbook owes to it.", "Most barriers, and the facts beside them.")
    ]
    turned: Annotated[
        Text | None,
        Section("method", "How it became entries"),
        says("How what it says was turned into entries.", "Each of its challenges became a barrier."),
    ] = None
    passages: Annotated[
        tuple[Passage, ...],
        Section("coverage", "Where each part went"),
        says("Its parts, in their order; every citation of it names one of them.", [{"at": "Challenge 4", "about": "Barriers to data sharing"}]),
    ] = ()


KINDS: dict[str, type[Entry]] = {
    model.kind.folder: model for model in (Pillar, Question, Barrier, Insight, Case, Stage, Role, Form, OpenQuestion, Term, Source)
}
