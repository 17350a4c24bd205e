"""The releases that the playbook keeps: `playbook_data/releases/<version>.jsonl` and its manifest `<version>.json`.

`read_store` takes the playbook's folder and returns every release, oldest first, and the problems with their files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from macros.files.journal import digest
from macros.files.layout import MANIFEST_ENDING, RELEASE_ENDING, RELEASES, release_names
from macros.files.memo import remembered
from macros.problems.problem import Problem, file_problem, printable
from macros.releases.damage import edited_problem, forked_problem, restore
from macros.releases.manifest import Manifest, read_manifest
from macros.releases.record import Record
from macros.releases.snapshot import Snapshot, read_lines
from macros.releases.version import numbers_of

LARGEST_RELEASE = 200_000_000
"""Bytes. A release of 10,000 entries takes about 25 million."""


@dataclass(frozen=True, eq=False)
class Release:
    """One release. Without a manifest it has no date, and knows no pages except those of its entries.

    Each is equal to itself alone, so that what was worked out from one can be kept under it.
    """

    version: str
    snapshot: Snapshot
    manifest: Manifest | None = None

    @property
    def date(self) -> str:
        """`2026-11-26`, or empty if it is unknown."""
        return self.manifest.date if self.manifest else ""

    @property
    def why(self) -> str:
        """Why it was made, for readers."""
        return self.manifest.why if self.manifest else ""


@dataclass(frozen=True)
class ReleaseStore:
    """Every release that could be read, oldest first, and the problems with the files of the others."""

    releases: tuple[Release, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def latest(self) -> Release | None:
        """The newest release, or None before the first one."""
        return self.releases[-1] if self.releases else None


def read_store(root: Path) -> ReleaseStore:
    """Returns every release of the playbook in `root`."""
    problems = list(_stray_files(root))
    releases, known, manifests = [], dict[bytes, Record](), dict[str, bytes]()
    for version in release_names(root):
        release, found = _read(root, version, known, manifests)
        problems += found
        if release:
            releases.append(release)
    problems += _broken_chain(releases, manifests)
    return ReleaseStore(tuple(releases), tuple(problems))


def read_release(root: Path, version: str) -> tuple[Release | None, tuple[Problem, ...]]:
    """Returns one release, or None and the problems with its files."""
    release, problems = _read(root, version, {}, {})
    return release, tuple(problems)


def _read(root: Path, version: str, known: dict[bytes, Record], manifests: dict[str, bytes]) -> tuple[Release | None, list[Problem]]:
    entries_file, manifest_file = _files_of(version)
    data = _bytes_of(root, entries_file)
    about = _bytes_of(root, manifest_file) if (root / manifest_file).is_symlink() or (root / manifest_file).exists() else None
    if isinstance(data, Problem) or isinstance(about, Problem):
        return None, [each for each in (data, about) if isinstance(each, Problem)]
    release, problems = _parsed(version, data, about, known)
    if release is not None and about is not None:
        manifests[version] = about
    return release, problems


@remembered(lambda version, data, about, _: (version, data, about))
def _parsed(version: str, data: bytes, about: bytes | None, known: dict[bytes, Record]) -> tuple[Release | None, list[Problem]]:
    """One release from the bytes of its two files. `known` only spares work: see `read_lines`."""
    entries_file, manifest_file = _files_of(version)
    manifest = about if about is None else read_manifest(manifest_file, about, version=version)
    if isinstance(manifest, Problem):
        return None, [manifest]
    snapshot, problems = read_lines(entries_file, data, known)
    if snapshot is None:
        return None, list(problems)
    changed = manifest and digest(data) != manifest.entries
    edited = [edited_problem(entries_file, data, manifest.entries, f"release {version} was")] if changed else []
    return _release(version, snapshot, manifest), edited


def _files_of(version: str) -> tuple[str, str]:
    return f"{RELEASES}/{version}{RELEASE_ENDING}", f"{RELEASES}/{version}{MANIFEST_ENDING}"


def _release(version: str, snapshot: Snapshot, manifest: Manifest | None) -> Release:
    if manifest is None:
        return Release(version, snapshot)
    pages = {page.path: page for page in manifest.pages if page.path}
    return Release(version, Snapshot(snapshot.records, manifest.facts, MappingProxyType(pages)), manifest)


def _bytes_of(root: Path, path: str) -> bytes | Problem:
    file = root / path
    if file.is_symlink() or not file.is_file():
        return file_problem(path, "not-a-file", "it is not a plain file", "bring the release back as it was published")
    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST_RELEASE + 1)
    except OSError as error:
        return file_problem(
            path, "unreadable", f"it cannot be read: {(error.strerror or 'unknown error').lower()}", "give everybody the right to read it"
        )
    if len(data) > LARGEST_RELEASE:
        return file_problem(path, "too-large", f"the file has more than {LARGEST_RELEASE:,} bytes", "bring the release back as it was published")
    return data


def _stray_files(root: Path) -> Iterator[Problem]:
    """Files whose names are not versions, two names for one version, and manifests without entries."""
    folder = root / RELEASES
    if folder.is_symlink():
        yield file_problem(RELEASES, "symbolic-link", "it is a symbolic link, which may lead out of the playbook", "put the folder itself here")
        return
    names = release_names(root)
    versions: dict[tuple[int, ...], str] = {}
    for name in names:
        first = versions.setdefault(numbers_of(name), name)
        if first != name:
            path, other = (f"{RELEASES}/{each}{RELEASE_ENDING}" for each in (name, first))
            yield file_problem(path, "release-twice", f"it is the same release as {other}", "keep the one that was published, and delete the other")
    for file in sorted(folder.glob("*")) if folder.is_dir() else ():
        path = f"{RELEASES}/{printable(file.name)}"
        if file.suffix == RELEASE_ENDING and file.stem not in names:
            yield file_problem(
                path, "release-name", f"'{printable(file.stem)}' is not a version", "a release is called by three numbers, such as 1.4.0.jsonl"
            )
        elif file.suffix == MANIFEST_ENDING and file.stem not in names:
            yield file_problem(
                path,
                "release-entries",
                f"its entries are missing: there is no {file.stem}{RELEASE_ENDING}",
                restore(f"{RELEASES}/{printable(file.stem)}{RELEASE_ENDING}"),
            )


def _broken_chain(releases: list[Release], manifests: Mapping[str, bytes]) -> Iterator[Problem]:
    """Each release names the previous one with its digest: that one must exist, unchanged."""
    for release in releases:
        path = f"{RELEASES}/{release.version}{MANIFEST_ENDING}"
        if release.manifest is None and manifests:
            yield file_problem(path, "release-facts", "the file is missing: it says when the release was made and which pages it had", restore(path))
        before = release.manifest.after if release.manifest else None
        if before and before.version not in manifests:
            message = f"release {printable(before.version)} came before it, and cannot be read"
            lost = (f"{RELEASES}/{printable(before.version)}{ending}" for ending in (MANIFEST_ENDING, RELEASE_ENDING))
            yield file_problem(path, "release-lost", message, restore(*lost))
        elif before and digest(manifests[before.version]) != before.sha256:
            earlier = f"{RELEASES}/{before.version}{MANIFEST_ENDING}"
            yield edited_problem(
                earlier, manifests[before.version], before.sha256, f"release {before.version} was when {release.version} followed it"
            )
    yield from _forks(releases)


def _forks(releases: list[Release]) -> Iterator[Problem]:
    """Two releases that followed the same one: on two branches, which were merged."""
    followers: dict[str, list[str]] = {}
    for release in releases:
        if release.manifest:
            followers.setdefault(release.manifest.after.version if release.manifest.after else "", []).append(release.version)
    for before, versions in followers.items():
        for version in versions if len(versions) > 1 else ():
            yield forked_problem(version, next(other for other in reversed(versions) if other != version), before)
