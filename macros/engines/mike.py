"""`make publish`: the latest release on the branch `gh-pages`, beside the versions before it.

mike keeps the versions, MkDocs builds the new one. All of it is made in a workshop; the branch gets one commit, or stays as it was.
"""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import chdir
from pathlib import Path

import click
import mkdocs.config
from mike import commands as mike
from mike.git_utils import Commit, FileInfo, GitError
from mkdocs.commands.build import build
from mkdocs.exceptions import MkDocsException

from macros.playbook.load import load_playbook
from macros.problems.problem import printable
from macros.problems.user_error import InvalidPlaybook, UserError
from macros.releases.version import folder_of, numbers_of, parse_version
from macros.site.ledger.check import ledger_problems
from macros.site.ledger.ledger import Ledger, read_ledger
from macros.site.versions.crosswalk import LATEST
from macros.site.versions.publish import NOTHING, _editions, _reframed, _release_to_publish, _seconds, _top
from macros.site.versions.root import OF_THE_TOP
from macros.site.versions.staging_repo import StagingRepo, identity_of, open_staging_repo

BRANCH = "gh-pages"


def main(tag: str = "") -> None:
    """Publish the latest release of the playbook in the current folder; `tag` is what it should be, where somebody says so."""
    root = Path.cwd()
    try:
        click.echo(_publish(root, tag))
    except InvalidPlaybook as refused:
        sys.exit(f"the playbook has problems, so {NOTHING}\n{refused.help}")
    except UserError as fault:
        sys.exit("\n".join(printable(line) for line in f"{fault.message}\nhelp: {fault.help}".split("\n")))
    except GitError as fault:
        sys.exit(printable(f"git: {fault}; {NOTHING}"))
    except MkDocsException as fault:
        sys.exit(f"{fault}\nthe site could not be built, so {NOTHING}")


def _publish(root: Path, tag: str) -> str:
    ledger = read_ledger(root, load_playbook(root))
    if problems := ledger_problems(root, ledger):
        raise InvalidPlaybook(problems)
    version = _release_to_publish(ledger, tag)
    identity = identity_of(root)
    with tempfile.TemporaryDirectory(prefix="playbook-site-") as folder, open_staging_repo(root, BRANCH) as workshop:
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


def _build(root: Path, site: Path, ledger: Ledger) -> str:
    """Build the site as the latest version; the address of the whole site."""
    os.environ["SOURCE_DATE_EPOCH"] = _seconds(ledger.store.latest.date)  # the same release gives the same bytes on any day
    file = str(root / "mkdocs.yml")
    address = mkdocs.config.load_config(file).site_url
    if not address:
        raise UserError(f"mkdocs.yml does not say where the site is, so {NOTHING}", "write `site_url: https://…/`, the address that readers use")
    address = f"{address.rstrip('/')}/"
    config = mkdocs.config.load_config(file, site_url=f"{address}{LATEST}/", site_dir=str(site), strict=True)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    finally:
        config.plugins.on_shutdown()
    return address


def _published() -> dict[str, str]:
    """The folder of each published version, with its title."""
    try:
        return {str(info.version): str(info.title) for info in mike.list_versions(BRANCH)}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UserError(f"versions.json on the branch {BRANCH} cannot be read; {NOTHING}", "bring it back as it was published") from None


def _require_newest(version: str) -> None:
    """Nothing newer is published: from an old commit, the latest version would be an old one again."""
    newer = [title for title in _published().values() if parse_version(title) and numbers_of(title) > numbers_of(version)]
    if newer:
        help = "publish from the newest release; what was published of older ones is still there"
        raise UserError(f"{newer[0]} is published, which is newer than {version}; {NOTHING}", help)


def _add_version(version: str, site: Path) -> None:
    """The built site in its own folder and in that of the alias, which is a copy: not every host follows links."""
    settings = {"site_dir": str(site), "use_directory_urls": True}
    options = {"aliases": [LATEST], "update_aliases": True, "alias_type": mike.AliasType.copy, "allow_empty": True}
    with mike.deploy(settings, folder_of(version), version, branch=BRANCH, message="Add", **options):
        pass  # it is built already


def _finish(workshop: StagingRepo, ledger: Ledger, address: str) -> None:
    """Tell every page of every version of the others; write the top of the site."""
    published = _published()
    editions = _editions(ledger, published)
    files = {path: name for path, name in workshop.files().items() if path.endswith(".html") or path.startswith(f"{LATEST}/")}
    contents = dict(zip(files, workshop.read([*files.values()]), strict=True))
    slot = dict(_reframed(editions, contents, address))
    top = dict(_top(ledger, editions, {**contents, **slot}, address))
    gone = [f"{folder}/{name}" for folder in (*published, LATEST) for name in OF_THE_TOP]
    with Commit(BRANCH, "Finish", allow_empty=True) as commit:
        commit.delete_files(gone)
        for path, content in {**slot, **top}.items():
            if contents.get(path) != content:
                commit.add_file(FileInfo(path, content))


if __name__ == "__main__":
    main(*sys.argv[1:2])
