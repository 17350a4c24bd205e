"""The playbook of this repository: it builds strictly, holds what it must, and is whole."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from macros.files.layout import release_names
from macros.pages.figures import Owned, figures_of
from macros.playbook.checks.addresses import check_addresses
from macros.playbook.playbook import Playbook
from macros.playbook.urls import ENTRY_FORMS, EXPORT_FILES
from macros.schema.kinds import KINDS
from macros.site.ledger.ledger import read_ledger
from macros.text.formats import format_figure, format_period
from macros.text.typography import typographic
from tests.support.exports import real_files, real_playbook
from tests.support.playbooks import run_playbook
from tests.support.sites import PROJECT, page, pages_of, words

pytestmark = pytest.mark.slow

LAB_QUESTIONS = {
    "authorising-environment": [
        *("commissioning-maturity", "building-authority", "effective-authority", "working-without-mandate", "committed-resources"),
        "engaged-commissioners",
    ],
    "culture-of-collaboration": ["everyone-on-board", "missing-collaboration", "shared-purpose", "policy-to-implementation"],
    "focus-on-delivery": ["showing-value", "off-track-signs", "progress-and-deep-work", "handover", "sponsors-meet-users"],
}
"""The fifteen questions of the lab's page, in its order."""
AT_LEAST = {"pillars": 3, "questions": 29, "barriers": 22, "insights": 30, "cases": 13, "stages": 5, "roles": 6, "open-questions": 10, "sources": 5}
PARTS_OF_THE_LABS_PAGE = ["opportunity", "pillars", "health-check", "media", "resources", "project", "other-phases"]


@pytest.fixture(scope="module")
def playbook() -> Playbook:
    return real_playbook()


def test_every_link_and_every_anchor_inside_the_site_leads_somewhere(real_site: Path) -> None:
    documents = {"/" + file.parent.relative_to(real_site).as_posix().strip(".") + "/": file for file in pages_of(real_site)}
    documents = {url.replace("//", "/"): page(real_site, file.parent.relative_to(real_site).as_posix()) for url, file in documents.items()}
    anchors = {url: {node.attributes["id"] for node in tree.css("[id]")} for url, tree in documents.items()}
    dead = []
    for url, tree in documents.items():
        for link in tree.css("a[href]"):
            target = urlsplit(urljoin(f"https://site{url}", link.attributes["href"]))
            if target.scheme not in ("http", "https") or target.netloc != "site":
                continue
            is_file = (real_site / target.path.lstrip("/")).is_file()
            if not is_file and (target.path not in anchors or (target.fragment and target.fragment not in anchors[target.path])):
                dead.append(f"{url} → {link.attributes['href']}")
    assert dead == []


def test_no_file_below_docs_takes_the_place_of_one_that_the_build_writes(real_site: Path, playbook: Playbook) -> None:
    files = {file.relative_to(real_site).as_posix() for file in real_site.rglob("*") if file.is_file() and file.name != "index.html"}
    written = {path for path in files if not path.startswith("assets/") and not (PROJECT / "docs" / path).is_file()} - {
        "robots.txt"
    }  # a lab's own wins
    ledger = read_ledger(PROJECT, playbook)
    former = {form.format(at=url.rstrip("/")) for url in ledger.moved for form in ENTRY_FORMS}  # where a lab's own wins too
    written -= former
    assert {"404.html", "feed.xml"} < written
    data = [entry.file for entry in playbook.entries.values()]
    found = check_addresses(data, [f"docs/{path}" for path in written], release_names(PROJECT))
    assert {problem.location.file.removeprefix("docs/") for problem in found if problem.location.file.startswith("docs/")} == written


def test_no_page_asks_another_host_for_anything(real_site: Path) -> None:
    fetched = re.compile(r"""<(?:script|link|img|iframe|source|object|embed)\b[^>]*(?:src|href|data)=["']?(?:https?:)?//""")
    assert [str(file) for file in real_site.rglob("*.html") if fetched.search(file.read_text("utf-8"))] == []


def test_no_page_shows_the_straight_marks_of_a_keyboard(real_site: Path) -> None:
    as_written = "code, pre, ins, del, script, style, textarea"
    straight = []
    for file in real_site.rglob("index.html"):
        tree = page(real_site, file.parent.relative_to(real_site).as_posix())
        straight += [json.loads(data.text()) for data in tree.css("[data-check-data]")]
        for node in tree.css(as_written):
            node.decompose()
        straight += [tree.root.text()]
    for file in (real_site / "search").rglob("pages-*.json"):
        straight += [[row[1:3] for row in json.loads(file.read_text("utf-8"))]]
    assert [shown for shown in map(str, _texts(straight)) if re.search("['\"]", shown)] == []


def _texts(data: object) -> Iterator[str]:
    inside = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    if isinstance(data, str):
        yield data
    for part in inside:
        yield from _texts(part)


