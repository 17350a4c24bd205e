"""Scratch git repositories for tests, made with the real git.

Takes a folder and files. Returns a repository in that folder, each commit the same bytes every time.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.support.playbooks import SECONDS, Files, run_playbook, write_playbook

_OF_TESTS = {
    **{f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in (("NAME", "A tester"), ("EMAIL", "tester@example.org"))},
    "GIT_AUTHOR_DATE": "2026-11-20T12:00:00Z",
    "GIT_COMMITTER_DATE": "2026-11-20T12:00:00Z",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}


def git(folder: Path, *arguments: str) -> str:
    """What a command of git says that must go well."""
    command = ["git", "-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", timeout=SECONDS, check=False, env={**os.environ, **_OF_TESTS})
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def commit(folder: Path) -> str:
    """Everything in the folder as a commit; its id."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "A change")
    return git(folder, "rev-parse", "HEAD")


def write_repository(folder: Path, files: Files | None = None) -> Path:
    """A repository in `folder` with one commit: the base playbook, with `files` laid over it."""
    folder.mkdir(parents=True, exist_ok=True)
    write_playbook(folder, files)
    git(folder, "init", "--quiet")
    commit(folder)
    return folder


def edit(folder: Path, files: dict[str, str | bytes | None]) -> None:
    """Files written over those of the playbook; None takes one away."""
    for path, content in files.items():
        file = folder / path
        if content is None:
            file.unlink()
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)


def diff(folder: Path, *arguments: str) -> str:
    """What `playbook diff` prints where it can compare."""
    done = run_playbook(folder, "diff", *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout
