"""The schemas that editors read follow the kinds, explain every field, and refuse nothing that the check accepts."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter
from referencing import Registry, Resource

from macros.authoring.editor_schemas import SCHEMAS_FOLDER, ids_file, kind_schemas, schemas
from macros.authoring.ids import read_titles, titles_of
from macros.files.read import read_files
from macros.playbook.checks.fields import _flow
from macros.playbook.load import load_playbook
from macros.schema.approach import ApproachFrontMatter
from macros.schema.file_models import TOP_MODELS
from macros.schema.front_matter import FrontMatter
from macros.schema.introspect import Field, all_fields, fields_of
from macros.schema.json_schema import model_schema
from macros.schema.kinds import KINDS
from macros.yamlfile.reader import parse_yaml
from macros.yamlfile.source import decode
from tests.support.exports import real_playbook
from tests.support.playbooks import BASE, changed, run_playbook, write_playbook
from tests.support.sites import PROJECT

BARRIER = "playbook_data/barriers/data-sharing.yml"
CASE = "playbook_data/cases/one-front-door.yml"
FACTS = "playbook_data/playbook.yml"
MODELS = {**KINDS, **TOP_MODELS}
SCHEMAS = {name: model_schema(model) for name, model in MODELS.items()}
IDS = json.loads(ids_file({}, ()))


def every_field() -> Iterator[tuple[str, str, Field]]:
    """Each field of each model, also inside others and of pages written by hand, with the name of its model and its own name."""
    found = [FrontMatter, ApproachFrontMatter, *MODELS.values()]
    for model in found:
        for name, field in fields_of(model).items():
            yield f"{model.__name__}.{name}", name, field
            if field.model and field.model not in found:
                found.append(field.model)


def every_object() -> Iterator[tuple[str, dict[str, Any]]]:
    for name, schema in SCHEMAS.items():
        yield name, schema
        yield from ((f"{name}.{part}", value) for part, value in schema["$defs"].items())


def validator(name: str) -> Draft202012Validator:
    registry = Registry().with_resource("ids.json", Resource.from_contents(IDS))
    return Draft202012Validator(SCHEMAS[name], registry=registry, format_checker=Draft202012Validator.FORMAT_CHECKER)


def as_editors_read(value: Any) -> Any:
    """The value of a file as YAML 1.2 has it: a date is text."""
    if isinstance(value, dict):
        return {name: as_editors_read(item) for name, item in value.items()}
    if isinstance(value, list):
        return [as_editors_read(item) for item in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def refusals(path: str, text: str) -> list[str]:
    """The fields that the schema of the file at `path` refuses, in their order."""
    name = path.split("/")[1].removesuffix(".yml")
    value = as_editors_read(parse_yaml(decode(path, text.encode()))[0])
    if value is None:
        return []  # editors say nothing of a comment alone
    found = [".".join(map(str, error.absolute_path)) or error.validator for error in validator(name).iter_errors(value)]
    return [*dict.fromkeys(found)]


def test_the_schemas_in_the_repository_follow_the_kinds() -> None:
    written = {path: (PROJECT / path).read_bytes() for path in kind_schemas()}
    assert written == kind_schemas(), "type `playbook schema`"


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one(name: str) -> None:
    assert SCHEMAS[name]["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    Draft202012Validator.check_schema(SCHEMAS[name])
    Draft202012Validator.check_schema(IDS)


@pytest.mark.parametrize(("name", "schema"), [*every_object()], ids=[name for name, _ in every_object()])
def test_every_field_has_a_title_a_description_and_an_example(name: str, schema: dict[str, Any]) -> None:
    for field in schema["properties"].values():
        assert field["title"][0].isupper()
        assert field["description"].endswith(".")
        assert len(field["description"].split()) > 1
        assert field["examples"]


@pytest.mark.parametrize(("name", "schema"), [*every_object()], ids=[name for name, _ in every_object()])
def test_every_object_takes_its_own_fields_alone(name: str, schema: dict[str, Any]) -> None:
    assert schema["type"] == "object"
    assert schema["additionalProperties"] is False
    assert set(schema.get("required", ())) <= schema["properties"].keys()
    assert "id" not in schema["properties"]


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_has_the_fields_of_its_model_and_requires_the_same(name: str) -> None:
    fields = fields_of(MODELS[name])
    assert SCHEMAS[name]["properties"].keys() == fields.keys()
    assert set(SCHEMAS[name].get("required", ())) == {field for field in fields if fields[field].is_required}


def test_names_are_told_in_plain_words() -> None:
    titles = {name: field["title"] for schema in SCHEMAS.values() for name, field in schema["properties"].items()}
    assert (titles["felt_by"], titles["try"], titles["review_every_months"]) == ("Felt by", "Try", "Review every months")
    assert SCHEMAS["open-questions"]["title"] == "Open question"


def test_a_field_says_where_readers_see_it_and_whether_it_may_hold_markdown() -> None:
    fields = SCHEMAS["barriers"]["properties"]
    assert fields["problem"]["description"].endswith(" Readers see it under “Why it gets in the way”. It may hold Markdown.")
    assert fields["signs"]["description"].endswith(" Each item may hold Markdown.")
    assert fields["title"]["description"] == "Three to nine words that make the point."


@pytest.mark.parametrize(("name", "field"), [(name, field) for name, _, field in every_field()], ids=[name for name, *_ in every_field()])
def test_every_example_is_valid(name: str, field: Any) -> None:
    for example in field.info.examples:
        TypeAdapter(field.model or field.info.annotation if isinstance(example, dict) else field.info.rebuild_annotation()).validate_python(example)


@pytest.mark.parametrize(("key", "field"), [(key, field) for _, key, field in every_field()], ids=[name for name, *_ in every_field()])
def test_every_example_can_be_copied_from_a_message(key: str, field: Any) -> None:
    shown = f"{key}: {_flow(field.example)}"
    assert as_editors_read(parse_yaml(decode("", shown.encode()))[0]) == {key: field.example}
    assert len(shown) <= 140


def test_examples_name_entries_of_this_playbook() -> None:
    entries = real_playbook().entries
    for model in MODELS.values():
        for field in all_fields(model):
            if field.relation and len(field.steps) == 1:
                assert entries[field.example].kind.folder == field.relation.to or field.relation.to is None
            elif field.relation and field.steps[1:] == (None,):
                assert all(id in entries for id in field.example)


@pytest.mark.parametrize(("name", "schema"), [*every_object()], ids=[name for name, _ in every_object()])
def test_examples_are_valid_for_their_schema_too(name: str, schema: dict[str, Any]) -> None:
    registry = Registry().with_resource("ids.json", Resource.from_contents(IDS))
    parts = SCHEMAS[name.partition(".")[0]]["$defs"]
    for field in schema["properties"].values():
        for example in field["examples"]:
            assert [*Draft202012Validator({**field, "$defs": parts}, registry=registry).iter_errors(example)] == []


@pytest.mark.parametrize("path", BASE)
def test_a_file_that_the_check_accepts_is_valid(path: str) -> None:
    assert refusals(path, BASE[path]) == []


def test_every_file_of_this_playbook_is_valid() -> None:
    files = read_files(PROJECT)[0]
    assert len(files) > 150
    assert {file.path: found for file in files if (found := refusals(file.path, file.data.decode()))} == {}


ACCEPTED = {
    "a date in full": (CASE, "period: {from: 1999, to: 2001}", "period: {from: 1999-01-02, to: 2001-12-07}"),
    "a month": (CASE, "period: {from: 1999, to: 2001}", "period: {from: 1999-01, known_until: '2001-12'}"),
    "a year in quotes": (CASE, "period: {from: 1999, to: 2001}", "period: {from: '1999'}"),
    "one id in the place of a list": (BARRIER, "signs:", "status: withdrawn\nreason: It is gone\nreplaced_by: shared-space\nsigns:"),
    "a list of ids": (BARRIER, "signs:", "status: withdrawn\nreason: It is gone\nreplaced_by: [shared-space]\nsigns:"),
    "nothing in the place of what was withdrawn": (BARRIER, "signs:", "status: withdrawn\nreason: It is gone\nreplaced_by: null\nsigns:"),
    "an id that nobody has heard of": (BARRIER, "hits: [shared-aims]", "hits: [not-yet-in-the-list]"),
    "a list without an item": (BARRIER, "signs:", "figures: []\nsigns:"),
    "a text over several lines": (BARRIER, "problem: Each partner holds a part of the story.", "problem: |\n  Each holds a part.\n\n  - A list"),
    "a long title on two lines": (BARRIER, "title: Data stays apart", "title: >-\n  Data stays\n  apart"),
    "a number with a fraction": (BARRIER, "signs:", "figures: [{name: a, value: 1.5, unit: £, measures: A cost, source: nao, at: para 1}]\nsigns:"),
    "a review": (BARRIER, "signs:", "reviewed: {on: 2026-11-20, by: delivery-team, outcome: Both facts still stand}\nsigns:"),
    "a closed playbook": (FACTS, "lab: A lab", "lab: A lab\nstate: archived\nreason: The lab has closed.\nsuccessor: https://example.org/"),
}


@pytest.mark.parametrize(("path", "old", "new"), ACCEPTED.values(), ids=ACCEPTED)
def test_what_the_check_accepts_is_valid(tmp_path: Path, path: str, old: str, new: str) -> None:
    files = changed(path, old, new)
    assert refusals(path, files[path]) == []
    rules = [problem["rule"] for problem in json.loads(run_playbook(write_playbook(tmp_path, files), "check", "--format", "json").stdout)]
    assert set(rules) <= {"unknown-id", "barrier-not-eased", "orphan", "insight-idle", "case-shows-nothing", "question-leads-nowhere"}


REFUSED = {
    "a field that is not there": (BARRIER, "signs:", "sings: [x]\nsigns:", ["additionalProperties"]),
    "a field that is misspelt inside another": (BARRIER, "claim: Few", "cliam: Few", ["evidence.0"]),
    "a field that is missing": (BARRIER, "hits: [shared-aims]\n", "", ["required"]),
    "a number for text": (BARRIER, "title: Data stays apart", "title: 2026", ["title"]),
    "nothing for text": (BARRIER, "title: Data stays apart", "title:", ["title"]),
    "no words": (BARRIER, "title: Data stays apart", "title: ' '", ["title"]),
    "a line break in a title": (BARRIER, "title: Data stays apart", "title: |-\n  Data\n  stays", ["title"]),
    "text for a list": (BARRIER, "signs: [People tell their story again]", "signs: People tell it again", ["signs"]),
    "an empty list": (BARRIER, "signs: [People tell their story again]", "signs: []", ["signs"]),
    "a title that is too long": (BARRIER, "title: Data stays apart", f"title: {'x' * 91}", ["title"]),
    "a word that is not among those allowed": (BARRIER, "signs:", "status: curent\nsigns:", ["status"]),
    "what cannot be an id": (BARRIER, "hits: [shared-aims]", "hits: [Shared aims]", ["hits.0"]),
    "an id twice": (BARRIER, "hits: [shared-aims]", "hits: [shared-aims, shared-aims]", ["hits"]),
    "an id for a list": (BARRIER, "hits: [shared-aims]", "hits: shared-aims", ["hits"]),
    "what is no date": (CASE, "from: 1999", "from: about 1999", ["period.from"]),
    "a month for a day": (BARRIER, "signs:", "reviewed: {on: 2026-11, by: delivery-team, outcome: Fine}\nsigns:", ["reviewed.on"]),
    "fields that hold nothing": (CASE, "period: {from: 1999, to: 2001}", "period: {}", ["period"]),
    "text for a number": (BARRIER, "signs:", "order: first\nsigns:", ["order"]),
    "what was withdrawn without a reason": (BARRIER, "signs:", "status: withdrawn\nsigns:", ["required"]),
    "a reason without being withdrawn": (BARRIER, "signs:", "reason: It is old\nsigns:", ["reason"]),
    "a successor without being withdrawn": (BARRIER, "signs:", "replaced_by: [shared-space]\nsigns:", ["replaced_by"]),
    "no web address": (FACTS, 'url: "https://creativecommons.org/licenses/by/4.0/"', "url: creativecommons.org", ["licence.url"]),
    "no mail address": (FACTS, "contact: lab@example.org", "contact: the lab", ["contact"]),
    "a closed playbook without a reason": (FACTS, "lab: A lab", "lab: A lab\nstate: archived", ["required"]),
    "an open playbook with a successor": (FACTS, "lab: A lab", "lab: A lab\nsuccessor: https://example.org/", ["successor"]),
    "a rhythm out of reach": (FACTS, "lab: A lab", "lab: A lab\nreview_every_months: 0", ["review_every_months"]),
}


@pytest.mark.parametrize(("path", "old", "new", "fields"), REFUSED.values(), ids=REFUSED)
def test_what_the_check_refuses_for_its_shape_is_not_valid(tmp_path: Path, path: str, old: str, new: str, fields: list[str]) -> None:
    files = changed(path, old, new)
    assert refusals(path, files[path]) == fields
    done = run_playbook(write_playbook(tmp_path, files), "check", "--format", "json", path)
    assert [problem for problem in json.loads(done.stdout) if problem["severity"] == "error"]


def test_every_pattern_says_in_words_what_to_write() -> None:
    def patterns(value: Any) -> Iterator[dict[str, Any]]:
        if isinstance(value, dict):
            yield from (value for _ in range("pattern" in value and isinstance(value["pattern"], str)))
            value = [*value.values()]
        for item in value if isinstance(value, list) else ():
            yield from patterns(item)

    found = [*patterns([*SCHEMAS.values(), IDS])]
    assert len(found) > 100
    assert all(value["patternErrorMessage"].endswith(".") for value in found)


def test_ids_are_suggestions_one_a_line(playbook: Path) -> None:
    made = ids_file(titles_of(load_playbook(playbook).entries.values()), ("Money and risk",))
    ids = json.loads(made)["$defs"]
    assert ids["barriers"]["defaultSnippets"] == [{"label": "data-sharing", "description": "Data stays apart", "body": "data-sharing"}]
    assert [row["description"] for row in ids["any"]["defaultSnippets"]][:2] == ["Data stays apart (barriers)", "Decide (stages)"]
    assert '\n        {"label": "nao", ' in made.decode()
    assert not any("enum" in kind or "anyOf" in kind for kind in ids.values())


def test_the_command_writes_every_schema_and_says_so_once(playbook: Path) -> None:
    first, second = run_playbook(playbook, "schema"), run_playbook(playbook, "schema")
    paths = [*kind_schemas(), f"{SCHEMAS_FOLDER}/ids.json"]
    assert (first.returncode, first.stdout.splitlines(), first.stderr) == (0, paths, "")
    assert (second.returncode, second.stdout) == (0, "every schema is up to date\n")
    assert {path: (playbook / path).read_bytes() for path in paths} == schemas(read_titles(playbook), ())
    assert run_playbook(playbook, "check").stdout == "no problems\n"


def test_the_command_writes_what_is_out_of_step_and_leaves_the_rest(playbook: Path) -> None:
    run_playbook(playbook, "schema")
    (playbook / f"{SCHEMAS_FOLDER}/terms.json").write_text("{}", "utf-8")
    before = (playbook / f"{SCHEMAS_FOLDER}/roles.json").stat().st_mtime_ns
    assert run_playbook(playbook, "schema").stdout == f"{SCHEMAS_FOLDER}/terms.json\n"
    assert (playbook / f"{SCHEMAS_FOLDER}/roles.json").stat().st_mtime_ns == before


def test_a_playbook_with_problems_gets_its_schemas_too(tmp_path: Path) -> None:
    broken = {"playbook_data/terms/mandate.yml": "title: [", "playbook_data/roles/sponsor.yml": "title: Sponsor\n"}
    folder = write_playbook(tmp_path, broken)
    assert run_playbook(folder, "schema").returncode == 0
    ids = json.loads((folder / f"{SCHEMAS_FOLDER}/ids.json").read_text("utf-8"))["$defs"]
    assert [(row["label"], row["description"]) for row in ids["terms"]["defaultSnippets"]] == [("joining-up", "Joining up"), ("mandate", "mandate")]
    assert [(row["label"], row["description"]) for row in ids["roles"]["defaultSnippets"]][1] == ("sponsor", "Sponsor")


@pytest.mark.parametrize("written", ["title: Mandate", 'title: "Mandate"', "title: >-\n  Mandate", "title:\n  Mandate", "title: 'Mandate' # a word"])
def test_a_title_is_read_however_it_is_written_and_whatever_stands_below(tmp_path: Path, written: str) -> None:
    folder = write_playbook(tmp_path, {"playbook_data/terms/mandate.yml": f"# A term\n{written}\n\nsummary: [\n"})
    assert read_titles(folder)["terms"] == {"joining-up": "Joining up", "mandate": "Mandate"}


def test_titles_are_the_same_whether_files_or_entries_are_asked() -> None:
    assert read_titles(PROJECT) == titles_of(real_playbook().entries.values())


def test_a_check_of_the_schemas_writes_nothing_and_names_the_command(playbook: Path) -> None:
    missing = run_playbook(playbook, "schema", "--check")
    assert missing.returncode == 1
    assert missing.stdout.startswith(f"{SCHEMAS_FOLDER}/pillars.json is missing\n")
    assert not (playbook / SCHEMAS_FOLDER).exists()
    run_playbook(playbook, "schema")
    assert run_playbook(playbook, "schema", "--check").stdout == "every schema is up to date\n"
    (playbook / f"{SCHEMAS_FOLDER}/terms.json").write_text("{}", "utf-8")
    done = run_playbook(playbook, "schema", "--check")
    assert (done.returncode, done.stdout) == (1, f"{SCHEMAS_FOLDER}/terms.json is out of step\nto update them, type: playbook schema\n")
    assert (playbook / f"{SCHEMAS_FOLDER}/terms.json").read_text("utf-8") == "{}"


def test_suggestions_that_lack_an_entry_are_no_problem(playbook: Path) -> None:
    run_playbook(playbook, "schema")
    (playbook / "playbook_data/terms/mandate.yml").write_text("title: Mandate\nsummary: S\nmeaning: M\n", "utf-8")
    done = run_playbook(playbook, "schema", "--check")
    assert (done.returncode, done.stdout) == (
        0,
        f"{SCHEMAS_FOLDER}/ids.json is behind the entries, which is not a problem\nto update them, type: playbook schema\n",
    )


def test_schemas_are_never_written_through_a_link(playbook: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (playbook / SCHEMAS_FOLDER).symlink_to(tmp_path / "elsewhere")
    done = run_playbook(playbook, "schema")
    assert (done.returncode, done.stdout) == (1, "")
    assert "is not a folder of this playbook; nothing is changed" in done.stderr
    assert [*(tmp_path / "elsewhere").iterdir()] == []
