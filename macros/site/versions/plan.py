"""What a publication has to do: the releases that are missing on the branch, each with the commit that it is built from.

`make_plan` takes the playbook's folder, what is published and what a person asked for. It changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from macros.files.export import export_commit
from macros.files.git import ask_git, fetch_everything, is_incomplete, read_objects, ref_commit
from macros.files.journal import digest
from macros.files.layout import RELEASE_ENDING, RELEASES, release_names
from macros.playbook.load import load_playbook
from macros.problems.closest import listed
from macros.problems.problem import printable
from macros.problems.user_error import InvalidPlaybook, UserError
from macros.releases.store import Release
from macros.releases.version import folder_of, numbers_of, parse_version, version_of_tag
from macros.site.ledger.check import ledger_problems
from macros.site.ledger.ledger import Ledger, read_ledger
from macros.site.versions.listed import PublishedVersion, digest_of, holds
from macros.site.versions.published_branch import NOTHING_PUBLISHED
from macros.site.versions.release_commits import (
    Difference,
    ReleaseCommit,
    commits_with,
    files_of_release,
    find_release_commit,
    newest_in,
    release_files_at,
    tree_of,
)

_BEGIN_ANEW = (
    "if the branch gh-pages came along with a copy of another playbook, begin a new one: delete it at the remote "
    "(git push origin --delete gh-pages) and here (git branch --delete --force gh-pages)"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person asked for: a release that must be among those published (`tag`), releases to go on `without`, a `remote` of several."""

    tag: str = ""
    without: tuple[str, ...] = ()
    remote: str = ""


@dataclass(frozen=True)
class Plan:
    """The releases to build, each from its commit, oldest first. `ledger` and `folder` are those of the newest commit that is known; `missing` are not published yet."""

    ledger: Ledger
    folder: Path
    commits: tuple[ReleaseCommit, ...]
    missing: tuple[str, ...]
    pending: str
    """Something that the last commit changes and no release has, if there is anything."""
    uncommitted: str
    """A file that is not as it was committed, if there is one."""

    @property
    def newest(self) -> Release:
        """The release that `latest/` shows."""
        return self.ledger.store.releases[-1]


def make_plan(root: Path, published: Mapping[str, PublishedVersion], wanted: Wanted, folder: Path, difference: Difference) -> Plan:
    """Returns the plan; the files of the newest commit are written into `folder`. `difference` compares an older commit with its release.

    Raises: UserError if a release can be built from no commit here; InvalidPlaybook if the ledger has problems.
    """
    head = ref_commit(root, "HEAD")
    if not head:
        raise UserError(f"the repository has no commit yet, so {NOTHING_PUBLISHED}", "commit the playbook first")
    base = _newest_commit(root, head, published)
    recorded = release_files_at(root, base)
    _require_committed(root, recorded)
    ledger = _ledger_of(export_commit(root, base, folder))
    _require_release(ledger, wanted.tag)
    _require_same_playbook(root, folder, ledger.store.releases, published)
    missing = releases_to_publish(ledger.store.releases, published, wanted.without)
    changed = ledger.current.history.pending
    pending = changed.diff.step.reasons[0] if changed else ""
    last = None if pending else ReleaseCommit(ledger.store.releases[-1], base, base[:10], tree_of(root, base))
    commits = _commits(root, missing, recorded, difference, last)
    if last and last.release not in missing and published[folder_of(last.release.version)].tree != last.tree:
        commits += (last,)
    return Plan(ledger, folder, commits, tuple(release.version for release in missing), pending, _uncommitted(root))


def releases_to_publish(releases: Sequence[Release], published: Mapping[str, PublishedVersion], without: Collection[str] = ()) -> tuple[Release, ...]:
    """Returns the releases that the branch lacks, oldest first: of those that share a folder, only the newest is ever published there.

    Raises: UserError if `without` names no release, or the newest one.
    """
    by_folder = {folder_of(release.version): release for release in releases}
    names = [*by_folder, *(release.version for release in releases)]
    unknown = next((name for name in without if name not in names), None)
    if unknown is not None:
        raise UserError(
            f"there is no release '{printable(unknown)}' to go on without", f"the releases are {listed(each.version for each in releases)}"
        )
    newest = releases[-1]
    if {newest.version, folder_of(newest.version)} & {*without}:
        raise UserError(f"{newest.version} is the newest release, so it cannot be left out", "leave out an older one")
    return tuple(
        release
        for folder, release in by_folder.items()
        if not {folder, release.version} & {*without} and not _is_published(release, published.get(folder), is_newest=release is newest)
    )


def _is_published(release: Release, there: PublishedVersion | None, *, is_newest: bool) -> bool:
    return there is not None and holds(there, release) and (there.is_latest or not is_newest)


