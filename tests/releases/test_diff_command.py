"""`playbook diff` as a person types it: which base it takes, where it finds none, and which pages show a change."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from macros.files.git import remedy
from macros.playbook.load import load_playbook
from macros.releases.snapshot import read_lines, snapshot_of
from tests.support.playbooks import BASE, changed, run_playbook, write_playbook
from tests.support.releases import write_release
from tests.support.repositories import commit, diff, edit, git, write_repository
from tests.support.sites import built, page, pages_of

BARRIER = "playbook_data/barriers/data-sharing.yml"
CASE = "playbook_data/cases/one-front-door.yml"
TERM = "playbook_data/terms/joining-up.yml"
NEW_TERM = {"playbook_data/terms/mandate.yml": "title: Mandate\nsummary: The right to act.\nmeaning: Somebody said yes.\n"}
REWORDED = changed(BARRIER, "Each partner holds a part of the story.", "No partner knows the whole story.")
AGAIN = changed(BARRIER, "Each partner holds a part of the story.", "Nobody knows the whole story.")
REWORDED_ROW = "    problem: [-Each-]{+No+} partner [-holds a part of-]{+knows+} the{+ whole+} story."


def data(folder: Path, *arguments: str) -> dict:
    return json.loads(diff(folder, *arguments, "--format", "json"))


def problem_of(output: str) -> str:
    """The line that tells of the barrier's problem."""
    return next((line for line in output.split("\n") if line.startswith("    problem: ")), "")


def refused(folder: Path, *arguments: str, environment: Mapping[str, str] | None = None) -> str:
    """The message where there is nothing to compare with."""
    done = run_playbook(folder, "diff", *arguments, environment=environment)
    assert (done.returncode, done.stdout) == (2, "")
    return done.stderr.partition("Error: ")[2]


# Which base


def test_on_the_main_branch_the_base_is_the_last_commit(tmp_path: Path) -> None:
    folder = write_repository(tmp_path)
    edit(folder, REWORDED)
    head = git(folder, "rev-parse", "HEAD")
    assert diff(folder).startswith(f"Compared with {head[:10]}, the last commit\n")
    assert problem_of(diff(folder)) == REWORDED_ROW


def test_on_another_branch_the_base_is_where_it_left_the_main_one(tmp_path: Path) -> None:
    folder = write_repository(tmp_path)
    left = git(folder, "rev-parse", "HEAD")
    git(folder, "checkout", "--quiet", "-b", "work")
    edit(folder, REWORDED)
    commit(folder)
    git(folder, "checkout", "--quiet", "main")
    edit(folder, dict(NEW_TERM))
    commit(folder)
    git(folder, "checkout", "--quiet", "work")
    output = diff(folder)
    assert output.startswith(f"Compared with {left[:10]}, where this branch left main\n")
    assert problem_of(output) == REWORDED_ROW
    assert "mandate" not in output


@pytest.mark.parametrize("remote", ["origin", "upstream"])
def test_the_main_branch_is_that_of_the_remote_where_there_is_one(tmp_path: Path, remote: str) -> None:
    there = write_repository(tmp_path / "there")
    here = tmp_path / "here"
    git(tmp_path, "clone", "--quiet", "--origin", remote, str(there), str(here))
    published = git(here, "rev-parse", "HEAD")
    edit(here, REWORDED)
    commit(here)
    assert diff(here).startswith(f"Compared with {published[:10]}, where this branch left {remote}/main\n")


def test_the_main_branch_may_have_another_name(tmp_path: Path) -> None:
    settings = BASE["playbook_data/playbook.yml"] + "repository: {url: 'https://example.org/a', branch: trunk}\n"
    folder = write_repository(tmp_path, {"playbook_data/playbook.yml": settings})
    git(folder, "branch", "--move", "trunk")
    left = git(folder, "rev-parse", "HEAD")
    git(folder, "checkout", "--quiet", "-b", "work")
    edit(folder, REWORDED)
    commit(folder)
    assert diff(folder).startswith(f"Compared with {left[:10]}, where this branch left trunk\n")


