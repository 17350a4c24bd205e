"""The files of a published site as they are to be: the pages of all versions, and the top of the site.

Takes a plan and the published files. Returns files; how they get onto their branch is left to `engines/mike.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from macros.playbook.urls import ENTRY_FORMS, FEED_FORM, KIND_FEEDS, LATEST_FOLDER, PICTURE_FORM, PLAYBOOK_PICTURE
from macros.problems.problem import printable
from macros.problems.user_error import UserError
from macros.releases.version import folder_of, numbers_of
from macros.site.exports.feeds import PageFeed, published_feed
from macros.site.feed import feed_file, feed_title
from macros.site.ledger.current import FEED
from macros.site.ledger.days import days_of_changes
from macros.site.ledger.ledger import Ledger
from macros.site.slots import fill_slots, url_in
from macros.site.versions.chrome import version_slots, without_feed_link
from macros.site.versions.crosswalk import PublishedVersions
from macros.site.versions.listed import PublishedVersion
from macros.site.versions.plan import Plan
from macros.site.versions.published_branch import NOTHING_PUBLISHED
from macros.site.versions.root import ONLY_AT_TOP, ONLY_IN_LATEST, moved_in, reserved_pages, root_files, rules, well_known_files
from macros.site.versions.staging_repo import StagingRepo


def finished_files(
    repo: StagingRepo, plan: Plan, published: Mapping[str, PublishedVersion], before: Mapping[str, str], address: str
) -> tuple[list[str], dict[str, bytes]]:
    """The files to delete and those to write, so that every page of every version links to the others, and the top of the site.

    `before` are the files that the branch had until now; `address` is that of the whole site. Raises: UserError.
    """
    versions = published_versions(plan.ledger, published)
    now = repo.files()
    files = {path: name for path, name in now.items() if path.endswith(".html") or path.startswith(f"{LATEST_FOLDER}/")}
    contents = dict(zip(files, repo.read([*files.values()]), strict=True))
    _require_free_addresses(contents)
    feed = feed_file(plan.ledger.current, address)
    slots = dict(pages_with_versions(versions, contents, address, feed_title(plan.ledger.current) if feed else ""))
    top = dict(top_level_files(plan.ledger, versions, {**contents, **slots}, address))
    written = {**dict(_feeds_of_pages(plan.ledger, published, now, contents)), **slots, **top}
    feeds = dict.fromkeys((FEED, *(path for path in (f"{folder}/{FEED}" for folder in (*published, LATEST_FOLDER)) if path in now)), feed)
    written |= {path: content for path, content in feeds.items() if content is not None}
    return [*_gone(published, before, contents)], {path: content for path, content in written.items() if contents.get(path) != content}


def _feeds_of_pages(ledger: Ledger, folders: Iterable[str], now: Mapping[str, str], contents: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yields the feeds of single pages that older versions have, as they are in the newest: someone may have taken them for the right ones."""
    urls = (*ledger.current.entries, *ledger.moved)
    for path in (*KIND_FEEDS, *(FEED_FORM.format(at=url.rstrip("/")) for url in urls)):
        newest = f"{LATEST_FOLDER}/{path}"
        for old in (f"{folder}/{path}" for folder in folders if newest in contents):
            if old in now and now[old] != now[newest]:
                yield old, contents[newest]


def done_text(plan: Plan, branch: str, remote: str, *, changed: bool) -> str:
    """What was published where, and what to do next."""
    newest = plan.newest.version
    folders = _and([*(f"/{folder_of(version)}/" for version in plan.missing), *([f"/{LATEST_FOLDER}/"] if newest in plan.missing else [])])
    push = "to show it to readers" + (f": git push {remote} {branch}" if remote else ", push that branch to the host of the site")
    if not changed:
        lines = [f"{newest} is published already: /{folder_of(newest)}/ and /{LATEST_FOLDER}/ on the branch {branch}"]
    elif plan.missing:
        lines = [f"published {_and(plan.missing)} in {folders} on the branch {branch}; {push}"]
    else:
        lines = [f"published {newest} once more in /{folder_of(newest)}/ and /{LATEST_FOLDER}/ on the branch {branch}; {push}"]
    if plan.pending:
        lines += [f"left out, because no release has it: what was committed since {newest}, such as that {plan.pending}"]
    if plan.uncommitted:
        lines += [f"left out, because it is not committed: {printable(plan.uncommitted)}"]
    return "\n".join(lines)


