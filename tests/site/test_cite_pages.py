"""What readers copy to cite a page or to link to it, on the real site."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from macros.pages.citation import PINNED, UNPINNED
from macros.playbook.load import load_playbook
from macros.site.ledger.ledger import read_ledger
from macros.site.plan import SitePlan
from tests.support.browsers import open_context
from tests.support.playbooks import BASE, write_playbook
from tests.support.releases import write_release
from tests.support.sites import page, words

pytestmark = pytest.mark.slow

SHARE = 800
"""The bytes that "Cite or link" may add to a page as hosts send it."""
BLOCK = re.compile(rb'<details class="cite cite--page".*?</details>', re.DOTALL)


@pytest.mark.parametrize("url", ["", "barriers", "barriers/data-sharing", "health-check", "figures", "changes", "sources/nao", "about/sources"])
def test_each_page_for_readers_says_how_to_cite_it_and_is_hardly_longer_for_that(real_site: Path, url: str) -> None:
    html = (real_site / url / "index.html").read_bytes()
    assert len(BLOCK.findall(html)) == 1
    assert len(gzip.compress(html)) - len(gzip.compress(BLOCK.sub(b"", html))) <= SHARE
    shown = page(real_site, url).css_first(".cite--page")
    assert "open" not in shown.attributes
    assert "/copy.js" in html.decode()
    assert [words(label) for label in shown.css("dt")] == [node.attributes["data-copy"] for node in shown.css("[data-copy]")]


@pytest.mark.parametrize("url", ["contribute", "search", "changes/1.0.0-to-1.1.0"])
def test_what_nobody_would_cite_does_not_say_how(real_site: Path, url: str) -> None:
    assert page(real_site, url).css_first(".cite--page") is None
    assert "/copy.js" not in (real_site / url / "index.html").read_text("utf-8")


def test_no_page_keeps_a_mark_of_what_is_put_in_last(real_site: Path) -> None:
    assert [file for file in real_site.rglob("*.html") if "to-be-named" in file.read_text("utf-8")] == []


def test_a_version_that_is_built_for_publishing_is_pinned_above_the_newest(playbook: Path) -> None:
    write_release(playbook, "1.2")
    plan = SitePlan(read_ledger(playbook, load_playbook(playbook)), "https://book.example.org/latest/")
    assert (plan.version.cited[PINNED], plan.version.cited[UNPINNED]) == ("https://book.example.org/1.2/", "https://book.example.org/latest/")


def test_a_page_is_pinned_only_to_a_release_that_has_it(playbook: Path) -> None:
    write_release(playbook, "1.2")
    write_playbook(playbook, {"playbook_data/terms/mandate.yml": BASE["playbook_data/terms/joining-up.yml"].replace("Joining up", "Mandate")})
    plan = SitePlan(read_ledger(playbook, load_playbook(playbook)))
    assert [plan.published.is_released(f"terms/{id}/") for id in ("joining-up", "mandate")] == [True, False]


def test_on_a_phone_a_figure_is_cited_in_two_steps_and_where_copying_is_forbidden_the_text_is_marked(chromium: Browser, real_address: str) -> None:
    context = open_context(chromium, base_url=real_address, viewport={"width": 360, "height": 740}, permissions=["clipboard-read", "clipboard-write"])
    phone = context.new_page()
    phone.goto("barriers/short-term-funding/#figure-cost-per-bid")
    row = phone.locator("#figure-cost-per-bid")
    row.get_by_text("Cite", exact=True).click()
    row.get_by_role("button", name="Copy: citation").click()
    expect(row.get_by_role("status")).to_have_text("Copied")
    copied = phone.evaluate("navigator.clipboard.readText()")
    assert re.search(r"£30,000.*Institute for Government, no date given.*version \d.*/barriers/short-term-funding/#figure-cost-per-bid$", copied)
    phone.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject() }")
    row.get_by_role("button").click()
    expect(row.get_by_role("status")).to_have_text("Marked for you to copy")
    assert phone.evaluate("getSelection().toString()") == copied
    context.close()
