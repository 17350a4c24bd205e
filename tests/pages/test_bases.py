"""What the statements on a page rest on: a word beside each that says so, and one note on all these words."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.pages.renderer import BASIS_NOTES, BASIS_WORDS
from macros.schema.kinds import Evidence
from tests.support.playbooks import BASE, Files, changed
from tests.support.sites import built, page, words

BARRIER, TERM = "playbook_data/barriers/data-sharing.yml", "playbook_data/terms/joining-up.yml"
CLAIMS: Files = {
    BARRIER: BASE[BARRIER].split("evidence:")[0]
    + "evidence:\n"
    + "".join(
        f"  - {{source: nao, at: para {number}, claim: Claim {number}., basis: {basis}}}\n"
        for number, basis in enumerate(("advised", "found", "found"))
    )
    + "  - {source: nao, at: para 9, claim: Claim 9.}\nsources: [{source: nao, at: para 1}]\n"
}


QUICK: Files = {
    "playbook_data/questions/more.yml": BASE["playbook_data/questions/permission.yml"].replace("that you may", "how you may"),
    **changed("playbook_data/questions/permission.yml", "pillar:", "check: quick\nlook_at: [Money, Time]\npillar:"),
    "docs/check.md": '# Check\n\n{{ health_check("shared-aims") }}\n',
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("bases"), {**CLAIMS, **QUICK})


def test_each_claim_says_what_it_rests_on(site: Path) -> None:
    claims = page(site, "barriers/data-sharing").css(".evidence > li")
    assert [[words(mark) for mark in claim.css(".basis")] for claim in claims] == [["Advised"], ["Found"], ["Found"], []]


@pytest.mark.parametrize(
    ("url", "sections"),
    [
        ("barriers/data-sharing", ["#signs"]),
        ("insights/shared-space", ["#try"]),
        ("questions/permission", ["#good", "#signs"]),
        ("terms/joining-up", []),
    ],
)
def test_the_first_section_of_the_editors_own_says_so_and_leads_to_the_foot_which_names_all_of_them(
    site: Path, url: str, sections: list[str]
) -> None:
    tree = page(site, url)
    marks = tree.css(".by-editors a")
    assert [(words(mark), mark.attributes["href"]) for mark in marks] == [(BASIS_WORDS["editors"], "#__written")][: len(sections)]
    assert [link.attributes["href"] for link in tree.css("#__written a") if link.attributes["href"] != "#history"] == sections
    assert bool(sections) == (BASIS_NOTES["editors"] in words(tree.css_first("#__written")))
    assert not sections or tree.css_first(f"{sections[0]} + .by-editors")


def test_every_word_leads_to_one_note_that_explains_all(site: Path) -> None:
    barrier = page(site, "barriers/data-sharing")
    (note,) = barrier.css("[popover].basis-note")
    assert {mark.attributes["popovertarget"] for mark in barrier.css(".basis")} == {note.attributes["id"]}
    assert [words(name) for name in note.css("dt")] == [BASIS_WORDS[basis] for basis in BASIS_NOTES]


def test_a_page_that_marks_nothing_has_no_note(site: Path) -> None:
    assert not page(site, "terms/joining-up").css(".basis-note")


def test_a_list_says_what_the_evidence_of_an_entry_rests_on_with_the_firmest_first(site: Path) -> None:
    (row,) = page(site, "barriers").css(".row__bases")
    assert words(row) == "Evidence: found, advised"


def test_every_basis_has_a_word_and_a_note() -> None:
    bases = Evidence.model_json_schema()["properties"]["basis"]["anyOf"][0]["enum"]
    assert {*bases, "editors"} == BASIS_WORDS.keys() == BASIS_NOTES.keys()


def test_lists_show_what_a_question_asks(site: Path) -> None:
    asked = "Has somebody with authority said that you may do this?"
    assert asked in [words(row) for row in page(site, "questions").css(".row__summary")]
    assert asked in words(page(site, "barriers/data-sharing").css_first("#reveals ~ .hub"))


def test_the_quick_check_comes_first_and_the_other_questions_follow(site: Path) -> None:
    shown = [words(node) for node in page(site, "check").css(".ask-group, fieldset legend, .ask__look-at li")]
    quick = "Has somebody with authority said that you may do this?"
    assert shown == ["Quick check", f"1. {quick}", "Money", "Time", "More questions", f"2. {quick}".replace("that you", "how you")]


def test_the_page_of_a_question_says_what_to_look_at(site: Path) -> None:
    assert words(page(site, "questions/permission").css_first("h2#look-at ~ ul")) == "Money Time"


@pytest.mark.parametrize(("part", "number"), [("quick", "1."), ("more", "2.")])
def test_each_part_of_the_check_can_stand_alone(tmp_path: Path, part: str, number: str) -> None:
    call = f'# Check\n\n{{{{ health_check("shared-aims", part="{part}") }}}}\n'
    check = page(built(tmp_path, {**QUICK, "docs/check.md": call}), "check")
    assert [words(node) for node in check.css(".ask-group, .ask__number")] == [number]
