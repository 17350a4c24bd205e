"""`playbook release`: what is written down, how large its number must be, and when nothing is written at all."""

from __future__ import annotations

import itertools
import json
import re
import signal
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from macros.authoring.change_log import change_log_with
from macros.authoring.release import release_as_text
from macros.authoring.release_number import release_day
from macros.playbook.load import load_playbook
from macros.problems.user_error import UserError
from macros.releases.snapshot import snapshot_of
from macros.releases.store import read_store
from macros.releases.version import Version, folder_of, parse_version
from macros.site.ledger.ledger import read_ledger
from macros.site.ledger.recorded import pages_to_record
from tests.support.playbooks import BASE, Files, changed, run_playbook
from tests.support.releases import record_release
from tests.support.repositories import commit, edit, git, write_repository
from tests.support.sites import PROJECT, build, write_project

BARRIER = "playbook_data/barriers/data-sharing.yml"
TERM = "playbook_data/terms/joining-up.yml"
REWORDED = changed(BARRIER, "Each partner holds a part of the story.", "No partner knows the whole story.")
NEW_TERM = {"playbook_data/terms/mandate.yml": "title: Mandate\nsummary: The right to act.\nmeaning: Somebody said yes.\n"}
WITHDRAWN = {TERM: BASE[TERM] + "status: withdrawn\nreason: Nobody says so any more.\nreplaced_by: null\n"}
RELEASES = "playbook_data/releases"
FIGURE = "figures: [{name: cost, value: 5000, unit: £, measures: Cost of one bid, source: nao, at: para 1}]\n"
FIGURES = "# All\n\n{{ figure_table() }}\n"


DAY = "2024-11-26"
"""A day that is past wherever the tests run."""


def released(folder: Path, version: str = "1.0.0", *options: str) -> str:
    """What the command says of a release that must go well; the release is committed."""
    done = run_playbook(folder, "release", version, "--on", DAY, *options)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    commit(folder)
    return done.stdout


