"""What the questions, barriers and insights of a playbook need, so that no reader is led into a dead end: see `kinds.py`."""

from __future__ import annotations

from macros.schema.kind import HelpsWith, NamedBack, NamedBy, Names, Need, OneOf

QUESTION_NEEDS = (
    Need("question-leads-nowhere", Names("barriers"), "this question reveals no barrier", "name under `reveals:` what a weak answer points to"),
    Need("question-leads-nowhere", Names("insights"), "this question leads to no insight", "name under `try:` what helps to a better answer"),
    Need(
        "no-help-offered",
        HelpsWith("reveals", by="try_", through="eases"),
        "nothing under `try` eases '{}', which this question reveals",
        "add an insight that eases '{}' to `try:`, or take '{}' out of `reveals:`",
    ),
)
BARRIER_NEEDS = (
    Need(
        "barrier-not-eased",
        NamedBy("insights"),
        "nothing eases this barrier",
        "name it under `eases:` of the insight that helps, or write that insight",
    ),
    Need(
        "case-not-told",
        NamedBack("evidence", "case", under="meets"),
        "the evidence names '{}', a case that does not say it met this barrier",
        "add this barrier to `meets:` of '{}', or take `case:` out of the evidence",
    ),
)
INSIGHT_NEEDS = (
    Need(
        "insight-idle",
        OneOf(("eases", "serves")),
        "this insight eases no barrier and serves no pillar",
        "say what it is good for under `eases:` or `serves:`",
    ),
    Need(
        "case-not-told",
        NamedBack("evidence", "case", under="shows"),
        "the evidence names '{}', a case that does not say it shows this insight",
        "add this insight to `shows:` of '{}', or take `case:` out of the evidence",
    ),
)
