"""The schema: every kind of entry, its fields and its relations. Read it as a table.

Enters: nothing. Leaves: pydantic models; everything else asks them which fields, sections and relations exist.
A new kind is one class here, one template and one folder of data.
"""

from __future__ import annotations

import datetime
import re
from contextlib import suppress
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictFloat, StrictInt
from pydantic_core import PydanticCustomError

from macros.fields import Kind, Line, Lines, Many, One, PlainText, Relation, Section, Slug, Text, says


class Part(BaseModel):
    """A value that nobody can change; a field that is not in the table is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


def _iso_date(value: Any) -> str:
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool) and 1000 <= value <= 2999:
        return str(value)
    if isinstance(value, str) and re.fullmatch(r"[12]\d{3}(-(0[1-9]|1[0-2]))?", value):
        return value
    if isinstance(value, str) and re.fullmatch(r"[12]\d{3}-\d\d-\d\d", value):
        with suppress(ValueError):
            return datetime.date.fromisoformat(value).isoformat()
    raise PydanticCustomError("not_date", "not a date")


Date = Annotated[str, BeforeValidator(_iso_date)]
"""As far as it is known: `2001`, `2001-12` or `2001-12-07`."""
FullDate = Annotated[Date, Field(pattern=r"^\d{4}-\d\d-\d\d$")]
Ids = Annotated[tuple[Slug, ...], BeforeValidator(lambda value: [value] if isinstance(value, str) else value)]
"""One id or a list of ids."""
Number = Annotated[StrictInt | StrictFloat, Field(ge=-(10**15), le=10**15)]


class Passage(Part):
    at: Annotated[PlainText, says("Its place, as citations name it: their `at` begins with it.", "Challenge 4")]
    about: Annotated[PlainText, says("What it is about, in a few words.", "Barriers to data sharing")]
    unused: Annotated[PlainText | None, says("Why nothing was taken from it.")] = None


CITED = Section("cited", "Entries that cite it")


class Citation(Part):
    source: Annotated[One, Relation("sources", back=CITED), says("The id of the source.", "ifg")]
    at: Annotated[PlainText, says("The place in the source that a reader can find.", "Challenge 4")]


class Evidence(Citation):
    claim: Annotated[Text, says("One fact, in your own words.")]
    case: Annotated[One | None, Relation("cases"), says("The case that the fact comes from.")] = None


class Earlier(Part):
    value: Annotated[Number, says("The number alone, in the same unit.", 1850)]
    when: Annotated[PlainText | None, says("The date or period that it is for.", "June 1998")] = None


class Figure(Citation):
    name: Annotated[Slug, says("What pages call this figure by; unique in the entry.", "cost-per-bid")]
    value: Annotated[Number, says("The number alone, in full.", 30000)]
    unit: Annotated[PlainText, says("What is counted; `£` and `%` are set beside the number.", "£")]
    measures: Annotated[Line, says("What the number tells.", "Cost to a council of one bid for central funds")]
    bound: Annotated[Literal["about", "over", "up to"] | None, says("Where the source gives no exact number.")] = None
    when: Annotated[PlainText | None, says("The date or period that the number is for.", "May 2015")] = None
    before: Annotated[Earlier | None, says("The same measure at an earlier time, where the source gives it.")] = None
    contested: Annotated[Line | None, says("Who doubts the number, and why.")] = None


class Review(Part):
    on: Annotated[FullDate, says("The day of the review.", "2026-11-20")]
    by: Annotated[One, Relation("roles"), says("The role that looked.", "delivery-team")]
    outcome: Annotated[PlainText, says("What came of it.", "No change needed")]


class Period(Part):
    from_: Annotated[Date | None, says("When it began.", 1997), Field(alias="from")] = None
    known_from: Annotated[Date | None, says("The earliest date that the source tells of, where it does not say when it began.", 1997)] = None
    to: Annotated[Date | None, says("When it ended.", 2007)] = None
    known_until: Annotated[Date | None, says("The latest date that the source tells of, where it does not say when it ended.", 2015)] = None


class Entry(Part):
    """What every entry says."""

    kind: ClassVar[Kind]

    id: Annotated[Slug, Field(exclude=True)]
    """The name of its file; never written inside it."""
    title: Annotated[PlainText, says("Three to nine words that say the point.", max_length=90)]
    summary: Annotated[PlainText, says("One plain sentence that stands alone, up to 200 characters.", max_length=200)]
    order: Annotated[StrictInt | None, says("Its place in lists; entries without one follow by title.", 1)] = None
    status: Annotated[Literal["draft", "current", "withdrawn"], says("Whether readers should rely on it.")] = "current"
    reason: Annotated[PlainText | None, says("Why it was withdrawn.")] = None
    replaced_by: Annotated[Ids | None, Relation(None, acyclic=True), says("What readers of a withdrawn entry should use instead.")] = None
    formerly: Annotated[Many, says("Ids that this entry had before.")] = ()
    reviewed: Annotated[Review | None, says("Who last looked at it, and what came of it.")] = None
    tags: Annotated[tuple[PlainText, ...], says("Headings that lists may group it under; the first counts.", ["Money and risk"])] = ()
    sources: Annotated[tuple[Citation, ...], Section("sources", "Sources"), says("Where it comes from.")] = ()

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

    sources: Annotated[tuple[Citation, ...], Section("sources", "Sources"), says("Where it comes from."), Field(min_length=1)]


class Pillar(CitedEntry):
    kind = Kind("pillars", "Pillar", "Pillars", "Three things that every joined-up initiative needs, at all levels.")

    mark: Annotated[Literal["arch", "rings", "arrow"], says("The shape that stands for the pillar everywhere.", "arch")]
    about: Annotated[Text, Section("why", "What it is and why it matters"), says("What the pillar covers.")]
    good: Annotated[Lines, Section("good", "What good looks like"), says("What you see where it is strong.")]
    signs: Annotated[Lines, Section("signs", "Warning signs"), says("What you see where it is weak.")]


class Question(CitedEntry):
    kind = Kind("questions", "Question", "Questions", "Ask these of a project at any time. Each points to what may be in the way.")

    question: Annotated[Line, says("The question; it stands alone and is answered yes, partly, no or not sure.")]
    pillar: Annotated[One, Relation("pillars", back=Section("questions", "Questions to ask")), says("What it checks.")]
    stage: Annotated[One, Relation("stages", back=Section("questions", "Questions to ask")), says("When it is first worth asking.")]
    why: Annotated[Text, Section("why", "Why it matters"), says("What depends on the answer.")]
    good: Annotated[Lines, Section("good", "What good looks like"), says("What you would see if the answer is yes.")]
    signs: Annotated[Lines, Section("signs", "Warning signs"), says("What you would see if the answer is no.")]
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
        says("Insights that help to a better answer.", ["shared-space"]),
        Field(alias="try"),
    ] = ()


class Barrier(CitedEntry):
    kind = Kind("barriers", "Barrier", "Barriers", "What gets in the way of joined-up services, and how to recognise it.")

    problem: Annotated[Text, Section("why", "Why it gets in the way"), says("What the barrier is and what it does.")]
    signs: Annotated[Lines, Section("signs", "What you would see"), says("Signs that a team would notice.")]
    felt_by: Annotated[Many, Relation("roles", back=Section("barriers", "Barriers they feel")), says("Roles that meet it.")]
    hits: Annotated[Many, Relation("pillars", back=Section("barriers", "Barriers that weaken it")), says("Pillars that it weakens.")]
    evidence: Annotated[tuple[Evidence, ...], Section("evidence", "Evidence"), says("Facts that show it."), Field(min_length=1)]
    figures: Annotated[tuple[Figure, ...], Section("figures", "Figures"), says("Its numbers.")] = ()


class Insight(CitedEntry):
    kind = Kind("insights", "Insight", "Insights", "What has helped organisations to join up, and how to do it.")

    point: Annotated[Text, Section("why", "Why it works"), says("What it is and why it helps.")]
    how: Annotated[Lines, Section("try", "How to do it"), says("Steps that a team can begin on Monday.")]
    eases: Annotated[
        Many,
        Section("eases", "Barriers it eases"),
        Relation("barriers", back=Section("eases", "What eases this barrier")),
        says("Barriers that it makes smaller.", ["data-sharing"]),
    ] = ()
    serves: Annotated[Many, Relation("pillars", back=Section("insights", "What strengthens it")), says("Pillars that it strengthens.")]
    roles: Annotated[Many, Relation("roles", back=Section("insights", "What they can do")), says("Roles that can act on it.")]
    evidence: Annotated[tuple[Evidence, ...], Section("evidence", "Evidence"), says("Facts that support it."), Field(min_length=1)]
    figures: Annotated[tuple[Figure, ...], Section("figures", "Figures"), says("Its numbers.")] = ()


class Case(CitedEntry):
    kind = Kind("cases", "Case", "Cases", "Where organisations joined up: what they did, what came of it and what is not known.")

    name: Annotated[PlainText, says("What it is called, short enough for a row of a table.", "Social Exclusion Unit", max_length=48)]
    period: Annotated[Period, says("When it ran, as far as the source tells.", {"from": 1997, "to": 2007})]
    place: Annotated[PlainText, says("Where it ran.", "England")]
    partners: Annotated[tuple[PlainText, ...], Section("partners", "Partners"), says("Who worked together.")]
    forms: Annotated[Many, Relation("forms", back=Section("cases", "Cases of this form")), says("How they were joined.")] = ()
    story: Annotated[Text, Section("why", "What happened"), says("What was done, and why.")]
    results: Annotated[Text, Section("results", "What came of it"), says("What changed, with its limits.")]
    limits: Annotated[Lines, Section("limits", "What is not known"), says("What the source cannot show.")]
    figures: Annotated[tuple[Figure, ...], Section("figures", "Figures"), says("Its numbers.")] = ()
    shows: Annotated[
        Many,
        Section("shows", "What it shows"),
        Relation("insights", back=Section("cases", "Cases that show it")),
        says("Insights that it is an example of."),
    ] = ()
    meets: Annotated[
        Many,
        Section("meets", "What it met"),
        Relation("barriers", back=Section("cases", "Seen in")),
        says("Barriers that it ran into."),
    ] = ()


class Stage(Entry):
    kind = Kind("stages", "Stage", "Stages", "The life of a joined-up initiative, from the first decision to its review or close.")

    about: Annotated[Text, Section("why", "What happens"), says("What is decided and done in this stage.")]
    done: Annotated[Lines, Section("good", "Done when"), says("How you know that you can go on.")]


class Role(Entry):
    kind = Kind("roles", "Role", "Roles", "Find what matters to you by the part that you play.")

    about: Annotated[Text, Section("why", "Who this is"), says("Who is meant, and what they hold.")]
    does: Annotated[Lines, Section("try", "Where to begin"), says("What they alone can do.")]


class Form(CitedEntry):
    kind = Kind("forms", "Form", "Forms", "Ways to join up, from loose contact to one organisation.")

    about: Annotated[Text, Section("why", "What it is"), says("How the partners are tied together.")]
    suits: Annotated[Lines, Section("good", "When it suits"), says("Where this form works well.")]
    costs: Annotated[Lines, Section("signs", "What it costs"), says("What it asks for, and its risks.")]
    within: Annotated[One | None, Relation("forms", acyclic=True), says("The wider form that it is one of.")] = None


class OpenQuestion(CitedEntry):
    kind = Kind("open-questions", "Open question", "Open questions", "What nobody has a good answer to yet.")

    theme: Annotated[Literal["models and practice", "powers and capabilities", "leadership and governance"], says("Its group.")]
    question: Annotated[Line, says("The question, as one sentence.")]
    why: Annotated[Text, Section("why", "Why it is open"), says("Why it matters and why nobody knows.")]
    known: Annotated[Text | None, Section("evidence", "What is known so far"), says("Part answers.")] = None
    touches: Annotated[Many, Relation(None, back=Section("open-questions", "Still an open question")), says("Entries that it is about.")] = ()


class Term(Entry):
    kind = Kind("terms", "Term", "Terms", "Words and abbreviations as this playbook uses them.")

    meaning: Annotated[Text, Section("why", "Meaning"), says("What it means here, for somebody new to it.")]
    short_for: Annotated[PlainText | None, says("The words that an abbreviation stands for.")] = None
    also: Annotated[tuple[PlainText, ...], says("Other words for the same thing.")] = ()
    see: Annotated[Many, Relation(None), says("Entries that show it at work.")] = ()


class Source(Entry):
    kind = Kind("sources", "Source", "Sources", "The documents that this playbook was written from.")

    work: Annotated[PlainText, says("The full title of the work.")]
    authors: Annotated[tuple[PlainText, ...], says("Who wrote it.")] = ()
    publisher: Annotated[PlainText, says("Who published it.")]
    published: Annotated[Date | None, says("As far as the work gives it; leave out what it does not.", "2001-12-07")] = None
    reference: Annotated[PlainText | None, says("Its number in a series.", "HC 383 Session 2001-2002")] = None
    url: Annotated[PlainText | None, Field(pattern=r"^https?://\S+$"), says("Where it can be read.")] = None
    about: Annotated[Text, Section("why", "What it is"), says("What the work is and how it was made.")]
    taken: Annotated[Text, Section("evidence", "What was taken from it"), says("What this playbook owes to it.")]
    turned: Annotated[Text | None, Section("method", "How it became entries"), says("How what it says was turned into entries.")] = None
    passages: Annotated[
        tuple[Passage, ...],
        Section("coverage", "Where each part went"),
        says("Its parts, in their order; every citation of it names one of them."),
    ] = ()


KINDS: dict[str, type[Entry]] = {
    model.kind.folder: model
    for model in (
        Pillar,
        Question,
        Barrier,
        Insight,
        Case,
        Stage,
        Role,
        Form,
        OpenQuestion,
        Term,
        Source,
    )
}