def refused(folder: Path, *arguments: str, code: int = 1) -> str:
    """Why there is no release; not one byte of the playbook may have changed."""
    before = git(folder, "status", "--porcelain", "--untracked-files=all") if (folder / ".git").exists() else ""
    done = run_playbook(folder, "release", *arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert "Traceback" not in done.stderr
    assert (git(folder, "status", "--porcelain", "--untracked-files=all") if (folder / ".git").exists() else "") == before
    return done.stderr.removeprefix("Error: ")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return write_repository(tmp_path)


def project_repository(folder: Path, files: Files | None = None) -> Path:
    """A repository of a playbook whose site can be built."""
    write_project(folder, {".gitignore": "site/\n.site-*\n", **(files or {})})
    git(folder, "init", "--quiet")
    commit(folder)
    return folder


@pytest.mark.slow
def test_a_release_holds_every_entry_every_page_the_facts_and_why(tmp_path: Path) -> None:
    home = "---\ntitle: Home\n---\n\n# Home\n\n## What { #what }\n\nWords.\n\n`Code` and *more*\n---\n"
    repository = project_repository(tmp_path, {"docs/index.md": home, "docs/figures.md": FIGURES, BARRIER: BASE[BARRIER] + FIGURE})
    assert released(repository, "1.0.0", "--why", "The first one.") == (
        "recorded release 1.0.0: 11 entries\n"
        f"  new  {RELEASES}/1.0.0.jsonl\n"
        f"  new  {RELEASES}/1.0.0.json\n"
        f'Next: git add {RELEASES}/1.0.0.jsonl {RELEASES}/1.0.0.json && git commit -m "Release 1.0.0" && git tag v1.0.0\n'
        "Then publish it in /1.0/ and /latest/: make publish\n"
    )
    store = read_store(repository)
    assert store.problems == ()
    assert store.latest.snapshot.records == snapshot_of(load_playbook(repository)).records
    lines = [json.loads(line) for line in (repository / f"{RELEASES}/1.0.0.jsonl").read_text("utf-8").splitlines()]
    assert [*lines[0]] == ["id", "kind", "url", "anchors", "fields", "fingerprint"]
    manifest = json.loads((repository / f"{RELEASES}/1.0.0.json").read_text("utf-8"))
    assert (manifest["format"], manifest["version"], manifest["date"], manifest["why"]) == (1, "1.0.0", DAY, "The first one.")
    assert manifest["facts"]["title"] == "Small playbook"
    pages = {page["url"]: page for page in manifest["pages"]}
    assert pages[""] == {
        "url": "", "title": "Home", "anchors": ["code-and-more", "home", "what"], "path": "docs/index.md",
        "front": {"title": "Home"}, "text": home.removeprefix("---\ntitle: Home\n---\n"),
        "parts": {"code-and-more": {"heading": ["Code and more"]}, "home": {"heading": ["Home"]}, "what": {"heading": ["What"]}},
    }  # fmt: skip
    assert pages["barriers/"]["parts"] == {"data-sharing": {"entry": "data-sharing"}}
    assert pages["figures/"]["parts"] == {"all": {"heading": ["All"]}, "data-sharing-cost": {"entry": "data-sharing", "part": "cost"}}
    assert pages["changes/"] == {"url": "changes/", "title": "Changes"}


@pytest.mark.slow
def test_the_same_playbook_gives_the_same_bytes_also_from_a_site_that_was_built_before(tmp_path: Path) -> None:
    folders = [project_repository(tmp_path / name) for name in ("one", "two")]
    assert build(folders[1], "--strict").returncode == 0
    for folder, options in zip(folders, ((), ("--site", "site")), strict=True):
        released(folder, "1.0.0", *options)
    for ending in ("jsonl", "json"):
        one, two = ((folder / f"{RELEASES}/1.0.0.{ending}").read_bytes() for folder in folders)
        assert one == two


def test_git_changes_no_line_end_of_a_release(tmp_path: Path) -> None:
    lines = {f"{RELEASES}/1.0.0.jsonl": b"{}\n", f"{RELEASES}/1.0.0.json": b"{}\n", "docs/index.md": b"# Home\n"}
    write_repository(tmp_path / "here", {".gitattributes": (PROJECT / ".gitattributes").read_bytes(), **lines})
    git(tmp_path, "clone", "--quiet", "--config", "core.autocrlf=true", "here", "there")
    there = {path: (tmp_path / "there" / path).read_bytes() for path in lines}
    assert there == {**lines, "docs/index.md": b"# Home\r\n"}


NOT_BUILT = {
    "a heading that is no heading": ("<div>\n## Lost { #lost }\n</div>\n", "error[anchor-unkept] a release would promise /more/#lost"),
    "an anchor that no link can have": ('<p id="a b">Words.</p>\n', "error[not-an-anchor] the built page /more/ has the anchor 'a b'"),
    "a figure that has another name": ('{{ figure("data-sharing", "costs") }}\n', "error[wrong-call] figure:"),
}  # fmt: skip
"""What `check` alone does not see: the text of a page, and what the command says of it."""


@pytest.mark.slow
@pytest.mark.parametrize("name", NOT_BUILT)
def test_what_cannot_be_built_is_never_recorded(tmp_path: Path, name: str) -> None:
    text, told = NOT_BUILT[name]
    repository = project_repository(tmp_path, {"docs/more.md": f"# More\n\n{text}"})
    assert told in refused(repository, "1.0.0")
    assert not (repository / RELEASES).exists()


@pytest.mark.slow
def test_the_site_of_other_files_is_refused(tmp_path: Path) -> None:
    repository = project_repository(tmp_path)
    assert refused(repository, "1.0.0", "--site", "site") == (
        "there is no folder site\nbuild the site first, with `make site`, or leave out --site; nothing is recorded\n"
    )
    assert build(repository, "--strict").returncode == 0
    (repository / "site/barriers/data-sharing/index.html").unlink()
    assert refused(repository, "1.0.0", "--site", "site") == (
        "the site lacks the page /barriers/data-sharing/\nbuild the site again, with `make site`, or leave out --site; nothing is recorded\n"
    )
    edit(repository, REWORDED)
    commit(repository)
    assert refused(repository, "1.0.0", "--site", "site") == (
        "the site in site was built from other files than those here\n"
        "build it again, with `make site`, or leave out --site; nothing is recorded\n"
    )  # fmt: skip


def test_a_page_that_the_site_leaves_out_is_not_promised(repository: Path) -> None:
    edit(repository, {"docs/us.md": "# Us\n", "docs/index.md": "# Home\n"})
    ledger = read_ledger(repository, load_playbook(repository))
    assert [page.url for page in pages_to_record(ledger, {"": {"home": ("Home",)}})] == [""]


@pytest.mark.slow
def test_what_a_loop_makes_is_promised_and_kept(tmp_path: Path) -> None:
    text = "# More\n\n{% for number in (1, 2) %}\n## Part { #part-{{ number }} }\n{% endfor %}\n"
    repository = project_repository(tmp_path, {"docs/more.md": text})
    assert "Next: cd .. && git add" in released(repository / "docs")
    pages = {page.url: page for page in read_store(repository).latest.manifest.pages}
    assert pages["more/"].anchors == ("more", "part-1", "part-2")
    assert run_playbook(repository, "check").stdout == "no problems\n"


@pytest.mark.parametrize(
    ("why", "told"),
    [("New\x1b[31m words", "holds a character that cannot be shown: U+001B"), ("New\x01", "holds a character that cannot be shown: U+0001"), ("New\udcff", "is not in UTF-8")],
)  # fmt: skip
def test_a_reason_can_be_shown(repository: Path, why: str, told: str) -> None:
    assert refused(repository, "1.0.0", "--why", why) == f"the reason {told}\ntype what stands after --why again; nothing is recorded\n"


IGNORED = {
    "the settings": ("mkdocs.yml\n", "git ignores files that the site is made of, so no commit holds them\n  mkdocs.yml\ncommit them with `git add --force mkdocs.yml`"),
    "a page": ("docs/build/\n", "git ignores files that the site is made of, so no commit holds them\n  docs/build/plan.md\n"),
    "what the settings name": ("own.py\nbase.yml\n", "git ignores files that the site is made of, so no commit holds them\n  base.yml\n  own.py\n"),
    "releases": ("*.jsonl\n", f"git would ignore {RELEASES}/1.0.0.jsonl, as .gitignore:1:*.jsonl tells it to\ntake that line out, "),
}  # fmt: skip
"""What .gitignore says, and what the command says of that."""


@pytest.mark.parametrize("name", IGNORED)
def test_what_git_ignores_is_in_no_commit_and_so_in_no_release(tmp_path: Path, name: str) -> None:
    ignored, told = IGNORED[name]
    repository = write_repository(tmp_path, {".gitignore": ignored})
    edit(repository, {"mkdocs.yml": "INHERIT: base.yml\n", "base.yml": "hooks: [own.py]\n", "own.py": ""})
    edit(repository, {"docs/build/plan.md": "# Plan\n", "docs/.DS_Store": "x"})
    commit(repository)
    assert refused(repository, "1.0.0").startswith(told)


def test_a_change_log_in_utf_16_is_not_mixed_with_utf_8(repository: Path) -> None:
    (repository / "CHANGELOG.md").write_text("# Changes\n", "utf-16")
    with pytest.raises(UserError, match=r"CHANGELOG\.md is in UTF-16, so nothing can be added to it"):
        record_release(repository, "1.0.0")


def test_files_of_a_repository_inside_this_one_are_in_no_commit(tmp_path: Path) -> None:
    repository = write_repository(tmp_path, {})
    write_repository(repository / "docs/shared", {})
    commit(repository)
    assert refused(repository, "1.0.0") == (
        "folders of the playbook are git repositories of their own, whose files no commit here holds\n  docs/shared\n"
        "make its files a part of this one: type `git rm --cached docs/shared`, move docs/shared/.git out of here, "
        "type `git add docs/shared`, and commit; nothing is recorded\n"
    )


def test_what_git_does_not_look_at_stops_a_release(repository: Path) -> None:
    record_release(repository, "1.0.0")
    git(repository, "update-index", "--assume-unchanged", TERM)
    assert refused(repository, "1.0.0") == (
        f"git was told not to look at files of the playbook\n  {TERM}\n"
        f"let it look again, with `git update-index --no-assume-unchanged {TERM}` and so on, and commit what has changed; nothing is recorded\n"
    )
    git(repository, "update-index", "--no-assume-unchanged", TERM)
    git(repository, "sparse-checkout", "set", "--no-cone", "/*", f"!/{RELEASES}/")
    assert not (repository / RELEASES).exists()
    assert refused(repository, "1.0.0") == (
        f"a sparse checkout leaves out files of the playbook\n  {RELEASES}/1.0.0.json\n  {RELEASES}/1.0.0.jsonl\n"
        "bring them here with `git sparse-checkout disable`; nothing is recorded\n"
    )


def test_without_settings_of_a_site_there_is_no_release(repository: Path) -> None:
    assert refused(repository, "1.0.0") == (
        "there is no mkdocs.yml, so there is no site to make it from\n"
        "bring mkdocs.yml back, or copy it from another playbook; nothing is recorded\n"
    )  # fmt: skip


@pytest.mark.slow
def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    repository = project_repository(tmp_path)
    done = run_playbook(repository, "release", "1.0.0", "--dry-run")
    assert done.stdout.startswith("would record release 1.0.0: 11 entries\n")
    assert done.stdout.endswith("nothing is written: this was a dry run\n")
    assert git(repository, "status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("files", "small", "enough", "reason"),
    [
        (REWORDED, "", "1.0.1", ""),
        (NEW_TERM, "1.0.1", "1.1.0", "terms/mandate was added"),
        (WITHDRAWN, "1.1.0", "2.0.0", "terms/joining-up was withdrawn"),
        ({"docs/more.md": "# More\n"}, "1.0.1", "1.1.0", "the page /more/ was added"),
    ],
)
def test_the_number_must_be_as_large_a_step_as_what_changed(repository: Path, files: dict, small: str, enough: str, reason: str) -> None:
    record_release(repository, "1.0.0")
    edit(repository, files)
    commit(repository)
    if small:
        step = "minor" if enough == "1.1.0" else "major"
        assert refused(repository, small) == (
            f"{small} is too small a step from 1.0.0: what changed asks for a {step} one\n"
            f"  {reason}\n"
            f"release {enough}, or take back what asks for it; nothing is recorded\n"
        )
    assert record_release(repository, enough).changes


def test_a_larger_step_than_is_needed_is_nobodys_business(repository: Path) -> None:
    record_release(repository, "1.0.0")
    edit(repository, REWORDED)
    commit(repository)
    plan = record_release(repository, "3.0.0")
    assert release_as_text(plan, "3.0.0", dry_run=False).startswith("recorded release 3.0.0: 11 entries; reworded: 1\n")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("1.1.0", "release 1.1.0 exists already\na release is never made twice; the next ones are 1.1.1 (words), 1.2.0 (something new) and 2.0.0"),
        ("1.0.9", "1.0.9 comes before 1.1.0, the latest release\nthe next ones are 1.1.1 (words), "),
        ("1.2", "'1.2' is not a version\nwrite three numbers, such as 1.2.0: major.minor.patch; nothing is recorded"),
        ("v2.0.0", "'v2.0.0' is not a version\nwrite three numbers, such as 2.0.0"),
        ("01.2.0", "'01.2.0' is not a version\n"),
        ("next", "'next' is not a version\nwrite three numbers, such as 1.1.1: major"),
        ("1.1.02", "'1.1.02' is not a version\nwrite three numbers, such as 1.1.2: major"),
        ("1.1", "'1.1' is not a version\nwrite three numbers, such as 1.1.1: major"),
        ("1.0.00", "'1.0.00' is not a version\nwrite three numbers, such as 1.1.1: major"),
        ("1.2.0000001", "'1.2.0000001' is not a version\nwrite three numbers, such as 1.2.1: major"),
        ("1.2.99999999", "'1.2.99999999' is not a version\nwrite three numbers, such as 1.1.1: major"),
        ("1.1.1", "nothing has changed since release 1.1.0\nthere is nothing to release; nothing is recorded"),
    ],
)
def test_a_number_that_cannot_be_is_refused(repository: Path, number: str, said: str) -> None:
    record_release(repository, "1.1.0")
    assert refused(repository, number).startswith(said)


