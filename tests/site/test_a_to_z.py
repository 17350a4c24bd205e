"""The index from A to Z leads to every entry without scripts, by its title and by the words that newcomers use; a long one has pages for its letters."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from macros.pages.catalogue import catalogue_of
from macros.pages.macros import index_page, list_part
from macros.pages.renderer import Renderer
from macros.playbook import long_lists
from macros.playbook.a_to_z import lookups_of
from macros.playbook.letters import by_letter
from macros.playbook.load import load_playbook
from macros.playbook.long_lists import MOST_ROWS
from macros.playbook.playbook import Playbook
from macros.playbook.urls import entry_url
from macros.text.typography import typographic
from tests.support.browsers import faults_of, open_context
from tests.support.exports import real_playbook
from tests.support.sites import PROJECT, page, words

FEW_LINES = "document.querySelectorAll('.lookups').forEach((list, place) => place > 2 && list.remove())"
"""The lines of all letters are alike, and axe takes half a minute for them."""


@pytest.fixture(scope="module")
def playbook() -> Playbook:
    return real_playbook()


def current(playbook: Playbook) -> list:
    return [entry for entry in playbook.entries.values() if entry.status == "current"]


def test_every_entry_is_reached_by_its_title(real_site: Path, playbook: Playbook) -> None:
    found = {(link.attributes["href"], words(link)) for link in page(real_site, "index").css(".lookups__title a")}
    assert {(f"../{entry_url(entry)}", typographic(entry.title)) for entry in current(playbook)} <= found


@pytest.mark.parametrize(
    ("line", "leads_to"),
    [
        ("GDPR", ["barriers/data-sharing/"]),
        ("Safeguarding hub", ["terms/mash/"]),
        ("Multi-Agency Safeguarding Hub", ["terms/mash/"]),
        ("Ombudsman", ["questions/redress-for-users/", "barriers/no-redress/", "terms/redress/"]),
    ],
)
def test_other_words_lead_to_each_entry_that_they_mean(playbook: Playbook, line: str, leads_to: list[str]) -> None:
    lines = {each.words: each for _, lines in playbook.lookups for each in lines}
    assert [entry_url(entry) for entry in lines[line].meant] == leads_to


def test_words_that_differ_in_capitals_alone_are_one_line_and_an_article_is_passed_over(playbook: Playbook) -> None:
    entry, other = current(playbook)[:2]
    one = entry.model_copy(update={"title": "The door", "also_searched": ("red tape",)})
    two = other.model_copy(update={"title": "Eaves", "also_searched": ("Red tape", "a door")})
    lines = [(letter.label, [(each.words, len(each.titled), len(each.meant)) for each in its]) for letter, its in by_letter(lookups_of([one, two]))]
    assert ("D", [("A door", 0, 1), ("The door", 1, 0)]) in lines
    assert ("R", [("Red tape", 0, 2)]) in lines


def test_a_sentence_that_readers_search_for_is_no_line_of_the_index(playbook: Playbook) -> None:
    also = ("GDPR", "terms of reference", "IT says no", "who signs", "nobody owns the complaint")
    entry = current(playbook)[0].model_copy(update={"title": "Door", "also_searched": also})
    assert [line.words for line in lookups_of([entry]) if line.meant] == ["GDPR", "Terms of reference"]


def test_each_letter_has_its_anchor_for_good_whether_anything_begins_with_it_or_not(real_site: Path) -> None:
    anchors = {node.attributes["id"] for node in page(real_site, "index").css("article [id^=letter-]")}
    assert {f"letter-{letter}" for letter in string.ascii_lowercase} <= anchors


def test_an_index_that_is_too_long_has_pages_of_a_hundred_lines_for_each_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_lists, "MOST_LOOKUPS", 500)
    playbook = load_playbook(PROJECT)
    whole = index_page(Renderer(playbook, "index/"))
    assert "lookups" not in whole
    assert 'href="list/p/"' in whole
    assert 'id="letter-p"' in whole
    parts = [page for page in catalogue_of(playbook, {}).by_url.values() if page.url.startswith("index/list/")]
    shown = [list_part(Renderer(playbook, part.url), part.url) for part in parts]
    lines = [html.partition('<ul class="lookups')[2].partition("</ul>")[0].count("<li>") for html in shown]
    assert len(parts) > 20
    assert sum(lines) == sum(len(its) for _, its in playbook.lookups)
    assert max(lines) == MOST_ROWS


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_the_index_serves_without_scripts_on_every_screen(chromium: Browser, real_address: str, width: int, scheme: str) -> None:
    context = open_context(chromium, base_url=real_address, viewport={"width": width, "height": 800}, color_scheme=scheme)
    visited = context.new_page()
    visited.goto("index/")
    assert visited.evaluate("document.documentElement.scrollWidth") <= width
    visited.evaluate(FEW_LINES)
    assert faults_of(visited) == []
    context.close()
    context = open_context(chromium, base_url=real_address, java_script_enabled=False, viewport={"width": width, "height": 800})
    visited = context.new_page()
    visited.goto("search/?q=GDPR")
    visited.get_by_role("main").get_by_role("link", name="index").click()
    visited.get_by_role("navigation", name="Letters").get_by_role("link", name="G", exact=True).click()
    visited.get_by_role("listitem").filter(has_text="GDPR").get_by_role("link").click()
    assert visited.url == f"{real_address}barriers/data-sharing/"
    context.close()
