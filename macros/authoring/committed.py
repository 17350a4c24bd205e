"""Whether git holds the playbook as it lies in its folder: a release is found again, and published, by its commit alone.

Each function takes the playbook's folder, and raises UserError with what to type.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Sequence
from pathlib import Path

from macros.engines.mkdocs.settings import files_named
from macros.files.git import ask_git, error_text, remedy, run_git
from macros.problems.user_error import UserError
from macros.site.built_from import INPUTS

MOST_FILES = 10
_MADE_BY_MACHINES = re.compile(r"(?:^|/)(?:\.|__pycache__/)")
"""What no site is made of: hidden files, and what Python keeps for itself."""


def require_committed(root: Path) -> None:
    """All files of the playbook are as git has them.

    Raises: UserError.
    """
    _require_no_changes(root)
    _require_all_files(root)
    _require_own_files(root)
    _require_none_ignored(root)


def _inputs(root: Path) -> tuple[str, ...]:
    return *INPUTS, *files_named(root)


def _require_no_changes(root: Path) -> None:
    done = run_git(root, "status", "--porcelain", "--untracked-files=all", "--", ".")
    if done.returncode:
        help = remedy(root, done.stderr, "make one with `git init`")
        raise UserError(f"a release needs a git repository, so that it can be found again: {error_text(done.stderr)}", help)
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    if lines:
        raise UserError(f"there are changes that are not committed\n{_shown(lines)}", "commit or discard them")
    if run_git(root, "rev-parse", "--verify", "--quiet", "HEAD").returncode:
        raise UserError("the repository has no commits yet", "commit the playbook first")


def _require_all_files(root: Path) -> None:
    """Git can be told to leave files out of the folder, or to look at them no more: what it says of changes is not true of these."""
    rows = ask_git(root, "ls-files", "-v", "-z", "--", *_inputs(root)).split("\0")
    marked = [(row[0], row[2:]) for row in rows if row and (row[0] == "S" or row[0].islower())]
    if not marked:
        return
    files = _shown([path for _, path in marked])
    if run_git(root, "config", "--get", "core.sparseCheckout").stdout.strip() == b"true":
        raise UserError(f"a sparse checkout leaves out files of the playbook\n{files}", "bring them here with `git sparse-checkout disable`")
    mark, path = marked[0]
    again = f"git update-index {'--no-skip-worktree' if mark.upper() == 'S' else '--no-assume-unchanged'} {shlex.quote(path)}"
    raise UserError(
        f"git was told not to look at files of the playbook\n{files}", f"let it look again, with `{again}` and so on, and commit what has changed"
    )


def _require_own_files(root: Path) -> None:
    """Of a repository inside this one, a commit holds the name of a commit and no file: whoever publishes would find an empty folder."""
    rows = ask_git(root, "ls-files", "-s", "-z", "--", *_inputs(root)).split("\0")
    inside = [path for row in rows if row.startswith("160000 ") for path in [row.partition("\t")[2]]]
    if inside:
        first = shlex.quote(inside[0])
        help = f"make its files a part of this one: type `git rm --cached {first}`, move {first}/.git out of here, type `git add {first}`, and commit"
        raise UserError(f"folders of the playbook are git repositories of their own, whose files no commit here holds\n{_shown(inside)}", help)


def _require_none_ignored(root: Path) -> None:
    rows = ask_git(root, "ls-files", "--others", "--ignored", "--exclude-standard", "-z", "--", *_inputs(root)).split("\0")
    ignored = [path for path in rows if path and not _MADE_BY_MACHINES.search(path)]
    if ignored:
        help = f"commit them with `git add --force {shlex.quote(ignored[0])}` and so on, or delete them; `git check-ignore -v` shows which line ignores a file"
        raise UserError(f"git ignores files that the site is made of, so no commit holds them\n{_shown(ignored)}", help)


def require_not_ignored(root: Path, files: Iterable[str]) -> None:
    """Git would take files that are yet to be written.

    Raises: UserError.
    """
    for path in files:
        done = run_git(root, "check-ignore", "--verbose", "--", path)
        if not done.returncode:
            line = done.stdout.decode("utf-8", "replace").partition("\t")[0]
            raise UserError(f"git would ignore {path}, as {line} tells it to", "take that line out, or write a narrower one, and commit that")


def _shown(lines: Sequence[str]) -> str:
    more = [f"  and {len(lines) - MOST_FILES} more"] if len(lines) > MOST_FILES else []
    return "\n".join([*(f"  {line}" for line in lines[:MOST_FILES]), *more])