def test_every_entry_has_a_page(real_site: Path, playbook: Playbook) -> None:
    assert [id for id, entry in playbook.entries.items() if not (real_site / entry.kind.folder / id / "index.html").is_file()] == []


def test_the_flagship_page_has_all_parts_of_the_labs_page_in_its_order(real_site: Path) -> None:
    article = page(real_site, "approach/joined-up").css_first("article")
    headings = [node.attributes["id"] for node in article.css("h2")]
    below_the_picture = [link.attributes["href"] for link in article.css("header + p a")]
    described = below_the_picture[0].removeprefix("#")
    assert [heading for heading in headings if heading != described] == PARTS_OF_THE_LABS_PAGE
    assert described in headings
    assert below_the_picture[1:] == ["../../poster/", "../../print/"]
    assert article.css_first("h1 + .subtitle")
    assert article.css_first(".approach-image img").attributes["alt"]
    assert len(article.css("#opportunity ~ ul li")) >= 3


def test_on_the_flagship_page_the_labs_questions_stand_under_their_pillars_in_its_order(real_site: Path, playbook: Playbook) -> None:
    lists = page(real_site, "approach/joined-up").css(".questions")
    quick, more = (
        [[link.attributes["href"].strip("./").removeprefix("questions/") for link in each.css("a")] for each in lists[n::2]] for n in (0, 1)
    )
    assert quick == list(LAB_QUESTIONS.values())
    labs = {id for ids in quick for id in ids}
    shown = [[*first, *then] for first, then in zip(quick, more, strict=True)]
    asked_of = {pillar: {question.id for question in playbook.of_kind("questions") if question.pillar == pillar} for pillar in LAB_QUESTIONS}
    assert [sorted(asked) for asked in shown] == [sorted(asked) for asked in asked_of.values()]
    for id in labs:
        assert "lab" in {cited.source for cited in playbook.entries[id].sources}, id


def test_the_health_check_asks_every_question_once(real_site: Path, playbook: Playbook) -> None:
    asked = [node.attributes["id"] for node in page(real_site, "health-check").css("fieldset.ask")]
    assert sorted(asked) == sorted(question.id for question in playbook.of_kind("questions"))


def test_the_body_is_whole(playbook: Playbook) -> None:
    assert {kind: len(playbook.of_kind(kind)) for kind, least in AT_LEAST.items() if len(playbook.of_kind(kind)) < least} == {}


def test_the_strictest_check_finds_nothing() -> None:
    done = run_playbook(PROJECT, "check", "--strict")
    assert (done.returncode, done.stdout, done.stderr) == (0, "no problems\n", "")


def test_a_question_stands_alone_and_asks(playbook: Playbook) -> None:
    for question in playbook.of_kind("questions"):
        assert question.question.endswith("?")
        assert not re.match(r"(If (so|not)|And|But|Then)\b", question.question)


def test_each_barrier_is_eased_and_each_insight_serves(playbook: Playbook) -> None:
    for barrier in playbook.of_kind("barriers"):
        assert "eases" in {section.anchor for section in playbook.backlinks[barrier.id]}, barrier.id
    assert [insight.id for insight in playbook.of_kind("insights") if not (insight.eases or insight.serves)] == []
    assert [question.id for question in playbook.of_kind("questions") if not (question.reveals and question.try_)] == []


def test_every_claim_has_a_source_and_a_place_in_it(playbook: Playbook) -> None:
    for entry in playbook.entries.values():
        for cited in (*entry.sources, *getattr(entry, "evidence", ()), *getattr(entry, "figures", ())):
            assert cited.source in playbook.entries
            assert len(cited.at) > 2


def test_every_case_says_its_name_its_period_and_its_limits(real_site: Path, playbook: Playbook) -> None:
    listed = page(real_site, "cases")
    drawn = [words(name) for name in listed.css("#timeline .drawing__name")]
    in_table = {words(row.css_first("th")): words(row.css_first("td")) for row in listed.css("#timeline + .as-table tbody tr")}
    cases = playbook.of_kind("cases")
    assert sorted(drawn) == sorted(in_table) == sorted(case.name for case in cases)
    for case in cases:
        article = page(real_site, f"cases/{case.id}").css_first("article")
        assert in_table[case.name] == format_period(case.period)
        assert format_period(case.period) in words(article.css_first(".strip"))
        assert article.css_first("h2#limits")
        assert case.limits


def figure_rows(site: Path, owned: Owned) -> list:
    """Where a figure is shown: on the page of its entry, and in the table of all figures."""
    entry, name = owned.entry, owned.figure.name
    return [page(site, f"{entry.kind.folder}/{entry.id}").css_first(f"#figure-{name}"), page(site, "figures").css_first(f"#{entry.id}-{name}")]


