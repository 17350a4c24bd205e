"""`changes.json`: what each release changed, by id, for programs of sites that link here.

Above: the playbook after three releases, in which everything happens to some entry. Below: what a program reads.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from macros.schema.introspect import fields_of
from macros.schema.kinds import KINDS
from macros.site.exports.changes_json import CHANGES_SCHEMA_VERSION, changes_head, changes_line
from macros.site.exports.changes_schema import changes_schema, schema_of_changes
from macros.site.exports.files import all_files
from macros.site.exports.playbook_json import PLAYBOOK_END
from macros.site.exports.published import Published
from tests.support.exports import published_at, published_from, real_published, small_published, with_a_change
from tests.support.published import ADDRESS
from tests.support.schemas import lost, shape
from tests.support.sites import PROJECT

SITE = f"{ADDRESS}latest/"


@pytest.fixture(scope="module")
def changes(released_playbook: Path) -> dict[str, Any]:
    """The file after the third release."""
    return json.loads(all_files(published_from(released_playbook, SITE))["changes.json"])  # as the site has it


def changes_of(published: Published) -> dict[str, Any]:
    """The file, without all the others that are made with it."""
    return json.loads(file_of(published))


def file_of(published: Published) -> bytes:
    lines = (changes_line(published, each) for each in published.playbook.entries.values())
    return b"".join((changes_head(published), *lines, PLAYBOOK_END))


def entry(changes: dict[str, Any], id: str) -> dict[str, Any]:
    (found,) = [each for each in changes["entries"] if each["id"] == id]
    return found


def told(changes: dict[str, Any], id: str, *keys: str) -> list[tuple[Any, ...]]:
    return [tuple(change[key] for key in keys) for change in entry(changes, id)["changes"]]


def test_each_release_is_there_with_its_day_its_reason_and_the_page_that_shows_it(changes: dict[str, Any]) -> None:
    assert changes["$schema"] == "changes.schema.json"
    assert changes["schema_version"] == 1
    assert changes["release"] == {"version": "3.0.0", "date": "2026-11-20"}
    assert changes["releases"] == [
        {"release": "3.0.0", "date": "2026-11-20", "why": "The reason for 3.0.0.", "before": "2.0.0", "url": f"{SITE}changes/2.0.0-to-3.0.0/", "settings": []},
        {"release": "2.0.0", "date": "2026-11-01", "why": "The reason for 2.0.0.", "before": "1.0.0", "url": f"{SITE}changes/1.0.0-to-2.0.0/", "settings": ["contact"]},
        {"release": "1.0.0", "date": "2026-10-01", "why": "The reason for 1.0.0.", "before": None, "url": f"{SITE}changes/#release-1-0-0", "settings": []},
    ]  # fmt: skip


def test_an_entry_is_under_the_id_that_it_has_now_with_the_address_before_and_since_each_release(changes: dict[str, Any]) -> None:
    assert {name: value for name, value in entry(changes, "shut-doors").items() if name != "changes"} == {
        "id": "shut-doors", "kind": "barriers", "title": "Doors stay locked", "status": "current", "url": f"{SITE}barriers/shut-doors/",
    }  # fmt: skip
    assert told(changes, "shut-doors", "release", "id", "types", "old_url", "new_url") == [
        ("3.0.0", "shut-doors", ["renamed"], f"{SITE}barriers/closed-doors/", f"{SITE}barriers/shut-doors/"),
        ("2.0.0", "closed-doors", ["renamed"], f"{SITE}barriers/locked-doors/", f"{SITE}barriers/closed-doors/"),
        ("1.0.0", "locked-doors", ["added"], None, f"{SITE}barriers/locked-doors/"),
    ]
    assert told(changes, "mandate", "types", "old_url", "new_url")[0][1:] == (f"{SITE}terms/mandate/", f"{SITE}forms/mandate/")


def test_a_withdrawal_says_why_and_what_to_use_instead(changes: dict[str, Any]) -> None:
    withdrawn = entry(changes, "two-things")["changes"][0]
    assert (withdrawn["types"], withdrawn["reason"]) == (["withdrawn"], "It was two barriers.")
    assert withdrawn["replaced_by"] == [
        {"id": "thing-one", "title": "One thing", "url": f"{SITE}barriers/thing-one/"},
        {"id": "thing-two", "title": "Another thing", "url": f"{SITE}barriers/thing-two/"},
    ]


def test_what_sorts_an_entry_is_named_as_a_field_that_changed(changes: dict[str, Any]) -> None:
    assert told(changes, "old-systems", "types", "fields")[0] == (["returned", "reworded", "anchors", "sorted"], ["reason", "order"])


def test_an_entry_that_became_part_of_another_is_told_there(changes: dict[str, Any]) -> None:
    (merged,) = [change for change in entry(changes, "plain-words")["changes"] if change["types"] == ["merged"]]
    assert (merged["id"], merged["old_url"], merged["new_url"]) == ("many-words", f"{SITE}barriers/many-words/", f"{SITE}barriers/plain-words/")


def test_each_anchor_that_went_says_where_a_link_to_it_leads_now(changes: dict[str, Any]) -> None:
    assert told(changes, "short-funding", "release", "anchors_new", "anchors_gone") == [
        (
            "3.0.0",
            [],
            [
                {"anchor": "figures", "url": None, "reason": "The report withdrew its figures."},
                {"anchor": "figure-cost-per-bid", "url": None, "reason": "The report withdrew it."},
            ],
        ),
        ("2.0.0", [], [{"anchor": "figure-cost", "url": None, "reason": None}]),
        ("1.0.0", [], []),
    ]
    (team,) = [page for page in changes["pages"] if page["url"] == f"{SITE}about/team/"]
    assert team["changes"][0]["anchors_gone"] == [
        {"anchor": "the-team", "url": None, "reason": "The team has left."},
        {"anchor": "symptoms", "url": f"{SITE}about/team/#signs", "reason": None},
    ]


def test_pages_that_are_no_entry_s_are_told_by_their_address(changes: dict[str, Any]) -> None:
    (team,) = [page for page in changes["pages"] if page["url"] == f"{SITE}about/team/"]
    (change,) = team["changes"]
    assert (team["title"], change["release"], change["old_url"], change["new_url"]) == ("About us", "2.0.0", f"{SITE}us/", f"{SITE}about/team/")


def test_fields_are_named_once_and_relations_by_their_ids() -> None:
    changes = changes_of(real_published())
    change = next(change for change in entry(changes, "data-sharing")["changes"] if change["release"] == "1.8.0")
    assert (change["types"], change["fields"]) == (["reworded", "sorted", "reviewed"], ["summary", "signs", "evidence", "also_searched"])
    assert {*change["fields"]} <= {*fields_of(KINDS["barriers"])}
    gained = [row for each in changes["entries"] for change in each["changes"] for row in change["gained"]]
    assert {"field", "id"} == set(gained[0])
    assert [row for row in gained if "[[" in row["field"]] == []


def test_the_file_of_this_playbook_and_of_each_of_its_releases_is_valid_for_a_program_that_was_not_written_here(changes: dict[str, Any]) -> None:
    check = Draft202012Validator(schema_of_changes())
    Draft202012Validator.check_schema(schema_of_changes())
    now = real_published()
    for published in (now, *(published_at(now, number) for number in (0, 5, 9))):
        value = changes_of(published)
        assert [error.message for error in check.iter_errors(value)] == []
        assert [each["id"] for each in value["entries"]] == [*published.playbook.entries]
    assert check.is_valid(changes)
    assert check.is_valid({**changes, "newer": 1})
    assert not check.is_valid({**changes, "schema_version": 2})
    assert not check.is_valid({**changes, "entries": [{**changes["entries"][0], "changes": [{"release": "1.0.0"}]}]})


def test_a_key_is_never_renamed_or_dropped_inside_one_version_of_the_schema() -> None:
    """The copy that is kept grows with `UPDATE_SPECS=1`; where something would be lost, `CHANGES_SCHEMA_VERSION` has to grow, with a copy of its own."""
    file, made = PROJECT / f"tests/schemas/changes-{CHANGES_SCHEMA_VERSION}.json", json.loads(changes_schema(real_published()))
    kept = json.loads(file.read_text("utf-8")) if file.exists() else {}
    assert [*lost(shape(kept), shape(made))] == []
    if os.environ.get("UPDATE_SPECS"):
        file.write_text(f"{json.dumps(made, ensure_ascii=False, indent=1)}\n", "utf-8")
    assert json.loads(file.read_text("utf-8")) == made, "type: UPDATE_SPECS=1 python -m pytest tests/site/test_changes_json.py"


def test_what_is_not_released_is_no_change(released_playbook: Path, changes: dict[str, Any]) -> None:
    now = with_a_change(published_from(released_playbook, SITE), "data-sharing")
    assert now.ledger.current.history.pending
    later = changes_of(now)
    assert (later["has_unreleased_changes"], later["entries"], later["releases"]) == (True, changes["entries"], changes["releases"])


def test_before_the_first_release_the_file_is_valid_and_tells_no_change(tmp_path: Path) -> None:
    changes = changes_of(small_published(tmp_path))
    assert Draft202012Validator(schema_of_changes()).is_valid(changes)
    assert (changes["releases"], changes["pages"], {len(each["changes"]) for each in changes["entries"]}) == ([], [], {0})


def test_each_entry_has_a_line_of_its_own_in_which_no_tag_can_stand() -> None:
    published = real_published()
    data = file_of(published)
    assert data.count(b"\n") == len(published.playbook.entries) + 2
    assert b"<" not in data
    second = [*published.playbook.entries.values()][1]
    assert json.loads(changes_line(published, second).removeprefix(b",")) == json.loads(data)["entries"][1]


EXAMPLE = PROJECT / "docs/about/linking.md"


def test_the_program_on_the_page_about_links_tells_what_happened_to_a_list_of_ids(tmp_path: Path, changes: dict[str, Any]) -> None:
    """It is run as it stands there, but for the address that it asks."""
    section = EXAMPLE.read_text("utf-8").partition("{ #follow }")[2].partition("\n## ")[0]
    program = section.partition("```python\n")[2].partition("```")[0]
    file = tmp_path / "changes.json"
    file.write_text(json.dumps(changes), "utf-8")
    program = (
        program.replace("https://playbook.example.org/changes.json", file.as_uri())
        .replace('"data-sharing"', '"shut-doors"')
        .replace("1.8.0", "2.0.0")
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.stderr, done.stdout) == ("", f"3.0.0 renamed {SITE}barriers/shut-doors/\n")
