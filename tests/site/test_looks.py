"""How pages look: long lists on a phone, what a finger reaches, edges on a desktop, the reader's own colours, and what may not move."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.browsers import open_context

PHONE = {"width": 360, "height": 740}
SCREENS = 9
"""The most screens of a phone that the long lists may fill, with all that stands around them: titles can be looked through, fifteen screens cannot."""
FINGER = 44
KEEPS = "node => getComputedStyle(node).forcedColorAdjust"
"""Whether a browser leaves a ground or a colour as the styles say: what it draws instead is in no computed style."""
MANY = 9
"""Rows of which a phone shows titles alone."""
EACH_SORT = [
    *(
        "",
        "start/",
        "approach/joined-up/",
        "health-check/",
        "barriers/",
        "cases/",
        "more/",
        "pillars/",
        "terms/",
        "figures/",
        "about/linking/",
        "index/",
        "map/",
    ),
    *(
        "changes/",
        "poster/",
        "print/",
        "search/?q=trust",
        "barriers/data-sharing/",
        "pillars/authorising-environment/",
        "questions/committed-resources/",
    ),
    *("sources/ifg/", "contribute/check/", "404.html"),
]
EDGES = """() => {
    const article = document.querySelector("article.md-typeset");
    const own = article.getBoundingClientRect();
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const isBeside = each => each.matches("aside, [class^=row__]");
    const isShort = each => each.matches("h1, h2, h3, h4") || getComputedStyle(each).position === "absolute";
    const blocks = [...article.children].filter(each => each.checkVisibility() && each.getBoundingClientRect().height && !isShort(each));
    return {
        left: blocks.filter(each => !isBeside(each)).map(each => (each.getBoundingClientRect().left - own.left - (each.matches(":is(ul, ol):not(.bare)") ? parseFloat(getComputedStyle(each).marginLeft) : 0))),
        right: blocks.map(each => each.getBoundingClientRect().right - own.left),
        edges: [31 * rem, 40.3 * rem, own.width],
    };
}"""


@pytest.fixture(scope="module")
def phone(chromium: Browser, real_address: str) -> Iterator[BrowserContext]:
    """A phone with a touch screen."""
    context = open_context(chromium, base_url=real_address, viewport=PHONE, has_touch=True, is_mobile=True)
    yield context
    context.close()


@pytest.fixture
def visited(phone: BrowserContext) -> Iterator[Page]:
    """A page on that phone."""
    page = phone.new_page()
    yield page
    page.close()


def summaries(page: Page) -> int:
    """How many rows show what is said of them."""
    return page.locator("article .row__summary:visible").count()


@pytest.mark.parametrize("url", ["insights/", "barriers/", "questions/"])
def test_on_a_phone_a_long_list_shows_titles_and_says_more_of_them_when_asked(visited: Page, url: str) -> None:
    visited.goto(url)
    titles = visited.locator("article h3:has(+ [class^=row__])")
    rows = titles.count()
    assert (titles.locator("visible=true").count(), summaries(visited)) == (rows, 0)
    assert visited.evaluate("document.body.scrollHeight") < SCREENS * PHONE["height"]
    assert min(box["height"] for box in (link.bounding_box() for link in titles.locator("a:first-child").all()[:5]) if box) >= FINGER
    visited.get_by_label("Show summaries").tap()
    assert summaries(visited) == rows


def test_on_a_phone_a_row_that_a_link_leads_to_says_all_and_so_do_the_few_that_a_filter_leaves(visited: Page) -> None:
    visited.goto("insights/#choose-the-form")
    expect(visited.locator("#choose-the-form + .row__summary")).to_be_visible()
    assert summaries(visited) == 1
    visited.get_by_label("Filter this list by words").fill("trust")
    left = visited.locator("article h3:visible").count()
    assert 1 < left < MANY
    assert summaries(visited) == left


def test_on_a_phone_the_index_shows_the_letter_that_is_chosen_and_leads_back_to_all(visited: Page) -> None:
    visited.goto("index/")
    lists = visited.locator(".lookups:visible")
    expect(lists).to_have_count(0)
    letter = visited.get_by_role("navigation", name="Letters").get_by_role("link", name="F", exact=True)
    box = letter.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= FINGER
    letter.tap()
    expect(lists).to_have_count(1)
    expect(visited.get_by_role("heading", level=2, name="F")).to_be_in_viewport()
    visited.locator(".lookups__back:visible a").tap()
    expect(lists).to_have_count(0)


@pytest.mark.parametrize("how", ["without scripts", "on paper", "on a desktop"])
def test_elsewhere_each_row_says_all_and_nothing_needs_to_be_asked_for(chromium: Browser, real_address: str, how: str) -> None:
    size = {"width": 1280, "height": 800} if how == "on a desktop" else PHONE
    with open_context(chromium, base_url=real_address, viewport=size, java_script_enabled=how != "without scripts") as context:
        page = context.new_page()
        page.goto("barriers/")
        page.emulate_media(media="print" if how == "on paper" else "screen")
        assert summaries(page) == page.locator("article h3:visible").count() > 0
        assert page.locator("input[name=summaries]:visible").count() == 0


def test_the_mark_beside_a_heading_comes_up_when_a_finger_touches_the_heading(visited: Page) -> None:
    visited.goto("barriers/data-sharing/")
    heading = visited.locator("#signs")
    mark = heading.locator(".headerlink")
    assert mark.evaluate("mark => getComputedStyle(mark).opacity") == "0"
    heading.tap(position={"x": 20, "y": 10})
    expect(mark).to_have_css("opacity", "1")
    box = mark.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= FINGER
    mark.tap()
    assert visited.evaluate("location.hash") == "#signs"


def test_on_a_phone_the_number_of_a_figure_stands_beside_the_name_of_its_row(visited: Page) -> None:
    visited.goto("figures/")
    for row in visited.locator(".data--figures tbody tr").all()[:5]:
        name, number = row.locator("th").bounding_box(), row.locator("td.number").bounding_box()
        assert name
        assert number
        assert name["x"] + name["width"] <= number["x"]
        assert abs(name["y"] - number["y"]) <= 1


def test_on_a_desktop_every_sort_of_page_has_one_left_edge_and_ends_at_the_edge_of_text_or_of_what_is_wide(
    chromium: Browser, real_address: str
) -> None:
    ragged = []
    with open_context(chromium, base_url=real_address, viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        for url in EACH_SORT:
            page.goto(url)
            found = page.evaluate(EDGES)
            ragged += [(url, "left", left) for left in found["left"] if abs(left) > 1]
            ragged += [(url, "right", right) for right in found["right"] if min(abs(right - edge) for edge in found["edges"]) > 1]
    assert ragged == []


@pytest.fixture(scope="module")
def own_colours(chromium: Browser, real_address: str) -> Iterator[BrowserContext]:
    """A reader whose system replaces all colours by black on white, and who had chosen the dark colours of the site before."""
    context = open_context(chromium, base_url=real_address, viewport={"width": 1280, "height": 800}, forced_colors="active", color_scheme="light")
    context.add_init_script("localStorage.setItem('colours', 'dark')")
    yield context
    context.close()


def test_where_the_system_replaces_all_colours_drawings_and_found_words_have_the_colour_of_text(own_colours: BrowserContext) -> None:
    page = own_colours.new_page()
    for url, drawn, of in (
        ("cases/", ".drawing text", "fill"),
        ("cases/", ".drawing__bar", "fill"),
        ("search/?q=trust", ".found__text mark", "color"),
    ):
        page.goto(url)
        page.locator(drawn).first.wait_for()
        colour = f"node => getComputedStyle(node).{of}"
        assert {page.locator(drawn).first.evaluate(colour), "rgb(0, 0, 0)"} == {page.evaluate("getComputedStyle(document.body).color")}, drawn
    assert page.locator(".found__text mark").first.evaluate(KEEPS) == "none"
    page.close()


def test_where_the_system_replaces_all_colours_the_four_answers_differ_in_a_result(own_colours: BrowserContext) -> None:
    page = own_colours.new_page()
    page.goto("health-check/")
    for number, answer in enumerate(("Yes", "Partly", "No", "Not sure")):
        page.locator("fieldset.ask").nth(number).get_by_label(answer, exact=True).check(force=True)
    page.get_by_role("button", name="Result", exact=True).click()
    looks = {part.evaluate("node => getComputedStyle(node).background") for part in page.locator(".bar__track").first.locator(".bar__part").all()[:4]}
    assert len(looks) == 4
    assert page.locator(".bar__part").first.evaluate(KEEPS) == "none"
    page.close()


@pytest.mark.parametrize("view", ["check-team", "check-one"])
def test_nothing_moves_when_the_health_check_opens_at_another_view(chromium: Browser, real_address: str, view: str) -> None:
    with open_context(chromium, base_url=real_address, viewport={"width": 768, "height": 1000}) as context:
        page = context.new_page()
        page.add_init_script(
            "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach(each => (moved += each.value)))"
            ".observe({type: 'layout-shift', buffered: true})"
        )
        page.goto(f"health-check/#{view}")
        page.locator(f".check-app[data-view={view}]").wait_for()
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert page.evaluate("moved") < 0.01
