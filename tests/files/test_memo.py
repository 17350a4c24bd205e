"""What is kept from build to build, and when it is let go."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from macros.files import memo


@pytest.fixture
def calls() -> Iterator[list[str]]:
    yield []
    memo.forget()


@pytest.fixture
def shout(calls: list[str]) -> Callable[[str], str]:
    @memo.remembered(lambda text: text)
    def shout(text: str) -> str:
        calls.append(text)
        return text.upper()

    return shout


def test_a_single_build_keeps_nothing(calls: list[str], shout: Callable[[str], str]) -> None:
    assert (shout("a"), shout("a")) == ("A", "A")
    assert calls == ["a", "a"]


def test_a_preview_works_out_what_has_changed_alone(calls: list[str], shout: Callable[[str], str]) -> None:
    memo.keep("today")
    assert [shout(text) for text in "abab"] == ["A", "B", "A", "B"]
    assert calls == ["a", "b"]


def test_what_two_builds_have_not_asked_for_is_let_go(calls: list[str], shout: Callable[[str], str]) -> None:
    memo.keep("today")
    for asked in ("ab", "b", "b", "ab"):
        for text in asked:
            shout(text)
        memo.forget_unused()
    assert calls == ["a", "b", "a"]


def test_nothing_outlives_what_lies_round_it(calls: list[str], shout: Callable[[str], str]) -> None:
    for day in ("today", "today", "tomorrow"):
        memo.keep(day)
        shout("a")
    assert calls == ["a", "a"]
