"""What this playbook says stands once: neither advice nor evidence is given twice in nearly the same words, and evidence does not name what stands below it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

import pytest

from macros.playbook.playbook import Playbook
from macros.schema.sections import sections_of
from tests.support.exports import real_playbook

MOST_SHARED = 0.55
"""Two pieces of advice may have so much of their longer words in common; at 0.6 readers take one for the other."""

MOST_SHARED_BY_EVIDENCE = 0.5
"""Evidence shares the names of people and programmes, and is shorter, so two claims that tell one fact have less in common."""


@pytest.fixture(scope="module")
def playbook() -> Playbook:
    return real_playbook()


def test_no_two_entries_give_the_same_advice(playbook: Playbook) -> None:
    advice = [(id, text, longer_words(text)) for id, text in advice_in(playbook)]
    alike = [(a, b) for (id, a, ours), (other, b, theirs) in combinations(advice, 2) if id != other and shared(ours, theirs) > MOST_SHARED]
    assert alike == []


def test_no_two_entries_tell_the_same_evidence(playbook: Playbook) -> None:
    told = [
        (entry.id, each.source, each.claim, longer_words(each.claim))
        for entry in playbook.entries.values()
        for each in getattr(entry, "evidence", ())
    ]
    alike = [
        (told_here, told_there)
        for (id, source, told_here, ours), (other, same, told_there, theirs) in combinations(told, 2)
        if id != other and source == same and shared(ours, theirs) > MOST_SHARED_BY_EVIDENCE
    ]
    assert alike == []


def test_evidence_does_not_name_its_source_which_stands_below_it(playbook: Playbook) -> None:
    told = [
        f"{entry.id}: {each.claim}"
        for entry in playbook.entries.values()
        for each in getattr(entry, "evidence", ())
        if playbook.entries[each.source].publisher in each.claim
    ]
    assert told == []


def advice_in(playbook: Playbook) -> Iterator[tuple[str, str]]:
    """Each line of the editors' own advice, with the id of its entry."""
    for entry in playbook.entries.values():
        for field, section in sections_of(type(entry)).items():
            if section.by_editors:
                yield from ((entry.id, line) for line in getattr(entry, field))


def longer_words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]{4,}", re.sub(r"\[\[[^|\]]*\|?", "", text).lower()))


def shared(ours: frozenset[str], theirs: frozenset[str]) -> float:
    return len(ours & theirs) / max(1, len(ours | theirs))
