"""Every link into every release shows what it should in a browser without scripts, on a plain static server."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.support.browsers import open_context
from tests.support.link_follower import FATES, KINDS_OF_LINK, follow, links, titles_of, what_is_there
from tests.support.published import PublishedPlaybook


@pytest.mark.parametrize("kind", [pytest.param(kind, marks=() if kind == "unversioned" else pytest.mark.proof) for kind in KINDS_OF_LINK])
def test_without_scripts_each_link_shows_the_same(published_playbook: PublishedPlaybook, address: str, chromium: Browser, kind: str) -> None:
    context = open_context(chromium, java_script_enabled=False)
    page = context.new_page()
    titles = titles_of(published_playbook.published)
    wrong = []
    for link, end in links(published_playbook, kind).items():
        follow(page, address, link, link)
        there = what_is_there(page)
        title = " ".join(page.locator("h1").first.text_content().replace("#", "").split())
        said = FATES.get(link.removeprefix("latest/")) if kind != "frozen" else None
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
