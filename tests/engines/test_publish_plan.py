"""What `make publish` would do, before anything is built: which releases from which commits, and what a clone must have for that."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from macros.engines.mike import difference_at
from macros.files.export import export_commit
from macros.files.git import ask_git
from macros.files.layout import RELEASES
from macros.problems.user_error import UserError
from macros.releases.snapshot import Snapshot
from macros.releases.store import Release, read_release
from macros.site.slots import slot
from macros.site.versions.listed import PublishedVersion, digest_of, read_versions
from macros.site.versions.plan import Plan, Wanted, make_plan, releases_to_publish
from macros.site.versions.published_branch import find_published_branch
from macros.site.versions.release_commits import ReleaseCommit, files_of_release, find_release_commit, release_files_at
from macros.site.versions.root import reserved_pages
from macros.site.versions.staging_repo import identity_of, open_staging_repo
from tests.support.playbooks import BASE
from tests.support.releases import record_release
from tests.support.repositories import commit, edit, git, write_repository

TERM = "playbook_data/terms/joining-up.yml"
ALL_BRANCHES = '--tags origin "+refs/heads/*:refs/remotes/origin/*"'
FROM_NOW_ON = "git remote set-branches origin '*' && "


def recorded(*versions: str) -> tuple[Release, ...]:
    return tuple(Release(version, Snapshot({})) for version in versions)


def on_branch(*titles: str, latest: str = "") -> Mapping[str, PublishedVersion]:
    folders = {title: title.rpartition(".")[0] for title in titles}
    return {folder: PublishedVersion(folder, title, is_latest=title == latest) for title, folder in folders.items()}


@pytest.mark.parametrize(
    ("there", "missing"),
    [
        (on_branch(), ["1.0.0", "1.1.1", "2.0.0"]),
        (on_branch("2.0.0", latest="2.0.0"), ["1.0.0", "1.1.1"]),
        (on_branch("1.0.0", "1.1.0", latest="1.1.0"), ["1.1.1", "2.0.0"]),
        (on_branch("1.0.0", "1.1.1", "2.0.0", latest="2.0.0"), []),
        (on_branch("1.0.0", "1.1.1", "2.0.0", latest="1.1.1"), ["2.0.0"]),
    ],
)
def test_what_is_missing_is_published_oldest_first(there: Mapping[str, PublishedVersion], missing: list[str]) -> None:
    releases = releases_to_publish(recorded("1.0.0", "1.1.0", "1.1.1", "2.0.0"), there)
    assert [release.version for release in releases] == missing


def test_publishing_goes_on_without_what_cannot_be_built() -> None:
    releases = recorded("1.0.0", "1.1.1", "2.0.0")
    assert [release.version for release in releases_to_publish(releases, {}, ("1.0.0", "1.1"))] == ["2.0.0"]
    with pytest.raises(UserError, match=r"there is no release '1\.1\.0' to go on without\nthe releases are 1\.0\.0, 1\.1\.1, 2\.0\.0"):
        releases_to_publish(releases, {}, ("1.1.0",))
    with pytest.raises(UserError, match=r"2\.0\.0 is the newest release, so it cannot be left out"):
        releases_to_publish(releases, {}, ("2.0",))


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two releases, and a branch with the first of them as somebody published it."""
    folder = write_repository(tmp_path_factory.mktemp("origin") / "repository")
    release(folder, "1.0.0")
    edit(folder, {TERM: BASE[TERM].replace("Several", "Some")})
    commit(folder)
    release(folder, "1.0.1")
    edit(folder, {"docs/team.md": "# The team\n\nPeople.\n"})
    commit(folder)
    release(folder, "1.1.0")
    git(folder, "config", "uploadpack.allowFilter", "true")
    git(folder, "switch", "--quiet", "--orphan", "gh-pages")
    edit(folder, {"versions.json": '[{"version": "1.0", "title": "1.0.0", "aliases": ["latest"]}]', "1.0/index.html": "<p>One.</p>", "latest/x": ""})
    commit(folder)
    git(folder, "switch", "--quiet", "main")
    return folder


def release(folder: Path, version: str) -> None:
    record_release(folder, version, on="2026-11-20")


