"""What a preview notes of the answers that a page was made from, and when it makes the page again."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from macros.files import memo
from macros.pages.answers import is_unchanged, made_from_answers
from macros.pages.catalogue import Page
from macros.pages.generated import generated_body
from macros.pages.rendered_page import render_page
from macros.pages.renderer import Renderer
from macros.playbook.load import load_playbook, read_playbook
from macros.site.ledger.ledger import read_ledger
from tests.support.edits import BARRIER, EDITS, INSIGHT, STARTS
from tests.support.long_lists import LONG
from tests.support.playbooks import BASE, Files, changed, write_playbook
from tests.support.preview_builds import apply
from tests.support.releases import record_release
from tests.support.repositories import git

OTHER_TITLE = changed(BARRIER, "Data stays apart", "Partners keep their data")
OTHER_CASE = changed("playbook_data/cases/one-front-door.yml", "One front door\nsummary", "The first door\nsummary")


@pytest.fixture(autouse=True)
def preview() -> Iterator[None]:
    memo.keep("a preview")
    yield
    memo.forget()


def asks_again(ask: Callable[[Renderer], object], root: Path, edit: Files) -> bool:
    """Whether what has asked a playbook is made again after an edit."""
    made: list[object] = []

    @made_from_answers
    def make(view: Renderer) -> object:
        made.append(ask(view))
        return made

    for files in ({}, {}, edit):
        apply(files, root)
        make(Renderer(load_playbook(root), "page/"))
    return len(made) > 1


@pytest.mark.parametrize(
    ("ask", "edit"),
    [
        (lambda view: view.one("data-sharing"), OTHER_TITLE),
        (lambda view: view.playbook.of_kind("barriers"), OTHER_TITLE),
        (lambda view: "no-mandate" in view.playbook.entries, {BARRIER.replace("data-sharing", "no-mandate"): BASE[BARRIER].replace("Data", "All")}),
        (lambda view: view.playbook.backlinks.get("data-sharing"), changed(INSIGHT, "Sit together", "Sit apart")),
        (lambda view: [*view.playbook.entries.values()], OTHER_TITLE),
        (lambda view: view.playbook.settings.title, changed("playbook_data/playbook.yml", "Small playbook", "Smaller playbook")),
        (lambda view: view.playbook.address_of("no-mandate"), {BARRIER: f"{BASE[BARRIER]}formerly: [no-mandate]\n"}),
        (lambda view: view.playbook.is_listed("barriers"), {BARRIER: f"{BASE[BARRIER]}status: draft\n"}),
    ],
)
def test_what_has_another_answer_is_made_again(playbook: Path, ask: Callable[[Renderer], object], edit: Files) -> None:
    assert asks_again(ask, playbook, edit)


@pytest.mark.parametrize(
    ("ask", "edit"),
    [
        (lambda view: view.one("data-sharing"), OTHER_CASE),
        (lambda view: view.playbook.of_kind("barriers"), OTHER_CASE),
        (lambda view: "data-sharing" in view.playbook.entries, OTHER_CASE),
        (lambda view: view.playbook.backlinks.get("who-pays"), OTHER_CASE),
        (lambda view: view.playbook.is_listed("barriers"), OTHER_TITLE),
        (lambda view: view.playbook.address_of("data-sharing"), OTHER_TITLE),
    ],
)
def test_what_has_the_same_answers_is_not(playbook: Path, ask: Callable[[Renderer], object], edit: Files) -> None:
    assert not asks_again(ask, playbook, edit)


def test_what_is_asked_in_any_other_way_depends_on_the_whole_playbook(playbook: Path) -> None:
    assert asks_again(lambda view: view.playbook.former_ids, playbook, OTHER_CASE)


@pytest.mark.parametrize(("now", "then"), [(1, 1.0), (1, True), ((1,), (1.0,)), ({"a": 1}, {"a": 1.0}), ({"a": 1, "b": 2}, {"b": 2, "a": 1})])
def test_answers_are_the_same_if_they_are_written_alike(now: Any, then: Any) -> None:
    assert now == then
    assert not is_unchanged(now, then)
    assert is_unchanged(now, now.copy() if isinstance(now, dict) else now)


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.proof) for seed in (1, 2))])
def test_every_page_says_what_it_would_if_it_were_made_anew(tmp_path: Path, seed: int) -> None:
    root = released(write_playbook(tmp_path, STARTS))
    for edit in random.Random(seed).sample(EDITS, len(EDITS)):  # noqa: S311
        apply(edit, root)
        assert rendered(root) == rendered(root, anew=True), edit


@pytest.mark.parametrize("number", [1, pytest.param(3, marks=pytest.mark.proof)])
def test_so_does_every_page_of_a_long_list(tmp_path: Path, number: int) -> None:
    """After an edit; `make proof` takes the entry away too, and brings it back."""
    root = write_playbook(tmp_path, LONG)
    path = "playbook_data/barriers/barrier-120.yml"
    for edit in ({}, *({path: LONG[path].replace("come apart", "fall apart")}, {path: None}, {path: LONG[path]})[:number]):
        apply(edit, root)
        assert rendered(root) == rendered(root, anew=True), edit


def test_pages_that_do_not_show_an_entry_are_kept_when_it_changes(tmp_path: Path) -> None:
    root = released(write_playbook(tmp_path, STARTS))
    before = rendered(root)
    apply(changed(BARRIER, "a part of the story", "another part"), root)
    now = rendered(root)
    assert {url for url in now if now[url] is before[url]} >= {
        "pillars/",
        "forms/partnership/",
        "stages/decide/",
        "terms/joining-up/",
        "terms/outcome/",
    }
    assert now["barriers/data-sharing/"] != before["barriers/data-sharing/"]


def released(root: Path) -> Path:
    git(root, "init", "--quiet")
    record_release(root, "1.0.0")
    return root


def rendered(root: Path, *, anew: bool = False) -> dict[str, object]:
    """What is made of every page, by address; nothing of a playbook with problems."""
    playbook, _ = read_playbook(root)
    current = read_ledger(root, playbook).current if playbook else None
    pages = current.catalogue.by_url.items() if current else ()
    return {url: _rendered(Renderer(playbook, url, page.path, current.history), page, anew=anew) for url, page in pages}


def _rendered(view: Renderer, page: Page, *, anew: bool) -> object:
    render, of = (generated_body, page) if page.is_generated else (render_page, view.playbook.written[page.path])
    return (render.__wrapped__ if anew else render)(view, of)
