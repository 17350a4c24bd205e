"""What `playbook` prints for what is typed, and its exit code: 0 fine, 1 problems, 2 used wrongly."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from macros.cli.main import COMMANDS
from macros.playbook.load import load_playbook
from macros.schema.kinds import KINDS
from macros.site.addresses import ADDRESSES_FILE, addresses_file
from macros.site.exports.files import all_files
from macros.site.exports.published import Published
from macros.site.ledger.ledger import read_ledger
from tests.support.playbooks import BASE, COMMAND, SECONDS, changed, run_playbook, run_playbook_process, write_playbook

TERM = "playbook_data/terms/mandate.yml"
BROKEN = {
    TERM: "title: no\nsummary: The right to act.\nmeaning: Somebody said yes.\n",
    "playbook_data/roles/sponsor.yml": "title: Sponsor\nsummary: S\nabout: A\n",
}

GAPS = {
    "playbook_data/barriers/locked-doors.yml": BASE["playbook_data/barriers/data-sharing.yml"].replace("Data stays apart", "Doors stay locked"),
    "playbook_data/roles/sponsor.yml": "title: Sponsor\nsummary: S\nabout: A\ndoes: [Say yes]\n",
}


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A playbook with two problems in two files."""
    return write_playbook(tmp_path, BROKEN)


@pytest.fixture
def incomplete(tmp_path: Path) -> Path:
    """A playbook without errors that lacks two things."""
    return write_playbook(tmp_path, GAPS)


def test_check_without_problems_says_so_and_exits_with_0(playbook: Path) -> None:
    done = run_playbook(playbook, "check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "no problems\n", "")


@pytest.mark.parametrize("typed", ["check", "check --strict --format github", "list terms", "show unicorn", "chek", "rename x"])
@pytest.mark.slow
def test_the_program_says_what_these_tests_hear_in_their_own_process(broken: Path, typed: str) -> None:
    inside, program = (run(broken, *typed.split(), environment={"COLUMNS": "80"}) for run in (run_playbook, run_playbook_process))
    assert (inside.returncode, inside.stdout, inside.stderr) == (program.returncode, program.stdout, program.stderr)


def test_check_with_problems_shows_all_and_exits_with_1(broken: Path) -> None:
    done = run_playbook(broken, "check")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == (
        "playbook_data/roles/sponsor.yml:1:1: error[missing-field] 'does' is missing\n"
        "  help: add `does:` - what they alone can do, for instance `does: [Show leaders what gets in the way.]`\n"
        f"{TERM}:1:8: error[not-text] title: expected text, found yes/no (false)\n"
        "    1 | title: no\n"
        "      |        ^^\n"
        '  help: put it in quotes: "no"\n'
        "2 problems in 2 files\n"
    )


def test_check_for_machines_is_a_list_with_exactly_these_keys(broken: Path) -> None:
    done = run_playbook(broken, "check", "--format", "json")
    assert (done.returncode, done.stderr) == (1, "")
    assert json.loads(done.stdout)[1] == {
        "file": TERM,
        "line": 1,
        "column": 8,
        "end_line": 1,
        "end_column": 10,
        "severity": "error",
        "rule": "not-text",
        "path": "title",
        "message": "expected text, found yes/no (false)",
        "help": 'put it in quotes: "no"',
    }


def test_check_for_machines_without_problems_is_an_empty_list(playbook: Path) -> None:
    done = run_playbook(playbook, "check", "--format", "json")
    assert (done.returncode, done.stdout) == (0, "[]\n")


def test_check_with_warnings_alone_shows_them_and_exits_with_0(incomplete: Path) -> None:
    done = run_playbook(incomplete, "check")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "playbook_data/barriers/locked-doors.yml:1:1: warning[barrier-not-eased] nothing eases this barrier\n"
        "  help: name it under `eases:` of the insight that helps, or write that insight\n"
        "playbook_data/roles/sponsor.yml:1:1: warning[orphan] no other entry leads here\n"
        "  help: name it in the entries that it belongs to\n"
        "2 problems in 2 files\n"
    )


