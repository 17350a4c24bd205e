"""A reader searches: with the field in the header, on the page of the search, with a link, with the keyboard, and under a strict policy."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, Page, Route, expect

from macros.playbook.load import load_playbook
from macros.schema.filled import texts_of
from macros.schema.kinds import Barrier
from macros.text.search_words import stem_of, words_of
from tests.support.browsers import faults_of, open_context
from tests.support.sites import PROJECT, searched, serve
from tests.support.sites import page as read_page

GOLDEN = [*yaml.safe_load((Path(__file__).parent / "golden_queries.yml").read_text("utf-8"))]
AT_LEAST = 1132
"""How many of the golden queries must find their page; raise it when you find more."""
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'self'"
FIRST_THREE = """async ([queries, isTyping]) => {
  const { openIndex } = await import(new URL("assets/js/search.js", location.href));
  const index = await openIndex(new URL("search/", location.href));
  const first = async (query) => {
    const { pages } = await index.find(query, { isTyping });
    return (await Promise.all(pages.slice(0, 3).map((page) => index.page(page)))).map(({ url }) => url);
  };
  return Promise.all(queries.map(first));
}"""


@pytest.fixture(scope="module")
def visitor(chromium: Browser, real_address: str) -> Iterator[Page]:
    """A reader with a desktop."""
    context = open_context(chromium, base_url=real_address, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def page(visitor: Page) -> Page:
    """The home page, freshly opened."""
    visitor.goto("")
    visitor.evaluate("localStorage.clear()")
    return visitor


@pytest.mark.parametrize("is_typing", [False, True], ids=["sent off", "while typing"])
def test_everyday_queries_find_a_page_that_helps_among_the_first_three(page: Page, is_typing: bool) -> None:
    found = page.evaluate(FIRST_THREE, [[row["query"] for row in GOLDEN], is_typing])
    missed = {row["query"]: urls for row, urls in zip(GOLDEN, found, strict=True) if not {*row["pages"]} & {*urls}}
    assert len(GOLDEN) - len(missed) >= AT_LEAST, missed


def test_the_golden_queries_name_pages_that_there_are(real_site: Path) -> None:
    assert [url for row in GOLDEN for url in row["pages"] if not (real_site / url / "index.html").is_file()] == []


def rarest_words(barrier: Barrier) -> list[str]:
    """The words of a barrier's text, those first that the fewest entries say."""
    texts = [" ".join(text for _, text in texts_of(entry)).lower() for entry in load_playbook(PROJECT).entries.values()]
    words = dict.fromkeys(re.findall(r"[a-z]{5,}", " ".join((barrier.problem, *barrier.signs)).lower()))
    return sorted(words, key=lambda word: sum(word in text for text in texts))


def test_an_entry_is_found_by_its_title_its_summary_and_its_text(page: Page) -> None:
    barrier = load_playbook(PROJECT).entries["data-sharing"]
    queries = [barrier.title, barrier.summary, " ".join(rarest_words(barrier)[:3])]
    assert all("barriers/data-sharing/" in urls for urls in page.evaluate(FIRST_THREE, [queries, False]))


@pytest.mark.parametrize(
    ("query", "url"),
    [
        ("quiz", "health-check/"),
        ("checklist", "health-check/"),
        ("glossary", "terms/"),
        ("download as PDF", "print/"),
        ("print on one page", "poster/"),
        ("contact the editors", "about/"),
        ("release notes", "changes/"),
        ("examples", "cases/"),
        ("case studies of collaboration", "cases/"),
        ("who did this before", "cases/"),
    ],
)
def test_who_wants_to_do_something_finds_the_page_that_does_it(page: Page, query: str, url: str) -> None:
    assert url in page.evaluate(FIRST_THREE, [[query], False])[0]


def test_who_asks_what_something_is_finds_the_term_first(page: Page) -> None:
    asked, plain, new = page.evaluate(FIRST_THREE, [["definition of authorising", "authorising", "what is new"], False])
    assert [asked[0], plain[0]] == ["terms/authorising/", "pillars/authorising-environment/"]
    assert "terms/" not in new, "a word that says little is no term"