@pytest.mark.parametrize("name", ["HEAD", "HEAD~1", "main", "v1", "@{upstream}", "HEAD^{/A change}"])
def test_a_base_is_whatever_git_calls_a_revision(tmp_path: Path, name: str) -> None:
    there = write_repository(tmp_path / "there")
    git(there, "tag", "v1")
    commit(there)
    git(tmp_path, "clone", "--quiet", str(there), "here")
    edit(tmp_path / "here", REWORDED)
    assert problem_of(diff(tmp_path / "here", name)) == REWORDED_ROW


def test_a_playbook_may_lie_in_a_folder_of_its_repository(tmp_path: Path) -> None:
    folder = write_playbook(tmp_path / "sites" / "a playbook")
    (tmp_path / "playbook_data").mkdir()
    (tmp_path / "playbook_data" / "stray.yml").write_text("title: None of it\n")
    git(tmp_path, "init", "--quiet")
    commit(tmp_path)
    edit(folder, REWORDED)
    for place in (folder, folder / "playbook_data" / "terms"):
        assert problem_of(diff(place, "HEAD")) == REWORDED_ROW
    assert "stray" not in diff(folder, "HEAD")


def test_a_release_is_a_base_and_the_latest_is_the_first_choice(tmp_path: Path) -> None:
    folder = write_playbook(tmp_path)
    write_release(folder, "1.2")
    edit(folder, AGAIN)
    write_release(folder, "1.10")
    edit(folder, REWORDED)
    assert diff(folder).startswith("Compared with 1.10, the latest release\n")
    assert problem_of(diff(folder)) == "    problem: [-Nobody-]{+No partner+} knows the whole story."
    assert problem_of(diff(folder, "1.2")) == REWORDED_ROW
    assert "note: This release holds entries alone: pages written by hand and the playbook's own facts were not compared." in diff(folder)


def test_a_release_goes_before_a_revision_of_the_same_name(tmp_path: Path) -> None:
    folder = write_repository(tmp_path, AGAIN)
    git(folder, "tag", "1.0")
    edit(folder, {BARRIER: BASE[BARRIER]})
    write_release(folder, "1.0")
    edit(folder, REWORDED)
    assert problem_of(diff(folder, "1.0")) == REWORDED_ROW
    assert problem_of(diff(folder, "refs/tags/1.0")) == "    problem: [-Nobody-]{+No partner+} knows the whole story."


def test_a_release_and_a_commit_of_the_same_day_tell_the_same(tmp_path: Path) -> None:
    folder = write_repository(tmp_path)
    write_release(folder, "1.0")
    edit(folder, REWORDED | changed(CASE, "meets: [data-sharing]\n", "") | dict(NEW_TERM))
    by_release, by_commit = data(folder, "1.0"), data(folder, "HEAD")
    assert by_release["shown_exactly"] is by_commit["shown_exactly"] is True
    assert [by_release[key] for key in ("entries", "suspects", "step")] == [by_commit[key] for key in ("entries", "suspects", "step")]


# Where there is none


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("mian", "there is no release and no revision 'mian'\ndid you mean 'main'?\n"),
        ("topic", "there is no release and no revision 'topic'\ndid you mean 'other/topic'?\n"),
        ("^main", "there is no release and no revision '^main'\ndid you mean 'main'?\n"),
        ("v1.0.0", "there is no release and no revision 'v1.0.0'\ndid you mean '1.0.0'?\n"),
        ("release-1.0", "there is no release and no revision 'release-1.0'\ndid you mean '1.0'?\n"),
        ("v1.1.0", "there is no release and no revision 'v1.1.0'\n`git branch --all` and `git tag` show what there is\n"),
        ("0123456789", "there is no release and no revision '0123456789'\n`git branch --all` and `git tag` show what there is\n"),
        ("HEAD:playbook_data", "there is no release and no revision 'HEAD:playbook_data'\n"),
        ("../../etc/passwd", "there is no release and no revision '../../etc/passwd'\n"),
        ("main\n--output=made", "'main�--output=made' cannot be the name of a revision\n"),
        ("\x1b[2J", "'�[2J' cannot be the name of a revision\n"),
        ("", "'' cannot be the name of a revision\nname a commit, a branch, a tag or a release\n"),
    ],
)
def test_an_unknown_base_is_told_with_the_nearest_one(tmp_path: Path, name: str, expected: str) -> None:
    folder = write_repository(tmp_path)
    write_release(folder, "1.0.0")
    git(folder, "branch", "other/topic")
    assert refused(folder, "--", name).startswith(expected)


