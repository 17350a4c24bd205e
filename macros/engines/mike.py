"""`make publish`: puts every release that is missing on the branch `gh-pages`, oldest first, beside those that are there.

MkDocs builds each release from the files of its own commit, with the program of that commit; mike keeps the versions. Everything is prepared
in a staging repository; the branch gets one commit, or stays as it was.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from functools import partial
from pathlib import Path

import click
from mike import commands as mike
from mike.git_utils import Commit, FileInfo, GitError
from mkdocs.exceptions import MkDocsException
from mkdocs.utils import yaml_load

from macros.files.export import export_commit
from macros.files.git import OF_ONE_REPOSITORY
from macros.files.layout import SITE_SETTINGS
from macros.files.signals import end_on_signals
from macros.files.streams import open_closed_streams, take_no_more
from macros.playbook.urls import LATEST_FOLDER
from macros.problems.machine_error import error_in_words, reason_of
from macros.problems.problem import printable
from macros.problems.user_error import InvalidPlaybook, UserError
from macros.releases.version import folder_of, version_of_tag
from macros.site.versions.listed import DIGEST, TREE, digest_of, read_versions, unreadable_list
from macros.site.versions.plan import Plan, Wanted, make_plan
from macros.site.versions.publish import done_text, finished_files
from macros.site.versions.published_branch import NOTHING_PUBLISHED, find_published_branch
from macros.site.versions.release_commits import ReleaseCommit
from macros.site.versions.staging_repo import StagingRepo, identity_of, open_staging_repo, require_repository

BRANCH = "gh-pages"
_PUBLISHED_SETTINGS = ".mkdocs-published.yml"
"""Beside the settings of an exported commit: the same, with the address and the folder of the published site."""
_STAGED_BY = {"GIT_COMMITTER_NAME": "make publish", "GIT_COMMITTER_EMAIL": "publish@localhost"}
"""Who makes the commits in the staging repository, which nobody else ever sees."""
_QUIET = {"NO_MKDOCS_2_WARNING": "1"}


@click.command(help="Publish every recorded release that is missing on the branch gh-pages. Each option can be a variable of `make publish` too.")
@click.option("--tag", envvar="TAG", default="", help="Make sure that this release is among those that are published: v1.1.0.")
@click.option("--without", envvar="WITHOUT", default="", help="Go on without releases that cannot be built any more: '1.0.0 1.1.0'.")
@click.option("--pdf/--no-pdf", envvar="PDF", default=False, help="Print the PDF files of each release too.")
@click.option("--remote", envvar="REMOTE", default="", help="Where the branch is published, if several remotes have one: origin.")
def main(tag: str, without: str, remote: str, *, pdf: bool) -> None:
    """Publishes the playbook in the current folder."""
    open_closed_streams()
    end_on_signals()  # the folders in which a publication is prepared are deleted on the way
    left_out = re.split(r"[\s,;]+", without)
    wanted = Wanted(tag, tuple(map(version_of_tag, filter(None, left_out))), remote)
    try:
        done = _publish(Path.cwd(), wanted, pdf=pdf)
    except InvalidPlaybook as refused:
        sys.exit(f"the playbook has problems, so {NOTHING_PUBLISHED}\n{refused.help}")
    except UserError as fault:
        sys.exit("\n".join(printable(line) for line in f"{fault.message}\nhelp: {fault.help}".split("\n")))
    except GitError as fault:
        sys.exit(printable(f"git: {fault}; {NOTHING_PUBLISHED}"))
    except (OSError, MemoryError, RecursionError) as fault:
        told = error_in_words(fault)
        sys.exit(f"{printable(told.message)}; {NOTHING_PUBLISHED}\nhelp: {printable(told.help)}")
    _tell(done)


def _tell(done: str) -> None:
    """Whatever becomes of the words, the branch is as it should be."""
    try:
        click.echo(done)
    except OSError as fault:
        take_no_more(sys.stdout)
        sys.exit(f"all is on the branch {BRANCH}, but that cannot be said: {reason_of(fault)}")


def _publish(root: Path, wanted: Wanted, *, pdf: bool) -> str:
    require_repository(root)
    branch = find_published_branch(root, BRANCH, wanted.remote)
    with open_staging_repo(root, branch) as repo, _scratch_folder() as folder:
        before = repo.files()
        plan = make_plan(root, read_versions(repo), wanted, folder, partial(difference_at, root))
        address = _address(plan.folder / SITE_SETTINGS)
        if plan.commits:
            identity_of(root)  # whoever cannot commit is told before the long work
        os.environ.update(_STAGED_BY)
        for name in OF_ONE_REPOSITORY:
            os.environ.pop(name, None)  # mike's own calls of git must not leave the staging repository
        with chdir(repo.folder):
            for commit in plan.commits:
                _add_version(repo, commit, address, plan, pdf=pdf)
            _finish(repo, plan, before, address)
        changed = repo.deliver(f"Publish {', '.join(plan.missing) or plan.newest.version}")
    return done_text(plan, BRANCH, branch.remote, changed=changed)


def difference_at(root: Path, commit: str, version: str) -> str:
    """How the playbook at a commit differs from a release, as that commit's own program tells: today's may know other fields."""
    with _scratch_folder() as folder:
        done = _run_in(export_commit(root, commit, folder), "macros", "diff", version, "--format", "json")
    try:
        reasons = json.loads(done.stdout)["step"]["reasons"]
    except (ValueError, KeyError, TypeError):
        return f"cannot be compared with it: {(done.stderr.strip().splitlines() or ['its program says nothing'])[-1]}"
    return f"is not the playbook as it was released: {reasons[0]}" if reasons else ""


def _address(settings: Path) -> str:
    """The URL of the whole site, with its final `/`."""
    try:
        with settings.open(encoding="utf-8") as file:
            address = (yaml_load(file) or {}).get("site_url")
    except (OSError, ValueError, MkDocsException) as fault:
        why = str(fault).replace(f"{settings.parent}/", "")
        raise UserError(f"{why}\n{SITE_SETTINGS} cannot be read, so {NOTHING_PUBLISHED}", "correct it, and commit it") from None
    if not address:
        message = f"{SITE_SETTINGS} does not say where the site is, so {NOTHING_PUBLISHED}"
        raise UserError(message, "write `site_url: https://…/`, the address that readers use, and commit it")
    return f"{str(address).rstrip('/')}/"


def _add_version(repo: StagingRepo, commit: ReleaseCommit, address: str, plan: Plan, *, pdf: bool) -> None:
    """Adds a release to its own folder; the newest one as a copy to that of the alias too: not every host follows symbolic links."""
    aliases = [LATEST_FOLDER] if commit.release is plan.newest else []
    options = {"aliases": aliases, "update_aliases": True, "alias_type": mike.AliasType.copy, "allow_empty": True}
    version = commit.release.version
    with _scratch_folder() as folder:
        site = _build(export_commit(repo.root, commit.commit, folder), commit, address, is_newest=bool(aliases))
        if pdf:
            add_pdf_files(site, version)
        settings = {"site_dir": str(site), "use_directory_urls": True}
        properties = [(DIGEST, digest_of(plan.folder, version)), (TREE, commit.tree)]
        try:
            with mike.deploy(settings, folder_of(version), version, branch=BRANCH, message="Add", set_props=properties, **options):
                pass  # it is built already
        except ValueError:  # a row of the list that mike would never have written
            raise unreadable_list(repo) from None


def _build(folder: Path, commit: ReleaseCommit, address: str, *, is_newest: bool) -> Path:
    """Build the site of an exported commit strictly, with that commit's own program; the folder of the site."""
    (folder / _PUBLISHED_SETTINGS).write_text(f"INHERIT: {SITE_SETTINGS}\nsite_url: {address}{LATEST_FOLDER}/\nsite_dir: site\n", "utf-8")
    done = _run_in(folder, "mkdocs", "build", "--strict", "--config-file", _PUBLISHED_SETTINGS)
    if done.returncode:
        version = commit.release.version
        said = "\n".join(line for line in f"{done.stdout}{done.stderr}".splitlines() if line.strip() and not line.startswith("INFO "))
        message = f"{said}\nrelease {version} could not be built from {commit.name}, so {NOTHING_PUBLISHED}"
        repaired = f"if this machine is why, put that right and try again; if the release is, repair it on a branch that begins at {commit.name}, and tag the repaired commit v{version}"
        otherwise = (
            "correct the playbook, commit that, and make the next release" if is_newest else f"go on without it: make publish WITHOUT={version}"
        )
        raise UserError(message, f"{repaired}; or {otherwise}")
    return folder / "site"


def add_pdf_files(site: Path, version: str) -> None:
    """Adds the PDF files of a release, as its own program prints them. No release waits for that: one without them is whole."""
    done = _run_in(site.parent, "macros.engines.pdf", str(site))
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["its program says nothing"])[0]
        click.echo(printable(f"release {version} is published without PDF files: {said}"), err=True)


def _run_in(folder: Path, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs a module of Python with the program of an exported commit."""
    environment = {**os.environ, **_QUIET, "PYTHONPATH": str(folder)}
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", errors="replace", check=False)


def _finish(repo: StagingRepo, plan: Plan, before: dict[str, str], address: str) -> None:
    """Let every page of every version link to the others; write the top of the site."""
    gone, written = finished_files(repo, plan, read_versions(repo), before, address)
    with Commit(BRANCH, "Finish", allow_empty=True) as commit:
        commit.delete_files(gone)
        for path, content in written.items():
            commit.add_file(FileInfo(path, content))


@contextmanager
def _scratch_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="playbook-release-") as folder:
        yield Path(folder).resolve()


if __name__ == "__main__":
    main()
