"""What can be checked of this playbook's citations: places agree, and nothing that was only said or advised is told as found. People judge the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from macros.playbook.playbook import Playbook
from tests.support.exports import real_playbook

FINDS_NOTHING = {"csw", "lab"}
"""The report of a discussion and a page of guidance: they pass on views and give advice, but measured nothing."""

SEVERAL_SPEAKERS = "round table|group|discussion|[Tt]hose taking part|journalist"
"""How evidence names whose view it is where that is not one speaker by name."""


@pytest.fixture(scope="module")
def playbook() -> Playbook:
    return real_playbook()


def evidence_in(playbook: Playbook) -> Iterator[tuple[str, Any]]:
    """Each piece of evidence, after the id of the entry that gives it."""
    for entry in playbook.entries.values():
        for each in getattr(entry, "evidence", ()):
            yield entry.id, each


def test_what_was_said_at_a_round_table_or_advised_by_the_lab_is_never_told_as_found(playbook: Playbook) -> None:
    found = [(id, each.at) for id, each in evidence_in(playbook) if each.source in FINDS_NOTHING and each.basis == "found"]
    assert found == []


def test_evidence_from_the_round_table_says_whose_view_it_is(playbook: Playbook) -> None:
    unnamed = [
        (id, each.at)
        for id, each in evidence_in(playbook)
        if each.source == "csw" and not re.search(f"{re.match(r'[^ ,]+', each.at)[0]}|{SEVERAL_SPEAKERS}", each.claim)
    ]
    assert unnamed == []


def test_each_place_of_evidence_and_figures_stands_among_the_sources_of_the_entry(playbook: Playbook) -> None:
    missing = [
        (entry.id, each.source, each.at)
        for entry in playbook.entries.values()
        for each in (*getattr(entry, "evidence", ()), *getattr(entry, "figures", ()))
        if not any(cited.source == each.source and f"{each.at},".startswith(f"{cited.at},") for cited in entry.sources)
    ]
    assert missing == []
