"""An index lists each title under its first letter, whatever the alphabet, at an address of plain letters."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.playbook.letters import Letter, by_letter, letter_of

LETTERS = {
    "Budgets": ("B", "b"),
    "élan": ("E", "e"),
    "Ørsted": ("Ø", "u00f8"),
    "ßtrange": ("S", "s"),
    "“Doing more”": ("D", "d"),
    "2 budgets": ("0–9", "0-9"),
    "٣ budgets": ("0–9", "0-9"),
    "Жалобы": ("Ж", "u0436"),
    "漢字": ("漢字", "han"),
    "한국": ("ᄒ", "u1112"),
    "…?!": ("Other", "other"),
}


@pytest.mark.parametrize(("title", "letter"), LETTERS.items())
def test_the_letter_of_a_title(title: str, letter: tuple[str, str]) -> None:
    assert letter_of(title) == Letter(*letter)


def test_latin_letters_come_first_then_other_alphabets_then_digits_and_titles_without_a_letter() -> None:
    titled = [SimpleNamespace(id=str(n), title=title) for n, title in enumerate(LETTERS)]
    assert [letter.label for letter, _ in by_letter(titled)] == ["B", "D", "E", "S", "Ø", "Ж", "ᄒ", "漢字", "0–9", "Other"]


@given(st.lists(st.text(min_size=1), max_size=30))
def test_each_title_is_under_one_letter_and_no_two_letters_have_one_address(titles: list[str]) -> None:
    titled = [SimpleNamespace(id=str(n), title=title) for n, title in enumerate(titles)]
    letters = by_letter(titled)
    assert sorted(each.id for _, its in letters for each in its) == sorted(each.id for each in titled)
    slugs = [letter.slug for letter, _ in letters]
    assert len({*slugs}) == len(slugs)
    assert all(slug.isascii() and not slug.isdigit() for slug in slugs)
