"""What holds of every playbook, whoever wrote it and however it is laid out.

Above: playbooks made by chance from the schema itself. Below: valid ones are read as they were meant and can be shown; of others, the check says what is wrong.
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from macros.files.layout import SETTINGS_FILE
from macros.pages.renderer import Renderer
from macros.playbook.checks.file import check_source
from macros.playbook.load import read_playbook
from macros.playbook.urls import entry_url
from macros.problems.problem import problems_as_text
from macros.schema.approach import ApproachFrontMatter
from macros.schema.entry import Entry
from macros.schema.front_matter import FrontMatter
from macros.schema.introspect import fields_of
from macros.schema.kinds import KINDS
from macros.schema.settings import Settings
from macros.yamlfile.patch import REMOVED, with_changes
from macros.yamlfile.source import SourceText
from tests.fuzz.judge import ACCEPTED, judge
from tests.support.layouts import layouts
from tests.support.malformed import OTHER_TYPES, malformed_playbooks, places_in
from tests.support.playbooks import BASE, write_playbook
from tests.support.strategies import BASE_IDS, GeneratedPlaybook, KnownIds, playbooks, values_of

pytestmark = pytest.mark.slow

OFTEN = settings(max_examples=10, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture, *HealthCheck])
"""`make fuzz` tries more, and others."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_playbook(tmp_path_factory.mktemp("playbook"))


@pytest.fixture(autouse=True)
def clean(folder: Path) -> None:
    restore(folder)


def restore(folder: Path) -> None:
    """The base playbook again, and nothing else."""
    for file in folder.rglob("*.yml"):
        if file.relative_to(folder).as_posix() not in BASE:
            file.unlink()
    write_playbook(folder)


def lay_out(folder: Path, made: GeneratedPlaybook, data: st.DataObject) -> None:
    """Write the files of a playbook, each in a layout of its own."""
    restore(folder)
    write_playbook(folder, {path: data.draw(layouts(dict(fields)), label=path) for path, fields in made.files.items()})


def as_read(value: Any, name: str = "") -> Any:
    """A value as a playbook holds it: dates are text, a single id is a list."""
    if isinstance(value, dict):
        return {name: as_read(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [as_read(item) for item in value]
    if isinstance(value, datetime.date):
        return value.isoformat()
    if name == "replaced_by" and isinstance(value, str):
        return [value]
    return str(value) if name in ("from", "known_from", "to", "known_until", "published") else value


@OFTEN
@given(made=playbooks(), data=st.data())
def test_a_valid_playbook_says_what_was_written_however_it_is_laid_out_and_has_a_page_for_each_entry(
    folder: Path, made: GeneratedPlaybook, data: st.DataObject
) -> None:
    lay_out(folder, made, data)
    playbook, problems = read_playbook(folder)
    assert playbook is not None, problems_as_text(problems)
    for path, fields in made.files.items():
        value = playbook.settings if path == SETTINGS_FILE else playbook.entries[Path(path).stem]
        assert value.model_dump(mode="json", by_alias=True, exclude_unset=True) == as_read(dict(fields))
    for entry in playbook.entries.values():
        page = Renderer(playbook, entry_url(entry)).entry_page(entry)
        assert LexborHTMLParser(page).css_first("h1").text() == entry.title
        assert all(f"#{anchor}" in page for anchor in anchors_of(entry))


def anchors_of(entry: Entry) -> list[str]:
    """The sections of an entry's page that its own fields fill."""
    return [field.section.anchor for field in fields_of(type(entry)).values() if field.section and getattr(entry, field.attribute)]


@OFTEN
@given(wrong=malformed_playbooks(), data=st.data())
def test_whatever_is_wrong_is_told_in_its_place_and_told_again_when_asked_again(
    folder: Path, wrong: tuple[GeneratedPlaybook, str, bool], data: st.DataObject
) -> None:
    made, path, is_wrong = wrong
    lay_out(folder, made, data)
    faults = list(judge(folder, path))
    assert [fault for fault in faults if fault != ACCEPTED] == []
    assert not (is_wrong and ACCEPTED in faults)
    assert read_playbook(folder)[1] == read_playbook(folder)[1]


@pytest.mark.parametrize("model", [*KINDS.values(), Settings], ids=lambda model: model.__name__)
def test_every_field_of_the_schema_can_be_filled(model: type) -> None:
    world = KnownIds(BASE_IDS, {}, "own-id")
    for name, field in fields_of(model).items():
        found = values_of(field.info.annotation, tuple(field.info.metadata), world, frozenset())
        assert found is not None, f"nothing can stand at {name}"
        value = find(found, lambda _: True, settings=settings(OFTEN, max_examples=5, phases=[Phase.generate]))
        assert value is not None, name


MODELS = (*KINDS.values(), Settings, FrontMatter, ApproachFrontMatter)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_nothing_is_too_odd_to_be_checked_wherever_it_stands(model: type) -> None:
    """Every kind of value in every place of an entry that has all its fields, one at a time; and no value at all."""
    whole = {name: field.example for name, field in fields_of(model).items()}
    for path in places_in(whole):
        for odd in (*OTHER_TYPES, "x\x02y", "TODO", "# Heading", "[[unicorn]]", "unicorn", REMOVED):
            text = yaml.dump(with_changes(whole, [(path, odd)]), Dumper=yaml.CSafeDumper, allow_unicode=True, width=10_000)
            source = SourceText("x.yml", text)
            _, problems = check_source(source, model, "its-own-id")
            assert all(problem.help and problem.excerpt in ("", source.lines[problem.location.line - 1]) for problem in problems)
