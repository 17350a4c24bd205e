"""The rules that the kinds of this playbook add, each in two sentences: see schema/lab_needs.py. `rules.py` lists them among the others."""

from __future__ import annotations

LAB_RULES: dict[str, tuple[str, str]] = {
    "barrier-not-eased": ("Something eases each barrier.", "Name it under `eases:` of an insight, or write that insight."),
    "case-not-told": ("A case that evidence names says so too.", "Add the entry to `shows:` or `meets:` of the case."),
    "case-shows-nothing": ("A case shows what others can learn from it.", "Name an insight under `shows:`."),
    "insight-idle": ("Each insight helps with something.", "Name what it helps under `eases:` or `serves:`."),
    "no-help-offered": ("A question offers help with each barrier that it reveals.", "Add an insight that eases the barrier to `try:`."),
    "question-leads-nowhere": ("A question leads to a barrier and to an insight.", "Name them under `reveals:` and `try:`."),
}
"""From the name of a rule to what it requires and how to comply. A rule that is missing here is shown by its name and message alone."""