def test_a_strict_check_counts_warnings_as_errors(incomplete: Path) -> None:
    relaxed, strict = run_playbook(incomplete, "check"), run_playbook(incomplete, "check", "--strict")
    assert strict.returncode == 1
    assert strict.stdout == relaxed.stdout.replace("warning[", "error[")


def test_a_strict_check_of_a_whole_playbook_is_no_other(playbook: Path) -> None:
    done = run_playbook(playbook, "check", "--strict")
    assert (done.returncode, done.stdout) == (0, "no problems\n")


def test_machines_are_told_what_is_a_warning(incomplete: Path) -> None:
    for options, severity, code in (((), "warning", 0), (("--strict",), "error", 1)):
        done = run_playbook(incomplete, "check", "--format", "json", *options)
        assert done.returncode == code
        assert [(problem["rule"], problem["severity"]) for problem in json.loads(done.stdout)] == [
            ("barrier-not-eased", severity),
            ("orphan", severity),
        ]


@pytest.mark.parametrize(
    ("path", "shown", "code"),
    [("playbook_data/roles", ["orphan"], 1), ("playbook_data/barriers/locked-doors.yml", ["barrier-not-eased"], 1), ("playbook_data/terms", [], 0)],
)
def test_check_of_paths_shows_and_counts_their_warnings_alone(incomplete: Path, path: str, shown: list[str], code: int) -> None:
    for options, expected in (((), 0), (("--strict",), code)):
        done = run_playbook(incomplete, "check", "--format", "json", *options, path)
        assert ([problem["rule"] for problem in json.loads(done.stdout)], done.returncode) == (shown, expected)


def test_where_there_are_errors_warnings_wait_whatever_the_paths(tmp_path: Path) -> None:
    folder = write_playbook(tmp_path, {**GAPS, TERM: BROKEN[TERM]})
    assert run_playbook(folder, "check").stdout.count("[") == 1
    assert "[half-checked]" in run_playbook(folder, "check", "playbook_data/barriers").stdout


def test_a_playbook_with_warnings_is_listed_shown_and_exported(incomplete: Path) -> None:
    for arguments in (["list"], ["show", "sponsor"], ["export", "out"]):
        done = run_playbook(incomplete, *arguments)
        assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("paths", "files"),
    [
        ([TERM], [TERM]),
        (["playbook_data/terms"], [TERM]),
        (["playbook_data/terms", "playbook_data/roles/sponsor.yml"], ["playbook_data/roles/sponsor.yml", TERM]),
        (["."], ["playbook_data/roles/sponsor.yml", TERM]),
    ],
)
def test_check_of_paths_shows_their_problems_alone(broken: Path, paths: list[str], files: list[str]) -> None:
    done = run_playbook(broken, "check", "--format", "json", *paths)
    assert [problem["file"] for problem in json.loads(done.stdout)] == files
    assert done.returncode == bool(files)


@pytest.mark.parametrize("options", [(), ("--strict",)])
def test_a_file_without_a_problem_is_not_said_to_be_right_while_another_has_one(broken: Path, options: tuple[str, ...]) -> None:
    done = run_playbook(broken, "check", *options, "playbook_data/barriers/data-sharing.yml")
    assert done.returncode == 1
    assert done.stdout == (
        "playbook_data/barriers/data-sharing.yml:1:1: error[half-checked] it has no problem of its own; "
        "but its links, the promises of releases and the gaps between entries were not looked at\n"
        f"  help: first correct what is wrong elsewhere, beginning with {first_problem(broken)}\n"
        "1 problem in 1 file\n"
    )


def first_problem(folder: Path) -> str:
    problem = json.loads(run_playbook(folder, "check", "--format", "json").stdout)[0]
    return f"{problem['file']}:{problem['line']}:{problem['column']}: {problem['message']}"


