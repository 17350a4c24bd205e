"""What stands round the text of every page: light, strict, and in reach of the keyboard alone."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from selectolax.lexbor import LexborHTMLParser

from macros.site.host_files import HEADERS, POLICY
from macros.site.page_scripts import without_idle_scripts
from macros.site.styles import joined_styles
from tests.support.browsers import faults_of, open_context
from tests.support.sites import PROJECT, pages_of

ENTRY = "barriers/data-sharing/"
ONE_OF_EACH = (
    *(
        "",
        "start/",
        "more/",
        "approach/joined-up/",
        "health-check/",
        "barriers/",
        ENTRY,
        "insights/commission-for-joining-up/",
        "cases/",
        "cases/sure-start/",
    ),
    *("forms/", "figures/", "questions/committed-resources/", "pillars/authorising-environment/", "terms/pooled-budget/", "sources/ifg/", "changes/"),
    *("changes/1.0.0-to-1.1.0/", "search/", "contribute/style/", "contribute/fields/", "about/sources/"),
)
WITHOUT_SCRIPTS = re.compile(r'<script(?! type="application)[^>]*></script>|<meta http-equiv[^>]*>')
PHONE = {"width": 360, "height": 740}
MOST_BYTES = {"": 26_000, ENTRY: 30_000, "barriers/": 31_000, "figures/": 36_000, "health-check/": 60_000}
"""What a first visit may load, compressed; Material alone took 70,000. What a page says of itself to search engines is part of it."""


def loaded(site: Path, url: str) -> list[str]:
    """The files that a page names as its own, by their paths, with the page itself."""
    tree = LexborHTMLParser((site / url / "index.html").read_text("utf-8"))
    for node in tree.css("noscript"):
        node.decompose()
    named = [
        node.attributes.get("src") or node.attributes.get("href") for node in tree.css("script[src], link[rel=stylesheet], link[rel=icon], img[src]")
    ]
    return [f"{url}index.html", *(urljoin(f"/{url}", name).lstrip("/") for name in named)]


@pytest.mark.parametrize("url", MOST_BYTES)
def test_the_first_view_of_a_page_is_light(real_site: Path, url: str) -> None:
    sizes = {file: len(gzip.compress((real_site / file).read_bytes(), 9, mtime=0)) for file in loaded(real_site, url)}
    assert sum(sizes.values()) <= MOST_BYTES[url], sizes


def test_an_entry_loads_one_stylesheet_and_no_script_that_has_nothing_to_do_there(real_site: Path) -> None:
    assert [file for file in loaded(real_site, ENTRY) if not file.startswith(ENTRY)] == [
        "assets/favicon.svg",
        "assets/js/shell.js",
        "assets/css/site.css",
        "assets/js/copy.js",
        "assets/js/search-field.js",
    ]


def test_a_script_that_names_what_it_is_for_is_on_no_other_page() -> None:
    html = '<script src="../assets/js/sort.js"></script>\n<script src="../assets/js/all.js"></script>\n'
    assert without_idle_scripts(html, "<p>text</p>", {"sort.js": ("data-sortable",)}) == '<script src="../assets/js/all.js"></script>\n'
    assert without_idle_scripts(html, "<table data-sortable>", {"sort.js": ("data-sortable",)}) == html


def test_stylesheets_are_joined_in_their_order_without_comments_and_texts_stay(tmp_path: Path) -> None:
    folder = tmp_path / "docs/assets/css"
    folder.mkdir(parents=True)
    (folder / "b.css").write_text('/* First. */\n.a > .b,\n.c  .d {\n  content: " ; /* no comment */ ";\n}\n', "utf-8")
    (folder / "a.css").write_text("/* Paper. */ @media print {\n  a { color: red; /* the last comment */ }\n}\n", "utf-8")
    names = ["assets/css/b.css", "assets/css/a.css", "assets/css/none.css", "elsewhere.css"]
    assert joined_styles(tmp_path, names) == b'.a > .b,.c .d{content: " ; /* no comment */ "}\n@media print{a{color: red}}\n'


def test_the_site_holds_nothing_of_the_theme_and_no_source_map(real_site: Path) -> None:
    files = {file.relative_to(real_site).as_posix() for file in real_site.rglob("*") if file.is_file()}
    assert [
        file for file in files if file.startswith(("assets/javascripts/", "assets/stylesheets/", "assets/images/")) or file.endswith(".map")
    ] == []


def test_every_page_states_the_policy_and_holds_nothing_that_it_forbids(real_site: Path) -> None:
    for file in (*pages_of(real_site), real_site / "404.html"):
        tree = LexborHTMLParser(file.read_text("utf-8"))
        assert tree.css_first('meta[http-equiv="Content-Security-Policy"]').attributes["content"] == POLICY, file
        assert [
            node.html[:80] for node in tree.css("script:not([src]), style, [style]") if "json" not in (node.attributes.get("type") or "")
        ] == [], file
        assert [node.html[:80] for node in tree.css("*") if any(name.startswith("on") for name in node.attributes)] == [], file
    assert "unsafe" not in POLICY


def test_hosts_are_told_the_same_policy_and_who_may_frame_a_page(real_site: Path) -> None:
    netlify, nginx = ((real_site / name).read_text("utf-8") for name in ("_headers", "headers.nginx.conf"))
    assert HEADERS["Content-Security-Policy"] == POLICY
    assert {"Strict-Transport-Security", "Referrer-Policy", "Permissions-Policy", "X-Content-Type-Options"} < HEADERS.keys()
    for name, value in HEADERS.items():
        assert f"\n  {name}: {value}\n" in netlify
        assert f'\nadd_header {name} "{value}" always;\n' in nginx
    assert "\n/*\n" in netlify
    assert (real_site / "robots.txt").read_text("utf-8").endswith("User-agent: *\nAllow: /\n\nSitemap: https://playbook.example.org/sitemap.xml\n")


def test_the_name_of_a_group_of_questions_comes_first_in_it(real_site: Path) -> None:
    """HTML wants it there, so an anchor that a question once had is inside its name."""
    tree = LexborHTMLParser((real_site / "health-check/index.html").read_text("utf-8"))
    assert {next(node.iter()).tag for node in tree.css("fieldset")} == {"legend"}
    assert tree.css_first("legend #redress-for-citizens")


def test_each_link_to_a_section_has_a_name_of_its_own(real_site: Path) -> None:
    for url in (ENTRY, "contribute/style/", "approach/joined-up/", "changes/"):
        tree = LexborHTMLParser((real_site / url / "index.html").read_text("utf-8"))
        names = {node.attributes["href"]: node.attributes["aria-label"] for node in tree.css("a.headerlink")}
        assert names
        assert len({*names.values()}) == len(names), url


@pytest.fixture
def visitor(chromium: Browser, real_address: str) -> Iterator[BrowserContext]:
    """A reader of whom nothing is kept. What the policy stops is written down in each page."""
    context = open_context(chromium, base_url=real_address, viewport=PHONE, color_scheme="light")
    context.add_init_script(
        "window.stopped = []; addEventListener('securitypolicyviolation', (event) => stopped.push(event.violatedDirective + ' ' + event.blockedURI))"
    )
    yield context
    context.close()


def focused(page: Page) -> tuple[str, bool]:
    """What has the focus, and whether it is there to be seen."""
    return page.evaluate("""() => {
        const element = document.activeElement;
        const box = element.getBoundingClientRect();
        const inside = (at, most) => Math.min(Math.max(at, 1), most - 1);
        const shown = document.elementFromPoint(inside(box.x + box.width / 2, innerWidth), inside(box.y + box.height / 2, innerHeight));
        const name = (element.ariaLabel || element.textContent).trim().replace(/\\s+/g, " ");
        return [name, element === document.body || (box.width > 0 && box.height > 0 && Boolean(shown) && (element.contains(shown) || shown.contains(element)))];
    }""")


def test_on_a_phone_each_stop_of_the_keyboard_is_in_view_and_none_is_in_what_is_closed(visitor: BrowserContext) -> None:
    page = visitor.new_page()
    for url in (ENTRY, "figures/"):
        page.goto(url)
        stops = []
        for _ in range(45):
            page.keyboard.press("Tab")
            name, is_seen = focused(page)
            assert is_seen, (url, name)
            stops.append(name)
        assert stops[:5] == ["Skip to content", "Approach playbook", "Use dark colours", "Search", "Menu"]
        assert "Insights" not in stops[5:9]


def test_on_a_phone_the_keyboard_opens_the_menu_walks_it_and_closes_it(visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.goto(ENTRY)
    menu = page.locator(".menu > details")
    page.locator(".menu > details > summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused(page) == ["Home", True]
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    assert focused(page) == ["Menu", True]
    page.keyboard.press("Enter")
    for _ in range(30):
        page.keyboard.press("Tab")
        if not page.evaluate("document.activeElement.closest('.menu')"):
            break
    expect(menu).not_to_have_attribute("open", "")
    assert focused(page)[1]


def test_the_way_past_the_menu_leads_to_the_title(visitor: BrowserContext, real_site: Path) -> None:
    for file in pages_of(real_site):
        tree = LexborHTMLParser(file.read_text("utf-8"))
        assert tree.css_first(".md-skip").attributes["href"] == f"#{tree.css_first('h1').id}", file
    page = visitor.new_page()
    page.goto(ENTRY)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_be_in_viewport()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('h1').compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING")


def test_chosen_colours_are_there_before_a_page_is_drawn_and_go_with_the_system_until_one_chooses(visitor: BrowserContext) -> None:
    visitor.add_init_script("document.addEventListener('readystatechange', () => (window.first ??= document.documentElement.dataset.mdColorScheme))")
    page = visitor.new_page()
    page.goto("")
    page.emulate_media(color_scheme="dark")
    expect(page.locator("html")).to_have_attribute("data-md-color-scheme", "slate")
    page.emulate_media(color_scheme="light")
    page.get_by_role("button", name="Use dark colours").click()
    expect(page.get_by_role("button", name="Use light colours")).to_be_focused()
    page.goto(ENTRY)
    assert page.evaluate("first") == "slate"
    page.get_by_role("button", name="Use light colours").click()
    page.goto("")
    assert page.evaluate("first") == "default"


def test_the_policy_stops_nothing_that_readers_do(visitor: BrowserContext) -> None:
    page = visitor.new_page()
    page.set_viewport_size({"width": 1280, "height": 900})

    def nothing_stopped() -> None:
        assert page.evaluate("stopped") == []

    page.goto(ENTRY)
    page.get_by_role("button", name="Use dark colours").click()
    page.locator("button.term").first.click()
    page.keyboard.press("Escape")
    page.get_by_role("searchbox", name="Search this playbook").press_sequentially("silos")
    expect(page.locator(".find__panel .found__title").first).to_be_visible()
    nothing_stopped()
    page.goto("figures/")
    page.locator("button.sort").first.click()
    page.locator(".filter input").fill("sure")
    nothing_stopped()
    page.goto("health-check/")
    page.get_by_role("radio", name="Partly").first.check()
    nothing_stopped()
    page.goto("search/?q=data")
    expect(page.locator(".found__title").first).to_be_visible()
    nothing_stopped()
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = true' }))")
    page.wait_for_function("stopped.length === 1")  # the policy does stop what nobody wrote into a file
    assert page.evaluate("window.ran") is None


def test_opened_as_a_file_a_page_has_its_styles_its_scripts_and_links_that_lead_to_pages(visitor: BrowserContext, real_site: Path) -> None:
    page = visitor.new_page()
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto((real_site / ENTRY / "index.html").as_uri())
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(253, 252, 250)"
    page.get_by_role("searchbox", name="Search this playbook").focus()
    expect(page.locator(".find [role=status]")).to_have_text("Pages that are opened as files cannot search. On a web server they can.")
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="Barriers").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Barriers")


@pytest.mark.parametrize("media", [{"forced_colors": "active"}, {"reduced_motion": "reduce"}])
def test_the_one_button_of_the_home_page_keeps_its_form_and_nothing_moves(visitor: BrowserContext, media: dict[str, str]) -> None:
    page = visitor.new_page()
    page.emulate_media(**media)  # type: ignore[arg-type]
    page.goto("")
    assert page.locator(".button").first.evaluate("node => getComputedStyle(node).borderTopStyle") == "solid"
    assert page.evaluate("document.getAnimations().length") == 0


def test_a_bar_on_a_low_screen_goes_away_with_the_page() -> None:
    """At 400 % zoom a screen is 320 by 256 pixels."""
    css = (PROJECT / "docs/assets/css/shell.css").read_text("utf-8")
    assert re.search(r"@media \(max-height: \d+em\) {.*?\.md-header {\s*position: static", css, re.DOTALL)


@pytest.mark.proof
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_a_page_of_each_kind_has_no_fault_on_any_screen(chromium: Browser, real_address: str, width: int, scheme: str, scripts: bool) -> None:
    """A width of 320 pixels is also that of a desktop at 400 % zoom. Axe needs scripts, so without them it looks at the page as it was then."""
    context = open_context(
        chromium,
        base_url=real_address,
        viewport={"width": width, "height": 256 if width == 320 else 900},
        color_scheme=scheme,
        java_script_enabled=scripts,
    )
    looking = open_context(chromium, base_url=real_address, viewport={"width": width, "height": 900}, color_scheme=scheme)
    page, look = context.new_page(), looking.new_page()
    faults = {}
    for url in ONE_OF_EACH:
        page.goto(url)
        if not scripts:
            look.route(
                f"{real_address}{url}", lambda route: route.fulfill(body=WITHOUT_SCRIPTS.sub("", route.fetch().text()), content_type="text/html")
            )
            look.goto(url)
        assert page.evaluate("document.documentElement.scrollWidth") <= width if scripts else True, url
        faults[url] = faults_of(page if scripts else look)
    assert {url: found for url, found in faults.items() if found} == {}
    context.close()
    looking.close()
