"""Reads the playbook's files at a git revision, without touching the work tree.

`find_revision` and `default_revision` return the base to compare with; `read_revision` returns the bytes of its files.
Each raises InvalidArgument if there is nothing to compare with; it says why, and what to write instead.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from macros.files.git import error_text, read_objects, remedy, run_git
from macros.files.layout import DATA, DOCS, LARGEST_FILE, release_names
from macros.problems.closest import did_you_mean
from macros.problems.problem import printable, short
from macros.problems.user_error import InvalidArgument, UserError
from macros.releases.diff.model import DiffBase
from macros.releases.past import is_wanted
from macros.releases.snapshot import UnreadFile
from macros.releases.version import folder_of

LARGEST_PLAYBOOK = 500_000_000
"""Bytes of all files together: far more than any playbook has, and less than a machine's memory."""
_NUMBERS = re.compile(r"(?<![\d.])\d+(?:\.\d+){1,2}(?![\d])")
_PLAIN_FILE = re.compile(r"100\d{3}")


@dataclass(frozen=True)
class Revision:
    """The playbook's files at a commit, by path from the playbook's folder, and the files that could not be read."""

    base: DiffBase
    files: dict[str, bytes]
    unread: tuple[UnreadFile, ...]


@dataclass(frozen=True, slots=True)
class _Blob:
    path: str
    name: str


def read_revision(root: Path, base: DiffBase) -> Revision:
    """Returns the files at the commit of `base`."""
    prefix = _ask(root, "rev-parse", "--show-prefix").rstrip("\n")
    listed = _git(root, "ls-tree", "-r", "-z", "-l", "--full-tree", base.commit, "--", f"{prefix}{DATA}", f"{prefix}{DOCS}")
    if listed.returncode:
        raise InvalidArgument(f"git cannot list the files of {base.name}: {error_text(listed.stderr)}", "check the repository with `git fsck`")
    blobs, unread = _blobs(listed.stdout, prefix)
    files = dict(_read_blobs(root, base, blobs))
    if not any(path.startswith(f"{DATA}/") for path in files):
        where = f"in {prefix}" if prefix else "at its top"
        raise InvalidArgument(f"{printable(base.name)} has no {DATA}/ {where}, so there is no playbook to compare with", "name a later revision")
    return Revision(base, files, unread)


def find_revision(root: Path, name: str) -> DiffBase:
    """Returns the commit that `name` refers to."""
    if not name or name.startswith("-") or not name.isprintable():
        raise InvalidArgument(f"'{printable(name)}' cannot be the name of a revision", "name a commit, a branch, a tag or a release")
    _check_repository(root)
    commit = _commit(root, name)
    if commit is None:
        raise _unknown(root, name)
    return DiffBase(name, commit)


def default_revision(root: Path, branch: str) -> DiffBase:
    """Returns the commit where this branch left the main branch; on the main branch itself, the last commit.

    The remotes `upstream` and `origin` come before the local branch.
    """
    _check_repository(root)
    head = _commit(root, "HEAD")
    if head is None:
        raise InvalidArgument("the repository has no commits yet, so there is nothing to compare with", "commit the playbook first")
    for ref in (f"refs/remotes/upstream/{branch}", f"refs/remotes/origin/{branch}", "refs/remotes/origin/HEAD", f"refs/heads/{branch}"):
        main = _commit(root, ref)
        shared = _git(root, "merge-base", "--end-of-options", head, main).stdout.decode().strip() if main else ""
        name = ref.removeprefix("refs/remotes/").removeprefix("refs/heads/")
        if shared and shared != head:
            return DiffBase(shared[:10], shared, f"where this branch left {name}")
    return DiffBase(head[:10], head, "the last commit")


def _check_repository(root: Path) -> None:
    done = _git(root, "rev-parse", "--git-dir")
    if done.returncode:
        raise InvalidArgument(
            f"{root} is in no git repository that can be read: {error_text(done.stderr)}",
            remedy(root, done.stderr, "name a release to compare with, or clone the playbook with git"),
        )


def _commit(root: Path, name: str) -> str | None:
    done = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    found = done.stdout.decode().split()
    return found[-1] if not done.returncode and found and found[-1].isalnum() else None  # `^main` gives `^0123…`: all commits but these


def _unknown(root: Path, name: str) -> InvalidArgument:
    names = _ask(root, "for-each-ref", "--format=%(refname:short)", "--count=5000").split()
    message = f"there is no release and no revision '{short(printable(name))}'"
    if release := _release_in(root, name):
        return InvalidArgument(message, f"did you mean '{release}'?")
    if _ask(root, "rev-parse", "--is-shallow-repository").strip() == "true":
        message = f"{message} in this shallow copy of the repository"
        return InvalidArgument(message, "fetch its whole history: `git fetch --unshallow`, or `fetch-depth: 0` where a workflow checks it out")
    remote = [ref for ref in names if ref.endswith(f"/{name}")]
    return InvalidArgument(message, did_you_mean(name, remote[:1] or names, "`git branch --all` and `git tag` show what there is"))


def _release_in(root: Path, name: str) -> str:
    """The release in the middle of a name such as `v1.3.0`; empty if there is none."""
    releases = release_names(root)
    return next((found for found in _NUMBERS.findall(name) if found in (*releases, *map(folder_of, releases))), "")


def _blobs(listed: bytes, prefix: str) -> tuple[list[_Blob], tuple[UnreadFile, ...]]:
    """The files to read from the output of `git ls-tree -l -z`, and those not to read: a symbolic link may lead out of the playbook."""
    blobs: list[_Blob] = []
    unread: list[UnreadFile] = []
    total = 0
    for row in listed.decode("utf-8", "surrogateescape").split("\0")[:-1]:
        about, _, path = row.partition("\t")
        mode, _, name, size = about.split()
        path = path.removeprefix(prefix)
        if not is_wanted(path):
            continue
        total += int(size) if size.isdigit() else 0
        if not _PLAIN_FILE.fullmatch(mode):
            unread.append(UnreadFile(path, "could not be read: it is not a plain file"))
        elif int(size) > LARGEST_FILE:
            unread.append(UnreadFile(path, f"could not be read: it has {int(size):,} bytes, the most is {LARGEST_FILE:,}"))
        else:
            blobs.append(_Blob(path, name))
    if total > LARGEST_PLAYBOOK:
        raise InvalidArgument(f"its files have {total:,} bytes together, the most is {LARGEST_PLAYBOOK:,}", "name another revision")
    return blobs, tuple(unread)


def _read_blobs(root: Path, base: DiffBase, blobs: list[_Blob]) -> Iterator[tuple[str, bytes]]:
    for blob, data in zip(blobs, read_objects(root, [blob.name for blob in blobs]), strict=True):
        if data is None:
            raise InvalidArgument(
                f"git has no copy of a file of {printable(base.name)}: {printable(blob.path)}",
                "fetch the whole history: `fetch-depth: 0`, without a filter, where a workflow checks it out",
            )
        yield blob.path, data


def _ask(root: Path, *arguments: str) -> str:
    return _git(root, *arguments).stdout.decode("utf-8", "surrogateescape")


def _git(root: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    try:
        return run_git(root, *arguments, given=given)
    except UserError as fault:
        raise InvalidArgument(f"{fault.message}, and a revision can be read by git alone", f"{fault.help}, or compare with a release") from None