def clone_of(origin: Path, tmp_path: Path, *options: str) -> Path:
    git(tmp_path, "clone", "--quiet", *options, f"file://{origin}", "clone")
    return tmp_path / "clone"


def no_difference(_commit: str, _version: str) -> str:
    return ""


def plan_in(folder: Path, scratch: Path) -> Plan:
    with open_staging_repo(folder, find_published_branch(folder, "gh-pages")) as repo:
        scratch.mkdir()
        return make_plan(folder, read_versions(repo), Wanted(), scratch, no_difference)


def test_each_release_is_built_from_its_tag_or_from_the_commit_that_added_it(origin: Path, tmp_path: Path) -> None:
    clone = clone_of(origin, tmp_path)
    git(clone, "tag", "v1.0.1", "HEAD~2")
    git(clone, "tag", "v1.1.0", "HEAD~1")
    plan = plan_in(clone, tmp_path / "scratch")
    assert [(each.release.version, each.name) for each in plan.commits] == [("1.0.1", "v1.0.1"), ("1.1.0", git(clone, "rev-parse", "HEAD")[:10])]
    assert plan.missing == ("1.0.1", "1.1.0")


def test_a_commit_must_be_the_release_as_it_was_recorded(origin: Path, tmp_path: Path) -> None:
    clone = clone_of(origin, tmp_path)
    newest, _ = read_release(clone, "1.1.0")
    wanted = files_of_release("1.1.0", release_files_at(clone, "HEAD"))
    edit(clone, {TERM: BASE[TERM].replace("Several", "No")})
    late = commit(clone)
    git(clone, "tag", "v1.1.0", late)
    found = find_release_commit(clone, newest, wanted, partial(difference_at, clone))
    assert isinstance(found, ReleaseCommit)
    assert (found.commit, found.name) == (git(clone, "rev-parse", "HEAD~1"), found.commit[:10])
    git(clone, "replace", found.commit, late)
    said = find_release_commit(clone, newest, wanted, partial(difference_at, clone))
    assert said == ("v1.1.0 is not the playbook as it was released: terms/joining-up was reworded",)


