"""A list with more rows than a page shows is cut into pages; a shorter one has no page but its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.pages.cuts import list_pages
from macros.pages.rendered_page import render_page
from macros.pages.renderer import Renderer
from macros.playbook.load import load_playbook
from macros.playbook.long_lists import MOST_ROWS, shares
from macros.playbook.playbook import Playbook
from macros.playbook.urls import is_for_lists
from tests.support.long_lists import LONG, NUMBER
from tests.support.playbooks import BASE, write_playbook

HOME = "docs/barriers/index.md"
BY_HAND = '# Our barriers\n\n{{ entries("barriers", group_by="tags") }}\n'
FILTERED = '# Felt\n\n{{ entries("barriers", felt_by="delivery-team", show="links", group_by="hits") }}\n'


@pytest.fixture(scope="module")
def by_hand(tmp_path_factory: pytest.TempPathFactory) -> Playbook:
    files = {**LONG, HOME: BY_HAND, "docs/felt.md": FILTERED}
    return load_playbook(write_playbook(tmp_path_factory.mktemp("long"), files))


@given(st.lists(st.integers(0, 300), max_size=MOST_ROWS), st.integers(0, 300))
def test_groups_share_the_rows_of_a_page_evenly(sizes: list[int], most: int) -> None:
    shown = shares(sizes, most)
    assert all(0 <= some <= size for some, size in zip(shown, sizes, strict=True))
    assert sum(shown) == min(most, sum(sizes)) or most - sum(shown) < len(sizes)
    cut = [some for some, size in zip(shown, sizes, strict=True) if some < size]
    assert not cut or max(cut) - min(cut) <= 1
    assert not cut or max(shown) <= max(cut)


def test_a_short_list_has_no_further_pages(tmp_path: Path) -> None:
    assert list_pages(load_playbook(write_playbook(tmp_path))) == {}


def test_every_further_page_is_where_nothing_else_can_be(by_hand: Playbook) -> None:
    pages = list_pages(by_hand)
    assert all(is_for_lists(url) and url.isascii() for url in pages)
    assert len({url.casefold() for url in pages}) == len(pages)
    assert max(len(page.items) for page in pages.values()) == MOST_ROWS


def test_the_pages_of_a_list_that_is_written_by_hand_hold_all_its_entries(by_hand: Playbook) -> None:
    urls = [page.url for page in by_hand.long_lists.kinds["barriers"].whole.pages]
    assert urls == ["barriers/list/1/", "barriers/list/2/", "barriers/list/3/"]
    pages = list_pages(by_hand)
    for prefix in ("barriers/list/", "barriers/list/by-tags/"):
        found = [entry.id for url, page in pages.items() if url.startswith(prefix) for entry in page.items]
        assert {*found} == {entry.id for entry in by_hand.of_kind("barriers")}
    assert pages["barriers/list/s/2/"].title == "Barriers: S, 101 to 137"


def test_a_list_written_by_hand_shows_some_of_each_group_and_leads_to_all(by_hand: Playbook) -> None:
    text = render_page(Renderer(by_hand, "barriers/", HOME), by_hand.written[HOME]).text
    assert text.count("row__summary") == MOST_ROWS
    assert 'The first 34 of 107. <a href="list/by-tags/money-and-risk/">All barriers under “Money and risk”</a>' in text
    assert f"All {NUMBER + 1} barriers, from A to Z" in text
    assert '<a href="list/3/">201 to 251</a>' in text


def test_a_call_with_a_filter_leads_to_the_whole_list_and_a_group_to_the_page_of_its_entry(by_hand: Playbook) -> None:
    text = render_page(Renderer(by_hand, "felt/", "docs/felt.md"), by_hand.written["docs/felt.md"]).text
    assert 'The first 100 of 251. <a href="../pillars/shared-aims/&#35;barriers">All barriers under “Shared aims”</a>' in text
    assert 'data-list="../barriers/"' in text
    assert 'data-search-whole="../search/?kind=barriers">100 of 251 are here. <a href="../barriers/">All 251 barriers</a>' in text


def test_a_passage_that_many_entries_cite_names_some_and_leads_to_all(tmp_path: Path) -> None:
    source = "playbook_data/sources/nao.yml"
    files = {path: re.sub(r"para \d+", "para 11", text) for path, text in {**BASE, **LONG}.items()}
    files[source] += "passages: [{at: para 11, about: Data}]\n"
    playbook = load_playbook(write_playbook(tmp_path, files))
    html = Renderer(playbook, "sources/nao/").entry_page(playbook.entries["nao"])
    assert 'And 227 more: see <a href="list/cited/1/">all that cite' in html
    assert len(list_pages(playbook)["sources/nao/list/cited/1/"].items) == MOST_ROWS
