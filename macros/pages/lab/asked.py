"""In which order the health check asks, and under which number: the same on screen, on paper and in every file that it saves.

Takes a playbook, and gives its questions: those of the quick check first, each part by pillar. So both the quick check and the whole one
count from 1 without a gap.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from macros.schema.kinds import Question

QUICK = "quick"
"""What the field `check` of a question says if the short form asks it too."""
PARTS = {QUICK: "Quick check", "more": "More questions"}
"""The two parts of the health check, each with its heading."""


def part_of(question: Question) -> str:
    """Returns the part of the health check that asks `question`."""
    return QUICK if question.check == QUICK else "more"


def asked_in_order(playbook: Any) -> tuple[Question, ...]:
    """Returns the questions of `playbook` as the health check asks them."""
    pillars = {pillar.id: place for place, pillar in enumerate(playbook.of_kind("pillars"))}
    return tuple(sorted(playbook.of_kind("questions"), key=lambda each: (part_of(each) != QUICK, pillars.get(each.pillar, len(pillars)))))


def numbered_questions(playbook: Any) -> Mapping[str, int]:
    """Returns the number of each question, by its id, counted from 1."""
    return {question.id: number for number, question in enumerate(asked_in_order(playbook), start=1)}