@pytest.mark.parametrize("path", ["README.md", "docs/picture.svg", "docs", "playbook_data/schemas", "playbook_data/barriers/.notes.yml", "empty"])
def test_what_the_check_does_not_read_is_told_and_is_no_problem(playbook: Path, path: str) -> None:
    for name in ("README.md", "docs/picture.svg", "playbook_data/schemas/ids.json", "playbook_data/barriers/.notes.yml"):
        (playbook / name).parent.mkdir(parents=True, exist_ok=True)
        (playbook / name).write_text("x", "utf-8")
    (playbook / "empty").mkdir()
    done = run_playbook(playbook, "check", "--strict", path)
    assert done.returncode == 0
    assert done.stdout.startswith(f"{path}:1:1: note[not-read] ")
    assert done.stdout.endswith("\n1 note in 1 file\n")
    assert json.loads(run_playbook(playbook, "check", "--format", "json", path).stdout)[0]["severity"] == "note"
    assert run_playbook(playbook, "check", "--format", "github", path).stdout.startswith("::notice file=")


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("playbook_data/nokind/thing.yml", "unknown-kind"),
        ("playbook_data/barriers/sub/thing.yml", "stray-folder"),
        ("playbook_data/releases/thing.yml", "stray-file"),
        ("playbook_data/schemas/thing.yml", "stray-file"),
        ("playbook_data/notes.txt", "stray-file"),
        ("docs/guide.markdown", "wrong-ending"),
    ],
)
def test_a_file_in_the_wrong_place_has_a_problem_of_its_own(playbook: Path, path: str, rule: str) -> None:
    (playbook / path).parent.mkdir(parents=True, exist_ok=True)
    (playbook / path).write_text("title: A thing\n", "utf-8")
    for named in ((), (path,)):
        assert run_playbook(playbook, "check", *named).stdout.startswith(f"{path}:1:1: error[{rule}] ")


def test_paths_begin_where_the_command_acts(broken: Path) -> None:
    assert run_playbook(broken / "playbook_data/terms", "check", "mandate.yml").stdout.endswith("1 problem in 1 file\n")
    assert run_playbook(broken.parent, "-C", broken.name, "check", TERM).stdout.endswith("1 problem in 1 file\n")


@pytest.mark.parametrize("folder", [".", "playbook_data", "playbook_data/terms", "docs/deep/inside"])
def test_every_command_acts_on_the_nearest_playbook_above(playbook: Path, folder: str) -> None:
    (playbook / folder).mkdir(parents=True, exist_ok=True)
    assert run_playbook(playbook / folder, "check").stdout == "no problems\n"