@pytest.mark.parametrize("name", ["--output=made", "-h", "--upload-pack=touch made", "--exec=touch made", "-", "--"])
def test_a_base_is_never_an_option_of_git(tmp_path: Path, name: str) -> None:
    folder = write_repository(tmp_path)
    before = sorted(folder.iterdir())
    output = refused(folder, "--", name)
    assert output.startswith(f"'{name}' cannot be the name of a revision\n")
    assert sorted(folder.iterdir()) == before


def test_a_name_with_shell_in_it_runs_nothing(tmp_path: Path) -> None:
    folder = write_repository(tmp_path)
    refused(folder, "main; touch made")
    refused(folder, "$(touch made)")
    assert not (folder / "made").exists()


def test_without_git_a_release_can_be_compared_and_a_revision_cannot(tmp_path: Path) -> None:
    folder = write_repository(tmp_path)
    (tmp_path / "empty").mkdir()
    path = {"PATH": str(tmp_path / "empty")}
    assert refused(folder, "HEAD", environment=path).startswith("git is not installed, and a revision can be read by git alone\n")
    write_release(folder, "1.0")
    done = run_playbook(folder, "diff", environment=path)
    assert (done.returncode, done.stderr) == (0, "")


def test_outside_a_repository_that_is_said(tmp_path: Path) -> None:
    output = refused(write_playbook(tmp_path), environment={"GIT_CEILING_DIRECTORIES": str(tmp_path.parent)})
    assert output.startswith(f"{tmp_path} is in no git repository that can be read: not a git repository")
    assert "name a release to compare with" in output


def test_in_a_repository_without_a_commit_that_is_said(tmp_path: Path) -> None:
    folder = write_playbook(tmp_path)
    git(folder, "init", "--quiet")
    assert refused(folder).startswith("the repository has no commits yet, so there is nothing to compare with\n")


def test_a_shallow_copy_says_how_to_get_the_rest(tmp_path: Path) -> None:
    there = write_repository(tmp_path / "there")
    old = git(there, "rev-parse", "HEAD")
    commit(there)
    git(tmp_path, "clone", "--quiet", "--depth", "1", there.as_uri(), "here")
    output = refused(tmp_path / "here", old)
    assert output == (
        f"there is no release and no revision '{old}' in this shallow copy of the repository\n"
        "fetch its whole history: `git fetch --unshallow`, or `fetch-depth: 0` where a workflow checks it out\n"
    )


def test_a_revision_without_a_playbook_is_no_base(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "tag", "before", commit(tmp_path))
    folder = write_playbook(tmp_path / "a-playbook")
    commit(tmp_path)
    assert refused(folder, "before").startswith("before has no playbook_data/ in a-playbook/, so there is no playbook to compare with\n")


def test_a_playbook_with_problems_is_not_compared(tmp_path: Path) -> None:
    folder = write_repository(tmp_path)
    edit(folder, {TERM: "title: no\n"})
    done = run_playbook(folder, "diff", "HEAD")
    assert (done.returncode, done.stdout) == (1, "")
    assert "the playbook has problems" in done.stderr
    assert f"{TERM}:1:8: error[not-text]" in done.stderr


def test_a_wrong_format_is_wrong_usage(tmp_path: Path) -> None:
    done = run_playbook(write_repository(tmp_path), "diff", "HEAD", "--format", "xml")
    assert (done.returncode, done.stdout) == (2, "")


# What lies in a revision


def test_the_work_tree_is_not_touched(tmp_path: Path) -> None:
    folder = write_repository(tmp_path)
    edit(folder, REWORDED)
    git(folder, "add", "--all")
    edit(folder, dict(NEW_TERM))
    before = git(folder, "status", "--porcelain")
    index = (folder / ".git" / "index").read_bytes()
    diff(folder, "HEAD")
    assert (git(folder, "status", "--porcelain"), (folder / ".git" / "index").read_bytes()) == (before, index)


def test_a_symbolic_link_in_a_revision_is_not_followed(tmp_path: Path) -> None:
    folder = write_repository(tmp_path / "here")
    secret = tmp_path / "secret.yml"
    secret.write_text("title: A secret\nsummary: Nobody may read it.\nmeaning: Quiet.\n")
    link = folder / "playbook_data/terms/secret.yml"
    link.symlink_to(secret)
    commit(folder)
    link.unlink()
    output = diff(folder, "HEAD")
    assert "note: playbook_data/terms/secret.yml could not be read: it is not a plain file.\n" in output
    assert "Nobody may read it" not in output


