"""The health check in a browser: answered, judged, kept, passed on, compared and printed; and whole without scripts.

What the result says, and what files and links hold, is tried without a page in `tests/check/`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.support.browsers import RULES_OF_COLOUR, faults_of, open_context

DESKTOP = {"width": 1280, "height": 900}
SMALL_PHONE = {"width": 320, "height": 640}
FIRST, SECOND, THIRD = "commissioning-maturity", "building-authority", "effective-authority"
OF_ALL = "joint-working-needed"
"""A question that only the whole check asks."""
TARGET = 44
"""As wide and as high as a thumb needs, in px."""
VIEWS = ("Questions", "One at a time", "Result", "Team")


@pytest.fixture
def visitor(chromium: Browser, real_address: str) -> Iterator[BrowserContext]:
    """A reader who has never been here."""
    context = open_context(chromium, base_url=f"{real_address}health-check/", viewport=DESKTOP)
    yield context
    context.close()


@pytest.fixture
def page(visitor: BrowserContext) -> Page:
    page = visitor.new_page()
    page.goto("")
    return page


def show(page: Page, view: str) -> None:
    page.get_by_role("group", name="View").get_by_role("button", name=view).click()


def answer(page: Page, **answers: str) -> None:
    for id, name in answers.items():
        page.locator(f"#{id.replace('_', '-')}").get_by_role("radio", name=name, exact=True).check()


def sentence(page: Page) -> Locator:
    return page.locator(".check-result__sentence").first


def saved(page: Page, folder: Path, name: str = "answers.json") -> Path:
    """The file of answers as a reader downloads it."""
    show(page, "Result")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the answers").click()
    download.value.save_as(folder / name)
    return folder / name


def choose(page: Page, button: str, *files: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name=button).locator("visible=true").click()
    chooser.value.set_files(files)


def test_the_keyboard_alone_answers_and_the_result_says_why(page: Page) -> None:
    page.locator(f"#{FIRST}").get_by_role("radio", name="Yes").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".check-bar__count")).to_have_text("1 of 15 answered")
    expect(page.locator(".check [role=status].for-readers")).to_contain_text("1 of 15 answered. 1 of 15 questions is answered, too few")
    page.get_by_role("button", name="See the result").press("Enter")
    expect(page.locator("#check-result-title")).to_be_focused()
    expect(sentence(page)).to_have_text("1 of 15 questions is answered, too few to say where your project stands: answer 7 more.")
    first = page.locator(".found-list").first.locator(".found-first").first
    expect(first.locator(".found-first__points")).to_have_text("2 points")
    expect(first.locator(".found-why li")).to_have_text(
        "No to 1. Is the authorising environment for this work mature enough to commission joint working?"
    )
    expect(page.locator(".bar").first).to_have_text("All pillars1 no, 14 not answered")
    first.locator(".found-why a").press("Enter")
    expect(page.locator(f"#{FIRST}")).to_be_in_viewport()
    page.go_back()
    expect(page.locator("#check-result-title")).to_be_visible()


def test_a_bar_is_as_long_as_the_answers_are_many(page: Page) -> None:
    answer(page, commissioning_maturity="No", building_authority="No", effective_authority="Yes")
    show(page, "Result")
    bars = page.locator(".bar", has_text="Authorising environment").locator(".bar__track > span")
    assert bars.evaluate_all("parts => parts.map(part => [part.className.split('--')[1], part.style.flexGrow])") == [
        ["yes", "1"],
        ["no", "2"],
        ["open", "3"],
    ]


def test_answers_notes_and_the_project_are_there_after_a_reload(page: Page) -> None:
    answer(page, commissioning_maturity="Partly")
    page.locator(".check-project summary").click()
    page.get_by_label("Project", exact=True).fill("Housing advice")
    question = page.locator(f"#{FIRST}")
    question.get_by_text("Add a note").click()
    question.get_by_label("Agreed action").fill("Ask the board")
    question.get_by_label("Who does it").fill("Ana")
    page.reload()
    expect(question.get_by_role("radio", name="Partly")).to_be_checked()
    show(page, "Result")
    expect(page.locator(".check-result__of")).to_contain_text("Housing advice")
    expect(page.get_by_role("region", name="Notes and agreed actions").locator("tbody td")).to_have_text(["Ask the board", "Ana", "", ""])


def test_another_tab_shows_the_same_answers(page: Page, visitor: BrowserContext) -> None:
    other = visitor.new_page()
    other.goto("")
    answer(page, commissioning_maturity="No")
    expect(other.locator(f"#{FIRST}").get_by_role("radio", name="No", exact=True)).to_be_checked()


def test_starting_again_asks_first_and_a_file_brings_the_answers_back(page: Page, tmp_path: Path) -> None:
    answer(page, commissioning_maturity="No")
    file = saved(page, tmp_path)
    assert [(row["question"], row["answer"]) for row in json.loads(file.read_text("utf-8"))["answers"]] == [(FIRST, "no")]
    show(page, "Questions")
    chosen = page.locator(f"#{FIRST}").get_by_role("radio", name="No", exact=True)
    page.get_by_role("button", name="Start again").click()
    page.keyboard.press("Escape")
    expect(chosen).to_be_checked()
    page.get_by_role("button", name="Start again").click()
    page.get_by_role("dialog", name="Start again?").get_by_role("button", name="Remove them all").click()
    expect(chosen).not_to_be_checked()
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('playbook-health-check'))") == []
    choose(page, "Load saved answers", file)
    expect(chosen).to_be_checked()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("not JSON", "This file is not JSON"),
        ('{"format": "other"}', "holds no answers to a health check"),
        ('{"format": "playbook-health-check", "format_version": 2, "answers": []}', "newer version of the playbook"),
    ],
)
def test_a_file_that_is_no_use_is_told_and_nothing_on_the_screen_is_lost(page: Page, tmp_path: Path, content: str, told: str) -> None:
    answer(page, commissioning_maturity="No")
    (tmp_path / "wrong.json").write_text(content, "utf-8")
    choose(page, "Load saved answers", tmp_path / "wrong.json")
    expect(page.get_by_role("alert")).to_contain_text(told)
    expect(page.locator(f"#{FIRST}").get_by_role("radio", name="No", exact=True)).to_be_checked()


def test_answers_to_another_playbook_are_read_only_if_the_reader_wants_them(page: Page, tmp_path: Path) -> None:
    answer(page, commissioning_maturity="No")
    file = saved(page, tmp_path)
    other = json.loads(file.read_text("utf-8")) | {"playbook": {"title": "Another lab’s playbook", "address": "https://other.example/"}}
    file.write_text(json.dumps(other), "utf-8")
    choose(page, "Load saved answers", file)
    dialog = page.get_by_role("dialog", name="Read answers to another health check?")
    expect(dialog).to_contain_text("“Another lab’s playbook”")
    dialog.get_by_role("button", name="Leave them out").click()
    expect(page.get_by_role("alert")).to_contain_text("was not loaded")


def test_two_dates_are_compared_question_by_question(page: Page, tmp_path: Path) -> None:
    answer(page, commissioning_maturity="No", building_authority="Yes")
    old = saved(page, tmp_path)
    old.write_text(json.dumps(json.loads(old.read_text("utf-8")) | {"date": "2026-01-31"}), "utf-8")
    show(page, "Questions")
    answer(page, commissioning_maturity="Partly", building_authority="No", effective_authority="Yes")
    show(page, "Result")
    choose(page, "Choose the file of another date", old)
    table = page.get_by_role("region", name="Comparison, question by question")
    expect(table.locator("thead th").nth(1)).to_have_text("31 January 2026")
    rows = table.locator("tbody tr").evaluate_all("rows => rows.map(row => [...row.cells].slice(1).map(cell => cell.textContent))")
    assert rows == [["no", "partly", "Better"], ["yes", "no", "Worse"], ["–", "yes", "New"]]


def test_a_link_carries_the_answers_and_leaves_the_address(page: Page, chromium: Browser) -> None:
    answer(page, commissioning_maturity="No")
    show(page, "Result")
    page.get_by_role("button", name="Copy a link").click()
    link = page.get_by_label("Link with your answers").input_value()
    assert "#answers=1." in link
    other = open_context(chromium, viewport=DESKTOP).new_page()
    other.goto(link)
    expect(sentence(other)).to_contain_text("1 of 15 questions is answered")
    assert "#" not in other.url
    show(other, "Questions")
    answer(other, commissioning_maturity="Yes")
    other.goto(link)
    other.get_by_role("dialog", name="Replace the answers on this page?").get_by_role("button", name="Keep what is here").click()
    expect(other.locator(f"#{FIRST}").get_by_role("radio", name="Yes")).to_be_checked()
    other.context.close()


def test_a_team_sees_first_where_its_answers_differ_most(page: Page, tmp_path: Path) -> None:
    files = []
    for number, (first, second) in enumerate([("Yes", "No"), ("Partly", "Yes"), ("Partly", "No")]):
        show(page, "Questions")
        answer(page, commissioning_maturity=first, building_authority=second, effective_authority="No")
        files.append(saved(page, tmp_path, f"{number}.json"))
    page.get_by_role("button", name="Copy a link").click()
    link = page.get_by_label("Link with your answers").input_value()
    show(page, "Team")
    choose(page, "Choose files", *files[:2])
    page.get_by_label("Or paste links").first.fill(link)
    page.get_by_role("button", name="Add the links").first.click()
    expect(page.locator(".check-team__state").first).to_have_text("3 people loaded.")

    def counts(name: str) -> list:
        return (
            page.get_by_role("region", name=name)
            .locator("tbody tr")
            .evaluate_all("rows => rows.map(row => [...row.cells].map(cell => parseInt(cell.textContent) || 0))")
        )

    assert counts("Where you differ") == [[2, 1, 0, 2, 0, 0], [1, 1, 2, 0, 0, 0]]
    assert counts("Where you agree that something is missing") == [[3, 0, 0, 3, 0, 0]]
    page.get_by_text("Compare with an earlier time").click()
    choose_earlier = page.get_by_role("group", name="Answers of the team at an earlier time")
    with page.expect_file_chooser() as chooser:
        choose_earlier.get_by_role("button", name="Choose files").click()
    chooser.value.set_files(files[1:])
    expect(page.get_by_role("region", name="Since the earlier time, question by question").locator("tbody tr").first).to_contain_text(
        "2 partly1 yes, 2 partly"
    )


def test_one_question_at_a_time_is_led_by_the_keys_of_a_remote(page: Page) -> None:
    show(page, "One at a time")
    expect(page.locator(".ask:visible")).to_have_count(1)
    expect(page.locator(f"#{FIRST}")).to_be_focused()
    page.keyboard.press("3")
    page.keyboard.press("PageDown")
    page.keyboard.press("2")
    expect(page.locator(".check-stage__place")).to_have_text("Question 2 of 15 · Authorising environment")
    note = page.locator(f"#{SECOND}")
    note.get_by_text("Add a note").click()
    note.get_by_label("Note").fill("1 of 4")
    page.get_by_role("button", name="Back").click()
    expect(page.locator(f"#{FIRST}").get_by_role("radio", name="No", exact=True)).to_be_checked()
    for _ in range(15):
        page.keyboard.press("PageDown")
    expect(page.locator("#check-result-title")).to_be_focused()
    assert page.locator(f"#{SECOND} input:checked").get_attribute("value") == "partly"


@pytest.mark.parametrize(("name", "shown"), [("the view “Team”", ".check-team"), ("the view “One at a time”", ".check-stage")])
def test_the_ways_in_lead_to_the_views_for_a_team_and_for_a_room(page: Page, name: str, shown: str) -> None:
    page.goto("../start/")
    page.get_by_role("link", name=name).click()
    expect(page.locator(shown).first).to_be_visible()
    expect(page.get_by_role("group", name="View")).to_be_in_viewport()
    expect(page.locator(".check-bar")).to_be_hidden()


@pytest.mark.parametrize(("width", "in_a_row"), [(320, 1), (479, 1), (480, 4), (1280, 4)])
def test_the_answers_stand_in_a_column_on_a_phone_and_else_in_a_row(page: Page, width: int, in_a_row: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    boxes = page.locator(f"#{FIRST} .ask__answers label").evaluate_all("all => all.map(each => each.getBoundingClientRect().toJSON())")
    assert len({box["x"] for box in boxes}) == in_a_row
    assert min(min(box["height"], box["width"]) for box in boxes) >= TARGET


def test_the_quick_check_comes_first_and_the_address_of_another_question_shows_all(page: Page) -> None:
    expect(page.locator(".ask:visible")).to_have_count(15)
    # Rows above the button may still get their height, and move it away from a pointer.
    page.get_by_role("button", name="Go on to the other 14 questions").press("Enter")
    expect(page.locator(".ask:visible")).to_have_count(29)
    expect(page.locator("#more-questions")).to_be_focused()
    page.get_by_role("radio", name="Quick check").check()
    expect(page.locator(".ask:visible")).to_have_count(15)
    page.goto(f"#{OF_ALL}")
    expect(page.locator(f"#{OF_ALL}")).to_be_in_viewport()
    expect(page.locator(".check-bar__count")).to_have_text("0 of 29 answered")


BLOCKED = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }});"
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"


@pytest.mark.parametrize(("script", "told"), [(BLOCKED, "keeps nothing for this page"), (FULL, "has no room left")], ids=["blocked", "full"])
def test_a_browser_that_keeps_nothing_says_so_and_the_check_works(visitor: BrowserContext, script: str, told: str) -> None:
    page = visitor.new_page()
    page.add_init_script(script)
    page.goto("")
    answer(page, commissioning_maturity="No", building_authority="No")
    expect(page.get_by_role("alert")).to_have_count(1)
    expect(page.get_by_role("alert")).to_contain_text(told)
    expect(page.locator(".check-bar__count")).to_have_text("2 of 15 answered")


def test_what_is_kept_but_cannot_be_read_is_told_and_put_aside(page: Page) -> None:
    answer(page, commissioning_maturity="No")
    page.evaluate("localStorage.setItem(Object.keys(localStorage).find(key => key.startsWith('playbook-health-check')), '{')")
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("cannot be read")
    assert page.evaluate("Object.values(localStorage)").count("{") == 2


def test_without_scripts_every_question_is_there_and_no_control_does_nothing(chromium: Browser, real_address: str) -> None:
    context = open_context(chromium, base_url=real_address, java_script_enabled=False)
    page = context.new_page()
    page.goto("health-check/")
    expect(page.locator(".ask__number")).to_have_text([f"{number}." for number in range(1, 30)])
    expect(page.locator("article .ask:visible")).to_have_count(29)
    expect(page.locator("article :is(button:not(.term, [popovertarget]), select, textarea, input:not([type=radio]))")).to_have_count(0)
    page.locator(f"#{FIRST} summary").click()
    expect(page.locator(f"#{FIRST} .ask__good")).to_be_visible()
    context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_on_paper_a_question_stands_whole_with_what_good_looks_like_and_room_to_write(chromium: Browser, real_address: str, scripts: bool) -> None:
    context = open_context(chromium, base_url=real_address, java_script_enabled=scripts)
    page = context.new_page()
    page.goto("health-check/")
    page.emulate_media(media="print")
    assert page.locator(".check-paper dt").evaluate_all("names => names.map(name => [name.textContent, name.checkVisibility()])") == [
        ["Project", True],
        ["Date", True],
    ]
    question = page.locator(f"#{FIRST}")
    assert question.evaluate("question => getComputedStyle(question).breakInside") == "avoid"
    assert question.locator(".ask__good li").first.evaluate(
        "line => line.getClientRects().length > 0 && line.checkVisibility({contentVisibilityAuto: true})"
    )
    for there in (".ask__room", ".ask__answers"):
        expect(question.locator(there)).to_be_visible()
    for gone in (".ask__help summary", ".check-bar", ".check-views", ".check-result", ".ask__notes"):
        assert page.locator(gone).evaluate_all("all => all.filter(each => each.checkVisibility()).length") == 0, gone
    context.close()


def test_on_paper_the_result_comes_first_with_the_answers_and_what_was_written(page: Page) -> None:
    answer(page, commissioning_maturity="No")
    question = page.locator(f"#{FIRST}")
    question.get_by_text("Add a note").click()
    question.get_by_label("Note").fill("Ask again in May")
    page.emulate_media(media="print")
    expect(sentence(page)).to_contain_text("1 of 15 questions is answered")
    expect(question.locator(".ask__written")).to_have_text("NoteAsk again in May")
    expect(question.locator(".ask__written")).to_be_visible()
    expect(page.locator(f"#{OF_ALL}")).to_be_hidden()
    assert page.locator(".check-result").evaluate("result => result.getBoundingClientRect().bottom") <= question.evaluate(
        "question => question.getBoundingClientRect().top"
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_state_has_a_fault_that_axe_finds_or_is_wider_than_a_small_phone(chromium: Browser, real_address: str, scheme: str) -> None:
    context = open_context(chromium, base_url=real_address, viewport=SMALL_PHONE, color_scheme=scheme)
    page = context.new_page()
    page.goto("health-check/")
    rules = (RULES_OF_COLOUR,) if scheme == "dark" else ()
    answer(page, commissioning_maturity="No", building_authority="Partly", working_without_mandate="Not sure")
    page.locator(f"#{FIRST}").get_by_text("Add a note").click()
    page.locator(f"#{FIRST}").get_by_label("Note").fill("A note")
    page.locator(f"#{FIRST} .ask__help summary").click()
    page.locator(".check-project summary").click()
    for view in VIEWS if scheme == "light" else ("Questions", "Result"):
        show(page, view)
        if view == "Team":
            for _ in range(2):
                page.get_by_role("button", name="Add the answers on this page").click()
        if view == "Result":
            page.get_by_text("How this order is worked out").first.click()
        assert page.evaluate("document.documentElement.scrollWidth") <= SMALL_PHONE["width"], view
        assert faults_of(page, *rules) == [], view
    show(page, "Questions")
    page.get_by_role("button", name="Start again").click()
    assert faults_of(page, ["cat.aria", "cat.name-role-value", "cat.color"] if scheme == "light" else RULES_OF_COLOUR) == []
    context.close()


def test_the_line_that_stays_on_screen_never_covers_what_has_the_focus(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    page.locator(".check-jump a").first.focus()
    for _ in range(24):
        page.keyboard.press("Tab")
        below = page.evaluate(
            "[document.activeElement.getBoundingClientRect().bottom, document.querySelector('.check-bar').getBoundingClientRect().top, !!document.activeElement.closest('.check-list')]"
        )
        assert not below[2] or below[0] <= below[1]