def test_who_asks_for_obstacles_finds_barriers_and_not_the_page_of_changes(page: Page) -> None:
    funding, change = page.evaluate(FIRST_THREE, [["problems with funding", "barriers to change"], False])
    assert funding[0] == "barriers/short-term-funding/"
    assert change[0] == "barriers/slow-behaviour-change/"


def test_a_word_that_is_rare_here_does_not_outweigh_all_others(page: Page) -> None:
    grant, residents = page.evaluate(FIRST_THREE, [["our grant finishes in three months", "asking residents what they want"], False])
    assert "barriers/short-term-funding/" in grant
    assert {"insights/engage-widely/", "insights/user-experience-first/"} & {*residents}


LIKE = """async (queries) => {
  const { openIndex } = await import(new URL("assets/js/search.js", location.href));
  const index = await openIndex(new URL("search/", location.href));
  return Promise.all(queries.map(async (query) => (await index.find(query)).terms.flatMap(({ like }) => like || [])));
}"""


@pytest.mark.parametrize(
    ("query", "url"),
    [
        ("who are you", "about/"),
        ("finger pointing", "barriers/blurred-accountability/"),
        ("pointing the finger", "barriers/blurred-accountability/"),
        ("tell me about silos", "terms/silo/"),
        ("partners drop out", "barriers/uncommitted-partners/"),
    ],
)
def test_a_phrase_finds_what_its_plain_words_do(page: Page, query: str, url: str) -> None:
    assert url in page.evaluate(FIRST_THREE, [[query], False])[0]


def test_what_somebody_wants_counts_more_than_whose_it_is(page: Page) -> None:
    first, alone = (urls[0] for urls in page.evaluate(FIRST_THREE, [["nobody knows who is responsible for the patient", "customer"], False]))
    assert "accountab" in first
    assert alone, "a word for people may be all that somebody types"


def test_a_phrase_that_pages_say_finds_these_too(page: Page) -> None:
    fruit, nothing = page.evaluate(FIRST_THREE, [["low hanging fruit", "say yes and do nothing"], False])
    assert "insights/start-small/" in fruit
    assert "barriers/uncommitted-partners/" in nothing


def test_a_slip_is_mended_but_a_right_word_that_no_page_has_is_left(page: Page) -> None:
    slips = {"acountability": ["accountability"], "burocracy": ["bureaucracy"], "goverment": ["government"], "buget": ["budget"]}
    right = ["ofsted", "coast", "quiche", "sanctions", "county courts", "milk", "chancellor"]
    assert page.evaluate(LIKE, [*slips, *right]) == [*slips.values(), *([] for _ in right)]


def test_a_word_with_a_stop_word_after_it_is_what_pages_write_as_one(page: Page) -> None:
    apart, hyphened, other = page.evaluate(FIRST_THREE, [["how do I get buy in", "buy-in", "buy"], False])
    assert apart == hyphened != other


ODD = (
    "Café CAFÉS cafe\u0301s",
    "Joined‑up co-location",
    "İstanbul ΣΊΣΥΦΟΣ naïve",
    "1,000 or £5.3m",
    "ﬁnance ＷＩＤＥ",
    "don't the partners’ lab's",
    "IT or it, It's lost",
    "the a",
    "日本語 हिंदी",
)


def test_the_script_and_the_program_take_the_same_words_from_a_text(page: Page, real_site: Path) -> None:
    texts = [*ODD, " ".join(searched(real_site).values())]
    stems = """async (texts) => {
      const { openIndex, wordsIn } = await import(new URL("assets/js/search.js", location.href));
      const index = await openIndex(new URL("search/", location.href));
      return texts.map((text) => wordsIn(text).flatMap(({ parts }) => parts.map((part) => index.stem(part))));
    }"""
    assert page.evaluate(stems, texts) == [[stem_of(word) for word in words_of(text)] for text in texts]


def titles(page: Page) -> list[str]:
    return page.locator(".found__title").all_inner_texts()


def type_in_header(page: Page, words: str) -> None:
    page.get_by_role("searchbox", name="Search this playbook").fill(words)
    expect(page.locator(".find__panel .found__item").first).to_be_visible()