def test_every_figure_says_its_value_its_source_and_the_place_in_it(real_site: Path, playbook: Playbook) -> None:
    assert len(page(real_site, "figures").css("tbody tr")) == len(figures_of(playbook))
    for owned in figures_of(playbook):
        for row in figure_rows(real_site, owned):
            assert format_figure(owned.figure) in words(row)
            cited = row.css_first(".cited")
            assert f"sources/{owned.figure.source}/#passage-" in cited.css_first("a").attributes["href"]
            assert words(cited).endswith(owned.figure.at)


def test_a_contested_figure_says_so_and_no_other(real_site: Path, playbook: Playbook) -> None:
    assert any(owned.figure.contested for owned in figures_of(playbook))
    for owned in figures_of(playbook):
        for row in figure_rows(real_site, owned):
            assert ("Contested." in words(row)) == bool(owned.figure.contested), row.html


def test_the_exports_are_there_and_a_page_leads_to_each(real_site: Path, playbook: Playbook) -> None:
    links = {
        urljoin(f"/{url}/", link.attributes["href"])
        for url in ("figures", "about/sources", "about/linking", *KINDS)
        for link in page(real_site, url).css("main a")
    }
    for path, content in real_files().items():
        assert (real_site / path).read_bytes() == content
        assert f"/{path}" in links or path not in EXPORT_FILES


def test_every_citation_of_a_source_leads_to_one_of_its_parts(real_site: Path, playbook: Playbook) -> None:
    for source in playbook.of_kind("sources"):
        assert source.passages, source.id
        for url in (f"sources/{source.id}", "about/sources"):
            shown = {words(row) for row in page(real_site, url).css(".data--coverage tbody th")}
            assert {typographic(f"{passage.at} {passage.about}") for passage in source.passages} <= shown


def test_terms_are_explained_where_readers_read_once_on_a_page_and_never_in_a_heading_a_link_or_a_control(real_site: Path) -> None:
    marked = 0
    for file in pages_of(real_site):
        url = file.parent.relative_to(real_site).as_posix()
        document = page(real_site, url)
        terms = [button.attributes["popovertarget"] for button in document.css("button.term")]
        marked += len(terms)
        assert len(set(terms)) == len(terms), file
        assert [note.attributes["id"] for note in document.css("button.term + .term-note")] == terms, file
        assert len(document.css(".terms-at-end dt")) == len(terms), file
        inside = ":is(a, h1, h2, h3, h4, h5, h6, th, button, summary, label, legend, nav, aside, svg, cite, code, pre, [data-no-terms])"
        assert document.css(f"{inside} .term") == [], file
        assert not (terms and (url == "terms" or url.startswith("contribute"))), file
        assert f"term-{file.parent.name}" not in terms, file
    assert marked > 100


def test_pillars_are_known_by_shape_and_name_wherever_they_stand(real_site: Path) -> None:
    for file in pages_of(real_site):
        for pillar in page(real_site, file.parent.relative_to(real_site).as_posix()).css("a.pillar"):
            assert pillar.css_first("svg.mark"), file
            assert words(pillar), file


def test_every_page_has_one_first_heading_and_a_title_of_its_own_within_its_kind(real_site: Path) -> None:
    """Tabs, bookmarks and search results show titles; a term may be called as the pillar that it explains."""
    titles: dict[tuple[str, str], Path] = {}
    for file in pages_of(real_site):
        folder = file.parent.relative_to(real_site)
        document = page(real_site, folder.as_posix())
        assert len(document.css("h1")) == 1, file
        if document.css_first("base"):  # the page of another address
            continue
        title = document.css_first("title").text()
        assert titles.setdefault((folder.parent.as_posix(), title), file) == file, title


def test_the_account_of_the_sources_says_of_each_what_it_is_what_was_taken_how_and_where_it_went(real_site: Path, playbook: Playbook) -> None:
    document = page(real_site, "about/sources")
    for source in playbook.of_kind("sources"):
        headings = [words(document.css_first(f"h3#{source.id}-{part}")).removesuffix(" #") for part in ("why", "evidence", "method", "coverage")]
        assert headings == ["What it is", "What was taken from it", "How it became entries", "Where each part went"]


@pytest.mark.parametrize("folder", ["insights", "barriers"])
def test_a_long_list_begins_with_the_way_to_each_of_its_groups(real_site: Path, folder: str) -> None:
    document = page(real_site, folder)
    ways = [(link.attributes["href"], words(link)) for link in document.css(".jump a")]
    assert len(ways) > 3
    assert ways == [(f"#{head.attributes['id']}", words(head).removesuffix(" #")) for head in document.css("article h2")]


def test_every_kind_of_the_contract_exists() -> None:
    assert list(KINDS) == [
        "pillars", "questions", "barriers", "insights", "cases", "stages", "roles", "forms", "open-questions", "terms", "sources",
    ]  # fmt: skip
