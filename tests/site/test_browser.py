"""A reader with a real browser: on a phone and a desktop, light and dark, with a keyboard, without scripts, on paper."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from macros.pages.figures import figures_of
from macros.schema.kinds import Barrier
from tests.support.browsers import RULES_OF_COLOUR, faults_of, open_context
from tests.support.exports import real_playbook

PAGES = (
    "",
    "approach/joined-up/",
    "health-check/",
    "barriers/",
    "barriers/data-sharing/",
    "insights/commission-for-joining-up/",
    "cases/",
    "cases/sure-start/",
    "forms/full-integration/",
    "figures/",
    "open-questions/",
    "about/",
    "about/accessibility/",
    "about/linking/",
    "about/privacy/",
    "about/sources/",
    "questions/committed-resources/",
    "pillars/authorising-environment/",
    "stages/design/",
    "roles/delivery-team/",
    "terms/pooled-budget/",
    "sources/ifg/",
    "contribute/",
    "contribute/style/",
    "contribute/fields/",
    "contribute/commands/",
    "contribute/macros/",
    "contribute/workflows/",
    "contribute/releases/",
    "changes/",
    "search/",
    "changes/1.0.0-to-1.1.0/",
)
SAMPLE = (
    *("", "approach/joined-up/", "health-check/", "barriers/data-sharing/", "cases/", "questions/committed-resources/"),
    *("terms/pooled-budget/", "contribute/style/", "changes/1.0.0-to-1.1.0/"),
)
"""One page of each sort, and none that takes axe long; `make proof` visits all."""
DARK_SAMPLE = ("", "health-check/", "barriers/data-sharing/", "changes/1.0.0-to-1.1.0/")
PHONE = {"width": 360, "height": 740}
SMALL_PHONE = {"width": 320, "height": 640}
DESKTOP = {"width": 1280, "height": 900}
WITH_TERMS = "barriers/data-sharing/"


class Reader:
    """A page, and everything it has asked for or complained about."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("requestfailed", lambda request: self.complaints.append(f"failed: {request.url}"))
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("console", lambda message: self.complaints.append(message.text) if message.type in ("error", "warning") else None)
        page.on("response", lambda answer: self.complaints.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)


@pytest.fixture(scope="module")
def visitors(chromium: Browser, real_address: str) -> Iterator[dict[str, BrowserContext]]:
    """Readers who keep what was loaded from page to page: one for each colour scheme, and one whose browser runs no scripts."""
    contexts = {scheme: open_context(chromium, base_url=real_address, viewport=DESKTOP, color_scheme=scheme) for scheme in ("light", "dark")}
    contexts["without scripts"] = open_context(chromium, base_url=real_address, viewport=DESKTOP, java_script_enabled=False)
    yield contexts
    for context in contexts.values():
        context.close()


@pytest.fixture
def reader(visitors: dict[str, BrowserContext]) -> Iterator[Reader]:
    """A new page, on which nobody has chosen anything before."""
    page = visitors["light"].new_page()
    yield Reader(page)
    page.evaluate("localStorage.clear()")
    page.close()


@pytest.mark.parametrize("url", [pytest.param(url, marks=() if url in SAMPLE else pytest.mark.proof) for url in PAGES])
def test_a_page_opens_without_a_complaint_asks_no_other_host_fits_a_phone_and_has_no_fault_that_axe_finds(
    visitors: dict[str, BrowserContext], real_address: str, url: str
) -> None:
    reader = Reader(visitors["light"].new_page())
    page = reader.page
    page.goto(url)
    expect(page.locator("h1")).to_have_count(1)
    assert faults_of(page) == []
    for screen in (PHONE, SMALL_PHONE):
        page.set_viewport_size(screen)
        assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]
    assert reader.complaints == []
    assert [request for request in reader.requests if not request.startswith(real_address)] == []
    page.close()


