"""What a published version consists of, apart from how it gets onto its branch.

Start with `published_versions`; `pages_with_versions` and `top_level_files` take it and yield files as (path, content).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from macros.files.git import GitFault
from macros.releases.version import folder_of, numbers_of
from macros.site.ledger.ledger import Ledger
from macros.site.versions.chrome import version_slots
from macros.site.versions.crosswalk import LATEST_FOLDER, PublishedVersions, moved_at
from macros.site.versions.root import root_files, rules
from macros.site.versions.slots import fill_slots, url_in

NOTHING_PUBLISHED = "nothing is published"


def version_to_publish(ledger: Ledger, tag: str) -> str:
    """Returns the latest release, which `tag` must name if it is given.

    Raises GitFault if there is no release, the tag names another one, or the playbook has changed since.
    """
    latest = ledger.store.latest
    if latest is None:
        raise GitFault(f"there is no release yet, so {NOTHING_PUBLISHED}", "make one: playbook release 1.0.0")
    if tag and tag.removeprefix("v") != latest.version:
        raise GitFault(
            f"the tag is {tag}, and the latest release is {latest.version}; {NOTHING_PUBLISHED}", "tag the commit that recorded the release"
        )
    pending = ledger.current.history.pending
    if pending:
        reasons = "\n".join(f"  {reason}" for reason in pending.diff.step.reasons[:12])
        raise GitFault(
            f"the playbook here is not release {latest.version}; {NOTHING_PUBLISHED}\n{reasons}",
            f"release it first, or publish from the commit of the release: git switch --detach v{latest.version}",
        )
    return latest.version


def source_date_epoch(day: str) -> str:
    """Returns a day, `2026-11-26`, as seconds since 1970, for SOURCE_DATE_EPOCH; without a day, that of 2000-01-01."""
    return str(int(datetime.fromisoformat(f"{day or '2000-01-01'}T00:00:00+00:00").timestamp()))


def published_versions(ledger: Ledger, published: Mapping[str, str]) -> PublishedVersions:
    """Returns the releases in the published folders, newest first; a folder that no release made is left out."""
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
