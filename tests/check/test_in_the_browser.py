"""Answers that someone gave to an earlier version of the questions, in a real browser: they are carried over or set apart, and told."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from macros.pages.lab.check_data import wording_of
from tests.support.exports import real_playbook

pytestmark = pytest.mark.slow

KEY = "playbook-health-check /"
"""Where the answers to a playbook at the top of its host are kept."""
TEXT = "Is everyone whom this work needs both involved and willing?"
"""As an earlier release asked it; only the history of the playbook knows that."""
REWORDED = {"question": "everyone-on-board", "answer": "no", "wording": wording_of(TEXT)}
UNKNOWN = {"question": "no-such-question", "answer": "partly", "text": "Is it <b>there</b>?"}
KEPT = {"format_version": 1, "project": "Bus", "date": "2026-05-01", "form": "quick", "answers": [REWORDED, UNKNOWN]}


@pytest.fixture
def page(chromium: Browser, real_address: str) -> Iterator[Page]:
    """The health check of someone who answered before."""
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(f"{real_address}health-check/")
        page.evaluate("([key, kept]) => localStorage.setItem(key, kept)", [KEY, json.dumps(KEPT)])
        page.reload()
        yield page


NO_LONGER = (
    "“Is it <b>there</b>?” (you answered partly) counts no longer. This version of the playbook has no such question: it may come from a newer one."
)


def test_answers_to_earlier_questions_are_told_until_they_are_confirmed_or_removed(page: Page) -> None:
    told = page.locator(".check-notice li")
    now = real_playbook().entries[REWORDED["question"]].question
    reworded = f"“{now}” was worded differently when you answered it: “{TEXT}”. See whether your answer still holds, and choose it again if it does."
    expect(told).to_have_text([reworded, NO_LONGER])
    page.locator("#everyone-on-board").get_by_label("No", exact=True).click()
    page.reload()
    expect(told).to_have_text([NO_LONGER])
    page.get_by_role("button", name="Remove the answers that count no longer").click()
    expect(told).to_have_count(0)
    page.reload()
    expect(page.locator("#everyone-on-board").get_by_label("No", exact=True)).to_be_checked()
    expect(told).to_have_count(0)
