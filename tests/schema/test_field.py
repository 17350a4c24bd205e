"""A field is described once, by its annotation: every part of the program follows from that, also for a field that nobody foresaw."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

import pytest

from macros.authoring.new_entry import write_new_entry
from macros.playbook.checks.fields import validate
from macros.playbook.checks.file import check_source
from macros.schema.entry import CitedEntry
from macros.schema.fields import BOOKKEEPING, Line, Many, PlainText, Relation, Section, WebAddress, says
from macros.schema.introspect import all_fields, field_at, fields_of
from macros.schema.json_schema import model_schema
from macros.schema.kind import Kind
from macros.schema.kinds import KINDS
from macros.schema.parts import FullDate, Part
from macros.schema.patterns import WEB_ADDRESS
from macros.schema.sections import section_anchors
from macros.schema.settings import Settings
from macros.yamlfile.source import SourceText

RIGHT = {
    "title": "A title",
    "summary": "A summary.",
    "id": "a-place",
    "homepage": "https://example.org/",
    "sources": [{"source": "nao", "at": "para 9"}],
}


class Opening(Part):
    day: Annotated[FullDate, says("The day.", "2026-11-20")]
    guest: Annotated[Many, Relation("roles"), says("Who came.", ["delivery-team"])] = ()


class Place(CitedEntry):
    kind: ClassVar[Kind] = Kind("places", "Place", "Places", "Where it happened.")

    homepage: Annotated[WebAddress, says("Its own site.", "https://example.org/")]
    pitfalls: Annotated[tuple[Line, ...], Section("pitfalls", "Pitfalls"), says("What goes wrong there.", ["The bus is late."])] = ()
    openings: Annotated[tuple[Opening, ...], says("When it opened.", [{"day": "2026-11-20"}])] = ()
    checked_by: Annotated[PlainText | None, BOOKKEEPING, says("Who measured it.", "A surveyor")] = None


def problems_of(**fields: Any) -> list[tuple[tuple, str, str, str]]:
    return [(found.path, found.rule, found.message, found.help) for found in validate(Place, {**RIGHT, **fields})[1]]


def test_a_new_field_is_checked_in_the_words_of_its_type() -> None:
    assert problems_of() == []
    assert problems_of(homepage="www.example.org") == [
        (("homepage",), "not-an-address", "'www.example.org' is not a web address", "write it whole, beginning with https://")
    ]
    assert problems_of(openings=[{"day": "May 2026", "guest": ["Delivery team"]}]) == [
        (("openings", 0, "day"), "not-a-date", "expected a date, found text ('May 2026')", "write year-month-day, such as 2026-11-20"),
        (
            ("openings", 0, "guest", 0),
            "not-an-id",
            "'Delivery team' cannot be an id",
            "an id has lower-case letters, digits and single hyphens, such as delivery-team",
        ),
    ]


def test_a_field_that_is_missing_is_explained_by_its_example() -> None:
    without = {name: value for name, value in RIGHT.items() if name != "homepage"}
    [missing] = validate(Place, without)[1]
    assert missing.help == "add `homepage:` - its own site, for instance `homepage: https://example.org/`"


def test_the_words_of_a_new_field_are_checked_wherever_they_stand() -> None:
    text = 'title: A title\nsummary: A summary.\nhomepage: https://example.org/\npitfalls: ["See [](x)."]\nsources: [{source: nao, at: para 9}]\n'
    _, found = check_source(SourceText("x.yml", text), Place, "a-place")
    assert [(problem.rule, problem.path) for problem in found] == [("empty-link", "pitfalls[0]")]


def test_editors_are_told_of_a_new_field_by_its_own_annotation() -> None:
    schema = model_schema(Place)
    assert schema["properties"]["homepage"] == {
        "title": "Homepage",
        "description": "Its own site.",
        "examples": ["https://example.org/"],
        "type": "string",
        "pattern": WEB_ADDRESS,
        "patternErrorMessage": "Write a web address whole, beginning with https://.",
    }
    assert schema["properties"]["pitfalls"]["description"] == "What goes wrong there. Each item may hold Markdown."
    assert schema["$defs"]["Opening"]["properties"]["guest"]["items"] == {"$ref": "ids.json#/$defs/roles"}


def test_a_new_entry_begins_with_a_new_field_and_without_what_is_kept_in_its_books() -> None:
    written = write_new_entry(Place, "The hall", path="x.yml", ids={})
    assert "# Its own site.\n# For instance: https://example.org/\nhomepage: TODO\n" in written
    assert "checked_by" not in written


def test_a_field_knows_where_it_stands_and_what_it_is_for() -> None:
    fields = {".".join(step or "*" for step in field.steps): field for field in all_fields(Place)}
    assert fields["openings.*.guest.*"].relation == Relation("roles")
    assert fields["openings.*.day"].holds == "date"
    assert {name for name, field in fields.items() if field.role == "bookkeeping" and not field.inside} == {
        "formerly.*",
        "former_anchors.*",
        "replaced_by.*",
        "reviewed",
        "checked_by",
    }
    assert field_at(Place, ("openings", 3, "guest", 0)) is fields_of(Place)["openings"].fields["guest"]
    assert field_at(Place, ("openings", 3, "nobody")) is None


def test_a_new_section_is_read_after_the_one_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "places", Place)
    section_anchors.cache_clear()
    order = section_anchors()
    monkeypatch.undo()
    section_anchors.cache_clear()
    assert order.index("pitfalls") == order.index("sources") + 1
    assert order[-1] == "history"


@pytest.mark.parametrize("model", [*KINDS.values(), Settings], ids=lambda model: model.__name__)
def test_no_field_is_asked_for_by_two_answers_at_once(model: type) -> None:
    """What holds ids is no text, and what holds fields is neither."""
    kinds = [sum(map(bool, (field.relation, field.is_text, field.fields))) for field in all_fields(model)]
    assert max(kinds) == 1
