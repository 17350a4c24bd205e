"""A temporary repository in which a new state of a branch is prepared; the real one then gets all of it as one commit, or nothing.

`open_staging_repo` takes the playbook's folder, inside a git repository, and the branch as it is. It raises UserError, and leaves the
branch as it was, if anything is in the way.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from macros.files.git import ask_git, error_text, fetch_everything, read_objects, ref_commit, remedy, run_git
from macros.problems.user_error import UserError
from macros.site.versions.published_branch import UNCHANGED, PublishedBranch

_IDENTITY = re.compile(r"(?P<name>.*) <(?P<email>[^<>]*)> \d+ [+-]\d{4}")


@dataclass(frozen=True, slots=True)
class StagingRepo:
    """A repository that shares the objects of the real one, with `branch` as it is to become."""

    root: Path
    folder: Path
    branch: PublishedBranch

    @property
    def _ref(self) -> str:
        return f"refs/heads/{self.branch.name}"

    def files(self) -> dict[str, str]:
        """Returns the files on the branch in this repository: from each path to the id of its blob. Raises: UserError."""
        if run_git(self.folder, "show-ref", "--verify", "--quiet", self._ref).returncode:
            return {}
        listed = run_git(self.folder, "ls-tree", "-r", "-z", "--full-tree", self._ref)
        if listed.returncode:
            raise self._incomplete()
        rows = listed.stdout.decode("utf-8", "surrogateescape").split("\0")[:-1]
        return {path: settings.split()[2] for settings, _, path in (row.partition("\t") for row in rows)}

    def read(self, names: Sequence[str]) -> Iterator[bytes]:
        """Yields the content of each blob, in the order of `names`. Raises: UserError if git lacks one: what cannot be read is not empty."""
        for content in read_objects(self.folder, names):
            if content is None:
                raise self._incomplete()
            yield content

    def _incomplete(self) -> UserError:
        message = f"this clone lacks files of the branch {self.branch.name}; {UNCHANGED}"
        return UserError(message, f"fetch them: {fetch_everything(self.root, self.branch.remote)}")

    def deliver(self, message: str) -> bool:
        """Points the real branch at what was prepared here, as one commit of the publisher; returns False if that is published already."""
        base = self.branch.base
        tree = ask_git(self.folder, "rev-parse", f"{self._ref}^{{tree}}")
        if base and ask_git(self.folder, "rev-parse", f"{base}^{{tree}}") == tree:
            self._move(base, message)
            return False
        parents = ("-p", base) if base else ()
        commit = ask_git(self.folder, "commit-tree", tree, *parents, "-m", message, environment=identity_of(self.root))
        ask_git(self.folder, "update-ref", self._ref, commit)
        allowed = {"GIT_ALLOW_PROTOCOL": "file"}
        ask_git(self.root, "fetch", "--quiet", "--no-tags", "--no-auto-gc", str(self.folder), self._ref, environment=allowed)
        self._move(commit, message)
        return True

    def _move(self, commit: str, message: str) -> None:
        """Moves the real branch from where it was when the work began; git does so atomically, or refuses."""
        here = self.branch.here
        if commit != here:
            done = run_git(self.root, "update-ref", "-m", message, self._ref, commit, here)
            if done.returncode:
                raise self._not_moved(done.stderr)

    def _not_moved(self, stderr: bytes) -> UserError:
        name, again = self.branch.name, "type `make publish` again"
        if ref_commit(self.root, self._ref) != self.branch.here:
            return UserError(f"the branch {name} has moved in the meantime; {UNCHANGED}", again)
        remedy = "if no other command of git is running, delete that file" if b".lock': File exists" in stderr else "put that right"
        return UserError(f"git does not move the branch {name}: {error_text(stderr).rstrip('.')}; {UNCHANGED}", f"{remedy}, then {again}")


@contextmanager
def open_staging_repo(root: Path, branch: PublishedBranch) -> Iterator[StagingRepo]:
    """Yields a repository that starts from what is published; it is deleted at the end in any case. Raises: UserError."""
    with tempfile.TemporaryDirectory(prefix="playbook-publish-") as name:
        folder = Path(name)
        form = ask_git(root, "rev-parse", "--show-object-format")
        known = [] if form.startswith("--") else [f"--object-format={form}"]  # before version 2.29, git repeats what it does not know
        ask_git(root, "init", "--quiet", "--template=", *known, name)
        inside = folder / ".git"
        (inside / "objects" / "info").mkdir(exist_ok=True)
        (inside / "objects" / "info" / "alternates").write_bytes(_quoted(_path_in_git(root, "objects")))
        shallow = _path_in_git(root, "shallow")
        if shallow.is_file():
            shutil.copyfile(shallow, inside / "shallow")
        if branch.base:
            ask_git(folder, "update-ref", f"refs/heads/{branch.name}", branch.base)
        yield StagingRepo(root, folder, branch)


def _quoted(path: Path) -> bytes:
    """A line with a path as git reads it, whatever is in the names of its folders."""
    written = str(path).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return os.fsencode(f'"{written}"\n')


def require_repository(root: Path) -> None:
    """Raises: UserError if the folder is in no git repository."""
    done = run_git(root, "rev-parse", "--git-dir")
    if done.returncode:
        help = remedy(root, done.stderr, "publish from a clone of the playbook")
        raise UserError(f"{root} is in no git repository that can be read: {error_text(done.stderr)}", help)


def _path_in_git(root: Path, name: str) -> Path:
    return (root / ask_git(root, "rev-parse", "--git-path", name)).resolve()


def identity_of(root: Path) -> dict[str, str]:
    """Returns the publisher's name and email, as git knows them, as variables for git's environment. Raises: UserError if git cannot commit so."""
    found = _identity(root, "COMMITTER", {})
    if not found:
        raise UserError("git has no name and email for you", 'tell it: git config user.name "Your Name", git config user.email you@example.org')
    identity = {f"GIT_{who}_{what.upper()}": found[what] for who in ("AUTHOR", "COMMITTER") for what in ("name", "email")}
    _identity(root, "AUTHOR", identity)
    return identity


def _identity(root: Path, who: str, environment: Mapping[str, str]) -> re.Match[str] | None:
    done = run_git(root, "var", f"GIT_{who}_IDENT", environment=environment)
    if b"invalid date" in done.stderr:
        date = f"GIT_{who}_DATE"
        raise UserError(f"git cannot read the variable {date}: {error_text(done.stderr)}; {UNCHANGED}", f"take it away: unset {date}")
    return None if done.returncode else _IDENTITY.fullmatch(done.stdout.decode("utf-8", "replace").strip())