@pytest.mark.parametrize("url", [pytest.param(url, marks=() if url in DARK_SAMPLE else pytest.mark.proof) for url in PAGES])
def test_in_the_dark_the_colours_of_a_page_have_no_fault_that_axe_finds(visitors: dict[str, BrowserContext], url: str) -> None:
    page = visitors["dark"].new_page()
    page.goto(url)
    assert page.locator("html").get_attribute("data-md-color-scheme") == "slate"
    assert faults_of(page, RULES_OF_COLOUR) == []
    page.close()


@pytest.mark.proof
@pytest.mark.parametrize("url", PAGES)
def test_in_the_dark_a_page_has_no_fault_of_any_sort(visitors: dict[str, BrowserContext], url: str) -> None:
    page = visitors["dark"].new_page()
    page.goto(url)
    assert faults_of(page) == []
    page.close()


@pytest.mark.proof
@pytest.mark.parametrize("screen", [SMALL_PHONE, PHONE], ids=lambda screen: f"{screen['width']} px")
@pytest.mark.parametrize("url", PAGES)
def test_on_a_screen_that_is_touched_nothing_is_wider_than_the_screen(chromium: Browser, real_address: str, url: str, screen: dict[str, int]) -> None:
    context = open_context(chromium, base_url=real_address, viewport=screen, has_touch=True)
    page = context.new_page()
    page.goto(url)
    assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]
    context.close()


@pytest.fixture(scope="module")
def barrier() -> Barrier:
    """One of this repository's barriers, as its file says it now."""
    return real_playbook().entries["data-sharing"]


def test_a_reader_follows_a_sign_to_a_barrier_to_an_insight_and_back(reader: Reader, barrier: Barrier) -> None:
    page = reader.page
    page.goto("")
    page.get_by_role("link", name=barrier.signs[0]).click()
    expect(page).to_have_title(f"{barrier.title} - Approach playbook")
    page.get_by_role("complementary", name="Linked pages").get_by_role("link", name="Bring people from different services together").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bring people from different services together")
    expect(page.locator(".related").get_by_role("link", name=barrier.title)).to_be_visible()


def test_a_link_to_a_section_shows_that_section(reader: Reader) -> None:
    reader.page.goto("barriers/data-sharing/#evidence")
    expect(reader.page.locator("#evidence")).to_be_in_viewport()


def test_on_a_phone_the_menu_leads_to_every_part(chromium: Browser, real_address: str) -> None:
    context = open_context(chromium, base_url=real_address, viewport=PHONE, has_touch=True)
    page = context.new_page()
    page.goto("barriers/data-sharing/")
    page.locator(".menu summary").first.click()
    page.get_by_role("navigation", name="Menu").get_by_role("link", name="Health check").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check your project’s health")
    context.close()


@pytest.mark.parametrize("url", ["figures/", *(pytest.param(url, marks=pytest.mark.proof) for url in ("", WITH_TERMS, "cases/"))])
def test_without_scripts_a_page_holds_the_same_words(visitors: dict[str, BrowserContext], url: str) -> None:
    texts = []
    for visitor in ("light", "without scripts"):
        page = visitors[visitor].new_page()
        page.goto(url)
        page.locator(".filter").evaluate_all("fields => fields.forEach(field => field.remove())")  # it is of use with scripts alone
        texts.append(page.locator("article").inner_text())
        page.close()
    assert texts[0] == texts[1]


def test_without_scripts_a_dark_system_gets_dark_pages(chromium: Browser, real_address: str) -> None:
    context = open_context(chromium, base_url=real_address, java_script_enabled=False, color_scheme="dark")
    page = context.new_page()
    page.goto("barriers/")
    dark = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    context.close()
    assert dark == "rgb(21, 24, 27)"


def test_the_health_check_is_answered_with_the_keyboard_alone(reader: Reader) -> None:
    page = reader.page
    page.goto("health-check/")
    first = page.locator("#commissioning-maturity")
    first.get_by_role("radio", name="Yes").focus()
    page.keyboard.press("ArrowRight")
    expect(first.get_by_role("radio", name="Partly")).to_be_checked()