def published_versions(ledger: Ledger, published: Mapping[str, PublishedVersion]) -> PublishedVersions:
    """The releases behind the published folders, from the newest; a folder that no release made is left alone."""
    releases = {release.version: release for release in ledger.store.releases}
    newest = {folder_of(version): release for version, release in releases.items()}
    found = {folder: releases.get(there.title) or newest.get(folder) for folder, there in published.items()}
    known = {folder: release for folder, release in found.items() if release}
    return PublishedVersions(ledger, dict(sorted(known.items(), key=lambda item: numbers_of(item[1].version), reverse=True)))


def pages_with_versions(versions: PublishedVersions, contents: Mapping[str, bytes], address: str, feed: str) -> Iterator[tuple[str, bytes]]:
    """Yields each published page with its slots refilled, so that it knows every version; `feed` is the title of the feed, if there is one."""
    newest = next(iter(versions.releases))
    for path, content in contents.items():
        folder = path.partition("/")[0]
        version_folder = newest if folder == LATEST_FOLDER else folder
        if version_folder not in versions.releases or not path.endswith(".html"):
            continue
        html = content.decode("utf-8", "surrogateescape")  # files that others put there stay as they are
        url = url_in(html)
        if url is not None:
            own_feed = _own_feed(contents, url, address)
            in_versions = versions.versions_of_page(version_folder, url)
            slots = version_slots(in_versions, at=f"{folder}/{url}", address=address, feed=feed, own_feed=own_feed)
            yield path, fill_slots(without_feed_link(html), slots).encode("utf-8", "surrogateescape")


def _own_feed(contents: Mapping[str, bytes], url: str, address: str) -> PageFeed | None:
    """The feed of a page, as the newest version has it: the address that the page had in an older one holds the feed of what it became."""
    feed = contents.get(f"{LATEST_FOLDER}/{FEED_FORM.format(at=url.rstrip('/'))}")
    return published_feed(feed, url, address) if feed else None


def top_level_files(ledger: Ledger, versions: PublishedVersions, contents: Mapping[str, bytes], address: str) -> Iterator[tuple[str, bytes]]:
    """Yields the files at the top of the site; `contents` are all files as they are to be published."""
    newest = next(iter(versions.releases))
    sites = {folder: _in_folder(folder, contents) for folder in (*versions.releases, LATEST_FOLDER)}
    latest = sites[LATEST_FOLDER]
    yield from root_files(latest, files=_files_for_programs(ledger, latest), address=address, days=days_of_changes(ledger))
    yield from rules({folder: moved_in(files) for folder, files in sites.items()}, sites[LATEST_FOLDER], address=address, newest=newest)


def _files_for_programs(ledger: Ledger, latest: Iterable[str]) -> Iterator[str]:
    """What programs fetch at the top: the exports, and the other forms of each entry. Pictures are asked for by whole addresses, in a version."""
    yield from (path for path in ledger.current.files() if path != PLAYBOOK_PICTURE)
    endings = tuple(form.removeprefix("{at}") for form in ENTRY_FORMS if form.startswith("{at}") and form != PICTURE_FORM)
    yield from (path for path in latest if endings and path.endswith(endings))


def _in_folder(folder: str, contents: Mapping[str, bytes]) -> dict[str, bytes]:
    return {path.removeprefix(f"{folder}/"): content for path, content in contents.items() if path.startswith(f"{folder}/")}


def _gone(published: Mapping[str, PublishedVersion], before: Mapping[str, str], contents: Mapping[str, bytes]) -> Iterator[str]:
    """What no version keeps for itself, and what the last publication put at the top and the newest release has no more."""
    for folder in published:
        yield from (f"{folder}/{name}" for name in (*ONLY_AT_TOP, *ONLY_IN_LATEST))
    yield from (f"{LATEST_FOLDER}/{name}" for name in ONLY_AT_TOP)
    had = well_known_files(path.removeprefix(f"{LATEST_FOLDER}/") for path in before if path.startswith(f"{LATEST_FOLDER}/"))
    yield from sorted({*had} - {*well_known_files(_in_folder(LATEST_FOLDER, contents))})


def _require_free_addresses(contents: Mapping[str, bytes]) -> None:
    """No page takes the place of a version, nor of a file that is made here: of two files at one place, readers would get either."""
    taken = next(iter(reserved_pages(_in_folder(LATEST_FOLDER, contents))), None)
    if taken:
        message = f"the page /{taken} would stand where versions of the site are published; {NOTHING_PUBLISHED}"
        raise UserError(message, "give the page another address, and make a release of that")


def _and(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)
