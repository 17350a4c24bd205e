"""A citation names one of the places that its source lists; what a wrong one is told stands in tests/specs/problems/."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.playbook.load import load_playbook, read_playbook
from macros.playbook.passages import passage_anchors, passage_of
from macros.problems.folding import folded
from tests.support.playbooks import BASE, write_playbook

PLACES = ("para 1", "para 10", "para 1, box", "Part A", "figure (2)", "C++ annex")


@pytest.mark.parametrize(
    ("at", "place"),
    [
        ("para 1", "para 1"),
        ("para 1, third sentence", "para 1"),
        ("para 1.2", "para 1"),
        ("para 1-3", "para 1"),
        ("para 1, box", "para 1, box"),
        ("para 1, box 2", "para 1, box"),
        ("para 1, boxes", "para 1"),
        ("para 10", "para 10"),
        ("figure (2), left", "figure (2)"),
        ("C++ annex", "C++ annex"),
        ("para\u00a01, third sentence", "para 1"),
        ("para\u202f1\u20113", "para 1"),
        ("P\u200bart A", "Part A"),
        ("para 12", None),
        ("para 1b", None),
        ("para", None),
        ("see para 1", None),
        ("Para 1", None),
        ("Part Annex", None),
        ("figure 2", None),
        ("C annex", None),
    ],
)
def test_the_longest_place_is_taken_that_a_citation_begins_with_as_a_whole(at: str, place: str | None) -> None:
    assert passage_of(at, PLACES) == place
    assert passage_of(at, PLACES[::-1]) == place


def test_without_places_there_is_none_to_take() -> None:
    assert passage_of("para 1", ()) is None


@given(
    places=st.lists(st.text("ab 1,.(|*’é\u0301\u00ad", min_size=1).filter(folded), max_size=6).map(tuple),
    rest=st.sampled_from(["", ", line 2", ": here", "7", "a"]),
)
def test_any_place_is_found_where_a_citation_goes_on_after_it_without_a_letter_or_digit(places: tuple[str, ...], rest: str) -> None:
    for place in places:
        found = passage_of(f"{place}{rest}", places)
        assert found is None or folded(f"{place}{rest}").startswith(folded(found))
        if not rest[:1].isalnum():
            assert found is not None
            assert len(folded(found)) >= len(folded(place))


@pytest.mark.parametrize("passages", ["", "passages: []\n"])
def test_a_source_that_lists_no_places_may_be_cited_at_any(tmp_path: Path, passages: str) -> None:
    write_playbook(tmp_path, {"playbook_data/sources/nao.yml": BASE["playbook_data/sources/nao.yml"] + passages})
    assert load_playbook(tmp_path).entries["nao"].passages == ()


def test_each_citation_of_a_place_that_is_not_there_is_told(tmp_path: Path) -> None:
    nao = BASE["playbook_data/sources/nao.yml"] + "passages: [{at: para 9, about: Aims}]\n"
    problems = read_playbook(write_playbook(tmp_path, {"playbook_data/sources/nao.yml": nao}))[1]
    assert {problem.rule for problem in problems} == {"unknown-passage"}
    assert len(problems) == sum(text.count("source: nao") for text in BASE.values()) - 1


@pytest.mark.parametrize(
    ("place", "anchor"),
    [
        ("para 9", "passage-para-9"),
        ("Challenge 5, closing paragraphs", "passage-challenge-5-closing-paragraphs"),
        ("9", "passage-9"),
        ("Café, fig 2", "passage-cafe-fig-2"),
        ("第3章", "passage-3-8ab05d"),
        ("§", "passage-f8bf31"),
    ],
)
def test_a_passage_has_an_anchor_of_its_own_words(place: str, anchor: str) -> None:
    assert passage_anchors((place,)) == {place: anchor}


def test_passages_whose_words_come_to_the_same_have_different_anchors_in_any_order() -> None:
    places = ("para 1.1", "para 1-1", "para 11")
    anchors = passage_anchors(places)
    assert anchors["para 11"] == "passage-para-11"
    assert len({*anchors.values()}) == len(places)
    assert passage_anchors(places[::-1]) == anchors


@given(st.lists(st.text(min_size=1).filter(folded), max_size=6, unique_by=folded).map(tuple))
def test_the_anchors_of_any_passages_are_different_and_can_be_released(places: tuple[str, ...]) -> None:
    anchors = [*passage_anchors(places).values()]
    assert len({*anchors}) == len(anchors)
    assert all(re.fullmatch(r"passage[a-z0-9-]*", anchor) for anchor in anchors)