@pytest.mark.parametrize(
    ("options", "said", "fetched"),
    [
        (("--depth=1",), "this clone has only some of the branches at origin", f"{FROM_NOW_ON}git fetch --unshallow {ALL_BRANCHES}"),
        (("--single-branch",), "this clone has only some of the branches at origin", f"{FROM_NOW_ON}git fetch {ALL_BRANCHES}"),
        (
            ("--depth=1", "--no-single-branch"),
            "there is no commit to build release 1.0.1 from; nothing is published\n  {head} holds 1.1.0 already",
            f"git fetch --unshallow {ALL_BRANCHES}",
        ),
        (("--filter=blob:none",), "this clone lacks files of the branch gh-pages; nothing was changed", f"git fetch --refetch --no-filter {ALL_BRANCHES}"),
        (("--filter=tree:0",), "this clone lacks files of the branch gh-pages; nothing was changed", f"git fetch --refetch --no-filter {ALL_BRANCHES}"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)  # fmt: skip
def test_a_clone_that_lacks_something_is_told_what_to_fetch(origin: Path, tmp_path: Path, options: tuple[str, ...], said: str, fetched: str) -> None:
    clone = clone_of(origin, tmp_path, *options)
    with pytest.raises(UserError) as refused:
        plan_in(clone, tmp_path / "one")
    assert refused.value.message.startswith(said.format(head=git(clone, "rev-parse", "HEAD")[:10]))
    assert refused.value.help.endswith(f": {fetched}")
    obey(fetched, clone)
    assert plan_in(clone, tmp_path / "two").missing == ("1.0.1", "1.1.0")


@pytest.mark.parametrize("options", [("--depth=1",), ("--single-branch",), ("--mirror",)], ids=" ".join)
def test_a_clone_that_has_fetched_every_branch_knows_that_nothing_is_published(tmp_path: Path, options: tuple[str, ...]) -> None:
    origin = write_repository(tmp_path / "origin", {})
    git(origin, "branch", "other")
    clone = clone_of(origin, tmp_path, *options)
    if options != ("--mirror",):
        with pytest.raises(UserError, match="this clone has only some of the branches at origin") as refused:
            find_published_branch(clone, "gh-pages")
        obey(refused.value.help.partition(": ")[2], clone)
    assert find_published_branch(clone, "gh-pages").base == ""


def obey(command: str, folder: Path) -> None:
    subprocess.run(command, shell=True, cwd=folder, check=True, capture_output=True, env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull})


def test_the_branch_of_the_playbook_itself_is_not_written_to(origin: Path, tmp_path: Path) -> None:
    clone = clone_of(origin, tmp_path)
    git(clone, "update-ref", "refs/remotes/origin/gh-pages", "HEAD")
    with pytest.raises(
        UserError, match=r"the branch gh-pages holds the playbook itself.*\n.*: rename it at origin, then type: git fetch --prune origin$"
    ):
        find_published_branch(clone, "gh-pages")
    git(clone, "branch", "--move", "main", "gh-pages")
    with pytest.raises(UserError, match=r"the branch gh-pages holds the playbook itself.*\n.*: git branch --move gh-pages main$"):
        find_published_branch(clone, "gh-pages")


def test_a_published_release_that_was_made_again_is_brought_back(origin: Path, tmp_path: Path) -> None:
    clone = clone_of(origin, tmp_path)
    there = {"1.1": PublishedVersion("1.1", "1.1.0", digest_of(clone, "1.1.0"))}
    first = git(clone, "rev-parse", "HEAD")[:10]
    git(clone, "revert", "--no-edit", "HEAD")
    record_release(clone, "1.1.0", on="2026-11-21")
    with pytest.raises(UserError, match="is not the one that this playbook has") as refused, TemporaryDirectory(dir=tmp_path) as scratch:
        make_plan(clone, there, Wanted(), Path(scratch), no_difference)
    assert f"git checkout {first} -- {RELEASES}/1.1.0.json" in refused.value.help
    obey(refused.value.help.split("`")[1], clone)
    assert digest_of(clone, "1.1.0") == there["1.1"].digest


def with_identity(folder: Path) -> Path:
    """A repository that knows who commits in it, whatever the machine does."""
    git(folder, "config", "user.name", "A tester")
    git(folder, "config", "user.email", "tester@example.org")
    return folder


@pytest.mark.parametrize("who", ["AUTHOR", "COMMITTER"])
def test_a_date_that_git_cannot_read_is_not_taken_for_a_missing_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, who: str) -> None:
    folder = with_identity(write_repository(tmp_path / "one", {}))
    monkeypatch.setenv(f"GIT_{who}_DATE", "garbage")
    with pytest.raises(UserError, match=f"the variable GIT_{who}_DATE: .*garbage; nothing was changed\ntake it away: unset GIT_{who}_DATE"):
        identity_of(folder)
    if who == "COMMITTER":
        with pytest.raises(UserError, match=r"invalid date format: garbage\n.*unset GIT_AUTHOR_DATE GIT_COMMITTER_DATE"):
            ask_git(folder, "update-ref", "refs/heads/other", "HEAD")


@pytest.mark.parametrize(
    ("break_it", "said"),
    [
        (
            ".git/refs/heads/gh-pages.lock",
            r"gh-pages\.lock': File exists; nothing was changed\nif no other command of git is running, delete that file",
        ),
        (".git/refs/heads/gh-pages/preview", r"'refs/heads/gh-pages/preview' exists; .*; nothing was changed\nput that right"),
    ],
)
def test_a_branch_that_git_does_not_move_is_told_in_words_of_git(tmp_path: Path, break_it: str, said: str) -> None:
    folder = with_identity(write_repository(tmp_path / "one", {}))
    with open_staging_repo(folder, find_published_branch(folder, "gh-pages")) as repo:
        ask_git(repo.folder, "update-ref", "refs/heads/gh-pages", git(folder, "rev-parse", "HEAD"))
        edit(folder, {break_it: git(folder, "rev-parse", "HEAD") + "\n"})
        with pytest.raises(UserError, match=said):
            repo.deliver("Publish")


