"""`playbook new` begins an entry, and `check` guides its author to done.

Above: what is typed. Below: the file, and what the next check says of it.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
import yaml

from macros.authoring.new_entry import write_new_entry
from macros.schema.introspect import fields_of
from macros.schema.kinds import KINDS
from tests.support.playbooks import BASE, run_playbook, run_playbook_process, write_playbook

FIRST = {path.split("/")[1]: yaml.safe_load(text) for path, text in BASE.items() if path.count("/") == 2}
"""What the base playbook's entry of each kind says: right answers for every field."""

LATER = {"reason", "replaced_by", "formerly", "former_anchors", "reviewed"}
"""Fields of an entry that has had a life already."""


def new(folder: Path, *arguments: str) -> Path:
    """The file that `playbook new …` writes in `folder`."""
    done = run_playbook(folder, "new", *arguments)
    assert done.returncode == 0, done.stderr
    return folder / done.stdout.strip()


def problems(folder: Path, file: Path) -> list[dict]:
    return json.loads(run_playbook(folder, "check", "--format", "json", str(file.relative_to(folder))).stdout)


def test_a_new_term_is_a_file_that_explains_itself(playbook: Path) -> None:
    done = run_playbook(playbook, "new", "term", "Joint working")
    assert (done.returncode, done.stdout) == (0, "playbook_data/terms/joint-working.yml\n")
    assert done.stderr == "Open it and write over each TODO. Then type: playbook check playbook_data/terms/joint-working.yml\n"
    text = (playbook / "playbook_data/terms/joint-working.yml").read_text("utf-8")
    assert text.startswith(
        "# yaml-language-server: $schema=../schemas/terms.json\n"
        "# Term. Words and abbreviations as this playbook uses them.\n"
        "# Write over each TODO. Then type: playbook check playbook_data/terms/joint-working.yml\n"
        "\n"
    )
    assert yaml.safe_load(text) == {"title": "Joint working", "summary": "TODO", "meaning": "TODO\n"}


def test_comments_say_which_ids_there_are(playbook: Path) -> None:
    role = BASE["playbook_data/roles/delivery-team.yml"]
    write_playbook(playbook, {f"playbook_data/roles/role-{n:02}.yml": role for n in range(11)})
    lines = new(playbook, "barrier", "Doors stay locked").read_text("utf-8").splitlines()
    text = " ".join(line.removeprefix("# ") for line in lines if line.startswith("# "))
    first = ", ".join(["delivery-team", *(f"role-{n:02}" for n in range(7))])
    assert f"Ids of roles: {first}, and 4 more: see `playbook list roles`." in text
    assert "Ids of pillars: shared-aims." in text
    assert "The id of the source. One of the sources: nao." in "\n".join(lines)


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_stands_in_the_order_of_the_table_with_its_sources_last_below_a_word_on_it(kind: str) -> None:
    lines = write_new_entry(KINDS[kind], "A title", path="x.yml", ids={}).splitlines()
    names = [match[1] for line in lines if (match := re.match(r"(?:# )?([a-z_]+):", line))]
    fields = fields_of(KINDS[kind])
    required = sorted((name for name, field in fields.items() if field.is_required), key=lambda name: name == "sources")
    assert names == required + [name for name in fields if name not in required and name not in LATER]
    for number, line in enumerate(lines):
        if re.match(r"(?:# )?(?:  )*(?:- )?[a-z_]+:", line):
            assert lines[number - 1].lstrip().startswith("#"), f"nothing is said of {line}"


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_entry_has_one_problem_for_each_todo_and_filling_them_in_makes_the_check_green(playbook: Path, kind: str) -> None:
    file = new(playbook, kind, "Something new", "--id", "something-new")
    found = problems(playbook, file)
    assert len(found) == len(re.findall(r"^[^#]*\bTODO\b", file.read_text("utf-8"), re.MULTILINE)) > 0
    assert_guides(found)
    fill_in(file, found, FIRST[kind])
    done = run_playbook(playbook, "check")
    assert (done.returncode, "error[" in done.stdout) == (0, False), done.stdout


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_is_taken_out_of_its_comment_is_guided_too(playbook: Path, kind: str) -> None:
    file = new(playbook, kind, "Something new", "--id", "something-new")
    lines = file.read_text("utf-8").splitlines()
    optional = lines.index("# The fields below may be left out. To use one, take the # and the space in front of its lines away.")
    file.write_text("\n".join([*lines[:optional], *(re.sub(r"^#( |(?=#))", "", line) for line in lines[optional + 1 :]), ""]), "utf-8")
    found = problems(playbook, file)
    assert {problem["path"].partition("[")[0].partition(".")[0] for problem in found} == fields_of(KINDS[kind]).keys() - LATER - {"title"}
    assert_guides(found)


