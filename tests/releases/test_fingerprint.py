"""A fingerprint stands for what an entry tells its readers: it changes with every word, and with nothing else."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from macros.releases import fingerprint as module
from macros.releases.fingerprint import fingerprint, is_known, still_matches
from macros.releases.record import entry_as_mapping
from macros.schema.kinds import KINDS
from tests.support.playbooks import BASE

ENTRIES = {path.split("/")[1]: yaml.load(text, yaml.CSafeLoader) for path, text in BASE.items() if path.count("/") == 2}
"""The fields of one entry of each kind, as YAML reads them."""
FULL = {
    "title": "Data stays apart",
    "summary": "Partners cannot see what the others know.",
    "problem": "Each partner holds a part of the [[joining-up|story]].\n\nSee [[permission]].",
    "signs": ["People tell their story again", "Staff say no"],
    "felt_by": ["delivery-team"],
    "hits": ["shared-aims"],
    "evidence": [{"source": "nao", "at": "para 11", "claim": "Few partners shared data.", "case": "one-front-door"}],
    "figures": [{"name": "staff", "value": 61, "unit": "%", "measures": "Staff held back", "when": "May 2015", "source": "nao", "at": "para 2"}],
    "sources": [{"source": "nao", "at": "para 11"}, {"source": "nao", "at": "para 2"}],
    "status": "withdrawn",
    "reason": "Nobody meets it any more.",
    "replaced_by": ["shared-space"],
    "formerly": ["sharing-of-data"],
    "reviewed": {"on": "2026-11-20", "by": "delivery-team", "outcome": "It still holds", "seen": [{"entry": "nao", "fingerprint": "1:3fa9c2d10b2e"}]},
    "tags": ["Data"],
    "order": 3,
}
"""A barrier that fills every field."""
SOURCE = yaml.load(
    """\
