"""Help is right to the letter: whoever writes what it shows is rid of the problem and has no other, and nobody is told to remove what is needed."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import yaml

from macros.files.read import DataFile
from macros.playbook.checks.file import check_file
from macros.problems.problem import Problem
from macros.schema.introspect import all_fields, fields_of
from macros.schema.kinds import KINDS
from macros.schema.settings import Settings
from tests.support.playbooks import BASE

SHOWN = re.compile(r"goes in quotes: (.+?)$|in quotes: (.+?)$")
ROLE = "title: Sponsor\nsummary: Somebody who can say yes.\nabout: {about}\ndoes:\n  - {item}\n  - Say yes\n"

MISREAD = (
    "[[legacy-systems]] are old", "[[legacy-systems]]", "[[legacy-systems|Old systems]] are old", "[the report](https://example.gov.uk/a) says so",
    "[the report](https://example.gov.uk/a)", "[a list] of things", "{x} y", "{x}", "{x: 1} y", '{{ link("x") }} is old', "*emphasis* first", "**strong** first",
    '*emphasis* on "this" word', "it's: \"so\" \\ far", "@mention them", "`code` first", "% of people", "& so on", "> quote", "| pipe", ", comma", ": colon first",
    "] close", "} close", "yes", "no", "1.10", "2026-01-01", "010", "10:30", "=",
)  # fmt: skip
"""What people write as text, and YAML reads as something else."""


def problems_of(path: str, text: str) -> list[Problem]:
    folder, _, name = path.removeprefix("playbook_data/").rpartition("/")
    return check_file(DataFile(path, folder, name.removesuffix(".yml"), text.encode()))[1]


@pytest.mark.parametrize("place", ["about", "item"])
@pytest.mark.parametrize("written", MISREAD)
def test_a_value_in_the_quotes_that_the_help_shows_is_the_text_that_it_looks_like(written: str, place: str) -> None:
    role = {"about": "A leader.", "item": "Ask for a mandate"}
    (problem,) = problems_of("playbook_data/roles/sponsor.yml", ROLE.format(**{**role, place: written}))
    shown = SHOWN.search(problem.help)
    assert shown, problem.help
    mended = next(filter(None, shown.groups()))
    assert yaml.safe_load(mended) == written
    assert problems_of("playbook_data/roles/sponsor.yml", ROLE.format(**{**role, place: mended})) == []


def empty_values() -> Iterator[tuple[str, str, str]]:
    """Every required field of every kind and of the settings, emptied in each way that a person may empty it."""
    for path, text in BASE.items():
        model = KINDS.get(path.split("/")[1], Settings)
        for name, field in fields_of(model).items():
            if field.is_required:
                for nothing in ("", '""', "[]", "{}", "~"):
                    yield path, re.sub(rf"^{name}:.*$", f"{name}: {nothing}", text, flags=re.MULTILINE), name


def test_nobody_is_told_to_remove_a_field_that_is_required() -> None:
    for path, text, name in empty_values():
        (problem,) = problems_of(path, text)
        assert problem.path == name
        assert problem.rule in ("empty", "no-beginning"), problem
        assert "remove" not in problem.help, (name, problem.help)


def test_a_list_that_is_required_has_an_item() -> None:
    for model in (*KINDS.values(), Settings):
        assert [field.way for field in all_fields(model) if field.is_list and field.is_required and not field.is_needed_in_full] == []


TERM = "title: Mandate\nsummary: The right to act.\nmeaning: Somebody said yes.\n"


@pytest.mark.parametrize(
    ("written", "message", "help"),
    [
        ("status: withdrawn\nreason: ''", "it is empty", "write it - why it was withdrawn"),
        ("short_for: ''", "it is empty", "fill it in, or remove the field"),
        ("sources: [{}]", "there is nothing here", "write {source: …, at: …}"),
        ("order: '1'", "expected a whole number, found text ('1')", "write only digits, without quotes, units or commas: 1"),
        ("order: 1,850", "expected a whole number, found text ('1,850')", "write only digits, without quotes, units or commas: 1850"),
        ("order: 1,5", "expected a whole number, found text ('1,5')", "write only digits, without quotes, units or commas"),
        ("order: 1.5", "expected a whole number, found a number (1.5)", "write a whole number"),
        ("see: [[data-sharing]]", "expected text, found a list of 1", "write the id alone: data-sharing"),
        ("also: one\n  - two", "expected a list, found text ('one - two')", "write each item on a line that begins with '- '"),
        ("see: [data-sharing], shared-aims", "the list goes on after its closing bracket", "write all items inside the same brackets: [one, two]"),
        ("short_for: >-\n  Some words\n also: [x]", "this line is indented less than the text above it",
         "a field begins right below 'short_for', a line of the text right below its first line"),
        ("also:\n  - People give details\n    again and again\n    and: so on", "there is a ': ' in a text that began some lines above", "put the whole value in quotes"),
    ],
)  # fmt: skip
def test_one_mistake_is_told_once(written: str, message: str, help: str) -> None:
    assert [(found.message, found.help) for found in problems_of("playbook_data/terms/mandate.yml", f"{TERM}{written}\n")] == [(message, help)]


@pytest.mark.parametrize(
    ("inside", "help"),
    [
        ("{value: 1,850, when: June 1998}", "a number has no comma in it: write `value: 1850`"),
        ("{value: 1,850,000}", "a number has no comma in it: write `value: 1850000`"),
        ("{value: 12, when: May, 1998}", "the fields are value, when; a value with a comma in it goes in quotes"),
    ],
)
def test_a_comma_that_cuts_a_value_in_two_is_told_once(inside: str, help: str) -> None:
    figure = "{name: cost, value: 5, unit: £, measures: Cost, source: nao, at: para 9, before: " + inside + "}"
    path = "playbook_data/barriers/data-sharing.yml"
    assert [found.help for found in problems_of(path, f"{BASE[path]}figures: [{figure}]\n")] == [help]
