"""Links that other sites are known to have: which of them a change breaks, moves or changes, and how the check and the diff say so.

Above: a small playbook with a release, the links of another site, and a change. Below: what is said of each link.
"""

from __future__ import annotations

import json
import shutil
import time
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from macros.files.layout import INBOUND_FILE
from macros.playbook.load import load_playbook
from macros.releases.diff.model import TouchedLink
from macros.releases.diff.report import diff_as_markdown
from macros.schema.inbound import InboundLinks
from macros.site.inbound.known import Inbound
from macros.site.inbound.problems import inbound_notes, inbound_problems
from macros.site.ledger.ledger import read_ledger
from tests.releases.test_diff_formats import HOSTILE, assert_inert, large_diff
from tests.support.exports import real_playbook
from tests.support.playbooks import BASE, Files, run_playbook
from tests.support.releases import record_release
from tests.support.repositories import commit, diff, edit, git
from tests.support.sites import PROJECT, build, write_project

pytestmark = pytest.mark.slow

SITE = "https://playbook.example.org/"
BARRIER, FORM, TERM = (f"playbook_data/{path}.yml" for path in ("barriers/data-sharing", "forms/partnership", "terms/joining-up"))
US = "docs/us.md"
WITHDRAWN = "status: withdrawn\nreason: Nobody works like this\nreplaced_by: {}\n"


