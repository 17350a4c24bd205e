"""The search of each published version finds the pages of that version; at the top of the site it leads to the newest."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browsers import open_context
from tests.support.published import PublishedPlaybook


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    context = open_context(chromium, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def found(page: Page, words: str) -> str:
    """The address of the first result below the field in the header."""
    page.get_by_role("searchbox", name="Search this playbook").fill(words)
    first = page.locator(".find__panel .found__title").first
    expect(first).to_be_visible()
    return first.evaluate("link => link.href")


@pytest.mark.parametrize(
    ("opened", "result"),
    [
        ("1.0/barriers/locked-doors/", "1.0/barriers/locked-doors/"),
        ("latest/", "latest/barriers/shut-doors/"),
        ("1.0/search/", "1.0/barriers/locked-doors/"),
    ],
)
def test_a_version_is_searched_for_itself(page: Page, address: str, opened: str, result: str) -> None:
    page.goto(address + opened)
    if opened.endswith("search/"):
        page.get_by_role("searchbox", name="Words").fill("doors stay locked")
        expect(page.locator(".found__title").first).to_have_attribute("href", address + result)
    else:
        assert found(page, "doors stay locked") == address + result


def test_a_search_without_a_version_is_one_of_the_newest(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=doors+locked")
    expect(page.locator(".found__title").first).to_have_attribute("href", f"{address}latest/barriers/shut-doors/")
    assert page.url == f"{address}latest/search/?q=doors+locked"


def test_the_page_for_broken_links_searches_the_newest_version(page: Page, address: str, published_playbook: PublishedPlaybook) -> None:
    missing = (published_playbook.published / "404.html").read_text("utf-8")
    page.route("**/gone/for/good/", lambda route: route.fulfill(status=404, content_type="text/html", body=missing))
    page.goto(f"{address}gone/for/good/")
    assert found(page, "doors stay locked") == f"{address}latest/barriers/shut-doors/"
