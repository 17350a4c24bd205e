"""What a contributor's editor completes, explains and underlines: the real yaml-language-server, set up by this repository's own files alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from macros.authoring.editor_schemas import kind_schemas
from macros.files.read import read_files
from macros.schema.kinds import KINDS
from tests.support.language_server import LanguageServer, language_server
from tests.support.playbooks import BASE, changed, run_playbook, write_playbook
from tests.support.sites import PROJECT

pytestmark = pytest.mark.slow

SETTINGS = json.loads((PROJECT / ".vscode" / "settings.json").read_text("utf-8"))
BARRIER = "playbook_data/barriers/data-sharing.yml"
QUESTION = "playbook_data/questions/permission.yml"
FACTS = "playbook_data/playbook.yml"
START = "title: Locked doors\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A playbook whose schemas were written by the command, with one barrier more."""
    locked = BASE[BARRIER].replace("Data stays apart", "Doors stay locked")
    folder = write_playbook(tmp_path_factory.mktemp("editor"), {"playbook_data/barriers/locked-doors.yml": locked})
    assert run_playbook(folder, "schema").returncode == 0
    return folder


@pytest.fixture(scope="module")
def editor(folder: Path) -> Iterator[LanguageServer]:
    with language_server(folder, SETTINGS) as server:
        yield server


def completed(server: LanguageServer, path: str, text: str) -> list[str]:
    return sorted(server.completions(path, text))


# completion


def test_an_empty_file_is_offered_every_field_and_a_whole_entry(editor: LanguageServer) -> None:
    offered = editor.completions(BARRIER, "|")
    assert {"title", "summary", "problem", "felt_by", "evidence", "status", "tags"} <= offered.keys()
    whole = offered["Barrier"]["insertText"]
    assert [line.partition(":")[0] for line in whole.splitlines() if line[0] not in " -"] == [
        "title",
        "summary",
        "problem",
        "signs",
        "felt_by",
        "hits",
        "evidence",
        "sources",
    ]


def test_fields_that_are_there_are_not_offered_again(editor: LanguageServer) -> None:
    assert "title" not in editor.completions(BARRIER, f"{START}|")
    assert "summary" in editor.completions(BARRIER, f"{START}|")


def test_a_field_is_offered_with_what_it_is_for(editor: LanguageServer) -> None:
    offered = editor.completions(BARRIER, f"{START}fe|")
    assert offered["felt_by"]["documentation"] == "Roles that run into it."
    assert offered["felt_by"]["insertText"] == "felt_by:\n  - ${1}"


@pytest.mark.parametrize("written", ["hits: [|]", "hits: [sh|]", "hits:\n  - |", "hits:\n  - sh|"])
def test_ids_of_the_right_kind_are_offered(editor: LanguageServer, written: str) -> None:
    assert completed(editor, BARRIER, f"{START}{written}\n") == ["shared-aims"]


def test_an_id_is_offered_with_the_title_of_its_entry(editor: LanguageServer) -> None:
    offered = editor.completions("playbook_data/insights/shared-space.yml", f"{START}eases: [|]\n")
    assert {id: item["documentation"] for id, item in offered.items()} == {"data-sharing": "Data stays apart", "locked-doors": "Doors stay locked"}


def test_an_id_inside_a_list_of_facts_is_offered(editor: LanguageServer) -> None:
    assert "nao" in editor.completions(BARRIER, f"{START}evidence:\n  - source: |\n")
    assert "nao" in editor.completions(BARRIER, f"{START}evidence: [{{source: |}}]\n")
    assert "delivery-team" in editor.completions(FACTS, "review_kinds:\n  cases: {by: |}\n")


def test_where_any_entry_may_be_named_all_are_offered_with_their_kind(editor: LanguageServer) -> None:
    offered = editor.completions("playbook_data/terms/joining-up.yml", f"{START}see: [|]\n")
    assert len(offered) == len(BASE)  # the facts are no entry, and there is one barrier more
    assert offered["who-pays"]["documentation"] == "Who pays? (open-questions)"


def test_words_of_a_fixed_list_are_offered(editor: LanguageServer) -> None:
    assert completed(editor, BARRIER, f"{START}status: |\n") == ["current", "draft", "withdrawn"]
    assert completed(editor, FACTS, "state: |\n") == ["active", "archived", "unmaintained"]


def test_the_fields_of_a_part_are_offered(editor: LanguageServer) -> None:
    assert {"source", "at", "claim", "case"} <= editor.completions(BARRIER, f"{START}evidence:\n  - |\n").keys()


