"""`make publish`: puts the latest release on the branch `gh-pages`, beside earlier versions.

mike keeps the versions, MkDocs builds the new one. Everything is prepared in a staging repository; the branch gets one commit, or stays
as it was.
"""

from __future__ import annotations

import logging
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

from macros.files.signals import end_on_signals
from macros.playbook.load import load_playbook
from macros.problems.machine_error import error_in_words
from macros.problems.problem import printable
from macros.problems.user_error import InvalidPlaybook, UserError
from macros.releases.version import folder_of
from macros.site.ledger.check import ledger_problems
from macros.site.ledger.ledger import Ledger, read_ledger
from macros.site.versions.crosswalk import LATEST_FOLDER
from macros.site.versions.publish import (
    NOTHING_PUBLISHED,
    done_text,
    finished_files,
    require_newest,
    source_date_epoch,
    version_to_publish,
)
from macros.site.versions.staging_repo import StagingRepo, identity_of, open_staging_repo

BRANCH = "gh-pages"


def main(tag: str = "") -> None:
    """Publishes the latest release of the playbook in the current folder; `tag`, if given, must name it."""
    end_on_signals()  # the folders in which a publication is prepared are deleted on the way
    root = Path.cwd()
    logging.basicConfig(format="%(levelname)s - %(message)s", level=logging.WARNING)  # MkDocs' command would show its warnings; here nobody else does
    try:
        click.echo(_publish(root, tag))
    except InvalidPlaybook as refused:
        sys.exit(f"the playbook has problems, so {NOTHING_PUBLISHED}\n{refused.help}")
    except UserError as fault:
        sys.exit("\n".join(printable(line) for line in f"{fault.message}\nhelp: {fault.help}".split("\n")))
    except GitError as fault:
        sys.exit(printable(f"git: {fault}; {NOTHING_PUBLISHED}"))
    except MkDocsException as fault:
        sys.exit(f"{fault}\nthe site could not be built, so {NOTHING_PUBLISHED}")
    except (OSError, MemoryError, RecursionError) as fault:
        told = error_in_words(fault)
        sys.exit(f"{printable(told.message)}; {NOTHING_PUBLISHED}\nhelp: {printable(told.help)}")


def _publish(root: Path, tag: str) -> str:
    ledger = read_ledger(root, load_playbook(root))
    if problems := ledger_problems(ledger):
        raise InvalidPlaybook(problems)
    version = version_to_publish(ledger, tag)
    identity = identity_of(root)
    with tempfile.TemporaryDirectory(prefix="playbook-site-") as folder, open_staging_repo(root, BRANCH) as repo:
        site = Path(folder) / "site"
        address = _build(root, site, ledger)
        os.environ.update(identity)
        with chdir(repo.folder):
            require_newest(version, _published())
            _add_version(version, site)
            _finish(repo, ledger, address)
        changed = repo.deliver(f"Publish {version}", identity)
    return done_text(version, BRANCH, changed=changed)


def _build(root: Path, site: Path, ledger: Ledger) -> str:
    """Build the site as the latest version; the address of the whole site."""
    os.environ["SOURCE_DATE_EPOCH"] = source_date_epoch(ledger.store.latest.date)
    file = str(root / "mkdocs.yml")
    address = mkdocs.config.load_config(file).site_url
    if not address:
        raise UserError(
            f"mkdocs.yml does not say where the site is, so {NOTHING_PUBLISHED}", "write `site_url: https://…/`, the address that readers use"
        )
    address = f"{address.rstrip('/')}/"
    config = mkdocs.config.load_config(file, site_url=f"{address}{LATEST_FOLDER}/", site_dir=str(site), strict=True)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    finally:
        config.plugins.on_shutdown()
    return address


def _published() -> dict[str, str]:
    """The title of each published version, by folder."""
    try:
        return {str(info.version): str(info.title) for info in mike.list_versions(BRANCH)}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UserError(f"versions.json on the branch {BRANCH} cannot be read; {NOTHING_PUBLISHED}", "bring it back as it was published") from None


def _add_version(version: str, site: Path) -> None:
    """Adds the built site to its own folder, and as a copy to that of the alias: not every host follows symbolic links."""
    settings = {"site_dir": str(site), "use_directory_urls": True}
    options = {"aliases": [LATEST_FOLDER], "update_aliases": True, "alias_type": mike.AliasType.copy, "allow_empty": True}
    with mike.deploy(settings, folder_of(version), version, branch=BRANCH, message="Add", **options):
        pass  # it is built already


def _finish(repo: StagingRepo, ledger: Ledger, address: str) -> None:
    """Let every page of every version link to the others; write the top of the site."""
    gone, written = finished_files(repo, ledger, _published(), address)
    with Commit(BRANCH, "Finish", allow_empty=True) as commit:
        commit.delete_files(gone)
        for path, content in written.items():
            commit.add_file(FileInfo(path, content))


if __name__ == "__main__":
    main(*sys.argv[1:2])
