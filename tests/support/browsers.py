"""Pages in a real browser, with time limits that only something that hangs can reach."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

LONGEST_WAIT = 180_000
"""Milliseconds; no test depends on how fast the machine is."""


def open_context(browser: Browser, **options: Any) -> BrowserContext:
    """A context of the browser: what it has loaded and stored is its own."""
    context = browser.new_context(**options)
    context.set_default_timeout(LONGEST_WAIT)
    return context


def open_page(browser: Browser) -> Page:
    """A page in a context of its own."""
    return open_context(browser).new_page()
