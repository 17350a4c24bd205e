"""The commit that each release is built from: one whose tree holds that very release, and the playbook as it was released.

`find_release_commit` takes the playbook's folder and a release. It returns a `ReleaseCommit`, or why each commit that was looked at is not it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from macros.files.git import ask_git, ref_commit
from macros.files.layout import MANIFEST_ENDING, RELEASE_ENDING, RELEASES, versions_among
from macros.releases.store import Release

Difference = Callable[[str, str], str]
"""Takes a commit and a version. Returns how the playbook at that commit differs from the release, as the end of a sentence; empty if it does not."""


@dataclass(frozen=True, slots=True)
class ReleaseCommit:
    """A release, and the commit to build it from. `name` is what people call that: its tag, or the beginning of its id; `tree` identifies its files."""

    release: Release
    commit: str
    name: str
    tree: str


def find_release_commit(root: Path, release: Release, recorded: Mapping[str, str], difference: Difference) -> ReleaseCommit | tuple[str, ...]:
    """Returns the commit of `release`. `recorded` are its files with the ids of their blobs.

    Raises: UserError.
    """
    reasons: dict[str, str] = {}
    for commit, name in commits_with(root, release.version):
        if commit not in reasons:
            reason = _why_not(root, release, recorded, commit) or difference(commit, release.version)
            if not reason:
                return ReleaseCommit(release, commit, name, tree_of(root, commit))
            reasons[commit] = f"{name} {reason}"
    return tuple(reasons.values())


def tree_of(root: Path, commit: str) -> str:
    """Returns the id of the playbook's folder at a commit: the same files have the same id."""
    return ask_git(root, "rev-parse", f"{commit}:./")


def commits_with(root: Path, version: str) -> Iterator[tuple[str, str]]:
    """Yields the commits that should hold a release, each with its name: those of its tags, then those that added its file."""
    for tag in (f"v{version}", version):
        if commit := ref_commit(root, f"refs/tags/{tag}"):
            yield commit, tag
    path = f"{RELEASES}/{version}{RELEASE_ENDING}"
    added = ask_git(root, "log", "--all", "--no-show-signature", "--reverse", "--diff-filter=A", "--format=%H", "--", path)
    yield from ((commit, commit[:10]) for commit in added.split())


def release_files_at(root: Path, commit: str) -> dict[str, str]:
    """Returns the files of all releases that a commit holds, by name, with the ids of their blobs. Raises: UserError."""
    prefix = ask_git(root, "rev-parse", "--show-prefix")
    rows = ask_git(root, "ls-tree", "-z", "--full-tree", commit, "--", f"{prefix}{RELEASES}/").split("\0")[:-1]
    return {PurePosixPath(path).name: settings.split()[2] for settings, _, path in (row.partition("\t") for row in rows)}


def files_of_release(version: str, files: Mapping[str, str]) -> dict[str, str]:
    """Returns those of `files` that are the release's: its entries and its manifest."""
    return {name: files[name] for name in (f"{version}{RELEASE_ENDING}", f"{version}{MANIFEST_ENDING}") if name in files}


def newest_in(files: Mapping[str, str]) -> str:
    """Returns the newest version that has a file among `files`, or nothing."""
    versions = versions_among(name.removesuffix(RELEASE_ENDING) for name in files if name.endswith(RELEASE_ENDING))
    return versions[-1] if versions else ""


def _why_not(root: Path, release: Release, recorded: Mapping[str, str], commit: str) -> str:
    """Why a release cannot be built from a commit, as far as the files of releases tell; empty if it can."""
    files = release_files_at(root, commit)
    if not recorded.items() <= files.items():
        return "does not hold it"
    return "" if newest_in(files) == release.version else f"holds {newest_in(files)} already"
