"""How the health check starts: what its page fetches and builds at first, and what it says where its scripts cannot run."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Route, expect
from selectolax.lexbor import LexborHTMLParser

from tests.support.browsers import open_context

PAGE = "health-check/"
MODULES = "assets/js/check/"
FIRST = "commissioning-maturity"
IMPORTED = re.compile(r'^(?:import|export) .* from "\./([^"]+)";$', re.MULTILINE)


def test_the_page_names_every_module_that_its_script_imports_so_that_none_is_waited_for(real_site: Path) -> None:
    tree = LexborHTMLParser((real_site / PAGE / "index.html").read_text("utf-8"))
    named = [urljoin(f"/{PAGE}", link.attributes["href"]) for link in tree.css("link[rel=modulepreload]")]
    seen, left = set(), ["page.js"]
    while left:
        names = set(IMPORTED.findall((real_site / MODULES / left.pop()).read_text("utf-8"))) - seen
        seen |= names
        left += names
    assert sorted(named) == sorted(f"/{MODULES}{name}" for name in seen)


def test_the_views_are_built_when_they_are_first_looked_at(chromium: Browser, real_address: str) -> None:
    context = open_context(chromium)
    page = context.new_page()
    page.goto(f"{real_address}{PAGE}")
    expect(page.locator(".check-bar__count")).to_have_text("0 of 15 answered")
    page.wait_for_timeout(300)  # longer than the page rests before it builds what is long
    assert page.locator(".check-result, .check-team, .ask__notes textarea").count() == 0
    page.locator(f"#{FIRST} .ask__notes summary").press("Enter")
    expect(page.get_by_label("Agreed action")).to_be_visible()
    page.get_by_role("button", name="Team", exact=True).click()
    expect(page.locator(".check-team")).to_be_visible()
    context.close()


def test_an_answer_given_before_the_scripts_are_ready_counts(chromium: Browser, real_address: str) -> None:
    context = open_context(chromium)
    page = context.new_page()
    early = f'setTimeout(() => document.querySelector("#{FIRST} [value=no]").click());\n'

    def answer_at_once(route: Route) -> None:
        route.fulfill(body=early + route.fetch().text(), content_type="text/javascript")  # it comes in the first pause of the start

    page.route(f"**/{MODULES}page.js", answer_at_once)
    page.goto(f"{real_address}{PAGE}")
    expect(page.locator(".check-bar__count")).to_have_text("1 of 15 answered")
    expect(page.locator(f"#{FIRST} [value=no]")).to_be_checked()
    context.close()


def test_what_marks_a_focus_or_an_answer_is_never_cut_off_at_the_edge_of_a_question(chromium: Browser, real_address: str) -> None:
    context = open_context(chromium)
    page = context.new_page()
    page.goto(f"{real_address}{PAGE}")

    def may_be_cut() -> str:
        return page.locator(f"#{FIRST}").evaluate("question => getComputedStyle(question).contentVisibility")

    assert may_be_cut() == "auto"
    page.locator(f"#{FIRST} [value=yes]").focus()
    assert may_be_cut() == "visible"
    page.keyboard.press("Space")
    page.locator(f"#{FIRST} ~ .ask [value=yes]").first.focus()
    assert may_be_cut() == "visible"
    context.close()


@pytest.mark.parametrize(
    ("file", "told"),
    [(PAGE, "browsers start its scripts only from a web server"), ("search/", "Pages that are opened as files cannot search.")],
)
def test_a_page_opened_as_a_file_says_why_it_does_less(chromium: Browser, real_site: Path, file: str, told: str) -> None:
    context = open_context(chromium)
    page = context.new_page()
    page.goto((real_site / file / "index.html").as_uri())
    expect(page.locator("article").get_by_text(told)).to_be_visible()
    context.close()