title: A report
work: Joining Up
authors: [A. Writer, B. Writer]
publisher: An office
published: 2001-12-07
about: Auditors looked at five examples.
taken: The facts.
passages: [{at: para 2, about: Aims}, {at: para 3, about: Costs, unused: It repeats para 2}]
""",
    yaml.CSafeLoader,
)
NOT_SAID = ("felt_by", "hits", "replaced_by", "formerly", "reviewed", "tags", "order")


def full(**changes: Any) -> str:
    """The fingerprint of the full barrier with other fields."""
    return fingerprint("barriers", {**FULL, **changes})


def words_in(value: Any, path: tuple = ()) -> list[tuple]:
    """Where texts stand in a value."""
    if isinstance(value, str):
        return [path]
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for name, item in items for found in words_in(item, (*path, name))]


def at(value: Any, path: tuple) -> Any:
    for step in path:
        value = value[step]
    return value


def changed_at(value: Any, path: tuple, new: Any) -> Any:
    value = copy.deepcopy(value)
    at(value, path[:-1])[path[-1]] = new
    return value


READ = [path for path in words_in(FULL) if path[0] not in NOT_SAID and path[-1] not in ("source", "case") and path != ("figures", 0, "name")]
"""Where the full barrier has words that readers get."""


HALF = {"name": "x", "value": 0.5, "unit": "£", "measures": "M", "source": "nao", "at": "p"}
CAFE = {**FULL, "title": "Caf\u00e9 “two”", "figures": [HALF]}
"""Letters that Unicode writes in two ways, and a number with a fraction."""
MARKED = {
    **FULL,
    "problem": "*So* [[nao]] and [[joining-up|story]]:\n\n1. `a`\n2. **b**\n\n| A | B |\n| - | -: |\n| [x](https://a.org) | b & c |\n\n> d  \n> e\n",
}
"""A text with all the markup that a text may have."""


def test_algorithm_1_is_what_it_was_on_its_first_day() -> None:
    codes = [fingerprint("barriers", FULL, "1"), fingerprint("sources", SOURCE, "1"), fingerprint("barriers", CAFE, "1")]
    assert codes == ["1:f151fc634cf6", "1:4c2fbe2402e7", "1:795c8195a1f9"]


def test_algorithm_2_is_what_it_was_on_its_first_day() -> None:
    codes = [fingerprint("barriers", FULL), fingerprint("sources", SOURCE), fingerprint("barriers", CAFE), fingerprint("barriers", MARKED)]
    assert codes == ["2:b41fc1177740", "2:37c29e3858f4", "2:f7e071c26b6c", "2:0d6914619960"]


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("So:\n\n- one\n- two", "So: - one - two"),
        ("One.\n\nTwo.", "One. Two."),
        ("Words", "    Words"),
        ("> Words", "Words"),
        ("*not*", "not"),
    ],
)
def test_algorithm_2_sees_how_a_text_is_laid_out(text: str, other: str) -> None:
    assert full(problem=text) != full(problem=other)
    assert full(problem=text) == full(problem=f"{text}\n")


@pytest.mark.parametrize(("text", "other"), [("One.\n\nTwo.", "One. Two."), ("Words", "    Words")])
def test_a_change_that_algorithm_1_cannot_see_leaves_its_fingerprints_valid(text: str, other: str) -> None:
    old = fingerprint("barriers", {**FULL, "problem": text}, "1")
    assert still_matches(old, "barriers", {**FULL, "problem": other}) is True


@given(st.sampled_from(READ), st.data())
def test_a_fingerprint_changes_with_every_word(path: tuple, data: st.DataObject) -> None:
    words = at(FULL, path).split()
    place = data.draw(st.integers(0, len(words) - 1))
    other = data.draw(st.from_regex(r"[a-z]{1,12}", fullmatch=True).filter(lambda word: word not in words))
    new = " ".join([*words[:place], other, *words[place + 1 :]])
    assert fingerprint("barriers", changed_at(FULL, path, new)) != full()


@given(st.sampled_from(READ), st.data())
def test_text_that_is_wrapped_anew_means_the_same(path: tuple, data: st.DataObject) -> None:
    words = re.split(r"( |\n\n)", at(FULL, path))
    new = "".join(data.draw(st.sampled_from([" ", "\n", "  ", "\n  ", "\t"])) if word == " " else word for word in words)
    assert fingerprint("barriers", changed_at(FULL, path, new)) == full()


@given(st.permutations(list(FULL)))
def test_fields_in_another_order_mean_the_same(names: list[str]) -> None:
    assert fingerprint("barriers", {name: FULL[name] for name in names}) == full()


@given(st.sampled_from(NOT_SAID), st.sampled_from([None, [], ["another"], "another", 7]))
def test_ids_lists_and_reviews_are_no_part_of_the_meaning(name: str, value: Any) -> None:
    assert full(**{name: value}) == full()


@pytest.mark.parametrize(
    ("path", "new"), [(("evidence", 0, "source"), "ifg"), (("evidence", 0, "case"), "other-case"), (("figures", 0, "name"), "other")]
)
def test_a_thing_that_is_called_by_another_id_means_the_same(path: tuple, new: str) -> None:
    assert fingerprint("barriers", changed_at(FULL, path, new)) == full()


def test_comments_and_the_form_of_the_yaml_are_no_part_of_the_meaning() -> None:
    plain = yaml.load("title: A title\nsummary: One two three.\n", yaml.CSafeLoader)
    folded = yaml.load('# a comment\nsummary: >-\n  One two\n  three.\ntitle: "A title" # another\n', yaml.CSafeLoader)
    assert fingerprint("terms", plain) == fingerprint("terms", folded)


@pytest.mark.parametrize(
    ("text", "is_same"),
    [
        ("Each partner holds a part of the [[other-id|story]].\n\nSee [[another]].", True),
        ("Each partner holds a part of the story.\n\nSee [[permission]].", True),
        ("Each partner holds a part of the [[joining-up|tale]].\n\nSee [[permission]].", False),
        ("Each partner holds a part of the [[joining-up]].\n\nSee [[permission]].", False),
        ("Each partner holds a part of the [[joining-up|story]].\n\nSee it.", False),
    ],
)
def test_a_link_is_its_words_and_not_where_it_leads(text: str, is_same: bool) -> None:
    assert (full(problem=text) == full()) is is_same


def test_a_link_in_a_table_is_its_words_too() -> None:
    table = "| A | B |\n| - | - |\n| [[joining-up\\|story]] | b |"
    assert full(problem=table) == full(problem=table.replace("joining-up", "other-id")) != full(problem=table.replace("story", "tale"))


def test_in_plain_text_brackets_are_characters() -> None:
    assert full(title="The [[a]] sign") != full(title="The [[b]] sign")


@pytest.mark.parametrize(
    "changes",
    [
        {"signs": ["Staff say no", "People tell their story again"]},
        {"signs": ["People tell their story again"]},
        {"status": "draft"},
        {"reason": None},
        {"figures": []},
        {"evidence": []},
        {"sources": FULL["sources"][:1]},
    ],
)
def test_what_readers_would_notice_is_a_change(changes: dict[str, Any]) -> None:
    assert full(**changes) != full()


@pytest.mark.parametrize("value", [61.5, 62, -61, "6 1"])
def test_another_number_is_a_change(value: Any) -> None:
    assert fingerprint("barriers", changed_at(FULL, ("figures", 0, "value"), value)) != full()


@pytest.mark.parametrize("value", [61, 61.0, "61"])
def test_a_number_is_the_same_however_it_is_written(value: Any) -> None:
    assert fingerprint("barriers", changed_at(FULL, ("figures", 0, "value"), value)) == full()


def test_accents_are_the_same_in_one_character_or_two() -> None:
    assert full(title="Caf\u00e9") == full(title="Cafe\u0301") != full(title="Cafe")


def test_sources_are_in_no_order() -> None:
    assert full(sources=FULL["sources"][::-1]) == full()


def test_a_current_entry_need_not_say_so() -> None:
    term = ENTRIES["terms"]
    assert fingerprint("terms", {**term, "status": "current"}) == fingerprint("terms", term)


@pytest.mark.parametrize("kind", KINDS)
def test_an_entry_has_the_fingerprint_of_its_file(kind: str) -> None:
    entry = KINDS[kind].model_validate({**ENTRIES[kind], "id": "an-id"})
    assert fingerprint(kind, entry_as_mapping(entry)) == fingerprint(kind, ENTRIES[kind])


def test_a_kind_that_is_no_more_has_fingerprints_too() -> None:
    assert fingerprint("tools", {"title": "A hammer"}) != fingerprint("tools", {"title": "A saw"})


def test_no_two_words_in_a_thousand_meet() -> None:
    words = {f"word {number}" for number in range(1000)}
    assert len({full(title=word) for word in words}) == len(words)


def test_a_fingerprint_of_a_later_program_cannot_be_compared() -> None:
    later = "3" + full()[1:]
    assert (is_known(full()), is_known(later)) == (True, False)
    assert still_matches(later, "barriers", FULL) is None


def test_an_old_fingerprint_is_compared_by_the_algorithm_that_made_it(monkeypatch: pytest.MonkeyPatch) -> None:
    old = full()
    monkeypatch.setitem(module.ALGORITHMS, "3", lambda *_: "ffffffffffff")
    monkeypatch.setattr(module, "NEWEST", "3")
    assert still_matches(old, "barriers", FULL) is True
    assert still_matches(old, "barriers", {**FULL, "title": "Another"}) is False
    assert still_matches("3:ffffffffffff", "barriers", {**FULL, "title": "Another"}) is True
