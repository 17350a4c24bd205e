"""Tab completes what one types at `playbook`: asked of real shells, with the script that `playbook completion` prints."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import subprocess
import time
from functools import cache
from pathlib import Path

import pytest

from macros.cli.main import COMMANDS
from macros.schema.kinds import KINDS
from tests.support.playbooks import COMMAND, SECONDS, run_playbook, write_playbook

pytestmark = pytest.mark.slow

PATH = f"{COMMAND.parent}:{os.environ['PATH']}"
SHELLS = ("bash", "zsh", "fish")


def in_bash(folder: Path, *words: str) -> list[str]:
    """What bash offers for the last of the words that are typed after `playbook`."""
    script = """
        eval "$SCRIPT"
        COMP_WORDS=(playbook "$@") COMP_CWORD=$#
        _playbook_completion playbook
        printf '%s\\n' "${COMPREPLY[@]}"
    """
    done = subprocess.run(
        ["bash", "--norc", "-c", script, "bash", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        timeout=SECONDS,
        env={**os.environ, "PATH": PATH, "SCRIPT": script_for("bash")},
    )
    assert done.stderr == ""
    return done.stdout.split()


@cache
def script_for(shell: str) -> str:
    """What `playbook completion` prints for a shell."""
    return subprocess.run([COMMAND, "completion", shell], capture_output=True, text=True, check=True, timeout=SECONDS).stdout


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["sh"], ["show"]),
        (["show", "data"], ["data-sharing"]),
        (["show", "d"], ["data-sharing", "decide", "delivery-team"]),
        (["list", "o"], ["open-questions"]),
        (["new", "bar"], ["barriers"]),
        (["rename", "per"], ["permission"]),
        (["review", "data"], ["data-sharing"]),
        (["review", "data-sharing", "dec"], ["decide"]),
        (["check", "--format", ""], ["text", "json", "github", "sarif"]),
        (["check", "--st"], ["--strict"]),
        (["completion", ""], list(SHELLS)),
        (["show", "unicorn"], []),
    ],
)
def test_bash_completes(playbook: Path, words: list[str], offered: list[str]) -> None:
    assert in_bash(playbook, *words) == offered


def test_bash_completes_every_command_and_every_kind(playbook: Path) -> None:
    assert in_bash(playbook, "") == list(COMMANDS)
    assert in_bash(playbook, "list", "") == list(KINDS)


def test_ids_are_those_of_the_playbook_that_was_named(playbook: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    assert in_bash(elsewhere, "-C", str(playbook), "show", "data") == ["data-sharing"]
    assert in_bash(playbook / "playbook_data/terms", "show", "data") == ["data-sharing"]
    assert in_bash(elsewhere, "-C", "nowhere", "show", "data") == []


def test_outside_a_playbook_no_ids_are_offered_and_nothing_is_said(tmp_path: Path) -> None:
    assert in_bash(tmp_path, "show", "") == []
    assert in_bash(tmp_path, "sh") == ["show"]


def test_a_playbook_with_problems_has_ids_all_the_same(tmp_path: Path) -> None:
    folder = write_playbook(tmp_path, {"playbook_data/terms/mandate.yml": b"title: [\xff", "playbook_data/playbook.yml": "x"})
    (folder / "playbook_data/roles/delivery-team.yml").chmod(0)
    assert in_bash(folder, "show", "mand") == ["mandate"]
    assert in_bash(folder, "show", "del") == ["delivery-team"]


def test_files_are_left_to_the_shell(playbook: Path) -> None:
    done = subprocess.run(
        [COMMAND], cwd=playbook, capture_output=True, text=True, check=False,
        env={**os.environ, "_PLAYBOOK_COMPLETE": "bash_complete", "COMP_WORDS": "playbook check play", "COMP_CWORD": "2"},
    )  # fmt: skip
    assert done.stdout == "file,play\n"


def offered_with_words(folder: Path, shell: str, typed: str) -> str:
    """What `playbook` tells a shell that shows a word beside each completion."""
    env = {**os.environ, "_PLAYBOOK_COMPLETE": f"{shell}_complete", "COMP_WORDS": typed, "COMP_CWORD": str(typed.count(" "))}
    done = subprocess.run([COMMAND], cwd=folder, capture_output=True, text=True, check=False, env=env)
    assert done.stderr == ""
    return done.stdout


def test_titles_stand_beside_ids_and_say_nothing_to_the_terminal(tmp_path: Path) -> None:
    folder = write_playbook(tmp_path, {"playbook_data/terms/mandate.yml": "# a comment\ntitle: 'Right\x1b[31m to act'\n"})
    assert offered_with_words(folder, "zsh", "playbook show mandate") == "plain\nmandate\nRight�[31m to act\n"
    assert offered_with_words(folder, "zsh", "playbook show data-sharing") == "plain\ndata-sharing\nData stays apart\n"


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_says_where_to_keep_it(tmp_path: Path, shell: str) -> None:
    done = run_playbook(tmp_path, "completion", shell)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(rf"^#   playbook completion {shell} > ~/\S+playbook(\.fish)?$", done.stdout, re.MULTILINE)


def test_zsh_finds_the_script_by_its_first_line(tmp_path: Path) -> None:
    assert run_playbook(tmp_path, "completion", "zsh").stdout.startswith("#compdef playbook\n")


def test_a_shell_that_is_not_known_is_told(tmp_path: Path) -> None:
    done = run_playbook(tmp_path, "completion", "tcsh")
    assert (done.returncode, done.stdout) == (2, "")
    assert "'tcsh' is not one of 'bash', 'zsh', 'fish'" in done.stderr


START = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], 'eval "$(playbook completion bash)"'),
    "zsh": (["zsh", "-f", "-i"], "autoload -Uz compinit && compinit -u -D && source <(playbook completion zsh)"),
    "fish": (["fish", "--no-config", "-i"], "playbook completion fish | source"),
}


@pytest.mark.parametrize("shell", SHELLS)
def test_the_tab_key_completes_an_id_in_a_terminal(playbook: Path, shell: str) -> None:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed, so nobody has tried whether it completes")
    command, load = START[shell]
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(playbook)
        os.execvpe(command[0], command, {**os.environ, "PATH": PATH, "TERM": "xterm", "PS1": "$ ", "HOME": str(playbook)})  # noqa: S606 - it needs a terminal of its own
    try:
        os.write(terminal, f"{load}; echo rea''dy\n".encode())
        read_until(terminal, "ready")
        os.write(terminal, b"playbook show data-\t")
        assert "data-sharing" in read_until(terminal, "data-sharing")
        os.write(terminal, b"\n")
        assert "Partners cannot see what the others know." in read_until(terminal, "others know.")
    finally:
        os.close(terminal)
        os.kill(pid, 9)
        os.waitpid(pid, 0)


def read_until(terminal: int, words: str, *, seconds: float = SECONDS) -> str:
    """What the terminal shows, without its control codes, until it shows `words`."""
    shown, end = "", time.monotonic() + seconds
    while words not in shown and time.monotonic() < end:
        if select.select([terminal], [], [], 0.2)[0]:
            shown += re.sub(r"\x1b(\[[0-9;?]*[a-zA-Z]|[()=>].?|\][^\x07]*\x07)", "", os.read(terminal, 1 << 16).decode("utf-8", "replace"))
    return shown
