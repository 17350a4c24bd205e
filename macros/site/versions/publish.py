"""What is published: which release, and the pages of all versions as they are to be.

Takes a Ledger and the published files. Returns files; how they get onto their branch is left to `engines/mike.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from macros.problems.user_error import UserError
from macros.releases.version import folder_of, numbers_of, parse_version
from macros.site.ledger.ledger import Ledger
from macros.site.versions.chrome import version_slots
from macros.site.versions.crosswalk import LATEST_FOLDER, PublishedVersions, moved_at
from macros.site.versions.root import TOP_LEVEL_ONLY, root_files, rules
from macros.site.versions.slots import fill_slots, url_in
from macros.site.versions.staging_repo import StagingRepo

NOTHING_PUBLISHED = "nothing is published"


def version_to_publish(ledger: Ledger, tag: str) -> str:
    """The version of the latest release, which must be the playbook as it is here, and `tag` if that is not empty.

    Raises: UserError.
    """
    latest = ledger.store.latest
    if latest is None:
        raise UserError(f"there is no release yet, so {NOTHING_PUBLISHED}", "make one: playbook release 1.0.0")
    if tag and tag.removeprefix("v") != latest.version:
        raise UserError(
            f"the tag is {tag}, and the latest release is {latest.version}; {NOTHING_PUBLISHED}", "tag the commit that recorded the release"
        )
    pending = ledger.current.history.pending
    if pending:
        reasons = "\n".join(f"  {reason}" for reason in pending.diff.step.reasons[:12])
        raise UserError(
            f"the playbook here is not release {latest.version}; {NOTHING_PUBLISHED}\n{reasons}",
            f"release it first, or publish from the commit of the release: git switch --detach v{latest.version}",
        )
    return latest.version


def require_newest(version: str, published: Mapping[str, str]) -> None:
    """Nothing newer is published: from an old commit, the latest version would be an old one again.

    Raises: UserError.
    """
    newer = [title for title in published.values() if parse_version(title) and numbers_of(title) > numbers_of(version)]
    if newer:
        help = "publish from the newest release; what was published of older ones is still there"
        raise UserError(f"{newer[0]} is published, which is newer than {version}; {NOTHING_PUBLISHED}", help)


def source_date_epoch(day: str) -> str:
    """The seconds of a day since 1970, for SOURCE_DATE_EPOCH: the same release gives the same bytes on any day."""
    return str(int(datetime.fromisoformat(f"{day or '2000-01-01'}T00:00:00+00:00").timestamp()))


def finished_files(repo: StagingRepo, ledger: Ledger, published: Mapping[str, str], address: str) -> tuple[list[str], dict[str, bytes]]:
    """The files to delete and those to write, so that every page of every version links to the others, and the top of the site.

    `published` has the title of each version by its folder; `address` is that of the whole site.
    """
    versions = published_versions(ledger, published)
    files = {path: name for path, name in repo.files().items() if path.endswith(".html") or path.startswith(f"{LATEST_FOLDER}/")}
    contents = dict(zip(files, repo.read([*files.values()]), strict=True))
    slots = dict(pages_with_versions(versions, contents, address))
    top = dict(top_level_files(ledger, versions, {**contents, **slots}, address))
    gone = [f"{folder}/{name}" for folder in (*published, LATEST_FOLDER) for name in TOP_LEVEL_ONLY]
    return gone, {path: content for path, content in {**slots, **top}.items() if contents.get(path) != content}


def done_text(version: str, branch: str, *, changed: bool) -> str:
    """What was published where, and what to do next."""
    where = f"/{folder_of(version)}/ and /{LATEST_FOLDER}/ on the branch {branch}"
    if changed:
        return f"published {version} in {where}; to show it to readers: git push origin {branch}"
    return f"{version} is published already: {where}"


def published_versions(ledger: Ledger, published: Mapping[str, str]) -> PublishedVersions:
    """The releases behind the published folders, from the newest; a folder that no release made is left alone."""
    releases = {release.version: release for release in ledger.store.releases}
    newest = {folder_of(version): release for version, release in releases.items()}
    found = {folder: releases.get(title) or newest.get(folder) for folder, title in published.items()}
    known = {folder: release for folder, release in found.items() if release}
    return PublishedVersions(ledger, dict(sorted(known.items(), key=lambda item: numbers_of(item[1].version), reverse=True)))


def pages_with_versions(versions: PublishedVersions, contents: Mapping[str, bytes], address: str) -> Iterator[tuple[str, bytes]]:
    """Yields each published page with its slots refilled, so that it knows every version."""
    newest = next(iter(versions.releases))
    for path, content in contents.items():
        folder = path.partition("/")[0]
        version_folder = newest if folder == LATEST_FOLDER else folder
        if version_folder not in versions.releases or not path.endswith(".html"):
            continue
        html = content.decode("utf-8", "surrogateescape")  # files that others put there stay as they are
        url = url_in(html)
        if url is not None:
            pages = versions.versions_of_page(version_folder, url)
            yield path, fill_slots(html, version_slots(pages, at=f"{folder}/{url}", address=address)).encode("utf-8", "surrogateescape")


def top_level_files(ledger: Ledger, versions: PublishedVersions, contents: Mapping[str, bytes], address: str) -> Iterator[tuple[str, bytes]]:
    """Yields the files at the top of the site; `contents` are all files as they are to be published."""
    latest = {path.removeprefix(f"{LATEST_FOLDER}/"): data for path, data in contents.items() if path.startswith(f"{LATEST_FOLDER}/")}
    releases = ledger.store.releases
    tables = {folder: moved_at(release, releases[: releases.index(release)]) for folder, release in versions.releases.items()}
    tables[LATEST_FOLDER] = dict(ledger.moved)
    pages = [path.removesuffix("index.html") for path in latest if path == "index.html" or path.endswith("/index.html")]
    yield from root_files(latest.get, latest, ledger.moved, files=ledger.current.files(), address=address)
    yield from rules(tables, pages, address=address)