def inbound(*urls: str, title: str = "City manual", more: str = "") -> str:
    """The file, with one site that uses these URLs."""
    return json.dumps({"sites": [{"title": title, "address": "https://manual.example.com/", "links": urls}]}, ensure_ascii=False)[:-1] + more + "}"


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A playbook in its repository, with one release and a page and a section that came after it."""
    folder = write_project(
        tmp_path_factory.mktemp("inbound"), {".gitignore": "site/\n.site-*\n", US: "# Us\n\n## The team { #team }\n\n## Größe { #größe }\n"}
    )
    git(folder, "init", "--quiet")
    commit(folder)
    record_release(folder, "1.0.0")
    edit(
        folder,
        {
            TERM: f"{BASE[TERM]}former_anchors: [{{anchor: history-of-it, reason: It said nothing}}]\n",
            "docs/new.md": "# New\n\n## Fresh { #fresh }\n",
        },
    )
    commit(folder)
    return folder


@pytest.fixture
def folder(released: Path, tmp_path: Path) -> Path:
    """A copy of it to change."""
    return shutil.copytree(released, tmp_path / "copy", symlinks=True)


def states(folder: Path, *urls: str, more: str = "") -> list[str]:
    """What became of each URL; `elsewhere` if it does not lead into the playbook."""
    edit(folder, {INBOUND_FILE: inbound(*urls, more=more)})
    links = Inbound(read_ledger(folder, load_playbook(folder)), SITE).links
    return [link.answer.state if link.answer else "elsewhere" for link in links]


ANSWERS = {
    SITE: "ok",
    "https://playbook.example.org": "ok",
    f"{SITE}index.html": "ok",
    f"{SITE}barriers/data-sharing/#signs": "ok",
    f"{SITE}barriers/data-sharing#signs": "ok",
    f"{SITE}barriers/data-sharing/index.html?from=mail#signs": "ok",
    f"{SITE}latest/barriers/data-sharing/": "ok",
    f"{SITE}barriers/data-sharing/#%73igns": "ok",
    f"{SITE}us/#gr%C3%B6%C3%9Fe": "ok",
    f"{SITE}us/#größe": "ok",
    f"{SITE}us/#:~:text=team": "ok",
    f"{SITE}barriers/%64ata-sharing/": "ok",
    "http://PLAYBOOK.Example.ORG:80/us/": "ok",
    "https://playbook.example.org./us/": "ok",
    "https://ｐｌａｙｂｏｏｋ.example.org/us/": "ok",
    "https://playbook。example。org/us/": "ok",
    f"{SITE}barriers/data-sharing.json": "ok",
    f"{SITE}barriers/data-sharing.png": "ok",
    f"{SITE}embed/barriers/data-sharing/": "ok",
    f"{SITE}embed/barriers/data-sharing/oembed.json": "ok",
    f"{SITE}playbook.json": "ok",
    f"{SITE}sitemap.xml": "ok",
    f"{SITE}versions.json": "ok",
    f"{SITE}assets/favicon.svg": "ok",
    f"{SITE}new/#fresh": "ok",
    f"{SITE}1.0/us/#team": "ok",
    f"{SITE}1.0/barriers/data-sharing/#signs": "ok",
    f"{SITE}1.0/barriers/data-sharing.json": "ok",
    f"{SITE}terms/joining-up/#history-of-it": "withdrawn",
    f"{SITE}1.0/us/#teams": "unknown",
    f"{SITE}1.0/new/": "unknown",
    f"{SITE}2.0/us/": "unknown",
    f"{SITE}us/#Team": "unknown",
    f"{SITE}us/#%74eams": "unknown",
    f"{SITE}Us/": "unknown",
    f"{SITE}{{{{x}}}}/": "unknown",
    f"{SITE}../../etc/passwd": "unknown",
    f"{SITE}barriers/data-sharing.exe": "unknown",
    f"{SITE}assets/none.svg": "unknown",
    "https://playbook.example.org.evil.example/us/": "elsewhere",
    "https://playbook.example.org@evil.example/us/": "elsewhere",
    "https://xn--playbook-.example.org/us/": "elsewhere",
    "https://playbook.example.org:8080/us/": "elsewhere",
    "https://playbook.example.org:99999/us/": "elsewhere",
    "https://old.example.org/us/": "elsewhere",
    "https://old.example.net/playbook/us/#team": "ok",
    "http://old.example.net/playbook/them/": "unknown",
    "https://old.example.net/us/": "elsewhere",
}


def test_a_link_leads_somewhere_in_whatever_form_it_is_written(folder: Path) -> None:
    found = states(folder, *ANSWERS, more=', "earlier_sites": ["https://old.example.net/playbook/"]')
    assert dict(zip(ANSWERS, found, strict=True)) == ANSWERS


CHANGES: dict[str, tuple[Files, str, str, str]] = {
    "an entry is taken away": ({TERM: None}, "terms/joining-up/", "error[inbound-broken]", "broken"),
    "an entry that no release has is taken away": ({"docs/new.md": None}, "new/#fresh", "error[inbound-broken]", "broken"),
    "a heading gets another anchor": ({US: "# Us\n\n## The team { #people }\n"}, "us/#team", "error[inbound-broken]", "broken"),
    "a heading keeps its old anchor": (
        {US: "---\nformer_anchors: [{anchor: team, now: people}]\n---\n# Us\n\n## The team { #people }\n"}, "us/#team", "", "moved",
    ),
    "a part goes for a reason": ({US: "---\nformer_anchors: [{anchor: team, reason: They left}]\n---\n# Us\n"}, "us/#team", "", "part gone"),
    "a page moves": ({US: None, "docs/them.md": "---\nformerly: [us/]\n---\n# Us\n\n## The team { #team }\n"}, "us/#team", "", "moved"),
    "a page is withdrawn": (
        {US: None, "playbook_data/playbook.yml": BASE["playbook_data/playbook.yml"] + "withdrawn_pages: [{address: us/, title: Us, reason: Gone, on: 2026-11-20, page: new/}]\n"},
        "us/#team", "", "withdrawn",
    ),
    "an entry is withdrawn": ({FORM: BASE[FORM] + WITHDRAWN.format("null")}, "forms/partnership/#suits", "warning[inbound-withdrawn]", "withdrawn"),
    "another one takes its place": (
        {FORM: BASE[FORM] + WITHDRAWN.format("[one]"), "playbook_data/forms/one.yml": BASE[FORM].replace("Partnership", "One")}, "forms/partnership.md", "", "withdrawn",
    ),
    "an entry says something else": ({FORM: BASE[FORM].replace("Partners sign", "They sign")}, "forms/partnership/", "", "changed"),
    "a list shows something else": ({FORM: BASE[FORM].replace("Partners share", "They share")}, "forms/", "", "changed"),
    "an entry was only reviewed": ({FORM: BASE[FORM] + "reviewed: {on: 2026-11-20, outcome: Looked at all of it}\n"}, "forms/partnership/", "", ""),
    "another page changes": ({"docs/new.md": "# Newer\n\n## Fresh { #fresh }\n"}, "us/#team", "", ""),
    "a page changes that a version has": ({US: "# Us\n\n## Team { #team }\n\n## Größe { #größe }\n"}, "1.0/us/#team", "", ""),
    "nothing changes": ({}, "us/#team", "", ""),
}  # fmt: skip


@pytest.mark.parametrize(("files", "link", "told", "outcome"), CHANGES.values(), ids=CHANGES)
def test_a_change_is_told_what_it_does_to_a_known_link(folder: Path, files: Files, link: str, told: str, outcome: str) -> None:
    edit(folder, {INBOUND_FILE: inbound(SITE + link)})
    commit(folder)
    edit(folder, dict(files))
    problems = [problem for problem in run_playbook(folder, "check").stdout.splitlines() if "[inbound-" in problem]
    assert [told in problem and problem.startswith(f"{INBOUND_FILE}:1:") and "City manual links here, and " in problem for problem in problems] == [
        True
    ] * bool(told)
    touched = json.loads(diff(folder, "HEAD", "--format", "json"))["inbound"]
    assert [(link["url"], link["site"], link["outcome"]) for link in touched] == [(f"{SITE}{link}", "City manual", outcome)] * bool(outcome)
    for form in ("text", "markdown"):
        assert ("Links from other sites: 1" in diff(folder, "HEAD", "--format", form)) == bool(outcome)


def test_a_rename_leaves_the_url_as_the_other_site_has_it(folder: Path) -> None:
    edit(folder, {INBOUND_FILE: inbound(f"{SITE}barriers/data-sharing/#signs", f"{SITE}barriers/#data-sharing")})
    commit(folder)
    before = (folder / INBOUND_FILE).read_bytes()
    done = run_playbook(folder, "rename", "data-sharing", "shared-data")
    assert (done.returncode, INBOUND_FILE in done.stdout, (folder / INBOUND_FILE).read_bytes()) == (0, False, before)
    assert "inbound" not in run_playbook(folder, "check", "--strict").stdout
    found = run_playbook(folder, "check", "--strict", INBOUND_FILE)
    assert (found.returncode, "it leads on to https://playbook.example.org/barriers/shared-data/#signs" in found.stdout) == (0, True)
    assert diff(folder, "HEAD").partition("Links from other sites: ")[2].splitlines()[1:3] == [
        f"  City manual  {SITE}barriers/data-sharing/#signs",
        f"    moved, and leads on to {SITE}barriers/shared-data/#signs",
    ]


def test_a_build_stops_at_a_link_that_it_would_break(folder: Path) -> None:
    edit(folder, {INBOUND_FILE: inbound(f"{SITE}us/#teams")})
    done = build(folder)
    assert done.returncode != 0
    assert "error[inbound-broken] sites[0].links[0]: City manual links here, and the page has no part #teams" in done.stderr
    assert not (folder / "site").exists()


@pytest.mark.parametrize("text", HOSTILE)
def test_what_another_site_is_called_is_shown_as_text(text: str) -> None:
    link = TouchedLink(text, "https://a.example.com/", f"{SITE}#{text}", "moved", (f"{SITE}{text}",))
    comment = diff_as_markdown(replace(large_diff(1), inbound=(link,)))
    assert_inert(comment)


def test_the_comment_names_the_worst_and_counts_the_rest() -> None:
    links = tuple(
        TouchedLink("A", "https://a.example.com/", f"{SITE}{number}/", "changed", changed_by=("forms/partnership",)) for number in range(10_000)
    )
    comment = diff_as_markdown(replace(large_diff(1), inbound=links))
    assert "#### Links from other sites: 10000" in comment
    assert comment.count("shows what changes in") == 12
    assert "and 9988 more" in comment


def test_ten_thousand_links_are_looked_up_in_seconds_and_so_are_as_many_broken_ones(folder: Path) -> None:
    good = [f"{SITE}barriers/data-sharing/?n={number}#signs" for number in range(10_000)]
    bad = [f"{SITE}barriers/data-sharing/#sign{number}" for number in range(10_000)]
    edit(folder, {INBOUND_FILE: inbound(*good, *bad)})
    ledger = read_ledger(folder, load_playbook(folder))
    begun = time.process_time()
    problems = [*inbound_problems(Inbound(ledger, SITE))]
    assert (len(problems), problems[-1].location.line, [*inbound_notes(Inbound(ledger, SITE))]) == (10_000, 1, [])
    assert time.process_time() - begun < 30


def test_what_other_sites_are_told_to_add_is_right() -> None:
    page = (PROJECT / "docs/about/linking.md").read_text("utf-8").partition("{ #tell-us }")[2]
    example = yaml.safe_load(page.partition("```yaml\n")[2].partition("```")[0])
    assert InboundLinks.model_validate(example).sites[0].title
    playbook = real_playbook()
    known = InboundLinks.model_validate(example)
    playbook = replace(playbook, inbound=known)
    links = Inbound(read_ledger(PROJECT, playbook), SITE).links
    assert [link.answer and link.answer.state for link in links] == ["ok", "ok", "ok"]


def test_the_file_of_this_playbook_shows_a_form_that_is_right() -> None:
    text = (PROJECT / INBOUND_FILE).read_text("utf-8")
    shown = "\n".join(
        line.removeprefix("# ") for line in text.splitlines() if line.startswith("# ") and not line.startswith("# Sites") and "/about/" not in line
    )
    assert InboundLinks.model_validate(yaml.safe_load(shown)).sites


def test_a_link_that_moved_before_does_not_move_now(folder: Path) -> None:
    edit(folder, {INBOUND_FILE: inbound(f"{SITE}forms/alliance/"), FORM: f"{BASE[FORM]}formerly: [alliance]\n"})
    commit(folder)
    edit(folder, {FORM: f"{BASE[FORM]}formerly: [alliance]\n".replace("Partners sign", "They sign")})
    assert [(link["outcome"], link["changed_by"]) for link in json.loads(diff(folder, "HEAD", "--format", "json"))["inbound"]] == [
        ("changed", ["forms/partnership"])
    ]


def test_the_links_that_break_come_first(folder: Path) -> None:
    urls = [f"{SITE}{path}" for path in ("us/", "forms/partnership/", "new/")]
    edit(folder, {INBOUND_FILE: inbound(*urls)})
    commit(folder)
    edit(folder, {FORM: BASE[FORM] + WITHDRAWN.format("null"), "docs/new.md": None, US: "# Us\n\nWords.\n\n## The team { #team }\n"})
    touched = json.loads(diff(folder, "HEAD", "--format", "json"))["inbound"]
    assert [(link["url"].removeprefix(SITE), link["outcome"]) for link in touched] == [
        ("new/", "broken"), ("forms/partnership/", "withdrawn"), ("us/", "changed"),
    ]  # fmt: skip
