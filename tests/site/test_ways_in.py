"""Every page for readers is reached from several others, menus say where a page belongs, and the foot of each page names every section."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect
from selectolax.lexbor import LexborHTMLParser

from macros.pages.catalogue import Page
from macros.pages.facets import LEAST_ROWS, facets_of, fits
from macros.playbook.urls import address_from
from macros.site.menus import with_section_marked
from tests.support.browsers import faults_of, open_context
from tests.support.exports import real_playbook, real_published
from tests.support.sites import page, words

LEAST = 2
"""Pages that lead to each page, besides menus and the foot."""
MOVED = 0.01
"""The share of the screen by which a page may shift while it loads; browsers call up to 0.1 good."""


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    """Every page of this repository's playbook, by address."""
    return dict(real_published().ledger.current.catalogue.by_url)


def for_readers(pages: dict[str, Page]) -> Iterator[str]:
    """The addresses of the pages that readers may want: not those for contributors, nor those that stand for pages that are gone."""
    yield from (url for url, each in pages.items() if not url.startswith("contribute/") and each.kind not in ("withdrawn", "part", "search"))


def links_in(site: Path, url: str, where: str) -> set[str]:
    """Where the links of a part of a page lead, inside the site."""
    hrefs = (link.attributes["href"].partition("#")[0] for link in page(site, url).css(f"{where} a[href]"))
    return {address_from(url, href) for href in hrefs if href and ":" not in href}


def test_no_page_for_readers_is_linked_from_fewer_than_two_others(real_site: Path, pages: dict[str, Page]) -> None:
    reached: dict[str, set[str]] = {}
    for url in for_readers(pages):
        for other in links_in(real_site, url, "article") - {url}:
            reached.setdefault(other, set()).add(url)
    comparisons = {url for url, each in pages.items() if each.kind == "comparison"}
    assert {url: reached.get(url, set()) for url in for_readers(pages) if len(reached.get(url, ())) < LEAST and url not in comparisons} == {}
    assert {url for url in comparisons if not reached.get(url)} == set()


def test_the_page_more_explains_every_page_of_the_menus(real_site: Path) -> None:
    rows = page(real_site, "more").css(".directory > div")
    told = {address_from("more/", row.css_first("dt a").attributes["href"]) for row in rows if len(words(row.css_first("dd")).split()) > 3}
    in_menus = links_in(real_site, "more/", ".md-tabs") | links_in(real_site, "more/", ".menu")
    assert {url for url in in_menus - told if not url.startswith("contribute/")} == {"more/"}
    assert "contribute/" in told


def test_the_foot_of_each_page_names_every_section(real_site: Path, pages: dict[str, Page]) -> None:
    listed = links_in(real_site, "more/", ".directory")
    assert listed >= {url for url, each in pages.items() if each.kind == "list"} | {"", "start/", "health-check/", "changes/", "contribute/"}
    for url in ("", "more/", "barriers/data-sharing/", "changes/"):
        assert links_in(real_site, url, ".site-foot__all") == listed, url


@pytest.mark.parametrize(
    ("url", "section", "row"),
    [
        ("barriers/data-sharing/", "Barriers", "Barriers"),
        ("questions/showing-value/", "More pages", "Questions"),
        ("changes/1.0.0-to-1.1.0/", "More pages", "Changes"),
        ("contribute/decisions/tags/", "Contribute pages", "Decisions"),
        ("insights/", "Insights", "Insights"),
        ("search/", None, None),
    ],
)
def test_a_page_marks_its_section_in_the_tabs_and_in_the_menu(real_site: Path, url: str, section: str | None, row: str | None) -> None:
    marked = page(real_site, url).css(".md-tabs__item--active")
    assert [words(item) for item in marked] == ([section] if section else [])
    in_menu = [words(link) for link in page(real_site, url).css(".menu [aria-current]")]
    assert in_menu == ([row] if row else [])


def test_breadcrumbs_lead_to_the_section_and_end_at_the_page_itself(real_site: Path) -> None:
    crumbs = page(real_site, "barriers/data-sharing").css(".crumbs li")
    assert [words(crumb) for crumb in crumbs] == ["Home", "Barriers", "Partners cannot or will not share data"]
    assert [crumb.attributes.get("aria-current") for crumb in crumbs] == [None, None, "page"]


TABS = '<li class="md-tabs__item"><a class="md-tabs__link" href="../../{}">A</a></li>'


@pytest.mark.parametrize(
    ("kind", "sections", "marked"),
    [
        ("entry", ("", "barriers/", "more/"), "barriers/"),
        ("entry", ("", "more/"), "more/"),
        ("entry", ("", "cases/"), None),
        ("written", ("", "more/"), None),
        ("search", ("", "barriers/"), None),
    ],
)
def test_the_section_of_a_page_is_the_nearest_one_above_it(kind: str, sections: tuple[str, ...], marked: str | None) -> None:
    html = f'<nav class="md-tabs">{"".join(TABS.format(section) for section in sections)}</nav>'
    done = LexborHTMLParser(with_section_marked(html, Page("barriers/data-sharing/", "Data", "", kind)))  # type: ignore[arg-type]
    assert [link.attributes["href"] for link in done.css("[aria-current=true]")] == ([f"../../{marked}"] if marked else [])


def test_the_ways_in_show_every_sign_role_and_stage(real_site: Path, pages: dict[str, Page]) -> None:
    led_to = links_in(real_site, "start/", "article")
    for folder in ("barriers", "roles", "stages"):
        assert {url for url, each in pages.items() if each.kind == "entry" and url.startswith(f"{folder}/")} <= led_to


