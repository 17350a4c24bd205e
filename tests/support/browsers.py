"""Pages in a real browser, with time limits that only something that hangs can reach."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

LONGEST_WAIT = 180_000
"""Milliseconds; no test depends on how fast the machine is."""

EVERY_RULE = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "wcag2aaa", "best-practice"]
RULES_OF_COLOUR = {"type": "rule", "values": ["color-contrast", "color-contrast-enhanced", "link-in-text-block"]}


def open_context(browser: Browser, **options: Any) -> BrowserContext:
    """A context of the browser: what it has loaded and stored is its own."""
    context = browser.new_context(**options)
    context.set_default_timeout(LONGEST_WAIT)
    return context


def open_page(browser: Browser) -> Page:
    """A page in a context of its own."""
    return open_context(browser).new_page()


def faults_of(page: Page, rules: object = EVERY_RULE) -> list[str]:
    """What axe finds wrong with a page as it stands."""
    found = Axe().run(page, options={"runOnly": rules, "resultTypes": ["violations"]})
    return [f"{fault['id']}: {fault['nodes'][0]['html']}" for fault in found.response["violations"]]
