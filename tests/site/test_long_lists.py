"""A list with hundreds of entries stays as light as one with a hundred, and every entry is two links away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect
from selectolax.lexbor import LexborHTMLParser

from macros.playbook.load import load_playbook
from macros.playbook.long_lists import MOST_ROWS
from macros.playbook.urls import address_from
from macros.site.ledger.ledger import read_ledger
from macros.site.versions.crosswalk import PublishedVersions
from tests.support.browsers import faults_of, open_context
from tests.support.long_lists import FIRST_RELEASED, LAST, NUMBER
from tests.support.sites import page, pages_of, searched, serve, words

AT_MOST = 8
"""Presses of the Tab key from the field to the link below it."""
ON = "Search all 251 barriers for these words"
PARTS = ("barriers/", "barriers/list/2/", "barriers/list/s/2/", "figures/list/3/", "pillars/shared-aims/list/barriers/2/", "overview/")


@pytest.fixture(scope="module")
def reader(chromium: Browser, long_site: Path) -> Iterator[BrowserContext]:
    with serve(long_site) as address:
        context = open_context(chromium, base_url=address)
        yield context
        context.close()


def links_of(site: Path, url: str) -> set[str]:
    """Where the links in the text of a page lead, inside the site."""
    hrefs = (link.attributes["href"].partition("#")[0] for link in page(site, url).css("article a[href]"))
    return {address_from(url, href) for href in hrefs if "://" not in href and not href.startswith("mailto:")}


def test_every_entry_is_reached_from_its_list_in_two_steps(long_site: Path) -> None:
    near = links_of(long_site, "barriers/")
    reached = near.union(*(links_of(long_site, url) for url in near if url.startswith("barriers/list/")))
    assert {f"barriers/barrier-{n}/" for n in range(NUMBER)} <= reached


def test_no_page_shows_more_rows_than_a_hundred(long_site: Path) -> None:
    """Counted are the headings, items and rows of tables that lead to a barrier; an entry that names many has them on further pages too.

    The short lines of the index from A to Z and the contents of the whole playbook stand on one page for longer: see `test_a_to_z.py` and
    `test_whole_page.py`.
    """
    most = 0
    for file in {*pages_of(long_site)} - {long_site / "index/index.html", long_site / "print/index.html"}:
        for lists in ("article h2, article h3", "article li:not(.nearby li)", "article tbody tr"):
            rows = [row for row in LexborHTMLParser(file.read_text("utf-8")).css(lists) if row.css_first('a[href*="barrier-"]')]
            most = max(most, len(rows))
    assert most == MOST_ROWS


def test_a_further_page_says_which_it_is_and_leads_on_and_back(long_site: Path) -> None:
    part = page(long_site, "barriers/list/2")
    assert words(part.css_first("title")) == "Barriers, 101 to 200 - Small playbook"
    assert words(part.css_first("article .summary")) == "Page 2 of 3. 251 in all."
    assert [link.attributes["href"] for link in part.css(".crumbs a")] == ["../../../", "../../"]
    assert {link.attributes["rel"]: link.attributes["href"] for link in part.css(".turn a")} == {"prev": "../../", "next": "../3/"}
    assert words(part.css_first(".pages")) == "This is page 2 of 3 1 to 100 101 to 200 201 to 251"


def test_letters_of_all_alphabets_have_their_pages(long_site: Path) -> None:
    letters = page(long_site, "barriers").css_first(".letters__row")
    assert [words(item) for item in letters.css("li")] == ["A 13", "B 13", "D 25", "E 13", "O 12", "S 137", "Ж 13", "漢字 12", "0–9 13"]
    addresses = [link.attributes["href"].removeprefix("list/") for link in letters.css("a")]
    assert addresses == ["a/", "b/", "d/", "e/", "o/", "s/", "u0436/", "han/", "0-9/"]


def test_further_pages_are_no_promise_and_stand_in_no_search_and_no_list_of_addresses(long_site: Path) -> None:
    assert "barriers/list/" not in (long_site / "addresses.json").read_text("utf-8")
    assert not [url for url in searched(long_site) if "/list/" in url]


def test_an_anchor_that_was_released_on_a_short_list_is_kept(long_site: Path) -> None:
    """The build would have failed otherwise. Figures that the table shows no more are told of at its end."""
    listed = page(long_site, "barriers")
    assert listed.css_first(f"#{LAST}") is None
    assert listed.css_first(".kept") is None
    kept = page(long_site, "figures").css_first(f".kept #{LAST}-staff a")
    assert kept.attributes["href"] == f"../barriers/{LAST}/#figure-staff"
    assert len(page(long_site, "figures").css(".kept li")) == NUMBER - FIRST_RELEASED


def test_in_another_version_a_further_page_leads_to_the_list(long_site: Path) -> None:
    ledger = read_ledger(long_site.parent, load_playbook(long_site.parent))
    versions = PublishedVersions(ledger, dict.fromkeys(("1.1", "1.0"), ledger.store.releases[0]))
    for url, above in {"barriers/list/2/": "barriers/", "pillars/shared-aims/list/barriers/2/": "pillars/shared-aims/"}.items():
        links = [link.url for version in versions.versions_of_page("1.0", url) for link in version.links]
        assert links == [f"latest/{above}", f"1.0/{url}"]


@pytest.mark.parametrize(
    ("link", "leads_to"),
    {
        f"barriers/#{LAST}": f"barriers/{LAST}/",
        "barriers/#barrier-last": f"barriers/{LAST}/",
        f"overview/#{LAST}": f"barriers/{LAST}/",
        "barriers/#barrier-1": "barriers/#barrier-1",
        "barriers/#nothing-here": "barriers/#nothing-here",
    }.items(),
)
def test_an_old_link_into_a_list_leads_to_the_entry(reader: BrowserContext, link: str, leads_to: str) -> None:
    visited = reader.new_page()
    visited.goto(link, wait_until="networkidle")
    expect(visited).to_have_url(leads_to)
    visited.close()


def test_a_field_narrows_the_rows_and_says_how_many_are_left(reader: BrowserContext) -> None:
    visited = reader.new_page()
    visited.goto("overview/")
    visited.get_by_label("Filter the rows on this page").fill("ELAN  place")
    status, rows = visited.get_by_role("status"), visited.locator("article h3:visible")
    assert status.inner_text() == f"5 of the 100 rows on this page. {ON}"
    assert all("Élan" in row for row in rows.all_inner_texts())
    visited.keyboard.press("Escape")
    assert (status.inner_text(), rows.count()) == ("", MOST_ROWS)
    visited.get_by_label("Filter").fill("nothing like it")
    assert (status.inner_text(), visited.locator("article h2:visible").count()) == (f"None of the 100 rows on this page. {ON}", 0)
    visited.evaluate("location.hash = 'barrier-0'")
    expect(visited.locator("#barrier-0")).to_be_in_viewport()
    visited.close()


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_field_leads_on_to_the_search_of_the_whole_kind_and_that_to_all_kinds(reader: BrowserContext, width: int, scheme: str) -> None:
    """By keyboard alone: the link is in the status, so that a screen reader tells of it."""
    visited = reader.new_page()
    visited.set_viewport_size({"width": width, "height": 740})
    visited.emulate_media(color_scheme=scheme)
    visited.goto("barriers/list/s/2/")
    visited.get_by_label("Filter the rows on this page").fill("staff & 240")
    expect(visited.get_by_role("status").get_by_role("link", name=ON)).to_be_visible()
    assert faults_of(visited) == []
    on = visited.get_by_role("status").get_by_role("link", name=ON)
    for _ in range(AT_MOST):  # past the choices
        visited.keyboard.press("Tab")
        if on.evaluate("link => link === document.activeElement"):
            break
    visited.keyboard.press("Enter")
    found, status = visited.locator(".found__item"), visited.locator(".find-page [role=status]")
    expect(status).to_have_text("1 page in Barriers has all of your words, 249 have some of them.")
    expect(visited).to_have_url("search/?q=staff+%26+240&kind=barriers")
    expect(found.first).to_contain_text("240")
    assert {*visited.locator(".found__kind").all_inner_texts()} == {"Barrier"}
    assert faults_of(visited) == []
    way_out = visited.get_by_role("button", name="in Barriers: search all kinds instead")
    way_out.press("Enter")
    expect(way_out).to_be_hidden()
    expect(visited).to_have_url("search/?q=staff+%26+240")
    expect(visited.get_by_label("Words")).to_be_focused()
    visited.close()


def test_a_search_of_one_kind_says_where_it_has_looked(reader: BrowserContext) -> None:
    visited = reader.new_page()
    visited.goto("search/?q=staff&kind=cases")
    expect(visited.locator(".find-page [role=status]")).to_have_text("Nothing was found in Cases. Try other words, or fewer.")
    assert visited.get_by_role("button", name="in Cases").is_visible()
    visited.get_by_role("button", name="in Cases").click()
    expect(visited.locator(".find-page [role=status]")).to_have_text(re.compile("^[0-9]+ pages found[.]$"))
    visited.close()


@pytest.mark.parametrize(
    ("url", "words", "leads_to"),
    [
        ("barriers/", "place 2", "/search/?kind=barriers&q=place+2"),
        ("barriers/list/d/", "place", None),
        ("barriers/list/d/", "<b> & c", "/search/?kind=barriers&q=%3Cb%3E+%26+c"),
        ("figures/list/3/", "nothing", "/search/?q=nothing"),
    ],
)
def test_the_field_offers_the_search_where_the_list_goes_on_or_nothing_is_left(
    reader: BrowserContext, url: str, words: str, leads_to: str | None
) -> None:
    visited = reader.new_page()
    visited.goto(url)
    visited.get_by_label("Filter").fill(words)
    links = visited.get_by_role("status").get_by_role("link").evaluate_all("links => links.map(({pathname, search}) => pathname + search)")
    assert links == ([leads_to] if leads_to else [])
    visited.close()


def test_without_scripts_there_is_no_field_that_could_not_serve(long_site: Path) -> None:
    assert page(long_site, "barriers").css_first(".filter:not([hidden]), a[href*='kind=']") is None


def test_a_short_list_has_no_field(reader: BrowserContext) -> None:
    visited = reader.new_page()
    visited.goto("terms/", wait_until="networkidle")
    expect(visited.locator(".filter")).to_have_count(0)
    visited.close()


@pytest.mark.parametrize("url", PARTS)
def test_parts_of_lists_suit_everybody(reader: BrowserContext, url: str) -> None:
    visited = reader.new_page()
    visited.goto(url)
    assert faults_of(visited) == []
    visited.set_viewport_size({"width": 320, "height": 640})
    assert visited.evaluate("document.documentElement.scrollWidth <= innerWidth")
    visited.close()
