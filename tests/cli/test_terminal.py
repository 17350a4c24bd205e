"""What a terminal shows and a pipe does not: colour, and how far long work is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from macros.cli.terminal import PROGRESS_DELAY
from tests.bench.generated import generated_entries
from tests.support.playbooks import BASE, run_playbook, run_playbook_process, write_playbook
from tests.support.terminals import SOON, in_terminal

pytestmark = pytest.mark.slow

TERM = "playbook_data/terms/mandate.yml"
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A playbook with one problem."""
    return write_playbook(tmp_path, {TERM: "title: no\nsummary: S\nmeaning: M\n"})


def test_a_terminal_shows_severity_rule_caret_and_help_in_colour(broken: Path) -> None:
    code, shown = in_terminal(broken, "check")
    assert code == 1
    assert shown == (
        f"{TERM}:1:8: \x1b[31m\x1b[1merror\x1b[0m\x1b[2m[not-text]\x1b[0m title: expected text, found yes/no (false)\n"
        "    1 | title: no\n"
        "      |        \x1b[31m^^\x1b[0m\n"
        '  \x1b[36mhelp:\x1b[0m put it in quotes: "no"\n'
        "1 problem in 1 file\n"
    )


def test_colour_adds_nothing_to_the_words(broken: Path) -> None:
    assert COLOUR.sub("", in_terminal(broken, "check")[1]) == run_playbook(broken, "check").stdout


def test_a_warning_has_a_colour_of_its_own(tmp_path: Path) -> None:
    write_playbook(tmp_path, {"playbook_data/roles/sponsor.yml": "title: Sponsor\nsummary: S\nabout: A\ndoes: [Say yes]\n"})
    assert "\x1b[33m\x1b[1mwarning\x1b[0m" in in_terminal(tmp_path, "check")[1]


@pytest.mark.parametrize("arguments", [["check"], ["list"], ["show", "mandate"], ["list", "terms"]])
def test_a_pipe_gets_no_colour(broken: Path, arguments: list[str]) -> None:
    done = run_playbook_process(broken, *arguments)
    assert "\x1b" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [
        ({}, True),
        ({"NO_COLOR": ""}, True),
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": "0"}, False),
        ({"TERM": "dumb"}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
    ],
)
@pytest.mark.parametrize("arguments", [["check"], ["show", "mandate"]])
def test_the_environment_may_refuse_colour_in_a_terminal(broken: Path, arguments: list[str], environment: dict[str, str], coloured: bool) -> None:
    assert bool(COLOUR.search(in_terminal(broken, *arguments, **environment)[1])) == coloured


@pytest.mark.parametrize(
    ("environment", "coloured"), [({"FORCE_COLOR": "1"}, True), ({"FORCE_COLOR": ""}, False), ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False)]
)
def test_the_environment_may_ask_for_colour_in_a_pipe(broken: Path, environment: dict[str, str], coloured: bool) -> None:
    done = run_playbook_process(broken, "check", environment=environment)
    assert bool(COLOUR.search(done.stdout)) == coloured


@pytest.mark.parametrize("form", ["json", "github", "sarif"])
def test_what_machines_read_has_no_colour_even_where_it_is_asked_for(broken: Path, form: str) -> None:
    assert "\x1b" not in in_terminal(broken, "check", "--format", form, FORCE_COLOR="1")[1]


def test_problems_that_stop_another_command_are_in_colour_too(broken: Path) -> None:
    assert "\x1b[31m\x1b[1merror\x1b[0m" in in_terminal(broken, "list")[1]


def test_help_is_the_same_in_a_terminal_and_in_a_pipe(broken: Path) -> None:
    assert in_terminal(broken, "check", "--help", COLUMNS="80")[1] == run_playbook_process(broken, "check", "--help").stdout


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A playbook that takes longer to read than SOON waits."""
    return write_playbook(tmp_path_factory.mktemp("large"), generated_entries(FILES))


FILES = 1500


def test_what_takes_longer_than_a_second_shows_in_a_terminal_how_far_it_is(large: Path) -> None:
    code, shown = in_terminal(large, "check", command=SOON)
    assert code == 0
    steps = re.findall(r"\rChecking +(\d+)% \|.{30}\| (\d+) of (\d+) files", shown)
    assert len(steps) > 1
    assert [int(done) for _, done, _ in steps] == sorted(int(done) for _, done, _ in steps)
    assert PROGRESS_DELAY == 1
    assert int(steps[0][1]) > 1, "nothing is shown before that"
    assert {total for _, _, total in steps} == {str(FILES + len(BASE))}
    assert re.fullmatch(r"\r *\r?no problems\n", shown[shown.rindex("files") + len("files") :]), "the line is cleared before the result is shown"


def test_progress_is_never_in_what_is_piped(large: Path) -> None:
    done = run_playbook_process(large, "check")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Checking" not in done.stdout


def test_progress_is_shown_to_whoever_pipes_the_result_elsewhere(large: Path) -> None:
    assert "Checking" in in_terminal(large, "list", "roles", "--json", command=SOON, piped=True)[1]


def test_a_small_playbook_shows_no_progress(broken: Path) -> None:
    assert in_terminal(broken, "check", "--format", "json", piped=True) == (1, "")
