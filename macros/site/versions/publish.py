"""What a published version is made of, apart from how it gets onto its branch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from macros.problems.user_error import UserError
from macros.releases.version import folder_of, numbers_of
from macros.site.ledger.ledger import Ledger
from macros.site.versions.chrome import version_slots
from macros.site.versions.crosswalk import LATEST, PublishedVersions, moved_at
from macros.site.versions.root import root_files, rules
from macros.site.versions.slots import fill_slots, url_in

NOTHING = "nothing is published"


def _release_to_publish(ledger: Ledger, tag: str) -> str:
    latest = ledger.store.latest
    if latest is None:
        raise UserError(f"there is no release yet, so {NOTHING}", "make one: playbook release 1.0.0")
    if tag and tag.removeprefix("v") != latest.version:
        raise UserError(f"the tag is {tag}, and the latest release is {latest.version}; {NOTHING}", "tag the commit that recorded the release")
    pending = ledger.current.history.pending
    if pending:
        reasons = "\n".join(f"  {reason}" for reason in pending.diff.step.reasons[:12])
        raise UserError(
            f"what lies here is not release {latest.version}; {NOTHING}\n{reasons}",
            f"release it first, or publish from the commit of the release: git switch --detach v{latest.version}",
        )
    return latest.version


def _seconds(day: str) -> str:
    return str(int(datetime.fromisoformat(f"{day or '2000-01-01'}T00:00:00+00:00").timestamp()))


def _editions(ledger: Ledger, published: Mapping[str, str]) -> PublishedVersions:
    """The releases behind the published folders, from the newest; a folder that no release made is left alone."""
    releases = {release.version: release for release in ledger.store.releases}
    newest = {folder_of(version): release for version, release in releases.items()}
    found = {folder: releases.get(title) or newest.get(folder) for folder, title in published.items()}
    known = {folder: release for folder, release in found.items() if release}
    return PublishedVersions(ledger, dict(sorted(known.items(), key=lambda item: numbers_of(item[1].version), reverse=True)))


def _reframed(editions: PublishedVersions, contents: Mapping[str, bytes], address: str) -> Iterator[tuple[str, bytes]]:
    newest = next(iter(editions.releases))
    for path, content in contents.items():
        folder = path.partition("/")[0]
        edition = newest if folder == LATEST else folder
        if edition not in editions.releases or not path.endswith(".html"):
            continue
        html = content.decode("utf-8", "surrogateescape")  # what others put there stays as it is
        url = url_in(html)
        if url is not None:
            places = editions.places(edition, url)
            yield path, fill_slots(html, version_slots(places, at=f"{folder}/{url}", address=address)).encode("utf-8", "surrogateescape")


def _top(ledger: Ledger, editions: PublishedVersions, contents: Mapping[str, bytes], address: str) -> Iterator[tuple[str, bytes]]:
    """What stands at the top; `contents` are files as they are to be published."""
    latest = {path.removeprefix(f"{LATEST}/"): data for path, data in contents.items() if path.startswith(f"{LATEST}/")}
    releases = ledger.store.releases
    tables = {folder: moved_at(release, releases[: releases.index(release)]) for folder, release in editions.releases.items()}
    tables[LATEST] = dict(ledger.moved)
    pages = [path.removesuffix("index.html") for path in latest if path == "index.html" or path.endswith("/index.html")]
    yield from root_files(latest.get, latest, ledger.moved, files=ledger.current.files(), address=address)
    yield from rules(tables, pages, address=address)