def test_on_paper_there_is_the_text_and_no_furniture(reader: Reader) -> None:
    page = reader.page
    page.goto("barriers/data-sharing/")
    page.emulate_media(media="print")
    for furniture in (".md-header", ".md-tabs", ".turn", ".page-tools", ".crumbs"):
        expect(page.locator(furniture)).to_be_hidden()
    for text in ("h1", "#evidence", ".related h2 >> nth=0", "#sources", ".on-paper"):
        expect(page.locator(text)).to_be_visible()


def test_the_first_tab_leads_past_the_menu(reader: Reader) -> None:
    page = reader.page
    page.goto("barriers/data-sharing/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to content")


def reach(page: Page, wanted: Locator) -> None:
    """Tab until `wanted` has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if wanted.evaluate("node => node === document.activeElement"):
            return
    pytest.fail("no Tab leads there")


def test_the_note_of_a_term_opens_and_closes_with_the_keyboard(reader: Reader) -> None:
    page = reader.page
    page.goto(WITH_TERMS)
    term, note = page.locator("button.term").first, page.locator(".term-note").first
    expect(note).to_be_hidden()
    reach(page, term)
    page.keyboard.press("Enter")
    expect(note).to_be_visible()
    expect(note).to_be_in_viewport(ratio=1)
    assert faults_of(page) == []
    page.keyboard.press("Tab")
    expect(note.get_by_role("link", name="More about this term")).to_be_focused()
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    expect(term).to_be_focused()


def test_the_note_of_a_term_leads_to_its_page(reader: Reader) -> None:
    page = reader.page
    page.goto(WITH_TERMS)
    name = page.locator(".term-note__name").first.text_content()
    page.locator("button.term").first.press("Enter")
    page.locator(".term-note:popover-open").get_by_role("link").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(name.partition(",")[0])
    assert reader.complaints == []


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("url", [WITH_TERMS, pytest.param("approach/joined-up/", marks=pytest.mark.proof)])
def test_the_note_of_a_term_opens_by_a_tap_inside_the_screen_and_closes_by_another(
    chromium: Browser, real_address: str, url: str, scripts: bool
) -> None:
    context = open_context(chromium, base_url=real_address, viewport=SMALL_PHONE, has_touch=True, java_script_enabled=scripts)
    page = context.new_page()
    page.goto(url)
    for number in range(page.locator("button.term").count()):
        note = page.locator(".term-note").nth(number)
        page.locator("button.term").nth(number).tap()
        expect(note).to_be_visible()
        box = note.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= SMALL_PHONE["width"]
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= SMALL_PHONE["height"]
        page.locator("button.term").nth(number).tap()
        expect(note).to_be_hidden()
    context.close()


def test_only_one_note_is_open_at_a_time(reader: Reader) -> None:
    page = reader.page
    page.goto(WITH_TERMS)
    for number in range(2):
        page.locator("button.term").nth(number).press("Enter")
        expect(page.locator(".term-note").nth(number)).to_be_visible()
        expect(page.locator(".term-note:popover-open")).to_have_count(1)


def test_on_paper_a_star_leads_from_each_term_to_its_note_at_the_end(reader: Reader) -> None:
    page = reader.page
    page.goto(WITH_TERMS)
    expect(page.locator(".terms-at-end")).to_be_hidden()
    page.emulate_media(media="print")
    terms = page.locator("button.term")
    for number in range(terms.count()):
        assert terms.nth(number).evaluate("term => getComputedStyle(term, '::after').content") == '"*"'
        expect(page.locator(".term-note").nth(number)).to_be_hidden()
        expect(page.locator(".terms-at-end dt").nth(number)).to_have_text(page.locator(".term-note__name").nth(number).text_content())
        expect(page.locator(".terms-at-end dd").nth(number)).to_be_visible()
    expect(page.locator(".terms-at-end dt")).to_have_count(terms.count())


def rows(page: Page) -> list[str]:
    return page.locator("table[data-sortable] tbody tr").evaluate_all("rows => rows.map(row => row.id)")


def sort_keys(page: Page, column: int) -> list[str]:
    return page.locator(f"table[data-sortable] tbody tr > :nth-child({column})").evaluate_all("cells => cells.map(cell => cell.dataset.sort)")


def test_the_table_of_figures_is_sorted_by_a_click_and_says_so(reader: Reader) -> None:
    page = reader.page
    page.goto("figures/")
    written = rows(page)
    head = page.locator("table[data-sortable] th").nth(2)
    for order, falling in (("ascending", False), ("descending", True)):
        head.get_by_role("button").click()
        expect(head).to_have_attribute("aria-sort", order)
        values = [float(key) for key in sort_keys(page, 3)]
        assert values == sorted(values, reverse=falling)
        assert sorted(rows(page)) == sorted(written)
    assert faults_of(page, ["cat.aria", "cat.tables", "cat.name-role-value"]) == []
    assert reader.complaints == []


def test_the_table_of_figures_is_sorted_with_the_keyboard_by_one_column_at_a_time(reader: Reader) -> None:
    page = reader.page
    page.goto("figures/")
    page.get_by_role("columnheader", name="Figure", exact=True).get_by_role("button").press("Enter")
    page.get_by_role("columnheader", name="When").get_by_role("button").press("Space")
    expect(page.locator("th[aria-sort]")).to_have_count(1)
    for falling in (False, True):
        keys = sort_keys(page, 4)
        dated = [int(key) for key in keys if key]
        assert dated == sorted(dated, reverse=falling)
        assert keys == [*map(str, dated), *[""] * (len(keys) - len(dated))], "what is not dated comes last"
        page.get_by_role("columnheader", name="When").get_by_role("button").press("Space")


def test_the_rows_of_a_table_stay_where_they_are_when_what_sorts_them_comes_late(chromium: Browser, real_address: str) -> None:
    heights = []
    for is_late in (True, False):
        page = open_context(chromium, viewport=SMALL_PHONE).new_page()
        if is_late:
            page.route("**/sort-table.js", lambda route: route.abort())
        page.goto(f"{real_address}figures/")
        assert (page.locator("button.sort").count() == 0) == is_late
        heights.append(page.locator("table[data-sortable] thead").bounding_box()["height"])
        page.context.close()
    assert heights[0] == heights[1] > 44


def test_without_scripts_the_table_of_figures_has_all_rows_and_no_buttons(visitors: dict[str, BrowserContext]) -> None:
    page = visitors["without scripts"].new_page()
    page.goto("figures/")
    expect(page.locator("table[data-sortable] tbody tr")).to_have_count(len(figures_of(real_playbook())))
    expect(page.locator("table[data-sortable] button.sort")).to_have_count(0)
    page.close()


@pytest.mark.parametrize("screen", [SMALL_PHONE, DESKTOP], ids=lambda screen: f"{screen['width']} px")
def test_no_words_of_a_drawing_leave_the_screen_or_stand_on_others(chromium: Browser, real_address: str, screen: dict[str, int]) -> None:
    context = open_context(chromium, base_url=real_address, viewport=screen)
    page = context.new_page()
    page.goto("cases/")
    drawings = page.locator("figure.drawing svg").evaluate_all(
        """drawings => drawings.map(drawing => [...drawing.querySelectorAll('text')].map(text => {
            const box = text.getBoundingClientRect();
            return [box.left, box.right, box.top + 2, box.bottom - 2];
        }).filter(([left, right]) => right > left))"""
    )
    context.close()
    assert sum(map(len, drawings)) > 20
    for texts in drawings:
        for number, (left, right, top, bottom) in enumerate(texts):
            assert left >= 0
            assert right <= screen["width"]
            assert not [other for other in texts[:number] if left < other[1] and other[0] < right and top < other[3] and other[2] < bottom]
