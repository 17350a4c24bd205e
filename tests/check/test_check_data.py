"""What the page tells the scripts of the health check: the questions as words, and what became of those of earlier releases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from macros.files import memo
from macros.pages.answers import made_from_answers
from macros.pages.lab.check_data import check_data, wording_of
from macros.pages.renderer import Renderer
from macros.playbook.load import load_playbook
from macros.site.ledger.ledger import read_ledger
from tests.support.exports import real_published
from tests.support.playbooks import BASE, Files, changed
from tests.support.preview_builds import apply
from tests.support.releases import record_release
from tests.support.repositories import git

QUESTION = "playbook_data/questions/permission.yml"
INSIGHT = "playbook_data/insights/shared-space.yml"
TEXT = "Has somebody with authority said that you may do this?"
SECOND = BASE[QUESTION].replace(TEXT, "Does *everyone* know what [[data-sharing]] takes?")


def data_of(root: Path, edit: Files | None = None) -> dict[str, Any]:
    apply(edit or {}, root)
    playbook = load_playbook(root)
    return check_data(Renderer(playbook, "health-check/", history=read_ledger(root, playbook).current.history))


def test_a_question_is_told_as_words_with_all_that_hangs_on_it(playbook: Path) -> None:
    told = data_of(playbook)
    assert told == {
        "playbook": {"title": "Small playbook", "page": "health-check/", "version": "", "released": None},
        "pillars": [{"id": "shared-aims", "title": "Shared aims"}],
        "questions": [
            {
                "id": "permission",
                "number": 1,
                "pillar": "shared-aims",
                "quick": False,
                "text": TEXT,
                "title": "Do you have permission?",
                "wording": "1793a61a",
                "url": "../questions/permission/",
                "path": "questions/permission/",
                "former": [],
                "reveals": ["data-sharing"],
                "tries": ["shared-space"],
            }
        ],
        "entries": {
            "data-sharing": {
                "title": "Data stays apart",
                "summary": "Partners cannot see what the others know.",
                "url": "../barriers/data-sharing/",
                "path": "barriers/data-sharing/",
            },
            "shared-space": {
                "title": "Sit together",
                "summary": "People who sit together solve problems together.",
                "url": "../insights/shared-space/",
                "path": "insights/shared-space/",
            },
        },
        "gone": {},
        "former_wordings": {},
    }


def test_markup_in_a_question_is_not_told(playbook: Path) -> None:
    (question,) = data_of(playbook, {QUESTION: SECOND})["questions"]
    assert question["text"] == "Does everyone know what Data stays apart takes?"


def test_an_entry_that_readers_should_not_use_is_not_offered(playbook: Path) -> None:
    told = data_of(playbook, {INSIGHT: f"{BASE[INSIGHT]}status: draft\n"})
    assert told["questions"][0]["tries"] == []
    assert [*told["entries"]] == ["data-sharing"]


def test_a_question_that_was_renamed_is_found_by_its_former_ids(playbook: Path) -> None:
    (question,) = data_of(playbook, {QUESTION: f"{BASE[QUESTION]}formerly: [mandate, licence-to-act]\n"})["questions"]
    assert question["former"] == ["mandate", "licence-to-act"]


def test_a_question_that_was_withdrawn_is_told_with_reason_and_successor_under_each_id_it_had(playbook: Path) -> None:
    withdrawn = f"{SECOND}status: withdrawn\nreason: Nobody could answer it\nreplaced_by: [permission]\nformerly: [old-mandate]\n"
    told = data_of(playbook, {QUESTION.replace("permission", "mandate"): withdrawn})
    gone = {"reason": "Nobody could answer it", "replaced_by": ["permission"], "text": "Does everyone know what Data stays apart takes?"}
    assert told["gone"] == {"mandate": gone, "old-mandate": gone}
    assert [question["id"] for question in told["questions"]] == ["permission"]


def test_a_question_that_is_a_draft_again_is_gone_for_now(playbook: Path) -> None:
    told = data_of(playbook, {QUESTION: f"{BASE[QUESTION]}status: draft\n"})
    assert told["questions"] == []
    assert told["gone"] == {"permission": {"reason": "It is being worked on", "replaced_by": [], "text": TEXT}}


def test_the_wordings_of_earlier_releases_are_known_by_their_hashes(playbook: Path) -> None:
    git(playbook, "init", "--quiet")
    record_release(playbook, "1.0.0")
    told = data_of(playbook, changed(QUESTION, TEXT, "Have you asked?"))
    assert told["former_wordings"] == {"1793a61a": TEXT}
    assert told["questions"][0]["wording"] == wording_of("Have you asked?")
    assert told["playbook"]["version"] == "1.0.0, with changes since"


def test_a_question_that_became_something_else_since_a_release_is_gone(playbook: Path) -> None:
    git(playbook, "init", "--quiet")
    apply({QUESTION.replace("permission", "mandate"): SECOND}, playbook)
    record_release(playbook, "1.0.0")
    told = data_of(playbook, {QUESTION.replace("permission", "mandate"): None, INSIGHT: f"{BASE[INSIGHT]}formerly: [mandate]\n"})
    assert told["gone"] == {"mandate": {"reason": "", "replaced_by": ["shared-space"], "text": ""}}


@pytest.fixture(scope="module")
def real_data() -> dict[str, Any]:
    current = real_published().ledger.current
    return check_data(Renderer(current.playbook, "health-check/", history=current.history))


def test_the_questions_of_this_playbook_are_numbered_and_lead_to_what_is_told_of_them(real_data: dict[str, Any]) -> None:
    questions = real_data["questions"]
    assert [question["number"] for question in questions] == [*range(1, 1 + len(questions))]
    assert {id for question in questions for id in (*question["reveals"], *question["tries"])} == real_data["entries"].keys()
    assert {question["pillar"] for question in questions} == {pillar["id"] for pillar in real_data["pillars"]}
    assert not real_data["former_wordings"].keys() & {question["wording"] for question in questions}


def test_a_preview_tells_after_each_edit_what_a_new_build_would_tell(playbook: Path) -> None:
    @made_from_answers
    def told(view: Renderer) -> dict[str, Any]:
        return check_data(view)

    mandate = QUESTION.replace("permission", "mandate")
    git(playbook, "init", "--quiet")
    record_release(playbook, "1.0.0")
    edits: list[dict[str, str | None]] = [
        changed(QUESTION, TEXT, "Have you asked?"),
        {mandate: SECOND},
        {mandate: f"{SECOND}status: withdrawn\nreason: Nobody could answer it\nreplaced_by: null\n"},
        {INSIGHT: BASE[INSIGHT].replace("Sit together", "Sit apart")},
        {INSIGHT: f"{BASE[INSIGHT]}status: draft\n"},
        {mandate: None},
        {QUESTION: f"{BASE[QUESTION]}formerly: [mandate]\n"},
    ]
    memo.keep("a preview")
    try:
        for edit in edits:
            apply(edit, playbook)
            read = load_playbook(playbook)
            view = Renderer(read, "health-check/", history=read_ledger(playbook, read).current.history)
            assert told(view) == check_data(view)
    finally:
        memo.forget()
