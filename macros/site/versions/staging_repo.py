"""A repository beside the real one, in which a new state of a branch is made; the real one gets it whole, or not at all.

Takes the playbook's folder, which is in a git repository, and the name of a branch. Adds one commit to that branch.
Raises UserError, and the branch is as it was.
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
    """A bare repository that sees every object of the real one. `old` is what the real branch pointed at, `base` what the work begins with."""

    root: Path
    folder: Path
    branch: str
    old: str
    base: str

    def files(self) -> dict[str, str]:
        """The files on the branch as it is here: from each path to the name of its content."""
        listed = run_git(self.folder, "ls-tree", "-r", "-z", "--full-tree", f"refs/heads/{self.branch}")
        rows = listed.stdout.decode("utf-8", "surrogateescape").split("\0")[:-1] if not listed.returncode else []
        return {path: settings.split()[2] for settings, _, path in (row.partition("\t") for row in rows)}

    def read(self, names: Sequence[str]) -> Iterator[bytes]:
        """What stands under each name, in their order."""
        yield from (content or b"" for content in read_objects(self.folder, names))

    def deliver(self, message: str, identity: Mapping[str, str]) -> bool:
        """Let the real branch point at what was made here, as one commit; False where that is published already, here or at the remote."""
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
        """The real branch, from what it was when the work began; git does so in one step, or refuses."""
        if commit != self.old:
            done = run_git(self.root, "update-ref", "-m", message, f"refs/heads/{self.branch}", commit, self.old or _NO_COMMIT)
            if done.returncode:
                raise UserError(f"somebody else moved the branch {self.branch} meanwhile; nothing is changed", "type `make publish` again")


@contextmanager
def open_staging_repo(root: Path, branch: str) -> Iterator[StagingRepo]:
    """A staging repository that begins with what is published, here or at the remote `origin`; it is gone afterwards, however that ends."""
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
    """Who publishes, as git knows it, for git's environment."""
    done = run_git(root, "var", "GIT_COMMITTER_IDENT")
    found = _IDENTITY.fullmatch(done.stdout.decode("utf-8", "replace").strip())
    if done.returncode or not found:
        raise UserError("git does not know who you are", 'tell it: git config user.name "Your Name", git config user.email you@example.org')
    return {f"GIT_{who}_{what.upper()}": found[what] for who in ("AUTHOR", "COMMITTER") for what in ("name", "email")}


def _commit(root: Path, ref: str) -> str:
    return run_git(root, "rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}").stdout.decode().strip()


def _newer(root: Path, branch: str, here: str, there: str) -> str:
    """The one of two commits that holds the other."""
    if not here or not there or here == there:
        return here or there
    for older, newer in ((here, there), (there, here)):
        if not run_git(root, "merge-base", "--is-ancestor", older, newer).returncode:
            return newer
    raise UserError(
        f"the branch {branch} here and the one at origin went different ways; nothing is changed",
        f"to go on from what is published, type: git branch --force {branch} origin/{branch}",
    )


def _require_not_checked_out(root: Path, branch: str) -> None:
    listed = run_git(root, "worktree", "list", "--porcelain").stdout.decode("utf-8", "replace")
    if f"branch refs/heads/{branch}\n" in listed + "\n":
        raise UserError(f"the branch {branch} is checked out, and would change under your hands", "check out another one: git switch main")