def test_the_branch_of_another_playbook_is_recognised(origin: Path, tmp_path: Path) -> None:
    def missing(there: Mapping[str, PublishedVersion]) -> tuple[str, ...]:
        with TemporaryDirectory(dir=tmp_path) as scratch:
            return make_plan(origin, there, Wanted(), Path(scratch), no_difference).missing

    with pytest.raises(UserError, match=r"the release 1\.0\.1 that is published is not the one that this playbook has; nothing is published"):
        missing({"1.0": PublishedVersion("1.0", "1.0.1", "0" * 64)})
    with pytest.raises(UserError, match=r"9\.0\.0 is published, which is newer than every release of this playbook here; nothing is published"):
        missing(on_branch("9.0.0"))
    assert missing({"1.0": PublishedVersion("1.0", "1.0.1", digest_of(origin, "1.0.1"))}) == ("1.1.0",)


def test_of_several_remotes_the_newest_counts_or_the_one_that_is_named(origin: Path, tmp_path: Path) -> None:
    clone = clone_of(origin, tmp_path)
    git(clone, "remote", "add", "upstream", str(origin))
    before = git(clone, "rev-parse", "origin/gh-pages")
    newer, other = (git(clone, "commit-tree", f"{before}^{{tree}}", "-p", before, "-m", name) for name in ("Newer", "Other"))
    git(clone, "update-ref", "refs/remotes/upstream/gh-pages", newer)
    assert (find_published_branch(clone, "gh-pages").base, find_published_branch(clone, "gh-pages").remote) == (newer, "origin")
    git(clone, "update-ref", "refs/remotes/origin/gh-pages", other)
    with pytest.raises(
        UserError, match=r"gone different ways at origin and at upstream; nothing was changed\nsay which .*: make publish REMOTE=origin"
    ):
        find_published_branch(clone, "gh-pages")
    assert find_published_branch(clone, "gh-pages", "upstream").base == newer
    with pytest.raises(UserError, match=r"there is no remote 'upstrem'; nothing was changed\ndid you mean 'upstream'\?"):
        find_published_branch(clone, "gh-pages", "upstrem")


def test_a_tag_that_leads_to_no_commit_is_passed_over(origin: Path, tmp_path: Path) -> None:
    clone = clone_of(origin, tmp_path)
    git(clone, "tag", "v1.0.1", "HEAD:docs")
    assert [each.name for each in plan_in(clone, tmp_path / "scratch").commits] == [
        git(clone, "rev-parse", f"HEAD{back}")[:10] for back in ("~2", "")
    ]


def test_a_branch_that_is_checked_out_is_not_moved(origin: Path, tmp_path: Path) -> None:
    clone, pages = clone_of(origin, tmp_path), tmp_path / "the pages"
    git(clone, "worktree", "add", "--quiet", str(pages), "gh-pages")
    with pytest.raises(UserError, match=r"the branch gh-pages is checked out in .*/the pages, .*; nothing was changed") as refused:
        find_published_branch(clone, "gh-pages")
    assert refused.value.help == f"leave it there: git -C '{pages}' switch --detach"
    shutil.rmtree(pages)
    with pytest.raises(UserError, match=r"that folder is gone, so tell git: git worktree prune"):
        find_published_branch(clone, "gh-pages")
    git(clone, "worktree", "prune")
    assert find_published_branch(clone, "gh-pages").base


@pytest.mark.parametrize("form", ["sha1", "sha256"])
def test_only_the_branch_of_this_repository_moves_whatever_git_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    """As in a hook, which names another repository to each command of git, and with repositories without a work tree forbidden."""
    folder, other = write_repository(tmp_path / 'o "n\\e\n', {}), write_repository(tmp_path / "other", {})
    shutil.rmtree(folder / ".git")
    git(folder, "init", "--quiet", f"--object-format={form}")
    with_identity(folder)
    commit(folder)
    for name, value in {"DIR": str(other / ".git"), "INDEX_FILE": str(other / ".git/index"), "WORK_TREE": str(other), "NAMESPACE": "other"}.items():
        monkeypatch.setenv(f"GIT_{name}", value)
    for name, value in {
        "COUNT": "2",
        "KEY_0": "safe.bareRepository",
        "VALUE_0": "explicit",
        "KEY_1": "protocol.file.allow",
        "VALUE_1": "never",
    }.items():
        monkeypatch.setenv(f"GIT_CONFIG_{name}", value)
    with open_staging_repo(folder, find_published_branch(folder, "gh-pages")) as repo:
        commit_here = ask_git(folder, "rev-parse", "HEAD")
        ask_git(repo.folder, "update-ref", "refs/heads/gh-pages", commit_here)
        assert repo.deliver("Publish")
    monkeypatch.undo()
    assert git(folder, "rev-parse", "gh-pages^{tree}") == git(folder, "rev-parse", "main^{tree}")
    assert git(other, "for-each-ref", "--format=%(refname)") == "refs/heads/main"


