"""Files that a build could not copy, and folders that nobody may read, are told before it tries."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from macros.files.docs import read_docs
from tests.support.playbooks import run_playbook, run_playbook_process, write_playbook


def test_a_pipe_among_the_pictures_is_told(tmp_path: Path) -> None:
    write_playbook(tmp_path, {"docs/index.md": "# Home\n"})
    os.mkfifo(tmp_path / "docs/p.png")
    done = run_playbook(tmp_path, "check")
    assert done.returncode == 1
    assert "docs/p.png:1:1: error[not-a-file] it is not a plain file\n  help: delete it" in done.stdout


def test_a_picture_that_nobody_may_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_playbook(tmp_path, {"docs/index.md": "# Home\n", "docs/p.png": b"x"})
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert [problem.message for problem in read_docs(tmp_path)[1]] == ["it cannot be read: permission denied"]


def test_a_name_that_is_no_text_is_told(tmp_path: Path) -> None:
    write_playbook(tmp_path, {"docs/index.md": "# Home\n"})
    for name, content in ((b"docs/caf\xe9.css", "a {}"), (b"docs/\xff.txt", "Words")):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(content, "utf-8")
    shown = run_playbook(tmp_path, "check").stdout
    assert shown.count("error[bad-name] its name is not in UTF-8, so that no address can lead to it") == 2
    assert "help: rename it to docs/caf.css" in shown
    assert "help: give it a name such as short-guide.txt" in shown


def test_facts_in_a_folder_that_nobody_may_read_are_not_missing(tmp_path: Path) -> None:
    data = write_playbook(tmp_path) / "playbook_data"
    data.chmod(0)
    done = run_playbook_process(tmp_path, "check")
    data.chmod(0o755)
    assert (done.returncode, done.stdout.split(":")[0]) == (1, "playbook_data")
    assert "missing" not in done.stdout