def test_with_the_keyboard_a_reader_goes_from_any_place_to_a_result_and_back(page: Page) -> None:
    page.keyboard.press("/")
    field = page.get_by_role("searchbox", name="Search this playbook")
    expect(field).to_be_focused()
    page.keyboard.type("pooled budget")
    links = page.locator(".find__panel .found__title")
    expect(links.first).to_have_text("Pooled budget")
    page.keyboard.press("ArrowDown")
    expect(links.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(field).to_be_focused()
    expect(page.locator(".find__panel")).to_be_hidden()
    expect(field).to_have_value("pooled budget")
    type_in_header(page, "pooled budgets")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Pooled budget")


def test_a_screen_reader_hears_how_many_pages_there_are_and_of_which_kind(page: Page) -> None:
    type_in_header(page, "pooled budget")
    expect(page.locator(".find__panel").get_by_role("status")).to_contain_text("pages have all of your words")
    expect(page.locator(".find__panel").get_by_role("listitem").first).to_contain_text("Term")
    assert [mark.lower() for mark in page.locator(".find__panel .found__item mark").all_inner_texts()[:2]] == ["pooled", "budget"]
    assert faults_of(page) == []


def test_the_key_can_be_switched_off(page: Page) -> None:
    page.goto("search/")
    page.get_by_role("checkbox", name="On every page, the key / leads to the search").uncheck()
    page.goto("barriers/data-sharing/")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).not_to_be_focused()


def test_text_that_is_pasted_or_dictated_is_looked_for(page: Page) -> None:
    field = page.get_by_role("searchbox", name="Search this playbook")
    field.focus()
    page.keyboard.insert_text("silos")
    expect(page.locator(".find__panel .found__title").first).to_have_text("Silo")


def test_a_search_is_a_link_and_can_be_limited_to_a_kind(page: Page) -> None:
    page.goto("search/?q=data&kind=barriers")
    expect(page.locator(".found__item").first).to_be_visible()
    assert {*page.locator(".found__kind").all_inner_texts()} == {"Barrier"}
    expect(page.get_by_role("searchbox", name="Words")).to_have_value("data")
    page.get_by_role("combobox", name="Kind").select_option("terms")
    expect(page.locator(".found__kind").first).to_have_text("Term")
    assert page.url.endswith("search/?q=data&kind=terms")
    assert faults_of(page) == []


def test_the_header_leads_to_all_results_and_a_button_shows_more(page: Page) -> None:
    type_in_header(page, "partners")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=partners")
    expect(page.locator(".found__item")).to_have_count(8)
    page.get_by_role("button", name="Show more results").press("Enter")
    expect(page.locator(".found__item")).to_have_count(18)
    expect(page.locator(".found__title").nth(8)).to_be_focused()


def test_a_misspelt_word_is_told_and_the_word_that_is_meant_is_looked_for(page: Page) -> None:
    page.goto("search/?q=acountability")
    expect(page.get_by_role("status")).to_contain_text("No page has “acountability”; pages with “accountability” are shown.")


def test_words_that_no_page_has_are_told(page: Page) -> None:
    page.goto("search/?q=zzqxw")
    expect(page.get_by_role("status")).to_have_text("No page has “zzqxw”. Try other words, or fewer.")
    assert titles(page) == []


def test_where_nothing_is_found_the_page_offers_words_like_those_typed_and_other_ways(page: Page) -> None:
    type_into = page.get_by_role("searchbox", name="Search this playbook")
    type_into.fill("collabzz")
    page.get_by_role("link", name="Other ways to look").click()
    expect(page.get_by_text("Words of this playbook that are like yours")).to_contain_text("collaborat")
    ways = page.locator("[data-search-help]").get_by_role("link")
    assert [way.get_attribute("href").partition(":")[0] for way in ways.all()] == ["../index/", "../start/", "mailto"]
    assert faults_of(page) == []
    page.locator("[data-search-near] a").first.click()
    expect(page.locator(".found__item").first).to_be_visible()
    expect(ways.first).to_be_hidden()