def test_a_number_in_help_is_large_enough_for_what_changed(repository: Path) -> None:
    record_release(repository, "1.1.0")
    edit(repository, WITHDRAWN)
    commit(repository)
    assert refused(repository, "1.1.02").startswith("'1.1.02' is not a version\nwrite three numbers, such as 2.0.0: major.minor.patch")
    assert refused(repository, "1.1.0").startswith(
        "release 1.1.0 exists already\na release is never made twice; the next one is 2.0.0 (something gone);"
    )


DAYS = {
    ("2026-11-25", "2026-11-27"): "25 November 2026 is before 26 November 2026, the day of release 1.0.0\n"
    "write 2026-11-26 or a later day after --on, or leave --on out",
    ("2026-11-29", "2026-11-28"): "29 November 2026 is still to come\nwrite 2026-11-28 or an earlier day after --on, or leave --on out",
    ("2026-11-28", "2026-11-28"): "2026-11-28",
    (None, "2026-11-28"): "2026-11-27",
    (None, "2026-11-01"): "2026-11-26",
    ("2026-11-26", "2026-11-01"): "2026-11-26",
}
"""The day that was asked for and the latest that has begun anywhere, and what comes of it."""


@pytest.mark.parametrize(("asked", "last_day"), DAYS)
def test_a_release_has_a_day_that_has_begun_and_is_not_before_the_last_one(repository: Path, asked: str | None, last_day: str) -> None:
    record_release(repository, "1.0.0", on="2026-11-26")
    ledger, last = read_ledger(repository, load_playbook(repository)), date.fromisoformat(last_day)
    try:
        said = str(release_day(ledger, date.fromisoformat(asked) if asked else None, today=last - timedelta(days=1), last_day=last))
    except UserError as error:
        said = str(error)
    assert said == DAYS[asked, last_day]


