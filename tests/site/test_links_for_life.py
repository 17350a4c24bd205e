"""Every link into every release keeps its word: followed in a real browser, with and without scripts, on a plain static server."""

from __future__ import annotations

import itertools
import re
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, expect
from selectolax.lexbor import LexborHTMLParser

from tests.support.browsers import EVERY_RULE, RULES_OF_COLOUR, faults_of, open_context, open_page
from tests.support.link_follower import FATES, KINDS_OF_LINK, MOVED, follow, links, sample_of, titles_of, what_is_there, what_stands_at
from tests.support.published import ADDRESS, VERSIONS, PublishedPlaybook


def test_the_life_has_what_can_happen_to_a_link(published_playbook: PublishedPlaybook) -> None:
    urls = {promise.url for promise in published_playbook.promises()}
    assert MOVED.keys() <= urls
    assert {fate.partition("#")[0] for fate in FATES} <= urls
    assert len({(promise.version, promise.url, promise.anchor) for promise in published_playbook.promises()}) > 500


def test_with_scripts_a_link_ends_where_it_should(published_playbook: PublishedPlaybook, address: str, chromium: Browser) -> None:
    sample = sample_of(links(published_playbook, "unversioned"), links(published_playbook, "latest"))
    assert_links_end_where_they_should(sample, address, chromium)


@pytest.mark.proof
@pytest.mark.parametrize("kind", KINDS_OF_LINK)
def test_with_scripts_each_link_ends_where_it_should(published_playbook: PublishedPlaybook, address: str, chromium: Browser, kind: str) -> None:
    assert_links_end_where_they_should(links(published_playbook, kind), address, chromium)


def assert_links_end_where_they_should(followed: dict[str, str], address: str, chromium: Browser) -> None:
    page = open_page(chromium)
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    wrong = []
    for link, end in followed.items():
        follow(page, address, link, end)
        found, there = page.url.removeprefix(address), what_is_there(page)
        if found != end or ("#" in link and there is None) or not says_its_fate(link, there):
            wrong.append((link, found, there))
    page.close()
    assert wrong == []
    assert asked == {urlsplit(address).netloc}, "nothing is asked of another site"


def says_its_fate(link: str, there: str | None) -> bool:
    """Whether an anchor tells what became of what it was; the links of an old version lead to what was there."""
    return FATES.get(link.removeprefix("latest/"), "") in (there or "")


@pytest.mark.parametrize("kind", KINDS_OF_LINK)
def test_the_page_at_each_link_has_its_anchor_and_the_words_that_belong_there(published_playbook: PublishedPlaybook, kind: str) -> None:
    """This is what a browser without scripts shows; with scripts it is the page at the end of the link."""
    titles = titles_of(published_playbook.published)
    pages = {url: LexborHTMLParser((published_playbook.published / url / "index.html").read_text("utf-8")) for url in titles}
    wrong = []
    for link, end in links(published_playbook, kind).items():
        for url in {link.partition("#")[0], end.partition("#")[0]}:
            there = what_stands_at(pages[url], link.partition("#")[2])
            if titles[url] != titles[end.partition("#")[0]] or ("#" in link and there is None) or not says_its_fate(link, there):
                wrong.append((link, url, there))
    assert wrong == []


def test_no_page_of_an_old_version_leads_away_by_itself(published_playbook: PublishedPlaybook) -> None:
    promised = {end.partition("#")[0] for end in links(published_playbook, "frozen").values()}
    for url in promised:
        tree = LexborHTMLParser((published_playbook.published / url / "index.html").read_text("utf-8"))
        assert tree.css("meta[http-equiv=refresh]") == [], url
        assert tree.css_first("article h1"), url


