"""The map of relations: what is linked stands in columns, is joined by strands, and is said once more as a table.

Above: entries and their links. Below: places on the map, and what readers see of them, with a pointer, a keyboard and a finger.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from macros.pages.relation_map import draw_map, draw_nearby
from macros.playbook.load import load_playbook
from macros.playbook.playbook import Playbook
from tests.support.browsers import faults_of, open_context
from tests.support.playbooks import BASE, write_playbook
from tests.support.sites import built, page, words

BARRIER, INSIGHT, PILLAR = (BASE[f"playbook_data/{name}.yml"] for name in ("barriers/data-sharing", "insights/shared-space", "pillars/shared-aims"))
MAP = {
    "playbook_data/barriers/alone.yml": BARRIER.replace("Data stays apart", "Alone").replace("hits: [shared-aims]", "hits: [other-pillar]"),
    "playbook_data/barriers/second.yml": BARRIER.replace("Data stays apart", "Second"),
    "playbook_data/pillars/other-pillar.yml": PILLAR.replace("Shared aims", "<b>Other</b>") + "order: 1\n",
    "playbook_data/insights/shared-space.yml": INSIGHT.replace("[data-sharing]", "[data-sharing, second, alone]"),
    "playbook_data/insights/draft.yml": INSIGHT.replace("Sit together", "Not yet") + "status: draft\n",
    "docs/map.md": "# Map\n\n{{ relation_map() }}\n",
}
ORDER = {"pillars": ["other-pillar", "shared-aims"], "barriers": ["alone", "data-sharing", "second"], "insights": ["shared-space"]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("map")
    write_playbook(folder, {**BASE, **MAP})
    return folder


@pytest.fixture(scope="module")
def playbook(folder: Path) -> Playbook:
    return load_playbook(folder)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("map-site"), MAP)


def test_linked_entries_stand_at_like_heights_and_strands_lead_from_row_to_row(playbook: Playbook) -> None:
    columns = {column.kind.folder: column for column in draw_map(playbook).columns}
    assert [*columns] == ["pillars", "questions", "barriers", "insights", "cases"]
    assert {folder: [entry.id for entry in columns[folder].entries] for folder in ORDER} == ORDER
    # a question names the second of two pillars; a barrier in the middle of three is revealed by it
    assert columns["questions"].strands == "M0 750C20 750 20 500 40 500"
    assert columns["barriers"].strands == "M0 500C20 500 20 500 40 500"


def test_each_link_is_told_from_both_ends(playbook: Playbook) -> None:
    told = {(one.id, other.id) for one, by_kind in draw_map(playbook).linked for others in by_kind.values() for other in others}
    assert told == {(other, one) for one, other in told}
    assert {("data-sharing", "permission"), ("data-sharing", "shared-space"), ("alone", "other-pillar")} <= told


def test_a_column_that_is_too_long_shows_its_first_entries_and_says_how_many_there_are(playbook: Playbook) -> None:
    column = draw_map(playbook, most=1).columns[2]
    assert (len(column.entries), column.total) == (1, 3)


def ids(rows: tuple) -> list[str]:
    return [row if isinstance(row, str) else row.id for row in rows]


def test_the_part_round_an_entry_has_what_leads_to_it_and_what_it_leads_to(playbook: Playbook) -> None:
    nearby = draw_nearby(playbook, playbook.entries["data-sharing"])
    assert ids(nearby.before.rows) == ["shared-aims", "permission"]
    assert ids(nearby.after.rows) == ["shared-space", "one-front-door"]
    assert nearby.before.strands == "M0 250C20 250 20 500 40 500M0 750C20 750 20 500 40 500"


def test_the_part_round_an_entry_leaves_out_what_is_too_much_and_says_how_many(tmp_path: Path) -> None:
    barriers = {f"playbook_data/barriers/barrier-{number}.yml": BARRIER.replace("Data stays apart", f"Barrier {number}") for number in range(5)}
    write_playbook(tmp_path, {**BASE, **barriers})
    playbook = load_playbook(tmp_path)
    rows = ids(draw_nearby(playbook, playbook.entries["shared-aims"]).after.rows)
    assert rows[1:6] == ["barrier-0", "barrier-1", "barrier-2", "barrier-3", "2 more barriers"]


def test_an_entry_of_a_kind_that_is_not_on_the_map_has_no_such_part(site: Path, playbook: Playbook) -> None:
    assert draw_nearby(playbook, playbook.entries["delivery-team"]) is None
    assert not page(site, "roles/delivery-team").css(".nearby")


def test_the_map_and_its_table_name_each_entry_once_as_text(site: Path) -> None:
    tree = page(site, "map")
    drawn = [item.attributes["data-entry"] for item in tree.css("#relation-map li[data-entry]")]
    assert drawn == [row.attributes["data-entry"] for row in tree.css(".data--map tr[data-entry]")]
    assert "draft" not in drawn
    assert words(tree.css_first("#map-pillars li a")) == "<b>Other</b>"
    assert [cell.attributes.get("data-label") for cell in tree.css_first("tr[data-entry=alone]").css("td")] == [
        "Pillars",
        None,
        None,
        "Insights",
        None,
    ]


def test_the_part_round_an_entry_is_for_eyes_and_a_pointer_alone(site: Path) -> None:
    drawing = page(site, "barriers/data-sharing").css_first(".nearby")
    assert drawing.css_first(".nearby__columns").attributes["aria-hidden"] == "true"
    assert {link.attributes["tabindex"] for link in drawing.css(".nearby__columns a")} == {"-1"}
    assert drawing.css_first("figcaption a").attributes["href"] == "../../map/?entry=data-sharing"


def near(page: Page) -> set[str]:
    """The entries that the map points out."""
    return set(page.locator("#relation-map [data-is=near]").evaluate_all("items => items.map((item) => item.dataset.entry)"))


def test_a_pointer_or_the_focus_shows_what_an_entry_is_linked_to(chromium: Browser, real_address: str) -> None:
    context = open_context(chromium, base_url=real_address, viewport={"width": 1280, "height": 800})
    sheet = context.new_page()
    sheet.goto("map/?entry=data-sharing")
    expect(sheet.locator(".map__state")).to_contain_text("Partners cannot or will not share data")
    held = near(sheet)
    assert len(held) > 5
    assert sheet.locator(".strands__near").count() > 0
    assert faults_of(sheet) == []
    sheet.locator("#relation-map [data-entry=data-sharing] a").press("Escape")
    expect(sheet.locator(".map__state")).to_be_empty()
    sheet.locator("h1").hover()
    sheet.locator("#relation-map [data-entry=data-sharing] a").blur()
    assert near(sheet) == set()
    sheet.locator("#relation-map [data-entry=data-sharing] a").focus()
    assert near(sheet) == held
    sheet.locator("#relation-map [data-entry=data-sharing] a").blur()
    sheet.locator("#relation-map [data-entry=data-sharing]").hover()
    assert near(sheet) == held
    context.close()


def test_on_a_phone_a_tap_leaves_an_entry_and_those_that_it_is_linked_to(chromium: Browser, real_address: str) -> None:
    context = open_context(chromium, base_url=real_address, viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True)
    sheet = context.new_page()
    sheet.goto("map/")
    items = sheet.locator("#relation-map li[data-entry]:visible")
    every = items.count()
    sheet.get_by_role("button", name="Partners cannot or will not share data").tap()
    assert items.count() == len(near(sheet)) + 1 < every
    assert sheet.evaluate("document.documentElement.scrollWidth") <= 320
    assert faults_of(sheet) == []
    sheet.get_by_role("button", name="Show all entries").tap()
    assert items.count() == every
    context.close()