def test_what_is_not_committed_is_not_released(repository: Path) -> None:
    edit(repository, {**REWORDED, "docs/note.md": "# A note\n"})
    assert refused(repository, "1.0.0") == (
        f"there are changes that are not committed\n   M {BARRIER}\n  ?? docs/note.md\n"
        "commit or discard them; nothing is recorded\n"
    )  # fmt: skip


def test_without_git_there_is_no_release(playbook: Path) -> None:
    done = run_playbook(playbook, "release", "1.0.0", environment={"GIT_CEILING_DIRECTORIES": str(playbook.parent)})
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: a release needs a git repository, so that it can be found again: not a git repository")
    done = run_playbook(playbook, "release", "1.0.0", environment={"PATH": "/nowhere"})
    assert done.stderr == "Error: git is not installed\ninstall git; nothing is recorded\n"
    assert not (playbook / RELEASES).exists()


def test_without_a_commit_there_is_no_release(playbook: Path) -> None:
    git(playbook, "init", "--quiet")
    (playbook / ".git/info/exclude").write_text("*\n", "utf-8")
    assert refused(playbook, "1.0.0").startswith("the repository has no commits yet\n")


def test_a_playbook_with_problems_is_not_released(repository: Path) -> None:
    edit(repository, changed(BARRIER, "title: Data stays apart", "titel: Data stays apart"))
    commit(repository)
    assert refused(repository, "1.0.0").startswith(f"the playbook has problems\n{BARRIER}:1:1: error[unknown-field]")