def test_a_new_entry_is_offered_as_soon_as_the_schemas_are_written_again(tmp_path: Path) -> None:
    folder = write_playbook(tmp_path)
    run_playbook(folder, "schema")
    with language_server(folder, SETTINGS) as server:
        assert completed(server, BARRIER, "hits: [|]\n") == ["shared-aims"]
        (folder / "playbook_data/pillars/trust.yml").write_text(
            BASE["playbook_data/pillars/shared-aims.yml"].replace("Shared aims", "Trust"), "utf-8"
        )
        assert run_playbook(folder, "schema").stdout == "playbook_data/schemas/ids.json\n"
        ids = (folder / "playbook_data/schemas/ids.json").as_uri()
        server.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": ids, "type": 2}]})
        assert completed(server, BARRIER, "hits: [|]\n") == ["shared-aims", "trust"]


# hover


def test_a_field_is_explained_with_title_description_and_example(editor: LanguageServer) -> None:
    assert editor.hover(BARRIER, "felt|_by: [delivery-team]\n") == (
        "#### Felt by\n\nRoles that run into it.\n\nExample:\n\n```yaml\n- delivery-team\n- front-line\n```\n"
    )


def test_a_field_inside_another_is_explained(editor: LanguageServer) -> None:
    assert editor.hover(BARRIER, "evidence:\n  - source: nao\n    cla|im: Few shared data.\n") == (
        "#### Claim\n\nOne fact, in your own words. It may hold Markdown.\n\nExample:\n\n"
        "```yaml\nMost staff said that data protection rules held back joint plans.\n```\n"
    )
    assert editor.hover(BARRIER, "figures: [{before: {val|ue: 1}}]\n").startswith("#### Value\n\nThe number alone, in the same unit.\n")
    assert editor.hover("playbook_data/cases/one-front-door.yml", "period: {fr|om: 1997}\n").startswith("#### From\n\nWhen it began.\n")


def test_an_id_is_explained_whether_it_is_known_or_not(editor: LanguageServer) -> None:
    for id in ("shared-aims", "not-yet-there"):
        assert editor.hover(BARRIER, f"hits: [|{id}]\n").startswith("#### Id of a pillar\n\nThe id of a pillar: the name of its file in ")


@pytest.mark.parametrize("path", [path for path in BASE if path != FACTS])
def test_every_field_of_every_kind_is_explained(editor: LanguageServer, path: str) -> None:
    model = KINDS[path.split("/")[1]]
    for line in BASE[path].splitlines():
        shown = editor.hover(path, BASE[path].replace(f"{line}\n", f"{line[:1]}|{line[1:]}\n"))
        name = line.partition(":")[0]
        assert shown.startswith(f"#### {name.replace('_', ' ').capitalize()}\n\n"), model
        assert "\n\nExample:\n\n" in shown


# red lines


def test_no_entry_of_this_playbook_has_a_red_line(folder: Path) -> None:
    files = {file.path: file.data.decode() for file in read_files(PROJECT)[0]}
    assert len(files) > 150
    with language_server(PROJECT, SETTINGS) as server:
        found = server.all_red_lines(files)
        assert server.red_lines(BARRIER, f"{files[BARRIER]}colour: red\n") != []
    assert {path: lines for path, lines in found.items() if lines} == {}


