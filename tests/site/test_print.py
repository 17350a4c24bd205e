"""Pages on paper: what belongs together stays on one sheet, no sheet is blank, and the last one says what was printed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from unicodedata import normalize

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

PAGES = ("", "cases/", "barriers/data-sharing/")
KEPT_WHOLE = ".card, .drawing + table, .symptoms li, .evidence > li, .related li, tr"
HEIGHTS = ("297mm", "283mm", "269mm", "255mm")
"""A4, and sheets that end elsewhere."""
LOW = ("227mm", "160mm", "120mm")
"""Sheets that end among cards, which are not high."""
SHEETS_OF_THE_CHECK = 8
"""With four questions on each, as many as someone prints for every member of a team."""
_ALL_BUT_WORDS = re.compile(r"[\W_]+")


@pytest.fixture(scope="module")
def paper(chromium: Browser, real_address: str) -> Iterator[Page]:
    """A page of the real site, in the medium of a printer."""
    with chromium.new_context(base_url=real_address, bypass_csp=True) as context:
        page = context.new_page()
        page.emulate_media(media="print")
        yield page


def sheets(page: Page, height: str = HEIGHTS[0]) -> list[str]:
    """The words on each sheet of paper."""
    page.add_style_tag(content=f"@page {{ size: 210mm {height} }}")
    return [sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf())).pages]


def bare(text: str) -> str:
    """Letters and digits alone, since lines break elsewhere on paper, and `fi` may be one sign there."""
    return _ALL_BUT_WORDS.sub("", normalize("NFKC", text))


@pytest.mark.parametrize("url", PAGES)
def test_wherever_sheets_end_what_belongs_together_is_on_one(paper: Page, url: str) -> None:
    paper.goto(url)
    wholes = {bare(text) for text in paper.locator(KEPT_WHOLE).all_inner_texts()} - {""}
    assert len(wholes) > 8
    for height in HEIGHTS:
        printed = [bare(sheet) for sheet in sheets(paper, height)]
        assert [whole for whole in wholes if not any(whole in sheet for sheet in printed)] == [], height


def test_wherever_sheets_end_a_card_is_on_one(paper: Page) -> None:
    paper.goto("start/")
    cards = {bare(text) for text in paper.locator(".card").all_inner_texts()}
    assert len(cards) > 8
    for height in LOW:
        printed = [bare(sheet) for sheet in sheets(paper, height)]
        assert [card for card in cards if not any(card in sheet for sheet in printed)] == [], height


@pytest.mark.parametrize("url", PAGES)
def test_no_sheet_but_the_last_is_nearly_blank(paper: Page, url: str) -> None:
    paper.goto(url)
    assert [sheet for sheet in sheets(paper)[:-1] if len(bare(sheet)) < 400] == []


def test_the_health_check_fills_eight_sheets_and_each_question_is_on_one_with_its_answers(chromium: Browser, real_address: str) -> None:
    with chromium.new_context(base_url=real_address, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("health-check/")
        page.emulate_media(media="print")
        questions = [bare(text) for text in page.locator(".ask__question").all_inner_texts()]
        printed = [bare(sheet.extract_text()) for sheet in PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages]
    assert len(printed) <= SHEETS_OF_THE_CHECK
    on = [sum(question in sheet for question in questions) for sheet in printed]
    assert sum(on) == len(questions)
    for words in ("Notsure", "Whatgoodlookslike", "Notes", "Agreedactionwhobywhen"):
        assert [sheet.count(words) for sheet in printed] == on, words


def test_the_last_sheet_says_of_what_version_and_page_it_is_and_each_which_it_is(paper: Page) -> None:
    paper.goto("barriers/data-sharing/")
    printed = sheets(paper)
    assert re.search(r"Approach playbook\s*, version \S+ of \d+ \w+ \d{4}", printed[-1])
    assert "https://playbook.example.org/barriers/data-sharing/" in printed[-1]
    assert [f"{number} / {len(printed)}" in sheet for number, sheet in enumerate(printed, 1)] == [True] * len(printed)


def test_the_poster_fills_one_sheet_on_its_side(chromium: Browser, real_address: str) -> None:
    with chromium.new_context(base_url=real_address) as context:
        page = context.new_page()
        page.goto("poster/")
        (sheet,) = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert sheet.mediabox.width > sheet.mediabox.height
    assert all(name in sheet.extract_text() for name in ("Authorising environment", "Culture of collaboration", "Focus on delivery"))


def test_those_who_read_in_the_dark_print_dark_words_on_white(chromium: Browser, real_address: str) -> None:
    for scripts in (True, False):
        with chromium.new_context(base_url=real_address, color_scheme="dark", java_script_enabled=scripts) as context:
            page = context.new_page()
            page.goto("barriers/data-sharing/")
            on_screen = page.locator("h1").evaluate("node => getComputedStyle(node).color")
            page.emulate_media(media="print", color_scheme="dark")
            assert (on_screen, page.locator("h1").evaluate("node => getComputedStyle(node).color")) == ("rgb(236, 234, 228)", "rgb(22, 25, 29)")


def test_where_a_link_out_of_the_playbook_leads_is_readable_on_paper(paper: Page) -> None:
    paper.goto("terms/")
    outside = {link.get_attribute("href") for link in paper.locator("a[href^='http']").filter(visible=True).all()}
    assert "https://creativecommons.org/licenses/by/4.0/" in outside
    assert [href for href in outside if bare(href) not in bare("".join(sheets(paper)))] == []
