"""The versions that are published, as `versions.json` on the branch lists them.

`read_versions` takes the staging repository and returns a `PublishedVersion` for each folder.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from macros.files.journal import digest
from macros.files.layout import MANIFEST_ENDING, RELEASE_ENDING, RELEASES
from macros.playbook.urls import LATEST_FOLDER, VERSIONS_FILE
from macros.problems.user_error import UserError
from macros.releases.store import Release
from macros.releases.version import numbers_of, parse_version
from macros.site.versions.published_branch import NOTHING_PUBLISHED
from macros.site.versions.staging_repo import StagingRepo

DIGEST = "release"
"""The property of a version that identifies its release: two playbooks may both have a release 1.0.0."""
TREE = "tree"
"""The property that identifies the files which it was built from, by their id in git."""


@dataclass(frozen=True, slots=True)
class PublishedVersion:
    """A version in a folder of its own. `title` is its release; `digest` and `tree` are empty where an older program published it."""

    folder: str
    title: str
    digest: str = ""
    tree: str = ""
    is_latest: bool = False
    """Whether `latest/` is a copy of it."""


def read_versions(repo: StagingRepo) -> Mapping[str, PublishedVersion]:
    """Returns the published versions by folder; none before the first one. Raises: UserError if the list cannot be read."""
    files = repo.files()
    if VERSIONS_FILE not in files:
        return {}
    try:
        rows = [_version(row) for row in json.loads(next(repo.read([files[VERSIONS_FILE]])))]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise unreadable_list(repo) from None
    folders = {path.partition("/")[0] for path in files}
    return {row.folder: row for row in rows if row.folder in folders}


def unreadable_list(repo: StagingRepo) -> UserError:
    """Returns why nothing is published where that list has been spoilt."""
    message = f"{VERSIONS_FILE} on the branch {repo.branch.name} cannot be read; {NOTHING_PUBLISHED}"
    return UserError(
        message, f"see who changed it with `git log -p {repo.branch.base[:10]} -- {VERSIONS_FILE}`, and commit it on that branch as it was"
    )


def digest_of(folder: Path, version: str) -> str:
    """Returns what identifies a release that is recorded in a playbook's folder: the digest of its manifest, or of its entries if it has none."""
    files = (folder / RELEASES / f"{version}{ending}" for ending in (MANIFEST_ENDING, RELEASE_ENDING))
    return digest(next(file for file in files if file.is_file()).read_bytes())


def holds(published: PublishedVersion, release: Release) -> bool:
    """Returns whether a published version is at least as new as a release. A title that is no version is taken to be the newest."""
    return parse_version(published.title) is None or numbers_of(published.title) >= numbers_of(release.version)


def _version(row: Mapping[str, object]) -> PublishedVersion:
    built = row.get("properties") or {}
    digest, tree = (str(built.get(name, "")) for name in (DIGEST, TREE))
    return PublishedVersion(str(row["version"]), str(row["title"]), digest, tree, LATEST_FOLDER in row["aliases"])
