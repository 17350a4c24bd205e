"""The state of the whole playbook: who reads a playbook that nobody looks after is told so on every page, and what to use instead."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from selectolax.lexbor import LexborHTMLParser

from tests.support.browsers import EVERY_RULE, RULES_OF_COLOUR, faults_of, open_context
from tests.support.playbooks import BASE
from tests.support.sites import built, page, pages_of, serve, words

pytestmark = pytest.mark.slow

FACTS = "playbook_data/playbook.yml"
BARRIER = "playbook_data/barriers/data-sharing.yml"
REASON = 'The lab closed in 2027: see [[delivery-team]], **not** `<b>x</b>` {{ 7 * 7 }} `{: #a }` & [its report](https://a.org/?a=1&b="2).'
SUCCESSOR = "https://successor.example.org/playbook?from=here&to=there"
REPOSITORY = "repository: {url: https://git.example.org/lab/book}\n"
REVIEWED = {BARRIER: BASE[BARRIER] + "reviewed: {on: 2026-11-20, by: delivery-team, outcome: 'Two figures & a <b>claim</b> were read again'}\n"}


def in_state(state: str, *, successor: bool = True) -> dict[str, str]:
    quoted = REASON.replace("'", "''")
    settings = f"state: {state}\nreason: '{quoted}'\n" + (f"successor: {SUCCESSOR}\n" if successor else "")
    return {FACTS: BASE[FACTS] + REPOSITORY + settings, "docs/contribute/index.md": "# Contribute\n\nHow.\n", **REVIEWED}


@pytest.fixture(scope="module")
def unmaintained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("unmaintained"), in_state("unmaintained"))


@pytest.fixture(scope="module")
def archived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("archived"), in_state("archived"))


@pytest.fixture(scope="module")
def active(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("active"), {FACTS: BASE[FACTS] + REPOSITORY, **REVIEWED})


def every_page(site: Path) -> dict[str, LexborHTMLParser]:
    """Each page by its file, the page for a wrong address among them."""
    return {file.relative_to(site).as_posix(): LexborHTMLParser(file.read_text("utf-8")) for file in (*pages_of(site), *site.glob("404.html"))}


SAID = {
    "unmaintained": "Nobody looks after this playbook any more. Parts may be out of date.",
    "archived": "This playbook is archived. Nobody changes it any more, so parts may be out of date.",
}
SHOWN_REASON = "The lab closed in 2027: see Delivery team , not <b>x</b> {{ 7 * 7 }} {: #a } & its report ."


@pytest.mark.parametrize("state", ["unmaintained", "archived"])
def test_every_page_says_what_has_happened_why_and_what_to_use_instead(state: str, request: pytest.FixtureRequest) -> None:
    pages = every_page(request.getfixturevalue(state))
    assert {"index.html", "404.html", "barriers/index.html", "barriers/data-sharing/index.html", "contribute/index.html"} < pages.keys()
    for file, tree in pages.items():
        said = [words(line) for line in tree.css(".md-banner p")]
        assert said == [f"{SAID[state]} {SHOWN_REASON}", f"Use instead: {SUCCESSOR}"], file
        assert tree.css(".md-banner a")[-1].attributes["href"] == SUCCESSOR


def test_a_link_in_the_reason_leads_to_the_entry_from_every_depth(archived: Path) -> None:
    for file, tree in every_page(archived).items():
        way = tree.css_first(".md-banner a").attributes["href"]
        assert ((archived / file).parent / way / "index.html").resolve() == (archived / "roles/delivery-team/index.html").resolve(), file


def test_the_reason_is_text_in_which_nothing_runs(unmaintained: Path) -> None:
    banner = page(unmaintained, "barriers").css_first(".md-banner")
    assert {node.tag for node in banner.traverse()} == {"aside", "div", "p", "strong", "a", "code"}
    assert [link.attributes["href"] for link in banner.css("a")] == ["../roles/delivery-team/", "https://a.org/?a=1&b=%222", SUCCESSOR]
    assert "49" not in banner.html
    assert not banner.css("[id]")


def test_without_a_successor_nothing_is_named_instead(tmp_path: Path) -> None:
    site = built(tmp_path, in_state("archived", successor=False))
    assert [words(line) for line in page(site, "").css(".md-banner p")] == [f"{SAID['archived']} {SHOWN_REASON}"]


def test_a_playbook_that_is_looked_after_has_no_banner(active: Path) -> None:
    assert all(tree.css_first(".md-banner") is None for tree in every_page(active).values())


def test_the_banner_comes_before_the_header_and_after_the_way_to_the_content(archived: Path) -> None:
    html = (archived / "barriers/index.html").read_text("utf-8")
    assert html.index("md-skip") < html.index("md-banner") < html.index("<header") < html.index("<article")


def ways(site: Path, url: str) -> list[str]:
    return [words(link) for link in page(site, url).css(".page-tools a")]


def test_in_an_archived_playbook_nobody_is_asked_to_mend_anything(archived: Path) -> None:
    for file, tree in every_page(archived).items():
        assert tree.css_first(".page-tools") is None, file
        assert not re.search(r"/edit/|/issues/new|subject=", tree.html), file


def test_a_playbook_that_nobody_looks_after_can_be_mended_but_says_that_an_answer_may_not_come(unmaintained: Path) -> None:
    assert ways(unmaintained, "barriers/data-sharing") == ["Suggest a change", "Open an issue", "Edit this page"]
    assert "an answer may not come" in words(page(unmaintained, "barriers/data-sharing").css_first(".page-tools"))


def test_a_list_that_the_build_has_made_has_no_file_to_edit(active: Path) -> None:
    assert ways(active, "terms") == ["Suggest a change", "Open an issue"]


def freshness(site: Path, url: str) -> str:
    return words(page(site, url).css_first(".freshness"))


def test_a_page_says_when_it_was_reviewed_by_whom_with_what_outcome_and_when_it_is_due_again(active: Path) -> None:
    assert freshness(active, "barriers/data-sharing") == (
        "Reviewed 20 November 2026 Reviewed by Delivery team Next review due November 2027 Outcome Two figures & a <b>claim</b> were read again"
    )
    tree = page(active, "barriers/data-sharing").css_first(".freshness")
    assert tree.css_first("time").attributes["datetime"] == "2026-11-20"
    assert tree.css_first("a").attributes["href"] == "../../roles/delivery-team/"
    assert not tree.css("b, script")


def test_a_page_that_nobody_reviewed_says_so_calmly_at_its_foot(active: Path) -> None:
    assert freshness(active, "insights/shared-space") == "Not reviewed yet"
    text = page(active, "insights/shared-space").html
    assert text.index('id="history"') < text.index("Not reviewed yet")


@pytest.mark.parametrize("state", ["unmaintained", "archived"])
def test_where_nobody_will_review_no_review_is_promised(state: str, request: pytest.FixtureRequest) -> None:
    site = request.getfixturevalue(state)
    assert freshness(site, "insights/shared-space") == "Never reviewed"
    assert "due" not in freshness(site, "barriers/data-sharing")


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_a_page_that_nobody_should_rely_on_says_nothing_of_reviews(tmp_path: Path, status: str) -> None:
    mandate = f"title: Mandate\nsummary: S\nmeaning: M\nstatus: {status}\n{'reason: Nobody used it.' if status == 'withdrawn' else ''}\n"
    site = built(tmp_path, {"playbook_data/terms/mandate.yml": mandate})
    assert page(site, "terms/mandate").css_first(".freshness") is None


def test_the_same_data_gives_the_same_pages_on_any_day(active: Path) -> None:
    assert not re.search(r"overdue|days? ago", (active / "barriers/data-sharing/index.html").read_text("utf-8"))


@pytest.mark.parametrize(("width", "media"), [(320, "screen"), (1280, "screen"), (700, "print")])
def test_the_banner_and_the_review_are_read_on_phone_desktop_and_paper(chromium: Browser, archived: Path, width: int, media: str) -> None:
    with serve(archived) as address:
        context = open_context(chromium, base_url=address, viewport={"width": width, "height": 800}, java_script_enabled=False)
        sheet = context.new_page()
        sheet.goto("barriers/data-sharing/")
        sheet.emulate_media(media=media)
        expect(sheet.locator(".md-banner")).to_be_visible()
        expect(sheet.locator(".freshness")).to_be_visible()
        assert sheet.locator(".md-banner").bounding_box()["y"] < sheet.locator("h1").bounding_box()["y"]
        assert sheet.evaluate("document.documentElement.scrollWidth") <= width
        context.close()


@pytest.mark.parametrize(("url", "scheme"), [("barriers/data-sharing/", "light"), ("barriers/data-sharing/", "dark"), ("404.html", "light")])
def test_a_page_with_the_banner_has_no_fault_that_axe_finds(chromium: Browser, unmaintained: Path, url: str, scheme: str) -> None:
    with serve(unmaintained) as address:
        context = open_context(chromium, base_url=address, viewport={"width": 1280, "height": 900}, color_scheme=scheme)
        sheet = context.new_page()
        sheet.goto(url)
        faults = faults_of(sheet, EVERY_RULE if scheme == "light" else RULES_OF_COLOUR)
        context.close()
    assert faults == []