def test_a_folder_is_named_with_c(broken: Path) -> None:
    assert run_playbook(Path("/"), "-C", str(broken), "check").returncode == 1
    assert run_playbook(Path("/"), "-C", str(broken / "playbook_data"), "check").returncode == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Commands:"),
        (["chek"], "there is no command 'chek'; did you mean 'check'?"),
        (["unicorn"], "there is no command 'unicorn'; the commands are new, rename, check, list"),
        (["\x1b[31m"], "there is no command '�[31m'"),
        (["--chek"], "No such option '--chek'"),
        (["check", "--format", "xml"], "'xml' is not one of 'text', 'json'"),
        (["check", "nowhere.yml"], "there is no file or folder 'nowhere.yml'"),
        (["check", "/etc/passwd"], "'/etc/passwd' is not inside the playbook"),
        (["-C", "nowhere", "check"], "Directory 'nowhere' does not exist"),
        (["-C", "playbook_data/playbook.yml", "check"], "is a file"),
        (["list", "bariers"], "there is no kind 'bariers'; did you mean 'barriers'?"),
        (["list", "unicorn"], f"there is no kind 'unicorn'; the kinds are {', '.join(KINDS)}"),
        (["show"], "Missing argument 'ID'"),
        (["export"], "Missing argument 'DIR'"),
        (["export", "site/out"], "each build replaces what site/ holds; name another folder, such as out"),
        (["export", "playbook_data/playbook.yml"], "Directory 'playbook_data/playbook.yml' is a file."),
    ],
)
def test_a_command_that_is_used_wrongly_exits_with_2_and_says_how(playbook: Path, arguments: list[str], said: str) -> None:
    done = run_playbook(playbook, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_outside_any_playbook_a_command_says_how_to_name_one(tmp_path: Path) -> None:
    done = run_playbook(tmp_path, "check")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith(f"Error: there is no playbook_data/ in {tmp_path} or above it; name the folder with -C\n")


@pytest.mark.parametrize("name", COMMANDS)
def test_help_and_completion_need_no_playbook(tmp_path: Path, name: str) -> None:
    done = run_playbook(tmp_path, name, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"Usage: playbook {name} ")


def test_help_names_every_command_with_its_whole_first_sentence(playbook: Path) -> None:
    done = run_playbook(playbook, "--help")
    assert done.returncode == 0
    assert all(f"\n  {command} " in done.stdout for command in COMMANDS)
    assert "..." not in done.stdout.partition("Commands:")[2]


def test_list_shows_every_entry_below_its_kind(tmp_path: Path) -> None:
    files = changed("playbook_data/terms/joining-up.yml", "title: Joining up", "title: Joining up\nstatus: draft")
    done = run_playbook(write_playbook(tmp_path, files), "list")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert [line for line in lines if not line.startswith(" ")] == list(KINDS)
    assert "  data-sharing                       Data stays apart" in lines
    assert "  joining-up                         (draft) Joining up" in lines


def test_list_of_a_kind_shows_its_entries_alone(playbook: Path) -> None:
    assert run_playbook(playbook, "list", "terms").stdout == "terms\n  joining-up                         Joining up\n"


def test_list_for_machines(playbook: Path) -> None:
    assert len(json.loads(run_playbook(playbook, "list", "--json").stdout)) == len(KINDS)
    assert json.loads(run_playbook(playbook, "list", "barriers", "--json").stdout) == [
        {
            "id": "data-sharing",
            "kind": "barriers",
            "title": "Data stays apart",
            "status": "current",
            "file": "playbook_data/barriers/data-sharing.yml",
        }
    ]


def test_show_tells_all_of_an_entry_and_who_names_it(playbook: Path) -> None:
    assert run_playbook(playbook, "show", "data-sharing").stdout == (
        "Data stays apart\n"
        "Barrier · data-sharing · playbook_data/barriers/data-sharing.yml\n"
        "\n"
        "summary: Partners cannot see what the others know.\n"
        "status: current\n"
        "sources:\n"
        "  - source nao · at para 11\n"
        "problem: Each partner holds a part of the story.\n"
        "signs:\n"
        "  - People tell their story again\n"
        "felt_by:\n"
        "  - delivery-team\n"
        "hits:\n"
        "  - shared-aims\n"
        "evidence:\n"
        "  - source nao · at para 11 · claim Few partners shared data.\n"
        "\n"
        "Named by\n"
        "  Questions that reveal this barrier: Do you have permission? (permission)\n"
        "  What eases this barrier: Sit together (shared-space)\n"
        "  Seen in: One front door (one-front-door)\n"
        "  Still an open question: Who pays? (who-pays)\n"
    )


def test_show_for_machines_has_relations_both_ways(playbook: Path) -> None:
    shown = json.loads(run_playbook(playbook, "show", "shared-space", "--json").stdout)
    assert list(shown) == ["id", "kind", "file", "fields", "names", "named_by"]
    assert shown["fields"]["eases"] == ["data-sharing"]
    assert [(row["id"], row["kind"]) for row in shown["names"]] == [
        ("nao", "sources"),
        ("data-sharing", "barriers"),
        ("shared-aims", "pillars"),
        ("delivery-team", "roles"),
    ]
    assert shown["named_by"] == [
        {"id": "permission", "kind": "questions", "title": "Do you have permission?", "as": "Questions that lead here"},
        {"id": "one-front-door", "kind": "cases", "title": "One front door", "as": "Cases that show it"},
    ]


@pytest.mark.parametrize("id", ["permission", "one-front-door"])
def test_show_names_fields_as_the_file_does(playbook: Path, id: str) -> None:
    fields = json.loads(run_playbook(playbook, "show", id, "--json").stdout)["fields"]
    assert not any(name.endswith("_") for name in [*fields, *fields.get("period", {})])


@pytest.mark.parametrize(
    ("id", "help"), [("data-sharng", "did you mean 'data-sharing' (barriers)?"), ("unicorn", "`playbook list` shows what there is")]
)
def test_show_of_an_unknown_id_suggests_the_closest(playbook: Path, id: str, help: str) -> None:
    done = run_playbook(playbook, "show", id)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"Error: there is no entry '{id}'; {help}\n"


def test_export_writes_every_export_and_says_where(playbook: Path) -> None:
    done = run_playbook(playbook, "export", "out/new")
    book = load_playbook(playbook)
    ledger = read_ledger(playbook, book)
    published = Published(ledger)
    expected = {**all_files(published), ADDRESSES_FILE: addresses_file(ledger)}
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [f"out/new/{path}" for path in expected]
    assert {path: (playbook / "out/new" / path).read_bytes() for path in expected} == expected


def test_export_counts_its_folder_from_the_one_that_was_named(playbook: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    assert run_playbook(tmp_path / "elsewhere", "-C", str(playbook), "export", "out").returncode == 0
    assert (playbook / "out/figures/figures.csv").is_file()
    assert not (tmp_path / "elsewhere/out").exists()


@pytest.mark.parametrize("folder", ["docs", "playbook_data/out", "out/../docs/x"])
def test_export_writes_nothing_where_the_next_build_would_read_it(playbook: Path, folder: str) -> None:
    (playbook / "out").mkdir()
    done = run_playbook(playbook, "export", folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "name another folder, such as out" in done.stderr
    assert run_playbook(playbook, "check").returncode == 0


def test_export_replaces_what_it_wrote_before(playbook: Path) -> None:
    (playbook / "out/figures").mkdir(parents=True)
    (playbook / "out/figures/figures.csv").write_text("old", "utf-8")
    assert run_playbook(playbook, "export", "out").returncode == 0
    assert "old" not in (playbook / "out/figures/figures.csv").read_text("utf-8")


@pytest.mark.parametrize(("folder", "reason"), [("locked/out", "permission denied"), ("docs.txt/out", "not a directory")])
def test_export_into_a_folder_that_cannot_be_written_is_told_in_words(playbook: Path, folder: str, reason: str) -> None:
    (playbook / "locked").mkdir(mode=0o555)
    (playbook / "docs.txt").write_text("a file", "utf-8")
    done = run_playbook_process(playbook, "export", folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"Error: cannot write the files into {folder}: {reason}\nname a folder that you may write, on a disk with room\n"


@pytest.mark.parametrize("arguments", [["list"], ["show", "data-sharing"], ["export", "out"]])
def test_a_playbook_with_problems_is_neither_listed_nor_shown_nor_exported(broken: Path, arguments: list[str]) -> None:
    done = run_playbook(broken, *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: the playbook has problems\nplaybook_data/roles/sponsor.yml:1:1: error[missing-field]")


@pytest.mark.parametrize("arguments", ["check", "check --format json", "list", "list --json"])
@pytest.mark.slow
def test_a_pipe_that_closes_early_is_no_trouble(tmp_path: Path, arguments: str) -> None:
    entry = "title: T\nsummary: S\nmeaning: M\n"
    if arguments.startswith("check"):
        entry += f"see: [{', '.join(f'unicorn-{n}' for n in range(200))}]\n"
    write_playbook(tmp_path, {f"playbook_data/terms/term-{n}.yml": entry for n in range(1 if arguments.startswith("check") else 1500)})
    done = subprocess.run(
        f"{shlex.quote(str(COMMAND))} {arguments} | head -c 10",
        shell=True,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert (len(done.stdout), done.stderr) == (10, "")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8"])
@pytest.mark.slow
def test_a_terminal_that_lacks_a_character_is_no_trouble(tmp_path: Path, encoding: str) -> None:
    write_playbook(tmp_path, {"playbook_data/terms/mandate.yml": "title: Mandat → für 😀\nsummary: S\nmeaning: M\nsee: [→]\n"})
    done = subprocess.run(
        [COMMAND, "check"], cwd=tmp_path, capture_output=True, timeout=SECONDS, check=False, env={**os.environ, "PYTHONIOENCODING": encoding}
    )
    assert (done.returncode, done.stderr) == (1, b"")


def test_the_command_starts_without_mkdocs(playbook: Path) -> None:
    python = shutil.which("python", path=COMMAND.parent)
    code = "import sys; from macros.cli.main import main; main(['check'], standalone_mode=False); sys.exit('mkdocs' in sys.modules)"
    assert subprocess.run([python, "-c", code], cwd=playbook, capture_output=True, timeout=SECONDS, check=False).returncode == 0