def test_an_optional_field_inside_an_item_is_taken_out_of_its_comment_in_place(playbook: Path) -> None:
    file = new(playbook, "barrier", "Doors stay locked")
    file.write_text(file.read_text("utf-8").replace("    # case: TODO", "    case: TODO"), "utf-8")
    assert "evidence[0].case" in [problem["path"] for problem in problems(playbook, file)]


def assert_guides(found: list[dict]) -> None:
    for problem in found:
        assert (problem["rule"], problem["message"]) == ("placeholder", "'TODO' stands for text that is still missing"), problem
        assert len(problem["help"]) > 10
        assert problem["end_column"] - problem["column"] == len("TODO")


def fill_in(file: Path, found: list[dict], answers: dict) -> None:
    """Writes the right answer over each `TODO`, at the place that the check names."""
    lines = file.read_text("utf-8").split("\n")
    for problem in found:
        answer = answers
        for step in re.findall(r"[a-z_]+|\d+", problem["path"]):
            answer = answer[int(step) if step.isdigit() else step]
        line, at = problem["line"] - 1, slice(problem["column"] - 1, problem["end_column"] - 1)
        assert lines[line][at] == "TODO"
        lines[line] = lines[line][: at.start] + str(answer) + lines[line][at.stop :]
    file.write_text("\n".join(lines), "utf-8")


@pytest.mark.parametrize(
    ("kind", "path", "help"),
    [
        ("pillar", "mark", "the shape that stands for the pillar everywhere; one of arch, rings, arrow"),
        ("barrier", "felt_by[0]", "an id is the name of a file in playbook_data/roles/, without .yml"),
        ("case", "period.from", "when it began, for instance `1997`"),
        ("question", "question", "the question, which makes sense on its own"),
        ("source", "publisher", "who published it"),
    ],
)
def test_help_says_what_the_field_is_for(playbook: Path, kind: str, path: str, help: str) -> None:
    found = problems(playbook, new(playbook, kind, "Something new"))
    assert help in next(problem["help"] for problem in found if problem["path"] == path)


TITLES = [
    "Plain words", "no", "1.10", "2026-01-01", "null", "Aims: shared or not", "Say 'yes' and \"no\"", "# first", "*starred*", "a #tag",
    "- a dash", "[brackets] {braces}", "Back\\slash", "Ends in colon:", "& co", "!important", "%percent", "@at", "Ünïcödé — ﬁne", "Joined up 😀",
    "<script>alert(1)</script>", "{{ 7*7 }}", "a  b\tc",
]  # fmt: skip


@pytest.mark.parametrize("title", TITLES)
def test_any_title_is_read_as_it_was_typed(playbook: Path, title: str) -> None:
    file = new(playbook, "--id", "something-new", "term", "--", title)
    assert yaml.safe_load(file.read_text("utf-8"))["title"] == " ".join(title.split())
    assert not [problem for problem in problems(playbook, file) if problem["path"] == "title"]


@pytest.mark.parametrize(
    ("title", "id"),
    [
        ("Partners cannot share data", "partners-cannot-share-data"),
        ("Don’t ask: who’s paying?", "dont-ask-whos-paying"),
        ("Crème brûlée, 2 ways", "creme-brulee-2-ways"),
        ("2 ways to pay", "ways-to-pay"),
    ],
)
def test_the_id_is_made_of_the_title(playbook: Path, title: str, id: str) -> None:
    assert new(playbook, "term", title).name == f"{id}.yml"


@pytest.mark.parametrize("kind", ["open-questions", "Open question", "open-question", "OPEN QUESTIONS"])
def test_a_kind_is_called_by_its_folder_or_by_the_name_of_one_entry(playbook: Path, kind: str) -> None:
    assert new(playbook, kind, "Who gains?").parent.name == "open-questions"