def test_no_link_in_any_published_page_is_dead(published_playbook: PublishedPlaybook) -> None:
    pages = {file: LexborHTMLParser(file.read_text("utf-8")) for file in published_playbook.published.rglob("*.html") if ".git" not in file.parts}
    anchors = {file: {node.attributes["id"] for node in tree.css("[id]")} for file, tree in pages.items()}
    dead, followed = [], 0
    for file, tree in pages.items():
        base = tree.css_first("base")
        own = f"{ADDRESS}{file.relative_to(published_playbook.published).as_posix().removesuffix('index.html')}"
        start = urljoin(own, base.attributes["href"]) if base else own
        for href in {node.attributes.get("href") or node.attributes.get("src") or "" for node in tree.css("a, link, script, img")} - {""}:
            whole = urlsplit(urljoin(start, href))
            if whole.scheme != "https" or f"{whole.scheme}://{whole.netloc}/" != ADDRESS:
                continue
            target = published_playbook.published / unquote(whole.path).lstrip("/")
            target = target / "index.html" if whole.path.endswith("/") else target
            followed += 1
            if not target.is_file() or (whole.fragment and unquote(whole.fragment) not in anchors.get(target, ())):
                dead.append((own, href))
    assert dead == []
    assert followed > 5_000


def test_an_old_version_leads_to_the_newest_of_the_same_entry_and_is_in_no_index(published_playbook: PublishedPlaybook) -> None:
    for folder, url in itertools.product(("1.0", "2.0"), ("barriers/locked-doors/", "barriers/short-funding/", "barriers/few-words/", "barriers/")):
        file = published_playbook.published / folder / url / "index.html"
        tree = LexborHTMLParser(file.read_text("utf-8"))
        newest = MOVED.get(url, url)
        assert tree.css_first("link[rel=canonical]").attributes["href"] == f"{ADDRESS}latest/{newest}"
        assert tree.css_first("meta[name=robots]").attributes["content"] == "noindex"
        banner = " ".join(tree.css_first(".old-version").text().split())
        assert banner.startswith(f"This is an old version: {folder}.0 of ")
        hrefs = [urljoin(f"{ADDRESS}{folder}/{base_of(tree, url)}", link.attributes["href"]) for link in tree.css("[aria-label='Old version'] a")]
        assert hrefs == [f"{ADDRESS}latest/{newest}"]


def base_of(tree: LexborHTMLParser, url: str) -> str:
    """The address that a page's links count from, inside its version."""
    base = tree.css_first("base")
    return urljoin(f"/{url}", base.attributes["href"]).lstrip("/") if base else url


def test_the_latest_version_has_no_banner_and_its_own_address_is_canonical(published_playbook: PublishedPlaybook) -> None:
    for folder in ("latest", "3.0"):
        tree = LexborHTMLParser((published_playbook.published / folder / "barriers/shut-doors/index.html").read_text("utf-8"))
        assert tree.css_first("link[rel=canonical]").attributes["href"] == f"{ADDRESS}latest/barriers/shut-doors/"
        assert not tree.css(".old-version")
        assert not tree.css("meta[name=robots]")


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (
            "latest/barriers/shut-doors/",
            {"3.0.0": "this page", "2.0.0": "2.0/barriers/closed-doors/", "1.0.0": "1.0/barriers/locked-doors/"},
        ),
        ("2.0/barriers/closed-doors/", {"3.0.0": "latest/barriers/shut-doors/", "2.0.0": "this page", "1.0.0": "1.0/barriers/locked-doors/"}),
        (
            "latest/barriers/plain-words/",
            {"3.0.0": "this page", "2.0.0": "2.0/barriers/plain-words/", "1.0.0": "1.0/barriers/few-words/ 1.0/barriers/many-words/"},
        ),
        ("1.0/barriers/two-things/", {"3.0.0": "latest/barriers/two-things/", "2.0.0": "2.0/barriers/two-things/", "1.0.0": "this page"}),
        ("latest/barriers/thing-one/", {"3.0.0": "this page", "2.0.0": "2.0/barriers/thing-one/", "1.0.0": "not in this version 1.0/"}),
        ("latest/forms/mandate/", {"3.0.0": "this page", "2.0.0": "2.0/forms/mandate/", "1.0.0": "1.0/terms/mandate/"}),
        ("latest/about/team/", {"3.0.0": "this page", "2.0.0": "2.0/about/team/", "1.0.0": "1.0/us/"}),
        ("2.0/barriers/locked-doors/", {"3.0.0": "latest/barriers/shut-doors/", "2.0.0": "this page", "1.0.0": "1.0/barriers/locked-doors/"}),
    ],
)
def test_each_page_lists_itself_in_the_other_versions(published_playbook: PublishedPlaybook, page: str, told: dict[str, str]) -> None:
    tree = LexborHTMLParser((published_playbook.published / page / "index.html").read_text("utf-8"))
    folder, _, url = page.partition("/")
    at = f"{ADDRESS}{folder}/{base_of(tree, url)}"
    found = {}
    for row in tree.css(".versions-list li"):
        words = row.text().strip()
        links = [urljoin(at, link.attributes["href"]).removeprefix(ADDRESS) for link in row.css("a")]
        said = "this page" if "this page" in words else "not in this version" if "not in this version" in words else ""
        found[words.partition(",")[0]] = " ".join(filter(None, (said, *links)))
    assert found == told
    menu = [urljoin(at, link.attributes["href"]).removeprefix(ADDRESS) for link in tree.css(".versions a")]
    assert menu == [where.split()[-1] if "not in" in where else where.split()[0] for where in told.values() if where != "this page"]


