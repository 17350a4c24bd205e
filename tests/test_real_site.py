"""The playbook of this repository: it builds strictly, holds what it must, and is whole."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from macros.kinds import KINDS
from macros.playbook import Playbook, load_playbook
from tests.sites import PROJECT, page, words

LAB_QUESTIONS = 15
PARTS_OF_THE_LABS_PAGE = ["opportunity", "pillars", "health-check", "media", "resources", "other-phases"]


@pytest.fixture(scope="module")
def playbook() -> Playbook:
    return load_playbook(PROJECT)


def test_every_link_and_every_anchor_inside_the_site_leads_somewhere(real_site: Path) -> None:
    documents = {"/" + file.parent.relative_to(real_site).as_posix().strip(".") + "/": file for file in real_site.rglob("index.html")}
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


def test_no_page_asks_another_host_for_anything(real_site: Path) -> None:
    fetched = re.compile(r"""<(?:script|link|img|iframe|source|object|embed)\b[^>]*(?:src|href|data)=["']?(?:https?:)?//""")
    assert [str(file) for file in real_site.rglob("*.html") if fetched.search(file.read_text("utf-8"))] == []


def test_every_entry_has_a_page(real_site: Path, playbook: Playbook) -> None:
    assert [id for id, entry in playbook.entries.items() if not (real_site / entry.kind.folder / id / "index.html").is_file()] == []


def test_the_flagship_page_has_all_parts_of_the_labs_page_in_its_order(real_site: Path) -> None:
    article = page(real_site, "approach/joined-up").css_first("article")
    headings = [node.attributes["id"] for node in article.css("h2")]
    assert headings == PARTS_OF_THE_LABS_PAGE
    assert article.css_first("h1 + .subtitle")
    assert article.css_first(".approach-image img").attributes["alt"]
    assert len(article.css("#opportunity ~ ul li")) >= 3
    assert len(article.css(".questions a")) == LAB_QUESTIONS


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


def test_a_contested_figure_says_so(real_site: Path, playbook: Playbook) -> None:
    contested = [(entry, figure) for entry in playbook.entries.values() for figure in getattr(entry, "figures", ()) if figure.contested]
    assert contested
    for entry, figure in contested:
        row = page(real_site, f"{entry.kind.folder}/{entry.id}").css_first(f"#figure-{figure.name}")
        assert "Contested." in words(row)


def test_pillars_are_known_by_shape_and_name_wherever_they_stand(real_site: Path) -> None:
    for file in real_site.rglob("index.html"):
        for pillar in page(real_site, file.parent.relative_to(real_site).as_posix()).css("a.pillar"):
            assert pillar.css_first("svg.mark"), file
            assert words(pillar), file


def test_every_page_has_one_first_heading_and_a_title_of_its_own(real_site: Path) -> None:
    titles: dict[str, Path] = {}
    for file in real_site.rglob("index.html"):
        document = page(real_site, file.parent.relative_to(real_site).as_posix())
        assert len(document.css("h1")) == 1, file
        title = document.css_first("title").text()
        assert titles.setdefault(title, file) == file, title


def test_every_kind_of_the_contract_exists() -> None:
    assert list(KINDS) == [
        "pillars", "questions", "barriers", "insights", "cases", "stages", "roles", "forms", "open-questions", "terms", "sources",
    ]  # fmt: skip
