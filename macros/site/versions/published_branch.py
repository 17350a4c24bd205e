"""The branch that holds the published site, as it is in this clone and at its remotes.

`find_published_branch` takes the playbook's folder and the name of the branch. It returns the commit to go on from, or raises UserError if
nobody can tell which one that is: what cannot be seen from here may still be there.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from macros.files.git import ask_git, error_text, fetch_everything, is_shallow, ref_commit, remotes_of, run_git
from macros.files.layout import DATA
from macros.problems.closest import did_you_mean
from macros.problems.user_error import UserError

_ALL_BRANCHES = re.compile(r"refs/(?:heads/)?\*:")
UNCHANGED = "nothing was changed"
NOTHING_PUBLISHED = "nothing is published"


@dataclass(frozen=True, slots=True)
class PublishedBranch:
    """`here` is the commit of the branch in this clone, `base` the newest one that is known: both may be empty. `remote` is where it is pushed."""

    name: str
    here: str
    base: str
    remote: str


def find_published_branch(root: Path, name: str, remote: str = "") -> PublishedBranch:
    """Returns the branch. `remote`, if given, is the only one of several remotes that counts. Raises: UserError."""
    remotes = remotes_of(root)
    if remote and remote not in remotes:
        raise UserError(
            f"there is no remote '{remote}'; {UNCHANGED}", did_you_mean(remote, remotes, "`git remote --verbose` lists those that there are")
        )
    asked = (remote,) if remote else remotes
    here = ref_commit(root, f"refs/heads/{name}")
    there = {each: commit for each in asked if (commit := ref_commit(root, f"refs/remotes/{each}/{name}"))}
    if not here and not there:
        _require_all_branches(root, name, asked)
    _require_site(root, name, here, there)
    _require_not_checked_out(root, name)
    return PublishedBranch(name, here, _newest(root, name, here, there), next(iter((*there, *asked)), ""))


def _newest(root: Path, name: str, here: str, there: Mapping[str, str]) -> str:
    """The commit that has all others as ancestors."""
    newest = _has_all(root, there.values())
    if newest is None:
        one, other = [*there][:2]
        raise UserError(
            f"the branch {name} has gone different ways at {one} and at {other}; {UNCHANGED}",
            f"say which one to go on from: make publish REMOTE={one}",
        )
    found = _has_all(root, filter(None, (here, newest)))
    if found is None:
        remote = next(remote for remote, commit in there.items() if commit == newest)
        otherwise = f"to go on from what is published, type: git branch --force {name} {remote}/{name}"
        help = f"fetch the whole history: {fetch_everything(root, remote)}" if is_shallow(root) else otherwise
        raise UserError(f"the branch {name} here and the one at {remote} have diverged; {UNCHANGED}", help)
    return found


def _has_all(root: Path, commits: Iterable[str]) -> str | None:
    """The commit that has all others as ancestors, or None; empty if there is no commit at all."""
    known = tuple(dict.fromkeys(commits))
    if not known:
        return ""
    return next((newest for newest in known if all(_is_ancestor(root, older, newest) for older in known)), None)


def _is_ancestor(root: Path, older: str, newer: str) -> bool:
    done = run_git(root, "merge-base", "--is-ancestor", older, newer)
    if done.returncode > 1:
        raise UserError(f"git cannot follow the history: {error_text(done.stderr)}; {UNCHANGED}", f"fetch all of it: {fetch_everything(root)}")
    return not done.returncode


def _require_all_branches(root: Path, name: str, remotes: Iterable[str]) -> None:
    """A clone of one branch, or of the last commits alone, cannot tell what is published."""
    for remote in remotes:
        fetched = run_git(root, "config", "--get-all", f"remote.{remote}.fetch").stdout.decode("utf-8", "replace")
        if is_shallow(root) or not _ALL_BRANCHES.search(fetched):
            message = f"this clone has only some of the branches at {remote}, so it cannot tell what is published on {name}; {UNCHANGED}"
            every = f"git remote set-branches {shlex.quote(remote)} '*' && {fetch_everything(root, remote)}"
            raise UserError(message, f"fetch the others, now and from now on: {every}")


def _require_site(root: Path, name: str, here: str, there: Mapping[str, str]) -> None:
    """A branch with the playbook itself is no place for its site: readers would get the one between the files of the other."""
    data = f"{ask_git(root, 'rev-parse', '--show-prefix')}{DATA}"
    commits = {"": here, **there}
    holding = [place for place, commit in commits.items() if commit and run_git(root, "ls-tree", "--full-tree", commit, "--", data).stdout]
    if holding:
        message = f"the branch {name} holds the playbook itself, and its site would be published between those files; {UNCHANGED}"
        remote = holding[0]
        away = f"rename it at {remote}, then type: git fetch --prune {remote}" if remote else f"git branch --move {name} main"
        raise UserError(message, f"give that branch another name, such as main: {away}")


def _require_not_checked_out(root: Path, name: str) -> None:
    for tree in ask_git(root, "worktree", "list", "--porcelain").split("\n\n"):
        lines = tree.splitlines()
        if f"branch refs/heads/{name}" in lines:
            folder = lines[0].removeprefix("worktree ")
            away = f"leave it there: git -C {shlex.quote(folder)} switch --detach"
            help = away if Path(folder).is_dir() else "that folder is gone, so tell git: git worktree prune"
            raise UserError(f"the branch {name} is checked out in {folder}, and would change while it is published; {UNCHANGED}", help)