def test_a_git_that_knows_one_format_alone_is_not_asked_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, stub = write_repository(tmp_path / "one", {}), tmp_path / "git"
    refuse = 'case " $* " in *" --show-object-format "*) echo --show-object-format; exit;; *" --object-format="*) exit 129;; esac'
    stub.write_text(f'#!/bin/sh\n{refuse}\nexec {shutil.which("git")} "$@"\n', "utf-8")
    stub.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    with open_staging_repo(folder, find_published_branch(folder, "gh-pages")) as repo:
        assert repo.files() == {}


@pytest.mark.parametrize("target", ["/etc/hostname", "../../outside.txt", "here/../../outside.txt"])
def test_a_link_that_leads_out_of_the_playbook_is_not_followed(origin: Path, tmp_path: Path, target: str) -> None:
    clone = clone_of(origin, tmp_path)
    (clone / "docs").mkdir(exist_ok=True)
    (clone / "docs/here").symlink_to(".")
    (clone / "docs/private.txt").symlink_to(target)
    with pytest.raises(UserError, match=r"docs/private\.txt is a symbolic link that leads out of the playbook"):
        export_commit(clone, commit(clone), tmp_path / "exported")


def test_a_commit_is_written_out_whole_whatever_attributes_and_settings_say(origin: Path, tmp_path: Path) -> None:
    clone = clone_of(origin, tmp_path)
    edit(clone, {".gitattributes": f"{TERM} export-ignore\ndocs/a.md export-subst\n", "docs/a.md": "$Format:%H$\n"})
    name = commit(clone)
    for setting in ("core.autocrlf", "core.sparseCheckout", "core.splitIndex"):
        git(clone, "config", setting, "true")
    (clone / ".git/hooks").mkdir(exist_ok=True)
    (clone / ".git/info/sparse-checkout").write_text("/docs/\n", "utf-8")
    (clone / ".git/hooks/post-index-change").write_text("#!/bin/sh\ntouch ran\n", "utf-8")
    (clone / ".git/hooks/post-index-change").chmod(0o755)
    (clone / ".gitattributes").write_text("* text eol=crlf\n", "utf-8")
    exported = export_commit(clone, name, tmp_path / "exported")
    assert (exported / "docs/a.md").read_bytes() == b"$Format:%H$\n"
    assert (exported / TERM).read_text("utf-8").strip() == git(clone, "show", f"HEAD:{TERM}")
    assert b"\r" not in (exported / TERM).read_bytes()
    assert git(clone, "status", "--porcelain") == "M .gitattributes"


def test_a_commit_that_cannot_be_written_out_says_what_to_do(origin: Path, tmp_path: Path) -> None:
    clone, folder = clone_of(origin, tmp_path), tmp_path / "exported"
    edit(clone, {".gitattributes": f"{TERM} filter=none\n"})
    name = commit(clone)
    folder.mkdir()
    (folder / "playbook_data").write_text("in the way", "utf-8")
    with pytest.raises(UserError, match=r"cannot create directory .*\nmake room on the disk, and give yourself the right to write there"):
        export_commit(clone, name, folder)
    (folder / "playbook_data").unlink()
    git(clone, "config", "filter.none.smudge", "false")
    git(clone, "config", "filter.none.required", "true")
    with pytest.raises(UserError, match=r"external filter 'false' failed 1\ninstall that program, such as git-lfs"):
        export_commit(clone, name, folder)


def test_no_page_takes_the_place_of_a_version() -> None:
    pages = {
        url: slot("head", url) for url in ("", "about/", "latest/", "4.0/", "Latest/", "versions.json/", "feed.xml/", "latest-news/", "2020-plan/")
    }
    moved = {"3.0/": slot("head", "about/")}
    files = {f"{url}index.html": html.encode() for url, html in {**pages, **moved}.items()}
    assert [*reserved_pages(files)] == ["4.0/", "Latest/", "feed.xml/", "latest/", "versions.json/"]