def test_a_huge_file_in_a_revision_is_not_read(tmp_path: Path) -> None:
    folder = write_repository(tmp_path, {TERM: BASE[TERM] + "# " + "x" * 200_000 + "\n"})
    edit(folder, {TERM: BASE[TERM]})
    assert "note: playbook_data/terms/joining-up.yml could not be read: it has 200,162 bytes, the most is 200,000.\n" in diff(folder, "HEAD")


def test_an_odd_file_name_in_a_revision_is_shown_safely(tmp_path: Path) -> None:
    name = "playbook_data/terms/\x1b[2J\n\udcff.yml"
    folder = write_repository(tmp_path)
    (folder / name).write_text("title: no\n")
    commit(folder)
    (folder / name).unlink()
    assert "note: playbook_data/terms/�[2J��.yml could not be read: its name cannot be an id.\n" in diff(folder, "HEAD")


def test_calls_in_pages_of_a_revision_are_no_program(tmp_path: Path) -> None:
    evil = "# Home\n\n{{ link.__globals__ }} {% for x in range(10**9) %}{{ entries('barriers') }}{% endfor %} {{ entries(open('made', 'w')) }}\n"
    folder = write_repository(tmp_path, {"docs/index.md": evil})
    edit(folder, REWORDED)
    assert problem_of(diff(folder, "HEAD")) == REWORDED_ROW
    assert not (folder / "made").exists()


# Releases that cannot be read


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (lambda lines: [*lines[:2], "{", *lines[3:]], "3:1: error[release-line] this line is not JSON: expecting property name enclosed in double quotes"),
        (lambda lines: [*lines, lines[0]], "12:1: error[release-line] 'data-sharing' has a line above already"),
        (lambda lines: [*lines, "[]"], "12:1: error[release-line] expected one entry between { and }, found []"),
        (lambda lines: [lines[0].replace('"url"', '"link"'), *lines[1:]], "1:1: error[release-line] 'url' is missing"),
        (lambda lines: [lines[0].replace('{"id"', '{"no": 1, "id"'), *lines[1:]], "1:1: error[release-line] 'no' is a key that no release has"),
        (lambda lines: [lines[0].replace("barriers/data", "../../data"), *lines[1:]], "1:1: error[release-line] 'url' is not what a release holds there"),
        (lambda lines: ['{"id":' * 500, *lines], "1:1: error[release-line] this line is not JSON"),
        (lambda lines: [f'{{"id": {"[" * 100 + "]" * 100}}}', *lines], "1:1: error[release-line] expected one entry between { and }"),
        (lambda _: [], "1:1: error[release-line] the release holds no entry"),
    ],
)  # fmt: skip
def test_a_line_of_a_release_that_cannot_be_read_is_told_with_its_place(tmp_path: Path, spoil, expected: str) -> None:
    folder = write_playbook(tmp_path)
    file = write_release(folder, "1.0")
    file.write_text("".join(f"{line}\n" for line in spoil(file.read_text("utf-8").splitlines())), "utf-8")
    done = run_playbook(folder, "diff")
    assert (done.returncode, done.stdout) == (1, "")
    assert f"\nplaybook_data/releases/1.0.jsonl:{expected}" in done.stderr
    assert "  help: a release is never edited: bring it back with `git checkout " in done.stderr


def test_a_release_has_a_line_for_each_entry_and_the_same_bytes_every_time(tmp_path: Path) -> None:
    folder = write_playbook(tmp_path)
    first = write_release(folder, "1.0").read_bytes()
    assert write_release(folder, "1.0").read_bytes() == first
    lines = [json.loads(line) for line in first.decode().splitlines()]
    assert [line["id"] for line in lines] == sorted(path.split("/")[-1][:-4] for path in BASE if path.count("/") == 2)
    assert [*lines[0]] == ["id", "kind", "url", "anchors", "fields", "fingerprint"]
    assert lines[0]["url"] == "barriers/data-sharing/"
    assert re.fullmatch(r"2:[0-9a-f]{12}", lines[0]["fingerprint"])
    snapshot, problems = read_lines("a", first)
    assert problems == ()
    assert snapshot.records == snapshot_of(load_playbook(folder)).records


