"""Every link into every release shows what it should in a browser without scripts, on a plain static server."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.support.browsers import open_context
from tests.support.link_follower import FATES, KINDS_OF_LINK, MOVED, follow, links, titles_of, what_is_there
from tests.support.published import PublishedPlaybook


def test_without_scripts_a_link_to_what_has_changed_shows_the_same(published_playbook: PublishedPlaybook, address: str, chromium: Browser) -> None:
    """The pages themselves are read without a browser, for every link, in `test_links_for_life.py`."""
    sample = {link: end for link, end in links(published_playbook, "unversioned").items() if link in FATES or link in MOVED}
    assert sample.keys() == FATES.keys() | MOVED.keys()
    assert_links_show_the_same(published_playbook, sample, address, chromium)


@pytest.mark.proof
@pytest.mark.parametrize("kind", KINDS_OF_LINK)
def test_without_scripts_each_link_shows_the_same(published_playbook: PublishedPlaybook, address: str, chromium: Browser, kind: str) -> None:
    assert_links_show_the_same(published_playbook, links(published_playbook, kind), address, chromium, is_frozen=kind == "frozen")


def assert_links_show_the_same(
    published_playbook: PublishedPlaybook, followed: dict[str, str], address: str, chromium: Browser, *, is_frozen: bool = False
) -> None:
    context = open_context(chromium, java_script_enabled=False)
    page = context.new_page()
    titles = titles_of(published_playbook.published)
    wrong = []
    for link, end in followed.items():
        follow(page, address, link, link)
        there = what_is_there(page)
        title = " ".join(page.locator("h1").first.text_content().replace("#", "").split())
        said = FATES.get(link.removeprefix("latest/")) if not is_frozen else None
        if title != titles[end.partition("#")[0]] or ("#" in link and there is None) or (said and said not in (there or "")):
            wrong.append((link, title, there))
    context.close()
    assert wrong == []


def test_a_page_at_its_old_address_says_so(address: str, chromium: Browser) -> None:
    context = open_context(chromium, java_script_enabled=False)
    page = context.new_page()
    for old, new in (("barriers/locked-doors/", "latest/barriers/shut-doors/"), ("2.0/us/", "2.0/about/team/")):
        page.goto(address + old)
        told = page.get_by_role("complementary", name="New address")
        assert told.inner_text() == "This page has moved. Please link to its new address."
        told.get_by_role("link").click()
        assert page.url == address + new
        assert page.get_by_role("complementary", name="New address").count() == 0
    page.goto(f"{address}barriers/")
    assert page.get_by_role("complementary", name="New address").count() == 0
    context.close()
