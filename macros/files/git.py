"""Runs one command of git, without a shell.

Takes a folder and arguments. Returns what git answers. Raises UserError if git cannot be run.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from macros.problems.machine_error import reason_of
from macros.problems.problem import printable
from macros.problems.user_error import UserError

TIMEOUT = 60
MAKE_ROOM = "make room on the disk, and give yourself the right to write there"
_NOT_WRITTEN = re.compile(rb"(?:unable|failed) to (?:write|create)|cannot create|No space left|Read-only file system|Permission denied")
_QUIET = {"GIT_PAGER": "cat", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1"}
"""Git opens no pager, asks for no password, waits for no input and fetches nothing."""
OF_ONE_REPOSITORY = (
    *("GIT_DIR", "GIT_COMMON_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"),
    *("GIT_NAMESPACE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_SHALLOW_FILE", "GIT_GRAFT_FILE"),
)
"""Variables that name a repository for every command of git: hooks have them. Here the folder alone says which repository is meant."""


def run_git(folder: Path, *arguments: str, given: bytes = b"", environment: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    """What git answers in `folder`, also where that is a refusal."""
    try:
        return subprocess.run(  # noqa: S603 - no shell, and what a person typed is checked before
            ["git", *arguments],  # noqa: S607 - whichever git the person uses
            cwd=folder, input=given, capture_output=True, timeout=TIMEOUT, check=False,
            env={**{name: value for name, value in os.environ.items() if name not in OF_ONE_REPOSITORY}, **_QUIET, **(environment or {})},
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
        raise UserError(f"git {arguments[0]} refused: {error_text(done.stderr)}", _remedy_of_refusal(folder, done.stderr))
    return done.stdout.decode("utf-8", "surrogateescape").rstrip("\n")


def _remedy_of_refusal(folder: Path, stderr: bytes) -> str:
    if b"lazy fetching disabled" in stderr:
        return f"fetch what this clone lacks: {fetch_everything(folder)}"
    if b"invalid date" in stderr:
        return "take away the date that git cannot read: unset GIT_AUTHOR_DATE GIT_COMMITTER_DATE"
    return MAKE_ROOM if cannot_write(stderr) else "check the repository with `git status` and `git fsck`"


def cannot_write(stderr: bytes) -> bool:
    """Whether git says that the machine lets it write no file; often it gives no reason."""
    return _NOT_WRITTEN.search(stderr) is not None


def remedy(folder: Path, stderr: bytes, otherwise: str) -> str:
    """What to do where git says that there is no repository: `otherwise` is for a folder that is in none."""
    if b"dubious ownership" in stderr:
        return f"it belongs to somebody else; if you trust it, type: git config --global --add safe.directory {shlex.quote(str(folder))}"
    return otherwise if b"not a git repository" in stderr else "put that right, until `git status` works"


def read_objects(folder: Path, names: Sequence[str]) -> Iterator[bytes | None]:
    """The content under each name, in their order; None for one that git does not have here. Raises: UserError."""
    done = run_git(folder, "cat-file", "--batch", given="".join(f"{name}\n" for name in names).encode())
    if done.returncode:
        raise UserError(f"git cannot read its files: {error_text(done.stderr)}", f"fetch them: {fetch_everything(folder)}")
    data, at = done.stdout, 0
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


def ref_commit(folder: Path, ref: str) -> str:
    """The commit that a ref leads to; empty if there is no such ref, or it leads to a file or a folder. Raises: UserError if git lacks that commit."""
    found = run_git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", ref)
    if found.returncode:
        return ""
    name = found.stdout.decode().strip()
    kind = run_git(folder, "cat-file", "-t", f"{name}^{{}}").stdout.decode().strip()
    return "" if kind in ("blob", "tree") else ask_git(folder, "rev-parse", "--verify", f"{name}^{{commit}}")


def is_shallow(folder: Path) -> bool:
    """Whether the clone holds only the last commits."""
    return ask_git(folder, "rev-parse", "--is-shallow-repository") == "true"


def is_incomplete(folder: Path) -> bool:
    """Whether the clone was made without some commits or some files."""
    return is_shallow(folder) or _is_partial(folder)


def _is_partial(folder: Path) -> bool:
    return not run_git(folder, "config", "--get-regexp", r"^remote\..*\.promisor$").returncode


def remotes_of(folder: Path) -> tuple[str, ...]:
    """The names of the repositories that this one fetches from, `origin` first."""
    return tuple(sorted(ask_git(folder, "remote").split(), key=lambda name: (name != "origin", name)))


def fetch_everything(folder: Path, remote: str = "") -> str:
    """The command that brings every commit, file, branch and tag of a remote into a clone that lacks some, for a message."""
    name = remote or next(iter(remotes_of(folder)), "origin")
    options = ("--unshallow " if is_shallow(folder) else "") + ("--refetch --no-filter " if _is_partial(folder) else "")
    return f'git fetch {options}--tags {name} "+refs/heads/*:refs/remotes/{name}/*"'


def folder_in_repository(root: Path) -> PurePosixPath:
    """The playbook's place in the git work tree that holds it. A playbook outside any repository is its own top."""
    tree = next((folder for folder in (root, *root.parents) if os.path.lexists(folder / ".git")), root)
    return PurePosixPath(root.relative_to(tree).as_posix())


def error_text(stderr: bytes) -> str:
    """What git says of a refusal, without the warnings above it."""
    lines = stderr.decode("utf-8", "replace").strip().splitlines()
    said = next((line for line in lines if line.startswith(("fatal: ", "error: "))), lines[0] if lines else "git did not say why")
    return printable(said.removeprefix("fatal: ").removeprefix("error: "))
