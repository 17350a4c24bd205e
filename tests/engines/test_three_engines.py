"""A site by each engine: the same addresses, anchors, words, links, files and search as MkDocs makes, and no fault that axe finds.

`make test` builds a small playbook that has every kind and a page of each sort; `make proof` builds that of this repository.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page, expect
from selectolax.lexbor import LexborHTMLParser

from tests.conftest import made_once
from tests.support.browsers import faults_of, open_context
from tests.support.engines import ENGINES, build_small_with_all, build_with, copy_project
from tests.support.sites import serve, words

pytestmark = pytest.mark.slow

OF_THE_THEME = ("assets/javascripts/", "assets/stylesheets/", "assets/images/favicon.png", "search.json")
"""What an engine brings along for its own theme."""
SAMPLE = {
    "small": ("", "about/us/", "barriers/old-systems/", "cases/"),
    "whole": ("", "approach/joined-up/", "barriers/data-sharing/", "cases/", "contribute/style/", "search/"),
}
"""Pages of different kinds, of the small playbook and of this repository's."""
FINDS = {"small": ("apart", "Data stays apart"), "whole": ("silos", "Silo")}
"""What a reader looks for in each, and the title of what is found first."""


class Content(NamedTuple):
    """What one page says, whatever the HTML around it."""

    title: str
    words: str
    anchors: tuple[str, ...]
    headings: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, str], ...]
    """Where each leads, and its words."""


@pytest.fixture(scope="module", params=["small", pytest.param("whole", marks=pytest.mark.proof)])
def playbook(request: pytest.FixtureRequest) -> str:
    """Which playbook the sites are of."""
    return request.param


@pytest.fixture(scope="module")
def sites(request: pytest.FixtureRequest, playbook: str, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> dict[str, Path]:
    """The site of each engine."""
    if playbook == "small":
        folder = made_once(tmp_path_factory, worker_id, "small-engines", build_small_with_all) / "sites"
        return {engine: folder / engine for engine in ("mkdocs", *ENGINES)}
    folder = made_once(tmp_path_factory, worker_id, "engines", lambda folder: build_with(ENGINES, copy_project(folder))) / "sites"
    return {"mkdocs": request.getfixturevalue("real_site")} | {engine: folder / engine for engine in ENGINES}


@pytest.fixture(scope="module")
def ours(sites: dict[str, Path]) -> Path:
    """What MkDocs makes."""
    return sites["mkdocs"]


@pytest.fixture(scope="module", params=ENGINES)
def site(request: pytest.FixtureRequest, sites: dict[str, Path]) -> Path:
    """The site of one other engine."""
    return sites[request.param]


@cache
def pages(site: Path) -> dict[str, Content]:
    """Each page of a site by its address."""
    files = {f"{file.relative_to(site).as_posix().removesuffix('index.html')}": file for file in site.rglob("*.html")}
    return {url: content(LexborHTMLParser(file.read_text("utf-8")), url) for url, file in files.items()}


def content(tree: LexborHTMLParser, url: str) -> Content:
    """Menus are in it too; what only a program reads is not."""
    for node in tree.css("script, style, template, noscript"):
        node.decompose()
    links = [(urljoin(f"https://site/{url}", node.attributes["href"]), words(node)) for node in tree.css("a[href]")]
    return Content(
        words(tree.css_first("title")),
        words(tree.body),
        tuple(node.attributes["id"] for node in tree.css("[id]")),
        tuple((node.tag, words(node)) for node in tree.css("h1, h2, h3, h4, h5, h6")),
        tuple(links),
    )


def files_beside_pages(site: Path) -> dict[str, bytes]:
    """What is no page, and not of the engine's theme."""
    paths = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file() and path.suffix != ".html"}
    return {name: path.read_bytes() for name, path in paths.items() if not name.startswith(OF_THE_THEME)}


def test_the_addresses_are_the_same(ours: Path, site: Path) -> None:
    assert pages(site).keys() == pages(ours).keys()


@pytest.mark.parametrize("part", Content._fields)
def test_each_page_says_the_same(ours: Path, site: Path, part: str) -> None:
    one, other = ({url: getattr(page, part) for url, page in pages(each).items()} for each in (ours, site))
    assert {url: (one[url], other[url]) for url in one if one[url] != other[url]} == {}


def test_exports_redirects_and_the_index_of_the_search_are_the_same_to_the_byte(ours: Path, site: Path) -> None:
    """So each of the golden queries finds the same pages."""
    one, other = files_beside_pages(ours), files_beside_pages(site)
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []
    assert {"figures/figures.json", "search/index.json", "sitemap.xml", "_redirects", "assets/js/search.js"} <= one.keys()


@pytest.fixture(scope="module")
def visitor(chromium: Browser, site: Path) -> Iterator[Page]:
    with serve(site) as address:
        context = open_context(chromium, base_url=address, viewport={"width": 1280, "height": 900})
        yield context.new_page()
        context.close()


def test_a_page_of_each_kind_has_no_fault_that_axe_finds(visitor: Page, playbook: str) -> None:
    for url in SAMPLE[playbook]:
        visitor.goto(url)
        assert faults_of(visitor) == [], url


def test_a_reader_finds_a_page_by_the_field_in_the_header(visitor: Page, playbook: str) -> None:
    typed, title = FINDS[playbook]
    visitor.goto("")
    visitor.get_by_role("searchbox", name="Search this playbook").press_sequentially(typed)
    expect(visitor.locator(".find__panel .found__title").first).to_have_text(title)
