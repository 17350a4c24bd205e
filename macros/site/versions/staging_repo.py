"""A temporary repository in which a new state of a branch is prepared; the real one then gets all of it as one commit, or nothing.

`open_staging_repo` takes the playbook's folder, inside a git repository, and the name of a branch. It raises UserError, and leaves the
branch as it was, if anything is in the way.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from macros.files.git import ask_git, error_text, read_objects, run_git
from macros.problems.user_error import UserError

_NO_COMMIT = "0" * 40
_IDENTITY = re.compile(r"(?P<name>.*) <(?P<email>[^<>]*)> \d+ [+-]\d{4}")


@dataclass(frozen=True, slots=True)
class StagingRepo:
    """A bare repository that shares the objects of the real one. `old` is the commit of the real branch, `base` the one to build on."""

    root: Path
    folder: Path
    branch: str
    old: str
    base: str

    def files(self) -> dict[str, str]:
        """Returns the files on the branch in this repository: from each path to the id of its blob."""
        listed = run_git(self.folder, "ls-tree", "-r", "-z", "--full-tree", f"refs/heads/{self.branch}")
        rows = listed.stdout.decode("utf-8", "surrogateescape").split("\0")[:-1] if not listed.returncode else []
        return {path: settings.split()[2] for settings, _, path in (row.partition("\t") for row in rows)}

    def read(self, names: Sequence[str]) -> Iterator[bytes]:
        """Yields the content of each blob, in the order of `names`."""
        yield from (content or b"" for content in read_objects(self.folder, names))

    def deliver(self, message: str, identity: Mapping[str, str]) -> bool:
        """Points the real branch at what was prepared here, as one commit; returns False if that is published already."""
        tree = ask_git(self.folder, "rev-parse", f"refs/heads/{self.branch}^{{tree}}")
        if self.base and ask_git(self.folder, "rev-parse", f"{self.base}^{{tree}}") == tree:
            self._move(self.base, message)
            return False
        parents = ("-p", self.base) if self.base else ()
        commit = ask_git(self.folder, "commit-tree", tree, *parents, "-m", message, environment=identity)
        ask_git(self.folder, "update-ref", f"refs/heads/{self.branch}", commit)
        ask_git(self.root, "fetch", "--quiet", "--no-tags", "--no-auto-gc", str(self.folder), f"refs/heads/{self.branch}")
        self._move(commit, message)
        return True

    def _move(self, commit: str, message: str) -> None:
        """Moves the real branch from where it was when the work began; git does so atomically, or refuses."""
        if commit != self.old:
            done = run_git(self.root, "update-ref", "-m", message, f"refs/heads/{self.branch}", commit, self.old or _NO_COMMIT)
            if done.returncode:
                raise UserError(f"the branch {self.branch} has moved in the meantime; nothing was changed", "type `make publish` again")


@contextmanager
def open_staging_repo(root: Path, branch: str) -> Iterator[StagingRepo]:
    """Yields a repository that starts from what is published, here or at the remote `origin`; it is deleted at the end in any case."""
    done = run_git(root, "rev-parse", "--git-path", "objects")
    if done.returncode:
        raise UserError(f"{root} is in no git repository that can be read: {error_text(done.stderr)}", "publish from a clone of the playbook")
    objects = (root / done.stdout.decode().strip()).resolve()
    _require_not_checked_out(root, branch)
    old = _commit(root, f"refs/heads/{branch}")
    base = _newer(root, branch, old, _commit(root, f"refs/remotes/origin/{branch}"))
    with tempfile.TemporaryDirectory(prefix="playbook-publish-") as folder:
        ask_git(root, "init", "--quiet", "--bare", folder)
        (Path(folder) / "objects" / "info" / "alternates").write_text(f"{objects}\n", "utf-8")
        if base:
            ask_git(Path(folder), "update-ref", f"refs/heads/{branch}", base)
        yield StagingRepo(root, Path(folder), branch, old, base)


def identity_of(root: Path) -> dict[str, str]:
    """Returns the publisher's name and email, as git knows them, as variables for git's environment."""
    done = run_git(root, "var", "GIT_COMMITTER_IDENT")
    found = _IDENTITY.fullmatch(done.stdout.decode("utf-8", "replace").strip())
    if done.returncode or not found:
        raise UserError("git has no name and email for you", 'tell it: git config user.name "Your Name", git config user.email you@example.org')
    return {f"GIT_{who}_{what.upper()}": found[what] for who in ("AUTHOR", "COMMITTER") for what in ("name", "email")}


def _commit(root: Path, ref: str) -> str:
    return run_git(root, "rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}").stdout.decode().strip()


def _newer(root: Path, branch: str, here: str, there: str) -> str:
    """The commit that has the other one as an ancestor."""
    if not here or not there or here == there:
        return here or there
    for older, newer in ((here, there), (there, here)):
        if not run_git(root, "merge-base", "--is-ancestor", older, newer).returncode:
            return newer
    raise UserError(
        f"the branch {branch} here and the one at origin have diverged; nothing was changed",
        f"to go on from what is published, type: git branch --force {branch} origin/{branch}",
    )


def _require_not_checked_out(root: Path, branch: str) -> None:
    listed = run_git(root, "worktree", "list", "--porcelain").stdout.decode("utf-8", "replace")
    if f"branch refs/heads/{branch}\n" in listed + "\n":
        raise UserError(f"the branch {branch} is checked out, and would change while it is published", "check out another one: git switch main")