@pytest.mark.parametrize(
    ("url", "scheme"),
    [
        *(
            (url, "light")
            for url in ("1.0/barriers/two-things/", "latest/barriers/short-funding/", "2.0/barriers/", "latest/changes/2.0.0-to-3.0.0/")
        ),
        *((url, "dark") for url in ("1.0/barriers/two-things/", "latest/changes/2.0.0-to-3.0.0/")),
    ],
)
def test_what_a_published_page_says_of_versions_has_no_fault_that_axe_finds(address: str, chromium: Browser, url: str, scheme: str) -> None:
    context = open_context(chromium, viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.goto(address + url)
    page.locator(".versions summary").click()
    assert page.locator(".versions a").first.is_visible()
    faults = faults_of(page, EVERY_RULE if scheme == "light" else RULES_OF_COLOUR)
    context.close()
    assert faults == []


@pytest.mark.parametrize("width", [320, 360])
def test_on_a_phone_the_versions_fit_and_lead_on(address: str, chromium: Browser, width: int) -> None:
    context = open_context(chromium, viewport={"width": width, "height": 640}, has_touch=True, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}1.0/barriers/locked-doors/")
    page.locator(".versions summary").click()
    box = page.locator(".versions > ul").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    page.locator(".versions").get_by_role("link", name="3.0.0 (latest)").click()
    assert page.url == f"{address}latest/barriers/shut-doors/"
    context.close()


def test_a_withdrawn_page_says_so_in_the_list_of_versions(published_playbook: PublishedPlaybook) -> None:
    tree = LexborHTMLParser((published_playbook.published / "1.0/barriers/two-things/index.html").read_text("utf-8"))
    assert [" ".join(row.text().split()) for row in tree.css(".versions-list li")] == [
        "3.0.0, 20 November 2026 (latest): Two things at once (withdrawn)",
        "2.0.0, 1 November 2026: Two things at once (withdrawn)",
        "1.0.0, 1 October 2026: this page",
    ]
    assert "3.0.0: Two things at once, which was withdrawn." in " ".join(tree.css_first(".old-version").text().split())


def test_frozen_versions_change_in_nothing_but_what_they_say_of_others(published_playbook: PublishedPlaybook) -> None:
    text = (published_playbook.published / "1.0/barriers/locked-doors/index.html").read_text("utf-8")
    assert "Doors stay locked" in text
    of_others = r"<!--playbook:(\w+) .*?<!--/playbook:\1-->"
    assert "shut-doors" not in re.sub(of_others, "", text.partition("<article")[2], flags=re.DOTALL)


def test_a_page_of_any_version_asks_for_nothing_that_is_not_there(address: str, chromium: Browser) -> None:
    page = open_page(chromium)
    answers: list[tuple[int, str]] = []
    page.on("response", lambda answer: answers.append((answer.status, answer.url.removeprefix(address))))
    for url in ("", "latest/barriers/shut-doors/", "1.0/barriers/locked-doors/", "2.0/changes/", "barriers/locked-doors/"):
        page.goto(address + url, wait_until="networkidle")
    page.close()
    assert [answer for answer in answers if answer[0] >= 400] == []
    assert [url for _, url in answers if url.endswith(("sitemap.xml", "search/index.json"))] == [], "nor for what most readers never need"


FOUND = {
    "9.9/barriers/closed-doors/": "Doors stay locked was called “closed-doors” once. This is its page now.",
    "insights/two-things": "Two things at once was withdrawn in release 2.0.0. It was two barriers. Use instead: One thing, Another thing",
    "terms/mandate.html": "Do you mean the form Mandate?",
    "1.0//Barriers/Locked_Doors/INDEX.html": "Doors stay locked was called “locked-doors” once. This is its page now.",
    "barriers/money-short-funding/": "Did you mean one of these? Money ends early for all",
    "Barriers/": "Do you mean Barriers?",
    "latest/barriers.html": "Do you mean Barriers?",
    "us.html": "About us was at /us/ once. This is its page now.",
    "2.0/About/Team.md": "Do you mean About us?",
    "team.html": "Did you mean one of these? About us Delivery team",
    "figures/Figures.CSV": "Do you mean /figures/figures.csv?",
    "changes/1.0.0-to-2.0.0.html": "Do you mean 1.0.0 to 2.0.0?",
    "1.0": "Do you mean Home?",
    "barriers/locked-doors%3E).": "Doors stay locked was called “locked-doors” once. This is its page now.",
    "%E2%80%9Cbarriers%252FTwo%E2%80%91things%23eases": (
        "Two things at once was withdrawn in release 2.0.0. It was two barriers. Use instead: One thing, Another thing"
    ),
    "barriers/list/7/": "Barriers has fewer pages now. What this one showed is on one of them.",
    "nothing-like-it/%E0%A4%A": "",
    "constructor/": "",
}
"""From an address that has no page to what the page for such addresses says of it."""


def test_an_address_that_leads_nowhere_is_looked_up_among_all_that_there_ever_were(
    published_playbook: PublishedPlaybook, address: str, chromium: Browser
) -> None:
    """Under a policy that lets no script in a page run, as a strict host sends it."""
    missing = (published_playbook.published / "404.html").read_text("utf-8")
    policy = {"Content-Security-Policy": "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:", "Content-Type": "text/html"}
    page = open_page(chromium)
    # a host answers with this page wherever there is no other; a plain server does not, so the browser is handed it here
    page.route(lambda url: url.removeprefix(address) in FOUND, lambda route: route.fulfill(status=404, headers=policy, body=missing))
    told, hrefs = {}, set()
    for path, said in FOUND.items():
        with page.expect_response("**/addresses.json"):
            page.goto(address + path, wait_until="load" if said else "networkidle")
        if said:
            expect(page.locator("#found-entry")).not_to_be_empty()
        told[path] = " ".join(page.locator("#found-entry").inner_text().split())
        hrefs |= {*page.locator("#found-entry a").evaluate_all("links => links.map(link => link.href)")}
    page.close()
    assert told == FOUND
    targets = {published_playbook.published / href.removeprefix(address) for href in hrefs}
    assert [target for target in targets if not (target / "index.html").is_file() and not target.is_file()] == []


def test_every_release_is_kept_with_its_day(published_playbook: PublishedPlaybook) -> None:
    tree = LexborHTMLParser((published_playbook.published / "latest/changes/index.html").read_text("utf-8"))
    assert [heading.attributes["id"] for heading in tree.css("article h2[id]")] == [
        f"release-{version.replace('.', '-')}" for version in [*VERSIONS][::-1]
    ]
