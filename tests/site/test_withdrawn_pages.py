"""A page that is gone: its address says when and why, and every link into it leads there."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.playbook.load import load_playbook
from macros.site.ledger.ledger import read_ledger
from macros.site.versions.crosswalk import PublishedVersions, VersionLink
from macros.site.versions.root import root_files
from tests.support.playbooks import BASE, run_playbook
from tests.support.releases import record_release
from tests.support.repositories import commit, edit, git
from tests.support.sites import build, page, searched, words, write_project

FACTS = "playbook_data/playbook.yml"
GONE = """\
withdrawn_pages:
  - {address: Old-News/, title: Old news, reason: The *programme* has ended., on: 2026-11-20, entry: data-sharing, page: terms/}
"""
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A playbook that released a page and then withdrew it, with its site."""
    folder = write_project(
        tmp_path_factory.mktemp("withdrawn"), {".gitignore": "site/\n.site-*\n", "docs/Old-News.md": "# Old news\n\n## Käse { #käse }\n"}
    )
    git(folder, "init", "--quiet")
    commit(folder)
    record_release(folder, "1.0.0")
    edit(folder, {"docs/Old-News.md": None})
    said = run_playbook(folder, "check").stdout
    assert "add to `withdrawn_pages:` in playbook_data/playbook.yml `- {address: Old-News/, title: Old news, reason: …, on: …}`" in said
    edit(folder, {FACTS: BASE[FACTS] + GONE, "docs/us.md": "# Us\n\n[What became of it](Old-News/index.md#withdrawn)\n"})
    commit(folder)
    done = build(folder, "--strict")
    assert done.returncode == 0, done.stderr
    return folder


def test_the_old_address_says_when_and_why_and_what_to_use_instead(project: Path) -> None:
    shown = page(project / "site", "Old-News")
    assert words(shown.css_first("h1")) == "Old news"
    notice = shown.css_first("#withdrawn")
    assert words(notice) == "Withdrawn on 20 November 2026. The programme has ended. Use instead: Data stays apart , Terms"
    assert [link.attributes["href"] for link in notice.css("a")] == ["../barriers/data-sharing/", "../terms/"]


def test_old_anchors_lead_to_the_notice(project: Path) -> None:
    notice = page(project / "site", "Old-News").css_first("#withdrawn")
    assert {node.attributes["id"] for node in notice.css(".once")} == {"old-news", "käse"}


def test_neither_searches_nor_menus_lead_there(project: Path) -> None:
    shown = page(project / "site", "Old-News")
    assert shown.css_first('meta[name="robots"]').attributes["content"] == "noindex"
    assert "Old-News/" not in searched(project / "site")
    html = {path: (project / "site" / path).read_bytes() for path in ("index.html", "us/index.html", "Old-News/index.html")}
    sitemap = dict(root_files(html, files=(), address="https://playbook.example.org/", days={}))["sitemap.xml"]
    assert (b"/us/" in sitemap, b"Old-News" in sitemap) == (True, False)
    assert not [link for link in page(project / "site", "").css("a") if "Old-News" in (link.attributes["href"] or "")]


def test_the_promise_is_kept_for_as_long_as_the_page_is_told_of(project: Path) -> None:
    assert run_playbook(project, "check").stdout == "no problems\n"
    said = run_playbook(project, "diff").stdout
    assert "Old news  /Old-News/  withdrawn\n    reason: The *programme* has ended.\n" in said
    assert said.endswith("Version step: major\n  the page /Old-News/ was withdrawn\n")
    record_release(project, "2.0.0")
    ledger = read_ledger(project, load_playbook(project))
    versions = PublishedVersions(ledger, {"2.0": ledger.store.releases[1], "1.0": ledger.store.releases[0]})
    newest, _ = versions.versions_of_page("1.0", "Old-News/")
    assert newest.links == (VersionLink("latest/Old-News/", "Old news", is_withdrawn=True),), "the banner of old versions says it too"
    edit(project, {FACTS: BASE[FACTS]})
    assert "error[lost-page] /Old-News/ was published in release 2.0.0" in run_playbook(project, "check").stdout
