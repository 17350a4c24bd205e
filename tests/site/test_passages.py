"""A citation leads to its passage on the page of the source, and the anchor of a passage is a promise like any other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.playbooks import AUDIT, BASE, run_playbook
from tests.support.releases import record_release
from tests.support.repositories import edit, write_repository
from tests.support.sites import build, page, words, write_project

pytestmark = pytest.mark.slow

SOURCE = "playbook_data/sources/audit.yml"
BARRIER = "playbook_data/barriers/data-sharing.yml"
CITING = {
    SOURCE: AUDIT + "passages: [{at: para 1, about: Offices}]\n",
    BARRIER: BASE[BARRIER].replace("source: nao, at: para 11", "source: audit, at: 'para 1, second sentence'"),
}

LOST = """\
playbook_data/sources/audit.yml:7:1: error[lost-anchor] passages: /sources/audit/#passage-para-1 was published in release 1.0.0, and the page has no such anchor any more
    7 | passages: [{at: section 1, about: Offices}]
      | ^^^^^^^^
  help: bring it back; or add to `former_anchors:` `- {anchor: passage-para-1, now: passage-section-1}` if that shows the same, or `- {anchor: passage-para-1, reason: …}` if nothing does
1 problem in 1 file
"""


def test_a_citation_leads_to_its_passage_on_the_page_of_the_source(tmp_path: Path) -> None:
    project = write_project(tmp_path, {**CITING, "docs/about.md": "# About\n\n{{ source_accounts() }}\n"})
    done = build(project, "--strict")
    assert done.returncode == 0, done.stderr
    place = page(project / "site", "barriers/data-sharing").css(".sources li a")[-1]
    assert (words(place), place.attributes["href"]) == ("para 1, second sentence", "../../sources/audit/#passage-para-1")
    assert words(page(project / "site", "sources/audit").css_first("tr#passage-para-1 th")).startswith("para 1")
    assert not page(project / "site", "about").css("[id^=passage-]")


def test_a_passage_that_is_called_something_else_is_a_lost_anchor_until_its_source_says_so(tmp_path: Path) -> None:
    folder = write_repository(tmp_path, CITING)
    record_release(folder, "1.0.0")
    renamed = {path: text.replace("para 1", "section 1") for path, text in CITING.items()}
    edit(folder, renamed)
    assert run_playbook(folder, "check").stdout == LOST
    edit(folder, {SOURCE: renamed[SOURCE] + "former_anchors: [{anchor: passage-para-1, now: passage-section-1}]\n"})
    assert run_playbook(folder, "check").stdout == "no problems\n"
