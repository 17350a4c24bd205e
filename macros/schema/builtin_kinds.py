"""The generator's own kinds: every playbook has sources to cite, terms to explain and roles that review.

Citations, the glossary and reviews work on these fields. `kinds.py` lists them among the kinds of the playbook.
"""

from __future__ import annotations

from typing import Annotated

from macros.schema.entry import Entry
from macros.schema.fields import Label, Lines, Many, PlainText, Relation, Section, Text, WebAddress, says
from macros.schema.kind import Kind
from macros.schema.parts import Date, Passage


class Role(Entry):
    kind = Kind(
        "roles",
        "Role",
        "Roles",
        "Find what matters to you, by the part that you play.",
        also_searched=("my job", "who is this for", "for managers"),
        told_as="WebPage",
    )

    about: Annotated[
        Text, Section("why", "Who this is"), says("Who is meant, and what they bring to the work.", "The people from all partners who do the work.")
    ]
    does: Annotated[Lines, Section("try", "Where to begin", by_editors=True), says("What they alone can do.", ["Show leaders what gets in the way."])]


class Term(Entry):
    kind = Kind(
        "terms",
        "Term",
        "Terms",
        "Words and abbreviations as this playbook uses them.",
        needs=(),
        in_lists=("short_for",),
        also_searched=("glossary", "definitions", "acronyms", "jargon", "dictionary", "vocabulary", "terminology", "what words mean"),
        asked_with=(
            "what is", "whats", "what are", "what does", "meaning", "meaning of", "mean by", "definition of", "definition", "define", "defined", "explain",
        ),
        told_as="WebPage",
    )  # fmt: skip

    meaning: Annotated[
        Text, Section("why", "Meaning"), says("What it means here, for someone new to it.", "Several organisations act as one towards a person.")
    ]
    short_for: Annotated[PlainText | None, says("The words that an abbreviation stands for.", "Multi-Agency Safeguarding Hub")] = None
    also: Annotated[tuple[PlainText, ...], says("Other words for the same thing.", ["Pooled money"])] = ()
    see: Annotated[Many, Relation(None), Label("See it at work"), says("Entries that show it at work.", ["pool-budgets"])] = ()


class Source(Entry):
    kind = Kind(
        "sources",
        "Source",
        "Sources",
        "The documents on which this playbook is based.",
        needs=(),
        as_references=True,
        also_searched=("references", "bibliography", "further reading", "original documents", "reports", "literature"),
        told_as="WebPage",
    )

    work: Annotated[PlainText, says("The full title of the work.", "Joining Up to Improve Public Services")]
    authors: Annotated[tuple[PlainText, ...], says("Who wrote it.", ["Ana Brown"])] = ()
    publisher: Annotated[PlainText, says("Who published it.", "National Audit Office")]
    published: Annotated[Date | None, says("Its date, as far as the work gives it.", "2001-12-07")] = None
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
