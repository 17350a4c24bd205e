"""Nothing is made from a playbook of which a part cannot be read."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.support.playbooks import SECONDS, run_playbook, run_playbook_process, write_playbook

pytestmark = pytest.mark.slow


def test_the_ids_for_editors_are_not_made_without_what_cannot_be_read(tmp_path: Path) -> None:
    write_playbook(tmp_path)
    (tmp_path / "playbook_data/terms").chmod(0o000)
    done = run_playbook_process(tmp_path, "schema")
    (tmp_path / "playbook_data/terms").chmod(0o755)
    assert done.returncode == 1
    assert done.stderr.startswith(
        "Error: some of the playbook cannot be read\nplaybook_data/terms:1:1: error[unreadable] it cannot be read: permission"
    )
    assert not (tmp_path / "playbook_data/schemas/ids.json").exists()


def test_no_id_is_given_out_while_a_release_cannot_be_read(tmp_path: Path) -> None:
    release = write_playbook(tmp_path, {"playbook_data/releases/1.0.0.jsonl": "{}\n"}) / "playbook_data/releases/1.0.0.jsonl"
    release.chmod(0o000)
    done = run_playbook_process(tmp_path, "new", "term", "Joint plan")
    assert done.returncode == 1
    assert done.stderr.endswith("1.0.0.jsonl cannot be used: permission denied\ngive yourself the right to use it, or ask its owner\n")
    assert not (tmp_path / "playbook_data/terms/joint-plan.yml").exists()


@pytest.mark.parametrize(("place", "code"), [("docs/pipe.json", 1), ("playbook_data/schemas/ids.json", 0), ("playbook_data/schemas/pipe.yml", 1)])
def test_a_renaming_does_not_wait_for_a_pipe(tmp_path: Path, place: str, code: int) -> None:
    write_playbook(tmp_path)
    (tmp_path / place).parent.mkdir()
    os.mkfifo(tmp_path / place)
    signal.alarm(SECONDS)
    done = run_playbook(tmp_path, "rename", "nao", "audit")
    signal.alarm(0)
    assert done.returncode == code