def test_nothing_of_the_search_is_loaded_before_somebody_uses_it(chromium: Browser, real_address: str) -> None:
    context = open_context(chromium, base_url=real_address)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(real_address)))
    page.goto("", wait_until="networkidle")
    assert [path for path in asked if "search" in path] == ["assets/js/search-field.js"]
    asked.clear()
    type_in_header(page, "pooled budget")
    assert 4 < len(asked) <= 25
    context.close()


def test_under_a_strict_policy_titles_that_look_like_tags_are_shown_as_they_are(chromium: Browser, real_address: str) -> None:
    context = open_context(chromium, base_url=real_address)
    page = context.new_page()
    hostile = "<b>A silo</b> & <img src=x onerror=document.title='run'>"
    errors: list[str] = []

    def answer(route: Route) -> None:
        response = route.fetch()
        rows = response.json()
        for row in rows:
            row[1], row[2], row[3] = hostile, hostile, [["a", hostile, hostile]]
        route.fulfill(response=response, body=json.dumps(rows))

    def strictly(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, headers={**response.headers, "Content-Security-Policy": POLICY})

    page.route("**/search/?q=silo", strictly)
    page.route("**/pages-*.json", answer)
    page.on("pageerror", lambda error: errors.append(str(error)) if "search" in str(error.stack) else None)
    page.goto("search/?q=silo")
    expect(page.locator(".found__title").first).to_be_visible()
    assert page.locator(".found :is(img, b)").count() == 0
    assert titles(page)[0] == hostile
    assert errors == []
    context.close()


def test_the_site_is_searched_under_any_prefix(chromium: Browser, real_site: Path) -> None:
    context = open_context(chromium, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    with serve(real_site.parent) as above:
        page.goto(f"{above}{real_site.name}/barriers/data-sharing/")
        type_in_header(page, "silo")
        expect(page.locator(".found__title").first).to_have_attribute("href", f"{above}{real_site.name}/terms/silo/")
    context.close()


def test_the_search_says_when_its_index_cannot_be_loaded(chromium: Browser, real_address: str) -> None:
    context = open_context(chromium, base_url=real_address)
    page = context.new_page()
    page.route("**/search/index.json", lambda route: route.abort())
    page.goto("search/?q=silo")
    expect(page.get_by_role("status")).to_have_text("The search could not be loaded. Check your connection, and try again.")
    page.unroute("**/search/index.json")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".found__title").first).to_have_text("Silo")
    context.close()


def test_without_scripts_the_field_leads_to_the_lists(chromium: Browser, real_address: str) -> None:
    context = open_context(chromium, base_url=real_address, java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto("barriers/data-sharing/")
    page.get_by_role("searchbox", name="Search this playbook").fill("funding")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url == f"{real_address}search/?q=funding"
    expect(page.get_by_role("main").get_by_role("link", name="Barriers")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("searchbox")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_a_link_leads_to_the_search(chromium: Browser, real_address: str, scheme: str) -> None:
    context = open_context(chromium, base_url=real_address, viewport={"width": 320, "height": 640}, has_touch=True, color_scheme=scheme)
    page = context.new_page()
    page.goto("barriers/data-sharing/")
    page.get_by_role("banner").get_by_role("link", name="Search").tap()
    page.get_by_role("searchbox", name="Words").fill("silo")
    expect(page.locator(".found__title").first).to_have_text("Silo")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert faults_of(page) == []
    context.close()


def test_lists_are_found_by_name_alone_and_how_the_playbook_is_made_is_not_searched(real_site: Path) -> None:
    found = searched(real_site)
    assert not [url for url in found if url.startswith(("contribute/", "search/", "changes/1"))]
    lists = ("barriers/", "pillars/", "changes/", "index/", "print/")
    assert {url: found[url].count("\n") for url in lists} == dict.fromkeys(lists, 1), "the entries in them are found themselves"
    assert {"", "health-check/", "barriers/data-sharing/"} <= found.keys()
    assert read_page(real_site, "search").css_first('meta[name="robots"]').attributes["content"] == "noindex"