def test_the_signs_on_the_home_page_come_from_every_theme_in_turn(real_site: Path) -> None:
    playbook = real_playbook()
    shown = [address_from("", link.attributes["href"]).split("/")[1] for link in page(real_site, "").css(".symptoms a")]
    tags = [playbook.entries[id].tags[0] for id in shown]
    used = [tag for tag in playbook.settings.tags if tag in tags]
    assert tags[: len(used)] == used
    assert {entry.tags[0] for entry in playbook.of_kind("barriers")} == set(used)


def test_the_home_page_says_what_changed_last(real_site: Path) -> None:
    newest = real_published().ledger.current.history.latest
    latest = page(real_site, "").css_first(".latest")
    assert f"Release {newest.version}" in words(latest)
    assert newest.why in words(latest)
    assert "changes/" in {link.attributes["href"] for link in latest.css("a")}


@pytest.mark.parametrize(
    ("folder", "names"),
    {
        "barriers": ["pillar", "stage", "role", "tag"],
        "insights": ["pillar", "stage", "role", "tag"],
        "questions": ["pillar", "stage"],
        "cases": [],
    }.items(),
)
def test_a_list_can_be_narrowed_by_what_its_entries_name_and_by_their_tags(real_site: Path, folder: str, names: list[str]) -> None:
    choices = page(real_site, folder).css(".filter[hidden] .facets select")
    assert [choice.attributes["name"] for choice in choices] == names


def test_a_row_has_the_options_of_its_entry_and_those_of_the_questions_that_lead_to_it() -> None:
    playbook = real_playbook()
    barrier = playbook.entries["data-sharing"]
    had = set(fits(playbook, barrier).split())
    asking = [each for each in playbook.of_kind("questions") if "data-sharing" in each.reveals]
    assert {f"role:{id}" for id in barrier.felt_by} | {f"pillar:{id}" for id in barrier.hits} | {f"stage:{each.stage}" for each in asking} <= had
    assert {option for option in had if option.startswith("pillar:")} == {f"pillar:{id}" for id in barrier.hits}
    assert facets_of(playbook, playbook.of_kind("barriers")[: LEAST_ROWS - 1]) == ()


def test_what_heads_a_group_is_not_repeated_below_each_of_its_rows(real_site: Path) -> None:
    assert page(real_site, "questions").css("article .row__pillars") == []
    assert page(real_site, "barriers").css("article .row__pillars") != []


@pytest.fixture(scope="module")
def reader(chromium: Browser, real_address: str) -> Iterator[BrowserContext]:
    context = open_context(chromium, base_url=real_address)
    yield context
    context.close()


def test_choices_narrow_a_list_stand_in_the_address_and_are_taken_back(reader: BrowserContext) -> None:
    visited = reader.new_page()
    visited.goto("barriers/")
    status, rows = visited.get_by_role("status"), visited.locator("article h3:visible")
    total = rows.count()
    assert status.inner_text() == f"{total} barriers."
    visited.get_by_label("Pillar", exact=True).select_option("focus-on-delivery")
    expect(visited).to_have_url("barriers/?pillar=focus-on-delivery")
    some = rows.count()
    visited.get_by_label("Role", exact=True).select_option("front-line")
    expect(visited).to_have_url("barriers/?pillar=focus-on-delivery&role=front-line")
    few = rows.count()
    assert 0 < few < some < total
    assert status.inner_text() == f"{few} of {total} barriers."
    assert visited.locator("select[name=role] option:checked").inner_text() == f"People on the front line ({few})"
    assert faults_of(visited) == []
    visited.go_back()
    expect(visited).to_have_url("barriers/?pillar=focus-on-delivery")
    assert (rows.count(), visited.get_by_label("Role", exact=True).input_value()) == (some, "")
    visited.get_by_role("link", name="Show all again").click()
    expect(visited).to_have_url("barriers/")
    assert (rows.count(), status.inner_text()) == (total, f"{total} barriers.")
    visited.close()


def test_an_address_with_choices_opens_the_list_narrowed_and_nonsense_in_it_does_no_harm(reader: BrowserContext) -> None:
    visited = reader.new_page()
    visited.goto("barriers/?role=front-line&q=form&stage=%3Cscript%3E&tag=nothing")
    few = visited.locator("article h3:visible").count()
    assert visited.get_by_role("status").inner_text().startswith(f"{few or 'None'} of ")
    assert visited.get_by_label("Filter this list by words").input_value() == "form"
    assert visited.get_by_label("Stage", exact=True).input_value() == ""
    visited.close()


@pytest.mark.parametrize("url", ["barriers/", "figures/"])
def test_nothing_moves_when_the_form_comes_that_narrows_a_list(chromium: Browser, real_address: str, url: str) -> None:
    with chromium.new_context(base_url=real_address) as context:
        visited = context.new_page()
        visited.add_init_script(
            "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach(each => (moved += each.value)))"
            ".observe({type: 'layout-shift', buffered: true})"
        )
        visited.goto(url)
        expect(visited.get_by_label("Filter this list")).to_be_visible()
        visited.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert visited.evaluate("moved") < MOVED


def test_without_scripts_there_is_no_dead_control(chromium: Browser, real_address: str) -> None:
    context = open_context(chromium, base_url=real_address, java_script_enabled=False)
    visited = context.new_page()
    visited.goto("barriers/")
    assert visited.locator("article :is(select, input):visible").count() == 0
    assert visited.locator("article h3:visible").count() > LEAST_ROWS
    context.close()