@pytest.mark.parametrize("name", ["1.0", "1.0.3"])
def test_what_is_no_version_is_no_release(tmp_path: Path, name: str) -> None:
    folder = write_playbook(tmp_path)
    write_release(folder, name).rename(folder / "playbook_data/releases/latest.jsonl")
    assert "no git repository" in refused(folder, environment={"GIT_CEILING_DIRECTORIES": str(tmp_path.parent)})


# Which pages show it


CHANGES: dict[str, dict[str, str | None]] = {
    "a summary": changed(BARRIER, "Partners cannot see what the others know.", "Partners work in the dark."),
    "a title and a relation": changed("playbook_data/insights/shared-space.yml", "title: Sit together", "title: Share a room")
    | changed(CASE, "meets: [data-sharing]\n", ""),
    "several entries at once": changed("playbook_data/roles/delivery-team.yml", "title: Delivery team", "title: The team")
    | changed(BARRIER, "signs: [People tell their story again]", "signs: [People tell it twice]")
    | changed("playbook_data/sources/nao.yml", "publisher: National Audit Office", "publisher: An office"),
    "a term that texts use": changed(TERM, "summary: Organisations working as one for a person.", "summary: Working as one."),
    "an entry more and one withdrawn": {
        **NEW_TERM,
        BARRIER: BASE[BARRIER] + "status: withdrawn\nreason: Nobody meets it\nreplaced_by:\n",
        "playbook_data/barriers/locked-doors.yml": BASE[BARRIER].replace("Data stays apart", "Doors stay locked"),
        **changed("playbook_data/insights/shared-space.yml", "eases: [data-sharing]", "eases: [locked-doors]"),
        **changed("playbook_data/questions/permission.yml", "reveals: [data-sharing]", "reveals: [locked-doors]"),
    },
}
WRITTEN = {
    "docs/index.md": '# Home\n\n{{ entries("barriers", show="signs") }}\n\nJoining up is hard.\n',
    "docs/barriers/index.md": '# Barriers\n\n{{ entries("barriers") }}\n',
    "docs/people.md": '# People\n\nAsk the {{ link("delivery-team") }}.\n',
    "docs/plain.md": "# Plain\n\nNothing of the data.\n",
    CASE: BASE[CASE].replace("Three services moved into one office.", "Three services moved into one office by joining up."),
}


def articles(site: Path) -> dict[str, str]:
    """The HTML of each page's own part, without what is the same for all."""
    found = {}
    for file in pages_of(site):
        url = "" if file.parent == site else f"{file.parent.relative_to(site).as_posix()}/"
        article = page(site, url).css_first("article")
        found[url] = re.sub(r'<p class="mend.*?</p>|<aside class="mend.*?</aside>', "", article.html, flags=re.DOTALL)
    return found


@pytest.fixture(scope="module")
def pages_before(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The pages before any change."""
    return articles(built(tmp_path_factory.mktemp("before"), WRITTEN))


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.slow
def test_the_pages_told_are_those_of_the_site_that_differ(tmp_path: Path, pages_before: dict[str, str], name: str) -> None:
    repository, folder = write_repository(tmp_path / "repository", WRITTEN), tmp_path / "now"
    edit(repository, CHANGES[name])
    now = articles(built(folder, {**WRITTEN, **{path: text for path, text in CHANGES[name].items() if text is not None}}))
    differing = {url for url in now if pages_before.get(url) != now[url]}
    shown = {shown["url"] for entry in data(repository, "HEAD")["entries"] for shown in entry["shown_on"]}
    assert shown == differing


@pytest.mark.parametrize(
    ("said", "help"),
    [
        (b"fatal: not a git repository", "make one"),
        (b"fatal: detected dubious ownership in repository at '/a b'", "git config --global --add safe.directory '/a b'"),
        (b"fatal: bad config line 1 in file /etc/gitconfig", "put that right, until `git status` works"),
    ],
)
def test_what_to_do_about_a_repository_depends_on_why_git_refuses_it(said: bytes, help: str) -> None:
    assert remedy(Path("/a b"), said, "make one").endswith(help)
