"""The kinds of this playbook: the fields of each, what each relates to and what each needs. Read it as a table.

A new kind is one class here, one template and one folder of data: see docs/contribute/index.md. Everything else asks `KINDS`.
A playbook of another subject replaces the classes in this module, and keeps `entry.py` and `builtin_kinds.py`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from macros.schema.builtin_kinds import Role, Source, Term
from macros.schema.entry import CitedEntry, Entry
from macros.schema.fields import Asks, Label, Line, Lines, Many, ManyAnywhere, Mark, One, PlainText, Relation, Section, Text, says
from macros.schema.kind import Kind, Names, Need
from macros.schema.lab_needs import BARRIER_NEEDS, INSIGHT_NEEDS, QUESTION_NEEDS
from macros.schema.parts import Citation, Figure, Period

ANCHORS = (
    "look-at", "why", "good", "signs", "partners", "results", "limits", "evidence", "method", "coverage", "figures", "sources",
    "shows", "meets", "eases", "reveals", "try", "questions", "barriers", "insights", "cases", "open-questions", "cited",
    "history",
)  # fmt: skip
"""Section anchors that are published, in reading order: other sites link to them, so none is ever changed. A new section needs no row here."""
FIGURES = [{"name": "cost-per-bid", "value": 30000, "unit": "£", "measures": "Cost of one bid", "source": "ifg", "at": "Challenge 2"}]
"""An example that several kinds show."""


class Evidence(Citation):
    claim: Annotated[Text, says("One fact, in your own words.", "Most staff said that data protection rules held back joint plans.")]
    basis: Annotated[
        Literal["found", "said", "advised"] | None,
        says("What the claim rests on: what the source `found`, what someone in it `said`, or what it `advised`.", "found"),
    ] = None
    case: Annotated[One | None, Relation("cases"), says("The case that the fact comes from.", "sure-start")] = None


class Pillar(CitedEntry):
    kind = Kind(
        "pillars",
        "Pillar",
        "Pillars",
        "Three things that every joined-up initiative needs, at every level.",
        on_map=True,
        also_searched=("success factors", "framework", "principles", "model"),
    )

    mark: Annotated[Literal["arch", "rings", "arrow"], Mark(), says("The shape that stands for the pillar everywhere.", "arch")]
    about: Annotated[
        Text, Section("why", "What it is and why it matters"), says("What the pillar covers.", "Someone with authority stands behind the work.")
    ]
    good: Annotated[
        Lines,
        Section("good", "What good looks like", by_editors=True),
        says("What you see where it is strong.", ["A leader can say in one sentence what the work is for."]),
    ]
    signs: Annotated[
        Lines, Section("signs", "Warning signs", by_editors=True), says("What you see where it is weak.", ["No one can say who decides."])
    ]


class Question(CitedEntry):
    kind = Kind(
        "questions",
        "Question",
        "Questions",
        "Ask these of a project at any time. Each points to what may be in the way.",
        needs=QUESTION_NEEDS,
        on_map=True,
        as_table=True,
        asked_at="health-check/",
    )

    question: Annotated[
        Line,
        Asks(),
        says(
            "The question, which makes sense on its own and can be answered yes, partly, no or not sure.",
            "Does each partner know what the others may share?",
        ),
    ]
    check: Annotated[Literal["quick"] | None, says("`quick` if the short form of the health check asks it too.", "quick")] = None
    look_at: Annotated[Lines, Section("look-at", "Look at"), says("Parts of the question, to look at one by one.", ["Money beyond this year"])] = ()
    pillar: Annotated[
        One, Relation("pillars", back=Section("questions", "Questions to ask")), says("The pillar that it checks.", "focus-on-delivery")
    ]
    stage: Annotated[
        One, Relation("stages", back=Section("questions", "Questions to ask")), says("The stage at which it is first worth asking.", "design")
    ]
    why: Annotated[
        Text, Section("why", "Why it matters"), says("What depends on the answer.", "Work without permission stops at the first objection.")
    ]
    good: Annotated[
        Lines,
        Section("good", "What good looks like", by_editors=True),
        says("What you would see if the answer is yes.", ["You can name the person who decides."]),
    ]
    signs: Annotated[
        Lines,
        Section("signs", "Warning signs", by_editors=True),
        says("What you would see if the answer is no.", ["Each partner gives a different account of the aim."]),
    ]
    reveals: Annotated[
        ManyAnywhere,
        Section("reveals", "What it may reveal"),
        Relation("barriers", back=Section("reveals", "Questions that reveal this barrier")),
        says("Barriers that a weak answer points to.", ["data-sharing"]),
    ] = ()
    try_: Annotated[
        ManyAnywhere,
        Section("try", "What to try"),
        Relation("insights", back=Section("questions", "Questions that lead here")),
        says("Insights that help to a better answer.", ["combine-data"], alias="try"),
    ] = ()


class Barrier(CitedEntry):
    kind = Kind(
        "barriers",
        "Barrier",
        "Barriers",
        "What gets in the way of joined-up services, and how to recognise it.",
        asked_with=("barriers to", "barrier to", "obstacles to", "challenges of", "challenges in", "problems with", "whats stopping", "what stops",
            "what goes wrong", "what gets in the way", "difficulties with", "blockers"),
        needs=BARRIER_NEEDS,
        on_map=True,
        as_table=True,
    )  # fmt: skip

    problem: Annotated[
        Text,
        Section("why", "Why it gets in the way"),
        says("What the barrier is and how it gets in the way.", "Each partner holds only part of the story."),
    ]
    signs: Annotated[
        Lines,
        Section("signs", "What you would see", by_editors=True),
        says("Signs that a team would notice.", ["People give the same details to each service."]),
    ]
    felt_by: Annotated[
        Many,
        Relation("roles", back=Section("barriers", "Barriers they feel")),
        says("Roles that run into it.", ["delivery-team", "front-line"], min_length=1),
    ]
    hits: Annotated[
        Many,
        Relation("pillars", back=Section("barriers", "Barriers that weaken it")),
        Label("Weakens"),
        says("Pillars that it weakens.", ["focus-on-delivery"], min_length=1),
    ]
    evidence: Annotated[
        tuple[Evidence, ...],
        Section("evidence", "Evidence"),
        says(
            "Facts that show it at work.",
            [{"source": "ifg", "at": "Challenge 4", "claim": "Data protection rules held back joint plans."}],
            min_length=1,
        ),
    ]
    figures: Annotated[tuple[Figure, ...], Section("figures", "Figures"), says("Its numbers, each with its source.", FIGURES)] = ()


class Insight(CitedEntry):
    kind = Kind(
        "insights",
        "Insight",
        "Insights",
        "What has helped organisations to join up, what others recommend, and how to do it.",
        needs=INSIGHT_NEEDS,
        on_map=True,
    )

    point: Annotated[Text, Section("why", "Why it works"), says("What it is and why it helps.", "Trust grows where people meet every day.")]
    how: Annotated[
        Lines, Section("try", "How to do it", by_editors=True), says("Steps that a team can begin on Monday.", ["Find one room for all partners."])
    ]
    eases: Annotated[
        ManyAnywhere,
        Section("eases", "Barriers it eases"),
        Relation("barriers", back=Section("eases", "What eases this barrier")),
        says("Barriers that it makes smaller.", ["data-sharing"]),
    ] = ()
    serves: Annotated[
        Many,
        Relation("pillars", back=Section("insights", "What strengthens it")),
        Label("Strengthens"),
        says("Pillars that it strengthens.", ["culture-of-collaboration"]),
    ] = ()
    roles: Annotated[
        Many,
        Relation("roles", back=Section("insights", "What they can do")),
        Label("Who can act"),
        says("Roles that can act on it.", ["local-leaders"], min_length=1),
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
    kind = Kind(
        "cases",
        "Case",
        "Cases",
        "Where organisations joined up: what they did, what came of it and what is not known.",
        needs=(Need("case-shows-nothing", Names("insights"), "this case shows no insight", "name under `shows:` what others can learn from it"),),
        in_lists=("name", "period", "place"),
        figures_first=True,
        on_map=True,
        asked_with=(
            "case study", "case studies", "success stories", "success story", "real life", "real example", "who did this", "who has done", "has anyone",
            "examples of", "example of", "examples", "example",
        ),
    )  # fmt: skip

    name: Annotated[PlainText, says("A name that is short enough for a row of a table.", "Social Exclusion Unit", max_length=48)]
    period: Annotated[Period, says("When it ran, as far as the source says.", {"from": 1997, "to": 2007})]
    place: Annotated[PlainText, says("Where it ran.", "England")]
    partners: Annotated[tuple[PlainText, ...], Section("partners", "Partners"), says("Who worked together.", ["Councils", "Charities"], min_length=1)]
    forms: Annotated[
        Many,
        Relation("forms", back=Section("cases", "Cases of this form")),
        Label("Form"),
        says("The form in which the partners joined up.", ["formal-partnership"]),
    ] = ()
    story: Annotated[Text, Section("why", "What happened"), says("What was done, and why.", "Three services moved into one office.")]
    results: Annotated[
        Text, Section("results", "What came of it"), says("What changed, with its limits.", "People came once instead of three times.")
    ]
    limits: Annotated[Lines, Section("limits", "What is not known"), says("What the source cannot show.", ["No one counted the cost."])]
    figures: Annotated[tuple[Figure, ...], Section("figures", "Figures"), says("Its numbers, each with its source.", FIGURES)] = ()
    shows: Annotated[
        ManyAnywhere,
        Section("shows", "What it shows"),
        Relation("insights", back=Section("cases", "Cases that show it")),
        says("Insights that it is an example of.", ["combine-data"]),
    ] = ()
    meets: Annotated[
        ManyAnywhere,
        Section("meets", "What it met"),
        Relation("barriers", back=Section("cases", "Seen in")),
        says("Barriers that it ran into.", ["data-sharing"]),
    ] = ()


class Stage(Entry):
    kind = Kind("stages", "Stage", "Stages", "The life of a joined-up initiative, from the first decision to its review or close.")

    about: Annotated[
        Text, Section("why", "What happens"), says("What is decided and done in this stage.", "Partners decide whether joining up is worth its cost.")
    ]
    done: Annotated[
        Lines, Section("good", "Done when", by_editors=True), says("How you know that you can go on.", ["Someone with authority has said yes."])
    ]


class Form(CitedEntry):
    kind = Kind("forms", "Form", "Forms", "Ways to join up: from loose contact to one organisation, then by whom they bring together.")

    about: Annotated[
        Text,
        Section("why", "What it is"),
        says("How the partners work together, and what binds them.", "Partners sign an agreement and share a budget."),
    ]
    suits: Annotated[Lines, Section("good", "When it suits", by_editors=True), says("Where this form works well.", ["The work lasts for years."])]
    costs: Annotated[Lines, Section("signs", "What it costs", by_editors=True), says("What it takes, and its risks.", ["It takes time to agree."])]
    within: Annotated[
        One | None, Relation("forms", acyclic=True), Label("A kind of"), says("The wider form that it belongs to.", "formal-partnership")
    ] = None


class OpenQuestion(CitedEntry):
    kind = Kind("open-questions", "Open question", "Open questions", "What no one has a good answer to yet.")

    theme: Annotated[
        Literal["models and practice", "powers and capabilities", "leadership and governance"],
        says("The group that lists show it in.", "powers and capabilities"),
    ]
    question: Annotated[Line, Asks(), says("The question, as one sentence.", "Who should pay when another partner saves?")]
    why: Annotated[Text, Section("why", "Why it is open"), says("Why it matters, and why no one knows the answer.", "Budgets follow organisations.")]
    known: Annotated[
        Text | None, Section("evidence", "What is known so far"), says("Answers to parts of it.", "Some partners share what they save.")
    ] = None
    touches: Annotated[
        Many,
        Relation(None, back=Section("open-questions", "Still an open question")),
        Label("About"),
        says("Entries that it is about.", ["savings-elsewhere"]),
    ] = ()


KINDS: dict[str, type[Entry]] = {
    model.kind.folder: model for model in (Pillar, Question, Barrier, Insight, Case, Stage, Role, Form, OpenQuestion, Term, Source)
}
