"""A command whose streams or machine fail ends in a line, or quietly where nobody reads on; never in a traceback."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from macros.cli import command
from macros.cli.commands import list as list_command
from macros.files.lock import BUSY
from macros.files.signals import end_on_signals
from tests.files.test_lock import another_holds
from tests.files.test_transaction import in_a_child
from tests.support.forked_modules import PROJECT
from tests.support.playbooks import COMMAND, SECONDS, run_playbook, write_playbook


@pytest.fixture
def playbook(tmp_path: Path) -> Path:
    return write_playbook(tmp_path)


def in_shell(folder: Path, line: str) -> subprocess.CompletedProcess[str]:
    """A line as a person types it; `playbook` is the real command."""
    environment = {**os.environ, "PATH": f"{COMMAND.parent}:{os.environ['PATH']}"}
    return subprocess.run(["bash", "-c", line], cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=SECONDS, check=False)


ELSEWHERE = "send it elsewhere and try again; files that the command was to change are changed\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("line", "code", "out", "err"),
    [
        ("playbook list >/dev/full", 1, "", f"Error: the output cannot be written: no space left on device\n{ELSEWHERE}"),
        ("playbook --help >/dev/full", 1, "", f"Error: the output cannot be written: no space left on device\n{ELSEWHERE}"),
        ("playbook check >&-", 1, "", f"Error: the output cannot be written: bad file descriptor\n{ELSEWHERE}"),
        ("playbook check 2>&-", 0, "no problems\n", ""),
        ("playbook check <&-", 0, "no problems\n", ""),
        ("playbook show nothing >&- 2>&-", 1, "", ""),
        ("playbook show nothing 2>/dev/full", 1, "", ""),
        ("playbook list | true; exit ${PIPESTATUS[0]}", 141, "", ""),
    ],
)
def test_a_stream_that_fails_ends_a_command_in_words(playbook: Path, line: str, code: int, out: str, err: str) -> None:
    done = in_shell(playbook, line)
    assert (done.returncode, done.stdout, done.stderr) == (code, out, err)


@pytest.mark.slow
def test_a_file_is_written_whole_although_nobody_hears_of_it(playbook: Path) -> None:
    assert in_shell(playbook, "playbook new term 'Joint plan' >&-").returncode == 1
    assert (playbook / "playbook_data/terms/joint-plan.yml").read_text("utf-8").startswith("#")


@pytest.mark.slow
def test_a_deleted_folder_is_told_and_does_no_harm_with_c(playbook: Path) -> None:
    gone = "mkdir gone && cd gone && rmdir ../gone && playbook"
    assert "Error: the current folder was deleted; go to another one with cd\n" in in_shell(playbook, f"{gone} list").stderr
    done = in_shell(playbook, f"{gone} -C {playbook} new term 'Joint plan'")
    assert (done.returncode, done.stdout) == (0, f"{playbook}/playbook_data/terms/joint-plan.yml\n")


CTRL_C_AT = """\
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.addaudithook(lambda event, of: os.kill(os.getpid(), signal.SIGINT) if event == "import" and of[0] == {module!r} else None)
from macros.__main__ import main
sys.argv = ["playbook", "check"]
main()
"""


@pytest.mark.parametrize(
    ("module", "code"), [("macros.cli.main", -signal.SIGINT), ("macros.files.signals", -signal.SIGINT), ("macros.playbook.load", 128 + signal.SIGINT)]
)
def test_ctrl_c_ends_a_command_without_a_word_even_while_it_is_read(playbook: Path, module: str, code: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CTRL_C_AT.format(module=module)], cwd=playbook, capture_output=True, encoding="utf-8", timeout=SECONDS, check=False,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (code, "", "")


WHILE_PYTHON_ENDS = """\
import os, signal, sys, threading
threading._shutdown = lambda: os.kill(os.getpid(), signal.SIGTERM)
from macros.__main__ import main
sys.argv = ["playbook", "--help"]
main()
"""


def test_a_request_to_end_that_comes_when_all_is_done_ends_the_process_without_a_word(playbook: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WHILE_PYTHON_ENDS], cwd=playbook, capture_output=True, encoding="utf-8", timeout=SECONDS, check=False,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (-signal.SIGTERM, "")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_request_to_end_takes_the_way_of_any_other_end(number: signal.Signals, tmp_path: Path) -> None:
    def end() -> None:
        end_on_signals()
        try:
            signal.raise_signal(number)
        except SystemExit as ended:
            (tmp_path / "code").write_text(str(ended.code))

    assert in_a_child(end) == 0
    assert (tmp_path / "code").read_text() == str(128 + number)


def test_what_is_ignored_from_the_start_stays_ignored() -> None:
    def end() -> None:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        end_on_signals()
        signal.raise_signal(signal.SIGHUP)

    assert in_a_child(end) == 0


def test_a_fault_of_the_program_ends_in_words_and_shows_its_place_to_those_who_ask(playbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_command, "entries_as_text", lambda *_, **__: {}["x"])
    done = run_playbook(playbook, "list")
    assert done.returncode == 1
    assert done.stderr.startswith("Error: this is a fault of the program, not of what you wrote: KeyError: 'x' (macros/cli/commands/list.py, line ")
    assert "Traceback (most recent call last)" in run_playbook(playbook, "list", environment={"PLAYBOOK_TRACEBACK": "1"}).stderr


@pytest.mark.parametrize(
    ("theirs", "words", "code"),
    [
        (fcntl.LOCK_EX, ["list"], 1),
        (fcntl.LOCK_SH, ["list"], 0),
        (fcntl.LOCK_SH, ["rename", "nao", "audit", "--dry-run"], 1),
        (fcntl.LOCK_EX, ["--help"], 0),
    ],
)
def test_a_command_waits_for_others_and_then_says_so(
    playbook: Path, monkeypatch: pytest.MonkeyPatch, theirs: int, words: list[str], code: int
) -> None:
    monkeypatch.setattr(command, "LOCK_TIMEOUT", 0)
    with another_holds(playbook / "playbook_data", theirs):
        done = run_playbook(playbook, *words)
    assert done.returncode == code
    assert done.stderr == (f"Error: {BUSY}\n" if code else "")
