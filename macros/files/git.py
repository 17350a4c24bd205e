"""Runs one command of git, without a shell.

Takes a folder and arguments. Returns what git answers. Raises UserError if git cannot be run.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from macros.problems.machine_error import reason_of
from macros.problems.problem import printable
from macros.problems.user_error import UserError

TIMEOUT = 60
_QUIET = {"GIT_PAGER": "cat", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1"}
"""Git opens no pager, asks for no password, waits for no input and fetches nothing."""


def run_git(folder: Path, *arguments: str, given: bytes = b"", environment: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    """What git answers in `folder`, also where that is a refusal."""
    try:
        return subprocess.run(  # noqa: S603 - no shell, and what a person typed is checked before
            ["git", *arguments],  # noqa: S607 - whichever git the person uses
            cwd=folder, input=given, capture_output=True, timeout=TIMEOUT, check=False, env={**os.environ, **_QUIET, **(environment or {})},
        )  # fmt: skip
    except FileNotFoundError as error:
        if error.filename != "git":
            raise  # the folder is gone
        raise UserError("git is not installed", "install git") from None
    except OSError as error:
        raise UserError(f"git cannot be run: {reason_of(error)}", "make sure that `git --version` works, then try again") from None
    except subprocess.TimeoutExpired:
        raise UserError(f"git took more than {TIMEOUT} seconds", "try again") from None


def ask_git(folder: Path, *arguments: str, given: bytes = b"", environment: Mapping[str, str] | None = None) -> str:
    """What git answers where it must not refuse, without the last line break. Raises: UserError."""
    done = run_git(folder, *arguments, given=given, environment=environment)
    if done.returncode:
        raise UserError(f"git {arguments[0]} refused: {error_text(done.stderr)}", "check the repository with `git status` and `git fsck`")
    return done.stdout.decode("utf-8", "surrogateescape").rstrip("\n")


def read_objects(folder: Path, names: Sequence[str]) -> Iterator[bytes | None]:
    """The content under each name, in their order; None for one that does not exist."""
    data, at = run_git(folder, "cat-file", "--batch", given="".join(f"{name}\n" for name in names).encode()).stdout, 0
    for _ in names:
        end = data.find(b"\n", at)
        head = data[at:end].split()
        if end < 0 or len(head) != 3:
            yield None
            at = max(end, at - 1) + 1
            continue
        size = int(head[2])
        yield data[end + 1 : end + 1 + size]
        at = end + size + 2


def folder_in_repository(root: Path) -> PurePosixPath:
    """The playbook's place in the git work tree that holds it. A playbook outside any repository is its own top."""
    tree = next((folder for folder in (root, *root.parents) if os.path.lexists(folder / ".git")), root)
    return PurePosixPath(root.relative_to(tree).as_posix())


def error_text(stderr: bytes) -> str:
    """The first line of what git says of a refusal."""
    lines = stderr.decode("utf-8", "replace").strip().splitlines()
    return printable(lines[0].removeprefix("fatal: ")) if lines else "git did not say why"