@pytest.mark.parametrize("model", KINDS.values(), ids=KINDS)
def test_every_kind_is_known_by_both_names(playbook: Path, model: type) -> None:
    for name in (model.kind.folder, model.kind.one):
        assert run_playbook(playbook, "list", name).stdout.startswith(f"{model.kind.folder}\n")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["barrier", "- doors"], 2, "No such option '- '. If that is the beginning of a text and no option, write the text last, after two"),
        (["barrier", "Doors", "--ide=doors"], 2, "No such option '--ide'. Did you mean '--id'?"),
        (["barier", "Doors"], 2, "there is no kind 'barier'; did you mean 'barrier'?"),
        (["unicorn", "Doors"], 2, "there is no kind 'unicorn'; the kinds are pillars, questions,"),
        (["barrier"], 2, "Missing argument 'TITLE'"),
        (["barrier", " \t "], 2, "the title is empty; write three to nine words in quotes"),
        (["barrier", "x" * 91], 2, "the title has 91 characters, the most is 90; shorten it by 1"),
        (["barrier", "word " * 15], 2, "the title is too long to be an id, which has up to 60 characters; choose one with --id"),
        (["barrier", "Ωμέγα"], 2, "no id can be made from 'Ωμέγα', which has no letter from a to z; choose one with --id"),
        (["barrier", "2001"], 2, "no id can be made from '2001'"),
        (["barrier", "Doors\x1b[31m"], 2, "there is an invisible character (U+001B) in the title; delete it"),
        (["barrier", "Doors \u202eback"], 2, "there is an invisible character (U+202E) in the title; delete it"),
        (["barrier", "Doors", "--id", "My Doors"], 2, "'My Doors' cannot be an id: an id has"),
        (["barrier", "Doors", "--id", "My Doors"], 2, "and has up to 60 characters; write my-doors"),
        (["barrier", "Doors", "--id", "../x"], 2, "'../x' cannot be an id: an id has"),
        (["barrier", "Doors", "--id", ""], 2, "'' cannot be an id: an id has"),
        (["barrier", "Doors", "--id", "x" * 61], 2, "cannot be an id: an id has"),
        (["barrier", "Data sharing"], 1, "the id 'data-sharing' belongs to playbook_data/barriers/data-sharing.yml; ids are never reused"),
        (["term", "Data sharing"], 1, "the id 'data-sharing' belongs to playbook_data/barriers/data-sharing.yml"),
        (["term", "Old name"], 1, "the id 'old-name' belonged to playbook_data/terms/joining-up.yml before; ids are never reused"),
        (["term", "Older name"], 1, "the id 'older-name' was in the release 1.0.0, so that others may link to it; ids are never reused"),
    ],
)
def test_what_cannot_be_made_is_refused_and_nothing_is_written(playbook: Path, arguments: list[str], code: int, said: str) -> None:
    term = playbook / "playbook_data/terms/joining-up.yml"
    term.write_text(term.read_text("utf-8") + "formerly: [old-name]\n", "utf-8")
    (playbook / "playbook_data/releases").mkdir()
    (playbook / "playbook_data/releases/1.0.0.jsonl").write_text('not JSON\n[]\n{"id": ["x"]}\n{"id": "older-name", "kind": "terms"}\n', "utf-8")
    before = snapshot(playbook)
    done = run_playbook(playbook, "new", *arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in " ".join(done.stderr.split())
    assert "\x1b" not in done.stderr
    assert snapshot(playbook) == before


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_file_that_is_there_is_never_written_over(playbook: Path) -> None:
    file = playbook / "playbook_data/terms/mandate.yaml"
    file.write_text("half an entry", "utf-8")
    done = run_playbook(playbook, "new", "term", "Mandate")
    assert (done.returncode, done.stdout) == (1, "")
    assert "the id 'mandate' belongs to playbook_data/terms/mandate.yaml" in done.stderr
    assert file.read_text("utf-8") == "half an entry"


def test_editors_offer_the_new_id_where_they_offer_ids(playbook: Path) -> None:
    new(playbook, "term", "Before there were schemas")
    assert not (playbook / "playbook_data/schemas").exists()
    assert run_playbook(playbook, "schema").returncode == 0
    new(playbook, "barrier", "Doors: 'locked'")
    assert run_playbook(playbook, "schema").stdout == "every schema is up to date\n"
    ids = json.loads((playbook / "playbook_data/schemas/ids.json").read_text("utf-8"))["$defs"]["barriers"]["defaultSnippets"]
    assert {"label": "doors-locked", "description": "Doors: 'locked'", "body": "doors-locked"} in ids


def test_an_entry_is_begun_while_others_have_problems(tmp_path: Path) -> None:
    broken = {"playbook_data/terms/mandate.yml": "formerly: [", "playbook_data/roles/sponsor.yml": b"\xff\xfe", "playbook_data/playbook.yml": "x"}
    folder = write_playbook(tmp_path, broken)
    assert "mandate" not in new(folder, "term", "Joint working").read_text("utf-8")
    assert "sponsor" in new(folder, "barrier", "Doors stay locked").read_text("utf-8")
    assert run_playbook(folder, "new", "term", "Mandate").returncode == 1


def test_the_first_entry_of_a_kind_makes_its_folder(playbook: Path) -> None:
    for file in (playbook / "playbook_data/open-questions").iterdir():
        file.unlink()
    (playbook / "playbook_data/open-questions").rmdir()
    assert new(playbook, "open question", "Who gains?").is_file()


def test_a_folder_that_cannot_be_made_is_told_in_one_line(playbook: Path) -> None:
    (playbook / "playbook_data/terms/joining-up.yml").unlink()
    (playbook / "playbook_data/terms").rmdir()
    (playbook / "playbook_data").chmod(0o555)
    done = run_playbook_process(playbook, "new", "term", "Joint working")
    (playbook / "playbook_data").chmod(0o755)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "Error: cannot use playbook_data/terms: permission denied\n")