def test_a_playbook_that_breaks_a_promise_is_not_released(repository: Path) -> None:
    edit(repository, NEW_TERM)
    commit(repository)
    record_release(repository, "1.0.0")
    edit(repository, {"playbook_data/terms/mandate.yml": None})
    commit(repository)
    assert refused(repository, "2.0.0").startswith(
        "the playbook does not keep what its releases promised\nplaybook_data/terms/mandate.yml:1:1: error[lost-page]"
    )


@pytest.mark.slow
def test_an_address_that_cannot_be_kept_is_refused(tmp_path: Path) -> None:
    repository = project_repository(tmp_path, {"docs/my page.md": "# A page\n"})
    assert "docs/my page.md:1:1: error[bad-name] a page's address is made from its path" in refused(repository, "1.0.0")


LOG = """\
# Changes

## Unreleased

- Something new.

## 0.9.0

- Old.
"""


UNRELEASED = (
    "## Unreleased",
    "## [Unreleased]",
    "## [Unreleased](https://example.org/compare)",
    "## Unreleased changes",
    "Unreleased\n----------",
    "",
)


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("unreleased", UNRELEASED)
def test_the_change_log_gets_the_release_above_what_waited_for_it(repository: Path, unreleased: str, end: str) -> None:
    before = LOG.replace("## Unreleased", unreleased).replace("\n", end).encode() + b"- Caf\xe9."
    record_release(repository, "1.0.0")
    edit(repository, {**NEW_TERM, **REWORDED, "CHANGELOG.md": before})
    commit(repository)
    plan = record_release(repository, "1.1.0", why="New *words*.")
    assert "  changed  CHANGELOG.md\n" in release_as_text(plan, "1.1.0", dry_run=False)
    log = (repository / "CHANGELOG.md").read_bytes()
    told = (
        "## 1.1.0, 26 November 2026\n\nNew *words*.\n\n### Entries\n\n"
        "- Added: Mandate (`terms/mandate`).\n- Reworded: Data stays apart (`barriers/data-sharing`).\n\n"
    ).replace("\n", end).encode()  # fmt: skip
    assert log.replace(told, b"") == before + end.encode(), "each other byte stays as it is"
    assert log.index(told) < log.index(b"## 0.9.0")
    if unreleased:
        assert log.startswith(f"# Changes\n\n{unreleased}\n\n".replace("\n", end).encode() + told + b"- Something new.")