def _newest_commit(root: Path, head: str, published: Mapping[str, PublishedVersion]) -> str:
    """The commit that knows every release: the last one here, unless a newer release is published than it knows."""
    here = release_files_at(root, head)
    titles = sorted((each.title for each in published.values() if parse_version(each.title)), key=numbers_of)
    known = newest_in(here)
    if not titles or (known and numbers_of(known) >= numbers_of(titles[-1])):
        return head
    for commit, _ in commits_with(root, titles[-1]):
        if here.items() <= release_files_at(root, commit).items():
            return commit
    message = f"{titles[-1]} is published, which is newer than every release of this playbook here; {NOTHING_PUBLISHED}"
    raise UserError(message, f"bring its commit here: {fetch_everything(root)}; or, {_BEGIN_ANEW}")


def _ledger_of(folder: Path) -> Ledger:
    ledger = read_ledger(folder, load_playbook(folder))
    if problems := ledger_problems(ledger):
        raise InvalidPlaybook(problems)
    return ledger


def _require_release(ledger: Ledger, tag: str) -> None:
    latest = ledger.store.latest
    if latest is None:
        raise UserError(f"there is no release yet, so {NOTHING_PUBLISHED}", "make one: playbook release 1.0.0")
    if tag and version_of_tag(tag) not in [release.version for release in ledger.store.releases]:
        message = f"the tag is {printable(tag)}, and the latest release is {latest.version}; {NOTHING_PUBLISHED}"
        raise UserError(message, "tag the commit that recorded the release")


def _require_committed(root: Path, recorded: Mapping[str, str]) -> None:
    version = next((version for version in release_names(root) if f"{version}{RELEASE_ENDING}" not in recorded), None)
    if version:
        raise UserError(f"release {version} is recorded here and not committed, so {NOTHING_PUBLISHED}", f"commit it: git add {RELEASES}, git commit")


def _uncommitted(root: Path) -> str:
    rows = ask_git(root, "status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", ".").split("\0")
    return rows[0][3:]


def _require_same_playbook(root: Path, folder: Path, releases: Sequence[Release], published: Mapping[str, PublishedVersion]) -> None:
    known = {release.version: digest_of(folder, release.version) for release in releases}
    for version in published.values():
        if version.digest and known.get(version.title, version.digest) != version.digest:
            message = f"the release {version.title} that is published is not the one that this playbook has; {NOTHING_PUBLISHED}"
            raise UserError(message, _bring_back(root, version) or _BEGIN_ANEW)


def _bring_back(root: Path, version: PublishedVersion) -> str:
    """The command for a release that was published, taken back and made again; empty if no commit here has the published one."""
    for commit, _ in commits_with(root, version.title):
        files = files_of_release(version.title, release_files_at(root, commit))
        if version.digest in [digest(content) for content in read_objects(root, [*files.values()]) if content is not None]:
            paths = " ".join(f"{RELEASES}/{name}" for name in files)
            return f"a release is never made twice: bring the published one back, with `git checkout {commit[:10]} -- {paths}`, commit it, and make the next"
    return ""


def _commits(
    root: Path, missing: Sequence[Release], recorded: Mapping[str, str], difference: Difference, last: ReleaseCommit | None
) -> tuple[ReleaseCommit, ...]:
    """The commit of each release that is missing: the `last` one, if that is a release still, or the one that is found for it."""
    found = {release.version: last if last and release is last.release else _found(root, release, recorded, difference) for release in missing}
    lost = {version: reasons for version, reasons in found.items() if not isinstance(reasons, ReleaseCommit)}
    if lost:
        raise _lost_commits(root, lost, newest_in(recorded))
    return tuple(commit for commit in found.values() if isinstance(commit, ReleaseCommit))


def _found(root: Path, release: Release, recorded: Mapping[str, str], difference: Difference) -> ReleaseCommit | tuple[str, ...]:
    return find_release_commit(root, release, files_of_release(release.version, recorded), difference)


def _lost_commits(root: Path, lost: Mapping[str, Sequence[str]], newest: str) -> UserError:
    lines = [f"there is no commit to build release {version} from; {NOTHING_PUBLISHED}" for version in lost]
    told = "\n".join("\n".join([line, *(f"  {reason}" for reason in reasons)]) for line, reasons in zip(lines, lost.values(), strict=True))
    if is_incomplete(root):
        return UserError(told, f"fetch the whole history: {fetch_everything(root)}")
    if newest in lost:
        return UserError(told, f"tag the commit that is release {newest}: git tag v{newest} COMMIT; or release the playbook as it is now")
    first = next(iter(lost))
    return UserError(
        told, f'tag the commit that is release {first}: git tag v{first} COMMIT; or go on without it: make publish WITHOUT="{" ".join(lost)}"'
    )