def test_what_cannot_be_written_is_told_in_one_line(playbook: Path) -> None:
    (playbook / "playbook_data/terms").chmod(0o555)
    done = run_playbook_process(playbook, "new", "term", "Joint working")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "Error: the folder of playbook_data/terms/joint-working.yml may not be written; nothing is changed\n"
    assert [file.name for file in (playbook / "playbook_data/terms").iterdir()] == ["joining-up.yml"]


def test_a_kind_s_folder_that_leads_elsewhere_is_not_written_to(playbook: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (playbook / "playbook_data/terms/joining-up.yml").unlink()
    (playbook / "playbook_data/terms").rmdir()
    (playbook / "playbook_data/terms").symlink_to(elsewhere)
    done = run_playbook(playbook, "new", "term", "Joint working")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "Error: 'playbook_data/terms' is not a folder of this playbook; nothing is changed\n"
    assert [*elsewhere.iterdir()] == []


def test_a_new_file_may_be_read_by_everybody_that_may_read_others(playbook: Path) -> None:
    umask = os.umask(0)
    os.umask(umask)
    assert new(playbook, "term", "Joint working").stat().st_mode & 0o777 == 0o666 & ~umask


def test_the_path_and_the_next_command_are_seen_from_where_one_stands(playbook: Path) -> None:
    inside = run_playbook(playbook / "playbook_data/terms", "new", "term", "Joint working")
    assert (inside.stdout, inside.stderr.split(": ")[1]) == ("joint-working.yml\n", "playbook check joint-working.yml\n")
    outside = run_playbook(playbook.parent, "-C", playbook.name, "new", "role", "Sponsor")
    assert outside.stdout == f"{playbook.name}/playbook_data/roles/sponsor.yml\n"
    command = outside.stderr.split(": ")[1].split()
    assert run_playbook(playbook.parent, *command[1:]).stdout.count("error[placeholder]") == 3


def test_a_list_of_ids_that_cannot_be_read_is_told(playbook: Path) -> None:
    run_playbook(playbook, "schema")
    ids = playbook / "playbook_data/schemas/ids.json"
    ids.chmod(0)
    done = run_playbook_process(playbook, "new", "term", "Joint plan")
    assert (done.returncode, done.stderr) == (1, "Error: cannot use playbook_data/schemas/ids.json: permission denied\n")
    assert not (playbook / "playbook_data/terms/joint-plan.yml").exists()
