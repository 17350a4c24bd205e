"""`make publish`: the latest release on the branch `gh-pages`, beside the versions before it.

mike keeps the versions, MkDocs builds the new one. All of it is made in a workshop; the branch gets one commit, or stays as it was.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import chdir
from datetime import datetime
from pathlib import Path

import click
import mkdocs.config
from mike import commands as mike
from mike.git_utils import Commit, FileInfo, GitError
from mkdocs.commands.build import build
from mkdocs.exceptions import MkDocsException

from macros.git import GitFault
from macros.ledger.check import ledger_problems
from macros.ledger.fates import Ledger, read_ledger
from macros.playbook import load_playbook
from macros.problems import Refused, printable
from macros.publishing.elsewhere import LATEST, Editions, moved_at
from macros.publishing.frames import url_in, with_parts
from macros.publishing.pages import parts_of
from macros.publishing.root import OF_THE_TOP, root_files, rules
from macros.publishing.workshop import Workshop, identity_of, open_workshop
from macros.releases.versions import folder_of, numbers_of, parse_version

BRANCH = "gh-pages"
NOTHING = "nothing is published"


def main(tag: str = "") -> None:
    """Publish the latest release of the playbook in the current folder; `tag` is what it should be, where somebody says so."""
    root = Path.cwd()
    try:
        click.echo(_publish(root, tag))
    except Refused as refused:
        sys.exit(f"the playbook has problems, so {NOTHING}\n{refused}")
    except GitFault as fault:
        sys.exit("\n".join(printable(line) for line in f"{fault.message}\nhelp: {fault.help}".split("\n")))
    except GitError as fault:
        sys.exit(printable(f"git: {fault}; {NOTHING}"))
    except MkDocsException as fault:
        sys.exit(f"{fault}\nthe site could not be built, so {NOTHING}")


def _publish(root: Path, tag: str) -> str:
    ledger = read_ledger(root, load_playbook(root))
    if problems := ledger_problems(root, ledger):
        raise Refused(problems)
    version = _release_to_publish(ledger, tag)
    identity = identity_of(root)
    with tempfile.TemporaryDirectory(prefix="playbook-site-") as folder, open_workshop(root, BRANCH) as workshop:
        site = Path(folder) / "site"
        address = _build(root, site, ledger)
        os.environ.update(identity)
        with chdir(workshop.folder):
            _require_newest(version)
            _add_version(version, site)
            _finish(workshop, ledger, address)
        changed = workshop.deliver(f"Publish {version}", identity)
    where = f"/{folder_of(version)}/ and /{LATEST}/ on the branch {BRANCH}"
    return (
        f"published {version} in {where}; to show it to readers: git push origin {BRANCH}" if changed else f"{version} is published already: {where}"
    )


def _release_to_publish(ledger: Ledger, tag: str) -> str:
    latest = ledger.shelf.latest
    if latest is None:
        raise GitFault(f"there is no release yet, so {NOTHING}", "make one: playbook release 1.0.0")
    if tag and tag.removeprefix("v") != latest.version:
        raise GitFault(f"the tag is {tag}, and the latest release is {latest.version}; {NOTHING}", "tag the commit that recorded the release")
    pending = ledger.present.chronicle.pending
    if pending:
        reasons = "\n".join(f"  {reason}" for reason in pending.diff.step.reasons[:12])
        raise GitFault(
            f"what lies here is not release {latest.version}; {NOTHING}\n{reasons}",
            f"release it first, or publish from the commit of the release: git switch --detach v{latest.version}",
        )
    return latest.version


def _build(root: Path, site: Path, ledger: Ledger) -> str:
    """Build the site as the latest version; the address of the whole site."""
    os.environ["SOURCE_DATE_EPOCH"] = _seconds(ledger.shelf.latest.date)  # the same release gives the same bytes on any day
    file = str(root / "mkdocs.yml")
    address = mkdocs.config.load_config(file).site_url
    if not address:
        raise GitFault(f"mkdocs.yml does not say where the site is, so {NOTHING}", "write `site_url: https://…/`, the address that readers use")
    address = f"{address.rstrip('/')}/"
    config = mkdocs.config.load_config(file, site_url=f"{address}{LATEST}/", site_dir=str(site), strict=True)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    finally:
        config.plugins.on_shutdown()
    return address


def _seconds(day: str) -> str:
    return str(int(datetime.fromisoformat(f"{day or '2000-01-01'}T00:00:00+00:00").timestamp()))


def _published() -> dict[str, str]:
    """The folder of each published version, with its title."""
    try:
        return {str(info.version): str(info.title) for info in mike.list_versions(BRANCH)}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise GitFault(f"versions.json on the branch {BRANCH} cannot be read; {NOTHING}", "bring it back as it was published") from None


def _require_newest(version: str) -> None:
    """Nothing newer is published: from an old commit, the latest version would be an old one again."""
    newer = [title for title in _published().values() if parse_version(title) and numbers_of(title) > numbers_of(version)]
    if newer:
        help = "publish from the newest release; what was published of older ones is still there"
        raise GitFault(f"{newer[0]} is published, which is newer than {version}; {NOTHING}", help)


def _add_version(version: str, site: Path) -> None:
    """The built site in its own folder and in that of the alias, which is a copy: not every host follows links."""
    settings = {"site_dir": str(site), "use_directory_urls": True}
    options = {"aliases": [LATEST], "update_aliases": True, "alias_type": mike.AliasType.copy, "allow_empty": True}
    with mike.deploy(settings, folder_of(version), version, branch=BRANCH, message="Add", **options):
        pass  # it is built already


def _finish(workshop: Workshop, ledger: Ledger, address: str) -> None:
    """Tell every page of every version of the others; write the top of the site."""
    published = _published()
    editions = _editions(ledger, published)
    files = {path: name for path, name in workshop.files().items() if path.endswith(".html") or path.startswith(f"{LATEST}/")}
    contents = dict(zip(files, workshop.read([*files.values()]), strict=True))
    framed = dict(_reframed(editions, contents, address))
    top = dict(_top(ledger, editions, {**contents, **framed}, address))
    gone = [f"{folder}/{name}" for folder in (*published, LATEST) for name in OF_THE_TOP]
    with Commit(BRANCH, "Finish", allow_empty=True) as commit:
        commit.delete_files(gone)
        for path, content in {**framed, **top}.items():
            if contents.get(path) != content:
                commit.add_file(FileInfo(path, content))


def _editions(ledger: Ledger, published: Mapping[str, str]) -> Editions:
    """The releases behind the published folders, from the newest; a folder that no release made is left alone."""
    releases = {release.version: release for release in ledger.shelf.releases}
    newest = {folder_of(version): release for version, release in releases.items()}
    found = {folder: releases.get(title) or newest.get(folder) for folder, title in published.items()}
    known = {folder: release for folder, release in found.items() if release}
    return Editions(ledger, dict(sorted(known.items(), key=lambda item: numbers_of(item[1].version), reverse=True)))


def _reframed(editions: Editions, contents: Mapping[str, bytes], address: str) -> Iterator[tuple[str, bytes]]:
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
            yield path, with_parts(html, parts_of(places, at=f"{folder}/{url}", address=address)).encode("utf-8", "surrogateescape")


def _top(ledger: Ledger, editions: Editions, contents: Mapping[str, bytes], address: str) -> Iterator[tuple[str, bytes]]:
    """What stands at the top; `contents` are files as they are to be published."""
    latest = {path.removeprefix(f"{LATEST}/"): data for path, data in contents.items() if path.startswith(f"{LATEST}/")}
    releases = ledger.shelf.releases
    tables = {folder: moved_at(release, releases[: releases.index(release)]) for folder, release in editions.releases.items()}
    tables[LATEST] = dict(ledger.moved)
    pages = [path.removesuffix("index.html") for path in latest if path == "index.html" or path.endswith("/index.html")]
    yield from root_files(latest.get, latest, ledger.moved, files=ledger.present.files(), address=address)
    yield from rules(tables, pages, address=address)


if __name__ == "__main__":
    main(*sys.argv[1:2])
