"""`make publish`: the branch holds the old state or the new one, whatever happens; and what stands at the top of the site."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest
from selectolax.lexbor import LexborHTMLParser

from macros.problems.user_error import UserError
from macros.site.slots import fill_slots, slot, url_in
from macros.site.versions.published_branch import find_published_branch
from macros.site.versions.staging_repo import open_staging_repo
from tests.support.playbooks import SECONDS
from tests.support.published import (
    ADDRESS,
    IDENTITY,
    VERSIONS,
    PublishedPlaybook,
    change_for_second_release,
    create_repository,
    publish,
    release,
    start_publishing,
    wait_for_all,
)
from tests.support.repositories import commit, edit, git
from tests.support.sites import QUIET

pytestmark = pytest.mark.slow

NOTHING = "nothing is published"


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with one release that is published."""
    folder = create_repository(tmp_path_factory.mktemp("once") / "repository")
    release(folder, "1.0.0")
    assert published(folder).startswith(
        "published 1.0.0 in /1.0/ and /latest/ on the branch gh-pages; to show it to readers, push that branch to the host of the site"
    )
    return folder


@pytest.fixture(scope="module")
def once_and_changed(once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of it, with what happens until release 2.0.0 committed."""
    folder = shutil.copytree(once, tmp_path_factory.mktemp("changed") / "repository", symlinks=True)
    change_for_second_release(folder)
    return folder


@pytest.fixture
def repository(once_and_changed: Path, tmp_path: Path) -> Path:
    """A copy of that, which a test may change."""
    return shutil.copytree(once_and_changed, tmp_path / "repository", symlinks=True)


def published(folder: Path, *arguments: str) -> str:
    done = publish(folder, *arguments)
    assert (done.returncode, done.stderr.replace("INFO", "")) == (0, done.stderr.replace("INFO", "")), done.stderr
    return done.stdout


def refused(folder: Path, *arguments: str, identity: dict[str, str] | None = None) -> str:
    """Why nothing is published; the branch is as it was, and no trace is left."""
    before = tip(folder)
    done = publish(folder, *arguments, identity=identity)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    assert tip(folder) == before
    return done.stderr


def tip(folder: Path, ref: str = "refs/heads/gh-pages") -> str:
    return git(folder, "for-each-ref", "--format=%(objectname)", ref) if (folder / ".git").exists() else ""


def files(folder: Path) -> set[str]:
    return {*git(folder, "ls-tree", "-r", "--name-only", "gh-pages").splitlines()}


def test_publishing_again_makes_no_commit(once: Path) -> None:
    before = tip(once)
    assert published(once) == "1.0.0 is published already: /1.0/ and /latest/ on the branch gh-pages\n"
    assert tip(once) == before


def test_the_work_tree_and_its_branch_stay_as_they_are(once: Path) -> None:
    assert git(once, "status", "--porcelain") == ""
    assert git(once, "branch", "--show-current") == "main"
    assert git(once, "for-each-ref", "--format=%(refname)").split() == ["refs/heads/gh-pages", "refs/heads/main"]


def test_each_release_is_one_commit_on_the_branch(repository: Path) -> None:
    first = tip(repository)
    release(repository, "2.0.0")
    published(repository)
    assert git(repository, "rev-parse", "gh-pages^") == first
    assert git(repository, "log", "--format=%s", "gh-pages").splitlines() == ["Publish 2.0.0", "Publish 1.0.0"]


def test_a_patch_takes_the_place_of_what_it_mends(repository: Path) -> None:
    git(repository, "reset", "--quiet", "--hard", "HEAD~1")
    edit(
        repository,
        {"playbook_data/barriers/old-systems.yml": (repository / "playbook_data/barriers/old-systems.yml").read_text().replace("Partners", "They")},
    )
    commit(repository)
    release(repository, "1.0.1")
    published(repository)
    assert {path.partition("/")[0] for path in files(repository) if re.match(r"\d+\.\d+/", path)} == {"1.0"}
    page = git(repository, "show", "gh-pages:1.0/barriers/old-systems/index.html")
    assert "They cannot see" in page
    assert "1.0.0 (latest)" not in page


def test_the_alias_is_a_copy_and_not_a_link(once: Path) -> None:
    modes = {line.split()[0] for line in git(once, "ls-tree", "-r", "gh-pages").splitlines()}
    assert modes == {"100644"}
    both = [git(once, "rev-parse", f"gh-pages:{folder}/barriers/index.html") for folder in ("1.0", "latest")]
    assert both[0] == both[1]


def test_what_others_put_on_the_branch_stays(repository: Path) -> None:
    work = repository.parent / "pages"
    git(repository, "worktree", "add", "--quiet", str(work), "gh-pages")
    edit(
        work,
        {
            "CNAME": "playbook.example.org\n",
            ".well-known/security.txt": "Contact: a@example.org\n",
            "0.1/index.html": "<p>Older still.</p>\n",
            "1.0/odd.html": b"<p>\xff</p>\n",
        },
    )
    commit(work)
    git(repository, "worktree", "remove", str(work))
    release(repository, "2.0.0")
    published(repository)
    assert git(repository, "show", "gh-pages:CNAME") == "playbook.example.org"
    assert git(repository, "show", "gh-pages:.well-known/security.txt").startswith("Contact")
    assert git(repository, "show", "gh-pages:0.1/index.html") == "<p>Older still.</p>"


@pytest.mark.parametrize("content", ["{", "[1]", '{"version": "1.0"}', '[{"title": "1.0.0"}]', '[{"version": "", "title": "0.9.0", "aliases": []}]'])
def test_a_list_of_versions_that_cannot_be_read_stops_it(repository: Path, content: str) -> None:
    work = repository.parent / "pages"
    git(repository, "worktree", "add", "--quiet", str(work), "gh-pages")
    edit(work, {"versions.json": content})
    commit(work)
    git(repository, "worktree", "remove", str(work))
    git(repository, "reset", "--quiet", "--hard", "HEAD~1")
    assert refused(repository).startswith(
        f"versions.json on the branch gh-pages cannot be read; {NOTHING}\nhelp: see who changed it with `git log -p {tip(repository)[:10]} -- "
    )


def test_a_tag_must_be_one_of_the_releases(once: Path) -> None:
    help = "help: tag the commit that recorded the release\n"
    assert refused(once, "--tag", "v2.0.0") == f"the tag is v2.0.0, and the latest release is 1.0.0; {NOTHING}\n{help}"
    assert published(once, "--tag", "v1.0.0").startswith("1.0.0 is published already")


def test_what_no_release_has_is_not_published_nor_what_is_not_committed(repository: Path) -> None:
    before = tip(repository)
    (repository / "docs/draft.md").write_text("# A draft\n", "utf-8")
    assert published(repository) == (
        "1.0.0 is published already: /1.0/ and /latest/ on the branch gh-pages\n"
        "left out, because no release has it: what was committed since 1.0.0, such as that barriers/old-systems was withdrawn\n"
        "left out, because it is not committed: docs/draft.md\n"
    )
    assert tip(repository) == before
    (repository / "docs/draft.md").unlink()
    release(repository, "2.0.0")
    git(repository, "reset", "--quiet", "HEAD~1")
    assert refused(repository) == (
        f"release 2.0.0 is recorded here and not committed, so {NOTHING}\nhelp: commit it: git add playbook_data/releases, git commit\n"
    )


def test_from_an_old_commit_what_is_missing_is_published_and_the_latest_stays(repository: Path) -> None:
    release(repository, "2.0.0")
    git(repository, "update-ref", "-d", "refs/heads/gh-pages")
    assert published(repository, "--without", "1.0").startswith("published 2.0.0 in /2.0/ and /latest/ on")
    git(repository, "checkout", "--quiet", "HEAD~2")
    assert published(repository, "--tag", "v1.0.0").startswith("published 1.0.0 in /1.0/ on the branch gh-pages; ")
    assert "1.0/barriers/old-systems/index.html" in files(repository)
    assert "2.0.0 (latest)" in git(repository, "show", "gh-pages:1.0/barriers/old-systems/index.html")
    assert '"2.0.0",\n    "aliases": [\n      "latest"' in git(repository, "show", "gh-pages:versions.json")


def test_before_the_first_release_there_is_nothing_to_publish(tmp_path: Path) -> None:
    folder = create_repository(tmp_path)
    assert refused(folder) == f"there is no release yet, so {NOTHING}\nhelp: make one: playbook release 1.0.0\n"


def test_the_address_of_the_site_must_be_known(repository: Path) -> None:
    git(repository, "reset", "--quiet", "--hard", "HEAD~1")
    settings = (repository / "mkdocs.yml").read_text("utf-8")
    edit(repository, {"mkdocs.yml": settings.replace(f"site_url: {ADDRESS}", "")})
    commit(repository)
    assert refused(repository).startswith(f"mkdocs.yml does not say where the site is, so {NOTHING}\nhelp: write `site_url: https://…/`")


def test_a_site_that_has_moved_says_so_in_every_version(once: Path, tmp_path: Path) -> None:
    repository = tmp_path / "repository"
    shutil.copytree(once, repository, symlinks=True)
    edit(repository, {"mkdocs.yml": (repository / "mkdocs.yml").read_text("utf-8").replace(ADDRESS, "https://lab.example.org/books/")})
    commit(repository)
    assert published(repository).startswith("published 1.0.0 once more in /1.0/ and /latest/ on the branch gh-pages; ")
    for path, said in (
        ("1.0/barriers/index.html", 'rel="canonical" href="https&#58;//lab.example.org/books/latest/barriers/"'),
        ("feed.xml", 'rel="self" type="application/atom+xml" href="https://lab.example.org/books/feed.xml"'),
        ("sitemap.xml", "<loc>https://lab.example.org/books/latest/</loc>"),
        ("robots.txt", "Sitemap: https://lab.example.org/books/sitemap.xml"),
        ("_redirects", "/books/barriers/ /books/latest/barriers/ 302"),
    ):
        assert said in git(repository, "show", f"gh-pages:{path}"), path


@pytest.mark.parametrize(("nav", "why"), [("Nothing: nothing.md", "nothing.md"), ("index.md", "error[not-in-menu]")])
def test_a_release_that_cannot_be_built_or_has_a_warning_stops_all_of_them(repository: Path, nav: str, why: str) -> None:
    git(repository, "reset", "--quiet", "--hard", "HEAD~1")
    edit(repository, {"mkdocs.yml": (repository / "mkdocs.yml").read_text("utf-8") + f"nav:\n  - {nav}\n"})
    git(repository, "tag", "v1.0.0", commit(repository))
    git(repository, "update-ref", "-d", "refs/heads/gh-pages")
    said = refused(repository)
    assert why in said
    assert said.endswith(
        f"so {NOTHING}\nhelp: if this machine is why, put that right and try again; if the release is, repair it on a branch that begins at {tip(repository, 'refs/heads/main')[:10]}, "
        "and tag the repaired commit v1.0.0; or correct the playbook, commit that, and make the next release\n"
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no such device")
@pytest.mark.parametrize(("output", "why"), [(">/dev/full", "no space left on device"), (">&-", "bad file descriptor")])
def test_what_is_published_is_not_denied_where_nobody_can_be_told(repository: Path, output: str, why: str) -> None:
    git(repository, "reset", "--quiet", "--hard", "HEAD~1")
    line = f"{shlex.quote(sys.executable)} -m macros.engines.mike {output}"
    done = subprocess.run(["bash", "-c", line], cwd=repository, env={**QUIET, **IDENTITY}, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (1, f"all is on the branch gh-pages, but that cannot be said: {why}\n")


def test_without_git_nothing_is_published(tmp_path: Path, once: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(once, folder, symlinks=True)
    shutil.rmtree(folder / ".git")
    done = subprocess.run(
        [sys.executable, "-m", "macros.engines.mike"], cwd=folder, capture_output=True, encoding="utf-8", check=False,
        env={**QUIET, **IDENTITY, "GIT_CEILING_DIRECTORIES": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 1
    assert "is in no git repository that can be read" in done.stderr
    assert "Traceback" not in done.stderr


def test_git_must_know_who_publishes_if_there_is_something_to_publish(repository: Path) -> None:
    release(repository, "2.0.0")
    git(repository, "config", "user.useConfigOnly", "true")
    assert refused(repository, identity={}).startswith("git has no name and email for you\nhelp: tell it: git config user.name")
    git(repository, "reset", "--quiet", "--hard", "HEAD~2")
    done = publish(repository, identity={})
    assert (done.returncode, done.stdout.partition(":")[0]) == (0, "1.0.0 is published already"), done.stderr


def test_a_clone_goes_on_from_what_is_published(repository: Path, tmp_path: Path) -> None:
    release(repository, "2.0.0")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", str(repository), str(clone))
    published(clone)
    assert git(clone, "rev-parse", "gh-pages^") == git(clone, "rev-parse", "origin/gh-pages") == tip(repository)
    assert "1.0/index.html" in files(clone)


def test_a_branch_that_is_behind_the_remote_is_brought_forward(repository: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", str(repository), str(clone))
    git(clone, "branch", "--quiet", "gh-pages", "origin/gh-pages")
    release(repository, "2.0.0")
    published(repository)
    git(clone, "fetch", "--quiet")
    git(clone, "merge", "--quiet", "--ff-only", "origin/main")
    assert published(clone).startswith("2.0.0 is published already")
    assert tip(clone) == tip(repository)


def test_branches_that_went_different_ways_are_left_to_people(repository: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    release(repository, "2.0.0")
    git(tmp_path, "clone", "--quiet", str(repository), str(clone))
    published(clone)
    published(repository)
    tree = git(repository, "rev-parse", "gh-pages^{tree}")
    git(repository, "update-ref", "refs/heads/gh-pages", git(repository, "commit-tree", tree, "-m", "Another beginning"))
    git(clone, "fetch", "--quiet", "origin", "+gh-pages:refs/remotes/origin/gh-pages")
    assert refused(clone).startswith("the branch gh-pages here and the one at origin have diverged; nothing was changed\n")


def test_a_branch_that_somebody_moved_meanwhile_is_left_alone(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in IDENTITY.items():
        monkeypatch.setenv(name, value)
    with open_staging_repo(repository, find_published_branch(repository, "gh-pages")) as workshop:
        tree = git(repository, "rev-parse", "main^{tree}")
        git(workshop.folder, "update-ref", "refs/heads/gh-pages", git(workshop.folder, "commit-tree", tree, "-p", workshop.branch.base, "-m", "Ours"))
        theirs = git(repository, "commit-tree", f"{workshop.branch.base}^{{tree}}", "-p", workshop.branch.base, "-m", "Theirs")
        git(repository, "update-ref", "refs/heads/gh-pages", theirs)
        with pytest.raises(UserError, match="the branch gh-pages has moved in the meantime; nothing was changed"):
            workshop.deliver("Ours")
    assert tip(repository) == theirs


def test_two_that_publish_at_once_leave_one_new_state(repository: Path) -> None:
    first = tip(repository)
    release(repository, "2.0.0")
    running = [start_publishing(repository) for _ in range(2)]
    said = [process.communicate(timeout=SECONDS) for process in running]
    for process, (out, err) in zip(running, said, strict=True):
        assert "Traceback" not in err
        if process.returncode:
            assert "the branch gh-pages has moved in the meantime; nothing was changed\nhelp: type `make publish` again\n" in err
        else:
            assert out.startswith(("published 2.0.0", "2.0.0 is published already"))
    assert 0 in {process.returncode for process in running}
    assert git(repository, "rev-parse", "gh-pages^") == first
    assert published(repository).startswith("2.0.0 is published already")


ALL_ALONG = (0.3, 0.6, 0.8, 0.9, 0.95)


@pytest.mark.parametrize(
    ("stop", "moments"),
    [
        (signal.SIGKILL, (0.9,)),
        *(pytest.param(stop, ALL_ALONG, marks=pytest.mark.proof) for stop in (signal.SIGKILL, signal.SIGINT, signal.SIGTERM)),
    ],
)
def test_whoever_is_stopped_leaves_the_old_state_or_the_new_one(repository: Path, stop: signal.Signals, moments: tuple[float, ...]) -> None:
    first = tip(repository)
    release(repository, "2.0.0")
    whole = start_publishing(repository)
    begun = time.monotonic()
    whole.communicate(timeout=SECONDS)
    took, new = time.monotonic() - begun, git(repository, "rev-parse", "gh-pages^{tree}")
    git(repository, "update-ref", "refs/heads/gh-pages", first)
    for share in moments:
        process = start_publishing(repository)
        try:
            process.wait(took * share)
        except subprocess.TimeoutExpired:
            process.send_signal(stop)
        wait_for_all(process)
        assert tip(repository) == first or git(repository, "rev-parse", "gh-pages^{tree}") == new
        git(repository, "update-ref", "refs/heads/gh-pages", first)
    assert published(repository).startswith("published 2.0.0")
    assert git(repository, "rev-parse", "gh-pages^{tree}") == new
    git(repository, "fsck", "--connectivity-only")


# What stands at the top


@pytest.fixture(scope="module")
def top(published_playbook: PublishedPlaybook) -> Path:
    return published_playbook.published


def test_all_that_is_missing_is_one_commit_from_what_was_committed(published_playbook: PublishedPlaybook, top: Path) -> None:
    assert git(published_playbook.repository, "log", "--format=%s", "gh-pages").splitlines() == ["Publish 1.0.0, 2.0.0, 3.0.0"]
    listed = json.loads((top / "versions.json").read_text("utf-8"))
    assert [(row["version"], row["title"], row["aliases"]) for row in listed] == [
        ("3.0", "3.0.0", ["latest"]),
        ("2.0", "2.0.0", []),
        ("1.0", "1.0.0", []),
    ]
    assert (published_playbook.repository / "docs/assets/notes.txt").is_file()
    assert [*top.rglob("notes.txt")] == []


def test_the_sitemap_knows_the_pages_of_the_latest_version_alone(top: Path) -> None:
    sitemap = ElementTree.parse(top / "sitemap.xml")  # noqa: S314
    places, days = ([each.text for each in sitemap.iter(f"{{http://www.sitemaps.org/schemas/sitemap/0.9}}{name}")] for name in ("loc", "lastmod"))
    assert {*days} == {*VERSIONS.values()}, "the days of releases, not that on which it was built"
    day = dict(zip(places, days, strict=True))
    changed = {url: day[f"{ADDRESS}latest/{url}"] for url in ("pillars/shared-aims/", "barriers/two-things/", "barriers/short-funding/")}
    assert [*changed.values()] == [*VERSIONS.values()]
    assert len(places) > 30
    assert all((top / place.removeprefix(ADDRESS) / "index.html").is_file() for place in places)
    assert all(place.startswith(f"{ADDRESS}latest/") for place in places)
    assert not any("locked-doors" in place for place in places)
    assert not [path for path in top.rglob("sitemap.xml*") if path.parent != top]


def test_what_hosts_and_robots_look_for_is_at_the_top(top: Path) -> None:
    assert (top / "CNAME").read_text("utf-8") == "playbook.example.org\n"
    assert (top / ".well-known/security.txt").read_text("utf-8") == "Contact: mailto:lab@example.org\n"
    assert (top / "robots.txt").read_text("utf-8") == f"User-agent: *\nAllow: /\n\nSitemap: {ADDRESS}sitemap.xml\n"
    assert [name for name in ("CNAME", "robots.txt", ".well-known") if (top / "1.0" / name).exists()] == []


def test_what_a_person_wrote_for_robots_stays_with_the_place_of_the_sitemap_and_goes_when_it_is_taken_out(once: Path, repository: Path) -> None:
    assert git(once, "show", "gh-pages:robots.txt") == f"User-agent: *\nDisallow: /barriers/\n\nSitemap: {ADDRESS}sitemap.xml"
    edit(repository, {"docs/CNAME": None, "docs/assets/notes.txt": "Committed.\n"})
    commit(repository)
    release(repository, "2.0.0")
    published(repository)
    assert git(repository, "show", "gh-pages:robots.txt") == f"User-agent: *\nAllow: /\n\nSitemap: {ADDRESS}sitemap.xml"
    assert {"CNAME", "latest/assets/notes.txt"} & files(repository) == {"latest/assets/notes.txt"}


def test_the_rules_for_hosts_lead_each_address_to_a_page_in_one_step(top: Path) -> None:
    rows = [line.split() for line in (top / "_redirects").read_text("utf-8").splitlines() if not line.startswith("#")]
    olds = {old for old, _, _ in rows}
    assert len(olds) == len(rows) > 40
    assert all((top / new.strip("/") / "index.html").is_file() for _, new, _ in rows)
    assert not [new for _, new, _ in rows if new in olds]
    assert ["/barriers/locked-doors/", "/latest/barriers/shut-doors/", "302"] in rows
    assert ["/2.0/barriers/locked-doors/", "/2.0/barriers/closed-doors/", "301"] in rows
    assert not [old for old, _, _ in rows if old.startswith("/1.0/")]
    assert {old.split("/")[1] for old, _, status in rows if status == "301"} == {"2.0"}, "a patch may still change what is in 3.0"
    told = {tuple(line.strip(" ;").split()) for line in (top / "redirects.nginx.conf").read_text("utf-8").splitlines() if line.startswith("  /")}
    assert told == {(old, new) for old, new, _ in rows}


def test_each_unversioned_address_has_a_page_and_programs_find_their_files(top: Path) -> None:
    latest = {path.relative_to(top / "latest").as_posix() for path in (top / "latest").rglob("index.html")}
    assert {path for path in latest if not (top / path).is_file()} == set()
    assert (top / "figures/figures.json").read_bytes() == (top / "latest/figures/figures.json").read_bytes()
    assert '<base href="latest/">' in (top / "index.html").read_text("utf-8")
    assert 'href="/latest/assets/' in (top / "404.html").read_text("utf-8")


def test_there_is_one_feed_and_the_pages_of_every_version_lead_to_it(top: Path) -> None:
    assert {(top / folder / "feed.xml").read_bytes() for folder in ("1.0", "2.0", "3.0", "latest")} == {(top / "feed.xml").read_bytes()}
    feed = ElementTree.parse(top / "feed.xml").getroot()  # noqa: S314
    assert [link.get("href") for link in feed.findall("{*}link")] == [f"{ADDRESS}feed.xml", f"{ADDRESS}changes/"]
    for path, href in (
        ("1.0/us/index.html", "../../feed.xml"),
        ("latest/index.html", "../feed.xml"),
        ("3.0/changes/index.html", "../../feed.xml"),
    ):
        tree = LexborHTMLParser((top / path).read_text("utf-8"))
        assert [link.attributes["href"] for link in tree.css("link[type='application/atom+xml']")] == [href], path


def test_a_page_of_any_version_leads_to_the_feed_of_its_entry_at_the_top_and_copies_in_versions_are_never_old(top: Path) -> None:
    for path, href in (
        ("1.0/barriers/locked-doors/index.html", "../../../barriers/shut-doors/feed.xml"),
        ("2.0/barriers/two-things/index.html", "../../../barriers/two-things/feed.xml"),
        ("1.0/terms/mandate/index.html", "../../../forms/mandate/feed.xml"),
        ("latest/barriers/shut-doors/index.html", "../../../barriers/shut-doors/feed.xml"),
        ("1.0/barriers/index.html", "../../barriers/feed.xml"),
    ):
        tree = LexborHTMLParser((top / path).read_text("utf-8"))
        assert [link.attributes["href"] for link in tree.css("link[type='application/atom+xml']")][1:] == [href], path
        assert [link.attributes["href"] for link in tree.css(".follow a")] == [href], path
        assert ((top / path).parent / href).resolve().is_file()
    copies = [path for path in top.rglob("*/feed.xml") if path.parent.parent != top]
    assert len(copies) > 40
    for copy in copies:
        version, _, inside = copy.relative_to(top).as_posix().partition("/")
        newest = top / inside if version[0].isdigit() or version == "latest" else copy
        assert copy.read_bytes() == newest.read_bytes(), copy
    assert (top / "changes.json").read_bytes() == (top / "latest/changes.json").read_bytes() != (top / "1.0/changes.json").read_bytes()


def test_the_feed_keeps_its_ids_when_the_playbook_has_another_contact(top: Path) -> None:
    feed = ElementTree.parse(top / "feed.xml").getroot()  # noqa: S314
    assert feed.findtext("{*}author/{*}email") == "new-lab@example.org"
    assert [each.text for each in feed.iter("{http://www.w3.org/2005/Atom}id")] == [
        "tag:lab@example.org,2026-10-01:feed",
        "tag:new-lab@example.org,2026-11-20:release/3.0.0",
        "tag:new-lab@example.org,2026-11-01:release/2.0.0",
        "tag:lab@example.org,2026-10-01:release/1.0.0",
    ]


def test_frames_are_filled_again_and_again_and_nothing_else_is_touched() -> None:
    page = f"<head>{slot('head', 'a/b/')}</head><p><!-- playbook --></p>{slot('list', 'a/b/', 'old')}"
    assert url_in(page) == "a/b/"
    once = fill_slots(page, {"head": "<meta>", "list": "new"})
    assert once == f"<head>{slot('head', 'a/b/', '<meta>')}</head><p><!-- playbook --></p>{slot('list', 'a/b/', 'new')}"
    assert fill_slots(once, {"head": "<meta>", "list": "new"}) == once
    assert fill_slots(once, {}) == page.replace("old", "")
    assert url_in("<p>No page of a playbook.</p>") is None


def test_a_page_from_before_pages_had_feeds_leads_to_its_own_below_the_list_and_any_other_page_in_its_place() -> None:
    old, inside = slot("list", "a/", "old"), {"list": "<ul>", "follow": "<p>"}
    assert fill_slots(old, inside) == fill_slots(fill_slots(old, inside), inside) == slot("list", "a/", "<ul><p>")
    assert fill_slots(slot("follow", "a/") + old, inside) == slot("follow", "a/", "<p>") + slot("list", "a/", "<ul>")
