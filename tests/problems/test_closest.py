"""A word that names nothing gets the name that was probably meant, or a few names: never a list of all."""

from __future__ import annotations

import pytest

from macros.problems.closest import closest, did_you_mean, listed

IDS = ("data-sharing", "shared-budgets", "find-who-decides", "joining-up", "nao")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("data-shareing", "data-sharing"),
        ("datasharing", "data-sharing"),
        ("share-budgets", "shared-budgets"),
        ("joined-up", "joining-up"),
        ("noa", "nao"),
        ("weather", None),
        ("", None),
    ],
)
def test_the_closest_name_is_found(typed: str, meant: str | None) -> None:
    assert closest(typed, IDS) == meant


def test_of_names_that_are_equally_close_it_is_the_first() -> None:
    assert closest("cat", ["bat", "rat", "hat"]) == "bat"
    assert closest("cat", ["hat", "bat", "rat"]) == "hat"


def test_the_names_of_a_mapping_are_its_keys() -> None:
    assert closest("one", {"ones": "two", "three": "one"}) == "ones"


def test_a_hint_names_it_or_says_what_to_do_instead() -> None:
    assert did_you_mean("noa", IDS, "type `playbook list`") == "did you mean 'nao'?"
    assert did_you_mean("weather", IDS, "type `playbook list`") == "type `playbook list`"


def test_a_list_ends_after_a_few_names() -> None:
    assert listed(["a", "b"]) == "a, b"
    assert listed((f"n{number}" for number in range(1_000)), most=3) == "n0, n1, n2 and 997 more"
