"""A build replaces the site whole, or leaves it as it was and says why."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from macros.site.replace import replace_site
from tests.support.playbooks import BASE, changed, run_playbook, write_playbook
from tests.support.sites import build, built, page, words, write_project

pytestmark = pytest.mark.slow

BROKEN_DATA = changed("playbook_data/questions/permission.yml", "reveals: [data-sharing]", "reveals: [data-sharng]")
GAP = {"playbook_data/barriers/locked-doors.yml": BASE["playbook_data/barriers/data-sharing.yml"].replace("Data stays apart", "Doors stay locked")}
FAULTS = {
    "something missing between entries": GAP,
    "broken data": BROKEN_DATA,
    "a wrong call": {"docs/page.md": '# Page\n\n{{ link("nothing") }}\n'},
    "a dead link in Markdown": {"docs/page.md": "# Page\n\n[Gone](gone.md)\n"},
    "a dead link in HTML": {"docs/page.md": '# Page\n\n<a href="../gone/">Gone</a>\n'},
    "an anchor that is not there": {"docs/page.md": '# Page\n\n<a href="../barriers/#gone">Gone</a>\n'},
    "a link that breaks under a prefix": {"docs/page.md": '# Page\n\n<a href="/barriers/">Barriers</a>\n'},
    "an anchor that stands twice": {"docs/page.md": '# Page\n\n{{ entries("barriers") }}\n\n{{ entries("barriers") }}\n'},
    "a link without an address": {"docs/page.md": '# Page\n\n<a href="">Gone</a>\n'},
    "a fault while a macro runs": {"docs/page.md": "# Page\n\n{{ 1 / 0 }}\n"},
}


@pytest.fixture(scope="module")
def built_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with its site, of which the first page was written over to be known again."""
    folder = tmp_path_factory.mktemp("built") / "project"
    (built(folder) / "index.html").write_text("the old site", "utf-8")
    return folder


@pytest.fixture
def project(built_project: Path, tmp_path: Path) -> Path:
    return shutil.copytree(built_project, tmp_path / "project", symlinks=True)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_build_that_fails_leaves_the_site_as_it_was(project: Path, fault: str) -> None:
    for path, content in FAULTS[fault].items():
        (project / path).write_text(content, "utf-8")
    before = sorted(path.name for path in project.iterdir())
    done = build(project, "--strict")
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert (project / "site" / "index.html").read_text("utf-8") == "the old site"
    assert sorted(path.name for path in project.iterdir()) == before


def test_a_build_replaces_the_whole_site(project: Path) -> None:
    (project / "site" / "stale.html").write_text("left over", "utf-8")
    assert build(project).returncode == 0
    assert not (project / "site" / "stale.html").exists()
    assert words(page(project / "site", "").css_first("h1")) == "Home #"


WATCHED = """
import json, sys
from pathlib import Path
from macros.site import replace

site, finished = map(Path, sys.argv[1:3])
if sys.argv[3:]:
    replace.exchange = lambda *_: False
seen, is_looking = [], []

def look(*_):
    if not is_looking:
        is_looking.append(True)
        now = sorted((file.name, file.read_text()) for file in site.rglob("*") if file.is_file()) if site.exists() else None
        if now not in seen:
            seen.append(now)
        is_looking.clear()

sys.addaudithook(look)
replace.replace_site(site, finished)
look()
print(json.dumps(seen))
"""
"""Looks at the site before each step that Python tells of while it is replaced."""


@pytest.mark.parametrize(("way", "between"), [((), []), (("without exchange",), [None])], ids=["exchange", "two steps"])
def test_nobody_ever_sees_half_a_site(tmp_path: Path, way: tuple[str, ...], between: list[None]) -> None:
    for name in ("old", "new"):
        (tmp_path / name / "barriers").mkdir(parents=True)
        for page_name in ("index.html", "barriers/data-sharing.html", f"barriers/{name}.html"):
            (tmp_path / name / page_name).write_text(name, "utf-8")
    command = [sys.executable, "-c", WATCHED, tmp_path / "old", tmp_path / "new", *way]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    whole = {name: sorted([page_name, name] for page_name in ("index.html", "data-sharing.html", f"{name}.html")) for name in ("old", "new")}
    assert json.loads(done.stdout) == [whole["old"], *between, whole["new"]]
    assert [path.name for path in tmp_path.iterdir()] == ["old"]


def test_whoever_serves_the_site_may_read_it(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir(mode=0o700)
    replace_site(tmp_path / "site", tmp_path / "new")
    assert (tmp_path / "site").stat().st_mode & 0o777 == 0o755


def test_hidden_files_of_the_site_stay(project: Path) -> None:
    (project / "site" / ".git").mkdir()
    (project / "site" / ".git" / "HEAD").write_text("ref", "utf-8")
    assert build(project).returncode == 0
    assert (project / "site" / ".git" / "HEAD").read_text("utf-8") == "ref"


def test_no_build_replaces_files_that_no_build_has_written(project: Path) -> None:
    (project / "own").mkdir()
    (project / "own" / "notes.txt").write_text("mine", "utf-8")
    done = build(project, "--site-dir", "own")
    assert done.returncode == 1
    assert "/own, which holds files that no build has written; name another folder\n" in done.stderr
    assert [file.name for file in (project / "own").iterdir()] == ["notes.txt"]


def test_a_strict_build_stops_at_what_mkdocs_alone_warns_of(project: Path) -> None:
    settings = (project / "mkdocs.yml").read_text("utf-8").replace("hooks.py\n", "hooks.py\n  - careful.py\n")
    (project / "mkdocs.yml").write_text(settings, "utf-8")
    (project / "careful.py").write_text(
        "import logging\n\ndef on_nav(nav, **_):\n    logging.getLogger('mkdocs.careful').warning('be careful')\n", "utf-8"
    )
    done = build(project, "--strict")
    assert done.returncode == 1
    assert "be careful" in done.stderr
    assert "The site was left as it was: the warnings above count as errors in strict mode." in done.stdout
    assert (project / "site" / "index.html").read_text("utf-8") == "the old site"
    assert build(project).returncode == 0


def test_the_build_shows_the_same_problems_as_the_check(tmp_path: Path) -> None:
    checked = run_playbook(write_playbook(tmp_path / "data", BROKEN_DATA), "check")
    done = build(write_project(tmp_path / "site", BROKEN_DATA))
    assert done.returncode == 1
    assert checked.stdout.strip() in done.stderr


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    sites = [built(tmp_path / name) for name in ("one", "two")]
    files = [{path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()} for site in sites]
    assert files[0].keys() == files[1].keys()
    changed_files = [str(path) for path in files[0] if files[0][path] != files[1][path]]
    assert [path for path in changed_files if not path.startswith("sitemap.xml")] == []


def test_a_build_tells_what_is_missing_between_entries_and_goes_on(project: Path) -> None:
    for path, content in GAP.items():
        (project / path).write_text(content, "utf-8")
    done = build(project)
    assert done.returncode == 0
    assert "playbook_data/barriers/locked-doors.yml:1:1: warning[barrier-not-eased] nothing eases this barrier\n" in done.stderr
    assert words(page(project / "site", "barriers/locked-doors").css_first("h1")) == "Doors stay locked"


def test_a_strict_build_says_the_same_as_a_strict_check(tmp_path: Path) -> None:
    checked = run_playbook(write_playbook(tmp_path / "data", GAP), "check", "--strict")
    done = build(write_project(tmp_path / "site", GAP), "--strict")
    assert done.returncode == checked.returncode == 1
    assert checked.stdout.strip() in done.stderr
    assert "error[barrier-not-eased]" in checked.stdout
