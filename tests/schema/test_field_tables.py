"""The tables of fields say what the schema says, in words."""

from __future__ import annotations

import pytest

from macros.schema.field_tables import EVERY, TABLES, FieldRow, field_rows
from macros.schema.introspect import fields_of
from macros.schema.kinds import KINDS
from macros.schema.settings import Settings
from tests.support.sites import PROJECT


def row(table: str, *path: str) -> FieldRow:
    return next(row for row in field_rows(table) if (*row.inside, row.name) == path)


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_told_in_the_table_of_its_kind_or_in_that_of_all(kind: str) -> None:
    told = {row.name for table in (EVERY, kind) for row in field_rows(table) if not row.inside}
    assert told == fields_of(KINDS[kind]).keys()


def test_every_fact_is_told() -> None:
    assert {row.name for row in field_rows("playbook") if not row.inside} == fields_of(Settings).keys()


def test_the_page_has_every_table_once() -> None:
    text = (PROJECT / "docs" / "contribute" / "fields.md").read_text("utf-8")
    assert [text.count(f'{{{{ fields("{table}") }}}}') for table in TABLES] == [1] * len(TABLES)


def test_a_row_says_what_is_known_of_a_field() -> None:
    assert row("barriers", "signs") == FieldRow(
        name="signs",
        inside=(),
        is_required=True,
        holds="a list of texts",
        limits=("at least one",),
        about="Signs that a team would notice. Readers see it under “What you would see”. Each item may hold Markdown.",
        example="signs: [People give the same details to each service.]",
    )


@pytest.mark.parametrize(
    ("path", "holds", "limits"),
    [
        (("every", "title"), "text", ("up to 90 characters",)),
        (("every", "status"), "one of these words", ("draft, current, withdrawn", "without it: current")),
        (("every", "replaced_by"), "an id, or a list of ids", ("`null` where there is none",)),
        (("every", "formerly"), "a list of ids", ()),
        (("every", "reviewed"), "fields of its own", ()),
        (("every", "reviewed", "on"), "a date", ()),
        (("every", "reviewed", "by"), "the id of one of the roles", ()),
        (("barriers", "hits"), "a list of ids of the pillars", ("at least one",)),
        (("barriers", "evidence"), "a list; each item has fields of its own", ("at least one",)),
        (("barriers", "figures", "value"), "a number", ()),
        (("barriers", "figures", "name"), "an id", ()),
        (("cases", "period", "known_from"), "a date", ()),
        (("terms", "see"), "a list of ids", ()),
        (("playbook", "review_every_months"), "a whole number", ("from 1 to 120", "without it: 12")),
    ],
)
def test_what_a_field_holds_is_told_in_words(path: tuple[str, ...], holds: str, limits: tuple[str, ...]) -> None:
    told = row(*path)
    assert (told.holds, told.limits) == (holds, limits)


def test_fields_inside_a_field_follow_it() -> None:
    names = [(*row.inside, row.name) for row in field_rows("barriers")]
    start = names.index(("figures",))
    assert names[start + 1] == ("figures", "source")
    assert names.index(("figures", "before", "when")) == names.index(("figures", "before")) + 2


def test_what_is_told_of_every_entry_is_not_told_again() -> None:
    assert ("sources", "at") in [(*row.inside, row.name) for row in field_rows(EVERY)]
    assert [(*row.inside, row.name) for row in field_rows("pillars")][-1] == ("sources",)
    assert [row.name for row in field_rows("stages")] == ["about", "done"]


def test_what_is_alike_for_all_kinds_is_told_once() -> None:
    assert [row.name for row in field_rows("playbook") if row.inside == ("review_kinds",)] == ["pillars, …"]


def test_examples_are_written_as_people_write_them() -> None:
    assert row("every", "reviewed").example == "reviewed:\n  on: 2026-11-20\n  by: delivery-team\n  outcome: No change needed"
    assert row("barriers", "evidence").example.startswith("evidence:\n  - {source: ifg, at: Challenge 4, ")
    assert row("sources", "published").example == "published: 2001-12-07"


def test_anchors_of_a_table_are_unique() -> None:
    for table in TABLES:
        anchors = [row.anchor for row in field_rows(table)]
        assert len(set(anchors)) == len(anchors)