def test_a_section_has_the_level_of_the_heading_that_it_follows() -> None:
    assert change_log_with(b"# Unreleased\n\n- New.\n", "1.0.0", on=date(2026, 11, 26), why="", diff=None) == (
        b"# Unreleased\n\n# 1.0.0, 26 November 2026\n\n- New.\n"
    )


def test_a_section_goes_below_no_heading_that_is_none_and_begins_none() -> None:
    example = "<!--\n## Unreleased\n-->\n\n```md\n## 0.1.0\n```\n\n"
    assert change_log_with(f"# Changes\n\n{example}## 0.9.0\n".encode(), "1.0.0", on=date(2026, 11, 26), why="## Unreleased <!-- now", diff=None) == (
        f"# Changes\n\n{example}## 1.0.0, 26 November 2026\n\n\\## Unreleased \\<!-- now\n\n## 0.9.0\n".encode()
    )


KILLED_BEFORE_A_STEP = """
import os, signal, sys
from macros.cli.main import main

last, seen = int(sys.argv.pop(1)), []

def watch(event, arguments):
    if event == "os.rename" and str(arguments[1]).startswith(os.getcwd()):
        seen.append(event)
        if len(seen) == last:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(watch)
main()
"""
"""The real command, which is killed just before it gives a file its name for the nth time."""


@pytest.mark.slow
def test_a_release_that_is_killed_before_any_file_gets_its_name_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    found = []
    assert build(project_repository(tmp_path / "built", {"CHANGELOG.md": LOG}), "--strict").returncode == 0
    for number in itertools.count(1):
        repository = project_repository(tmp_path / str(number), {"CHANGELOG.md": LOG})
        command = [sys.executable, "-c", KILLED_BEFORE_A_STEP, str(number), "release", "1.0.0", "--site", "../built/site"]
        ended = subprocess.run(command, cwd=repository, capture_output=True, check=False).returncode
        done = run_playbook(repository, "check")
        assert (done.returncode, done.stdout) == (0, "no problems\n")
        names = sorted(path.name for path in (repository / RELEASES).glob("*"))
        assert names in ([], ["1.0.0.json", "1.0.0.jsonl"])
        assert ("## 1.0.0, " in (repository / "CHANGELOG.md").read_text("utf-8")) == bool(names)
        found.append(bool(names))
        if ended == 0:
            break
        assert ended == -signal.SIGKILL
    assert found == [False, *[True] * (number - 1)], "the first of these names decides"
    assert number > len(names)


def test_versions_are_three_numbers_without_zeros_in_front() -> None:
    assert parse_version("1.10.2") == Version(1, 10, 2)
    assert [text for text in ("1.0", "1.0.0.0", "1.0.0-rc1", " 1.0.0", "1.0.00", "١.0.0", "1.0.9999999", "") if parse_version(text)] == []
    assert Version(1, 9, 0) < Version(1, 10, 0)
    assert [str(Version(1, 4, 2).next(step)) for step in ("patch", "minor", "major")] == ["1.4.3", "1.5.0", "2.0.0"]
    assert [Version(1, 4, 2).step_to(other) for other in (Version(1, 4, 3), Version(1, 5, 0), Version(2, 4, 2))] == ["patch", "minor", "major"]
    assert [folder_of(version) for version in ("1.4.2", "1.4", "10.0.1")] == ["1.4", "1.4", "10.0"]


def test_diff_takes_the_newest_patch_under_the_name_of_its_folder(repository: Path) -> None:
    record_release(repository, "1.0.0")
    edit(repository, REWORDED)
    commit(repository)
    record_release(repository, "1.0.1")
    assert re.match(r"Compared with 1\.0\.1, a release\n", run_playbook(repository, "diff", "1.0").stdout)
    assert re.match(r"Compared with 1\.0\.0, a release\n", run_playbook(repository, "diff", "1.0.0").stdout)