RED = {
    "a field that is not there": (BARRIER, "signs:", "colour: red\nsigns:", [("colour", "Property colour is not allowed.")]),
    "a field that is misspelt inside another": (
        BARRIER,
        "claim: F",
        "cliam: F",
        [("{", 'Missing property "claim".'), ("cliam", "Property cliam is not allowed.")],
    ),
    "a field that is missing": (BARRIER, "hits: [shared-aims]\n", "", [("t", 'Missing property "hits".')]),
    "a number for text": (BARRIER, "title: Data stays apart", "title: 2026", [("2026", 'Incorrect type. Expected "string".')]),
    "an id for a list": (BARRIER, "hits: [shared-aims]", "hits: shared-aims", [("shared-aims", 'Incorrect type. Expected "array".')]),
    "an empty list": (BARRIER, "[People tell their story again]", "[]", [("[]", "Array has too few items. Expected 1 or more.")]),
    "a title that is too long": (
        BARRIER,
        "title: Data stays apart",
        f"title: {'x' * 91}",
        [("x" * 91, "String is longer than the maximum length of 90.")],
    ),
    "a word that is not among those allowed": (
        BARRIER,
        "signs:",
        "status: curent\nsigns:",
        [("curent", 'Value is not accepted. Valid values: "draft", "current", "withdrawn".')],
    ),
    "what cannot be an id": (
        BARRIER,
        "hits: [shared-aims]",
        "hits: [Shared aims]",
        [("Shared aims", "An id has lower-case letters, digits and single hyphens, and begins with a letter.")],
    ),
    "what is no full date": (
        BARRIER,
        "signs:",
        "reviewed: {on: 2026-13-01, by: delivery-team, outcome: Both facts still stand}\nsigns:",
        [("2026-13-01", "Write year-month-day, such as 2026-11-20.")],
    ),
    "a reason without being withdrawn": (BARRIER, "signs:", "reason: It is old\nsigns:", [("It is old", "Only a withdrawn entry has a reason.")]),
    "what was withdrawn without a reason": (BARRIER, "signs:", "status: withdrawn\nsigns:", [("t", 'Missing property "reason".')]),
    "no mail address": (FACTS, "contact: lab@example.org", "contact: the lab", [("the lab", "Write an email address: name@host.")]),
}


@pytest.mark.parametrize(("path", "old", "new", "lines"), RED.values(), ids=RED)
def test_what_is_wrong_is_underlined(editor: LanguageServer, path: str, old: str, new: str, lines: list[tuple[str, str]]) -> None:
    assert editor.red_lines(path, changed(path, old, new)[path]) == lines


def test_what_the_check_accepts_is_not_underlined(editor: LanguageServer) -> None:
    dates = changed("playbook_data/cases/one-front-door.yml", "{from: 1999, to: 2001}", "{from: 2001-12-07, known_until: 2002-01}")
    review = changed(BARRIER, "signs:", "reviewed:\n  on: 2026-11-20\n  by: delivery-team\n  outcome: Both facts still stand\nsigns:")
    unknown = changed(QUESTION, "reveals: [data-sharing]", "reveals: [written-a-minute-ago]")
    withdrawn = changed("playbook_data/terms/joining-up.yml", "see:", "status: withdrawn\nreason: It is gone\nreplaced_by: null\nsee:")
    texts = {**BASE, **dates, **review, **unknown, **withdrawn}
    assert editor.all_red_lines(texts) == {path: [] for path in texts}


# how an editor finds the schemas


def test_the_settings_name_the_schema_of_every_kind() -> None:
    assert SETTINGS["yaml.schemas"].keys() == kind_schemas().keys()
    for kind in KINDS:
        assert SETTINGS["yaml.schemas"][f"playbook_data/schemas/{kind}.json"] == f"playbook_data/{kind}/*.yml"


def test_the_editor_neither_lays_files_out_anew_nor_asks_another_host() -> None:
    assert SETTINGS["yaml.format.enable"] is False
    assert SETTINGS["yaml.schemaStore.enable"] is False
    extensions = json.loads((PROJECT / ".vscode" / "extensions.json").read_text("utf-8"))
    assert extensions["recommendations"] == ["redhat.vscode-yaml"]


def test_any_editor_finds_the_schema_by_the_first_line_of_a_file(folder: Path) -> None:
    with language_server(folder, {"yaml.schemaStore.enable": False}) as server:
        line = "# yaml-language-server: $schema=../schemas/barriers.json\n"
        assert server.red_lines(BARRIER, f"{line}{BASE[BARRIER]}") == []
        assert server.red_lines(BARRIER, f"{line}{BASE[BARRIER]}colour: red\n") == [("colour", "Property colour is not allowed.")]
        assert completed(server, BARRIER, f"{line}hits: [|]\n") == ["shared-aims"]


def test_a_new_file_begins_with_that_line(tmp_path: Path) -> None:
    folder = write_playbook(tmp_path)
    assert run_playbook(folder, "new", "barrier", "Doors stay locked").returncode == 0
    text = (folder / "playbook_data/barriers/doors-stay-locked.yml").read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=../schemas/barriers.json\n")


def test_the_server_is_what_it_was_when_it_was_locked_wherever_it_comes_from() -> None:
    lock = json.loads((PROJECT / "tests" / "editor" / "package-lock.json").read_text("utf-8"))
    packages = [package for path, package in lock["packages"].items() if path]
    assert len(packages) > 10
    assert all(package["integrity"].startswith("sha512-") and "resolved" not in package for package in packages)
