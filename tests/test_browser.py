"""A reader with a real browser: on a phone and a desktop, light and dark, with a keyboard, without scripts, on paper."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

PAGES = (
    "",
    "approach/joined-up/",
    "health-check/",
    "barriers/",
    "barriers/data-sharing/",
    "insights/commission-for-joining-up/",
    "questions/committed-resources/",
    "pillars/authorising-environment/",
    "stages/design/",
    "roles/delivery-team/",
    "terms/pooled-budget/",
    "sources/ifg/",
    "contribute/",
    "contribute/macros/",
)
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}


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


@pytest.fixture
def reader(chromium: Browser, real_address: str) -> Iterator[Reader]:
    context = chromium.new_context(base_url=real_address, viewport=DESKTOP)
    yield Reader(context.new_page())
    context.close()


@pytest.mark.parametrize("url", PAGES)
def test_a_page_opens_without_a_complaint_and_asks_no_other_host(reader: Reader, real_address: str, url: str) -> None:
    reader.page.goto(url, wait_until="networkidle")
    assert reader.complaints == []
    assert [request for request in reader.requests if not request.startswith(real_address)] == []
    expect(reader.page.locator("h1")).to_have_count(1)


def test_nobody_loads_the_search_index_who_does_not_search(reader: Reader) -> None:
    reader.page.goto("", wait_until="networkidle")
    assert not [request for request in reader.requests if "search_index" in request]


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("Partners cannot or will not share data", "barriers/data-sharing/"),
        ("Law, old systems and doubt", "barriers/data-sharing/"),
        ("copy details by hand", "barriers/data-sharing/"),
        ("pooled budget", "terms/pooled-budget/"),
    ],
)
def test_search_finds_an_entry_by_its_title_its_summary_and_its_text(reader: Reader, real_address: str, typed: str, address: str) -> None:
    page = reader.page
    page.goto("")
    page.get_by_role("textbox", name="Search").click()
    page.keyboard.type(typed)
    among_the_first = page.locator(f".md-search-result__item:nth-child(-n+3) a[href^='{real_address}{address}']")
    expect(among_the_first.first).to_be_attached()
    assert reader.complaints == []


def test_a_reader_follows_a_sign_to_a_barrier_to_an_insight_and_back(reader: Reader) -> None:
    page = reader.page
    page.goto("")
    page.get_by_role("link", name="nobody can name the rule").click()
    expect(page).to_have_title("Partners cannot or will not share data - Approach playbook")
    page.get_by_role("complementary", name="Linked pages").get_by_role("link", name="Put people from different services together").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Put people from different services together")
    expect(page.locator(".related").get_by_role("link", name="Partners cannot or will not share data")).to_be_visible()


def test_a_link_to_a_section_shows_that_section(reader: Reader) -> None:
    reader.page.goto("barriers/data-sharing/#evidence")
    expect(reader.page.locator("#evidence")).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("url", PAGES)
def test_a_page_has_no_fault_that_axe_finds(chromium: Browser, real_address: str, url: str, scheme: str) -> None:
    context = chromium.new_context(base_url=real_address, viewport=DESKTOP, color_scheme=scheme)
    page = context.new_page()
    page.goto(url, wait_until="networkidle")
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "wcag2aaa", "best-practice"]})
    faults = [f"{fault['id']}: {fault['nodes'][0]['html']}" for fault in found.response["violations"]]
    context.close()
    assert faults == []


@pytest.mark.parametrize("url", PAGES)
def test_on_a_phone_nothing_is_wider_than_the_screen(chromium: Browser, real_address: str, url: str) -> None:
    context = chromium.new_context(base_url=real_address, viewport=PHONE, has_touch=True)
    page = context.new_page()
    page.goto(url)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    context.close()


def test_on_a_phone_the_menu_leads_to_every_part(chromium: Browser, real_address: str) -> None:
    context = chromium.new_context(base_url=real_address, viewport=PHONE, has_touch=True)
    page = context.new_page()
    page.goto("barriers/data-sharing/")
    page.locator(".md-header label[for=__drawer]").click()
    page.locator(".md-nav--primary").get_by_role("link", name="Health check").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check your project’s health")
    context.close()


@pytest.mark.parametrize("url", ["", "barriers/data-sharing/", "health-check/"])
def test_without_scripts_a_page_holds_the_same_words(chromium: Browser, real_address: str, url: str) -> None:
    texts = []
    for scripts in (True, False):
        context = chromium.new_context(base_url=real_address, viewport=DESKTOP, java_script_enabled=scripts)
        page = context.new_page()
        page.goto(url)
        texts.append(page.locator("article").inner_text())
        context.close()
    assert texts[0] == texts[1]


def test_without_scripts_a_dark_system_gets_dark_pages(chromium: Browser, real_address: str) -> None:
    context = chromium.new_context(base_url=real_address, java_script_enabled=False, color_scheme="dark")
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
    for text in ("h1", "#evidence", ".related h2 >> nth=0", "#sources"):
        expect(page.locator(text)).to_be_visible()


def test_the_first_tab_leads_past_the_menu(reader: Reader) -> None:
    page = reader.page
    page.goto("barriers/data-sharing/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to content")
