"""Names that look the same are the same, whichever characters were typed; what is shown stays as it was written."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.problems.closest import closest, did_you_mean
from macros.problems.folding import folded, look_the_same


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("Wha\u0304nau chapter", "Whānau chapter"),
        ("para\u00a01", "para 1"),
        ("para\u202f\u20091", "para 1"),
        (" para\t 1\n", "para 1"),
        ("inter\u00adagency", "interagency"),
        ("inter\u200bagency\ufeff", "interagency"),
        ("inter\u2011agency", "inter-agency"),
        ("2010\u20132012", "2010-2012"),
        ("O\u2019Brien\u02bcs", "O'Brien's"),
        ("\u201cso\u201d", '"so"'),
        ("Data", "Data"),
        ("one\u2014two", "one\u2014two"),
    ],
)
def test_odd_characters_are_compared_as_the_plain_ones_that_they_look_like(typed: str, plain: str) -> None:
    assert folded(typed) == plain


@given(st.text())
def test_a_folded_name_is_folded_for_good_however_its_accents_are_written(name: str) -> None:
    assert folded(folded(name)) == folded(name) == folded(unicodedata.normalize("NFD", name)) or unicodedata.normalize("NFC", name) != name


def test_no_hint_asks_whether_a_name_was_meant_that_looks_like_the_one_that_was_typed() -> None:
    typed = "Wha\u0304nau chapter"
    assert look_the_same(typed, "Whānau chapter")
    assert not look_the_same("nao", "nao")
    assert closest(typed, ["Part A", "Whānau chapter"]) == "Whānau chapter"
    assert did_you_mean(typed, ["Whānau chapter"], "") == "copy 'Whānau chapter' from here: it looks the same, but is written with other characters"
    assert did_you_mean("Whanau chapter", ["Whānau chapter"], "") == "did you mean 'Whānau chapter'?"
