"""One page holds every entry once, with links that lead about in it; it promises nothing but its address."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from macros.pages import whole_page
from macros.pages.renderer import Renderer
from macros.playbook.load import load_playbook
from macros.schema.kinds import KINDS
from macros.site.offers import read_offer
from macros.site.whole import with_entries
from tests.support.playbooks import changed
from tests.support.sites import built, page, searched, words

pytestmark = pytest.mark.slow

DRAFT = changed("playbook_data/stages/decide.yml", "title:", "status: draft\ntitle:")
ODD = changed("playbook_data/cases/one-front-door.yml", "summary: ", "summary: >-\n  Say </div><!--playbook:entries--> & go. ")
PAGE = "print"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("whole"), {**DRAFT, **ODD})


@pytest.fixture
def whole(site: Path) -> LexborHTMLParser:
    return page(site, PAGE)


def test_each_current_entry_is_there_once_in_the_order_of_lists(site: Path, whole: LexborHTMLParser) -> None:
    playbook = load_playbook(site.parent)
    listed = [entry for folder in KINDS for entry in playbook.of_kind(folder)]
    assert [node.attributes["id"] for node in whole.css(".whole h3")] == [entry.id for entry in listed]
    assert [words(link) for link in whole.css(".whole-contents li li a")] == [entry.title for entry in listed]
    assert "decide" not in {entry.id for entry in listed}


def test_a_part_of_an_entry_follows_its_heading_one_level_down(whole: LexborHTMLParser) -> None:
    entry = next(node for node in whole.css(".whole__entry") if node.css_first("h3#data-sharing"))
    assert words(entry.css_first("h4[id='data-sharing.why']")) == "Why it gets in the way"
    assert entry.css("h1, h2, nav, aside, section, button, .history, .page-tools, .headerlink") == []


def test_each_anchor_is_there_once_and_each_link_to_an_entry_stays_on_the_page(site: Path, whole: LexborHTMLParser) -> None:
    anchors = Counter(node.attributes["id"] for node in whole.css("[id]"))
    assert [anchor for anchor, times in anchors.items() if times > 1] == []
    links = [node.attributes["href"] for node in whole.css(".whole a[href], .whole-contents a")]
    assert {href for href in links if href.startswith("#") and href[1:] not in anchors} == set()
    assert "#shared-space" in links
    places = {f"{entry.kind.folder}/{entry.id}/" for entry in load_playbook(site.parent).entries.values() if entry.status == "current"}
    assert [href for href in links if any(href.endswith(place) for place in places)] == []


def test_a_link_to_a_part_that_is_left_out_leads_to_the_entry(site: Path) -> None:
    each = '<article><h1>Title</h1><p><a href="../../barriers/data-sharing/#history">a link</a></p></article>'
    done = LexborHTMLParser(with_entries(whole_page.ENTRIES_HERE, load_playbook(site.parent), lambda _: each))
    assert {link.attributes["href"] for link in done.css("a")} == {"#data-sharing"}


def test_the_words_of_an_entry_stay_words(whole: LexborHTMLParser) -> None:
    entry = next(node for node in whole.css(".whole__entry") if node.css_first("h3#one-front-door"))
    assert words(entry.css_first(".summary")).startswith("Say </div><!--playbook:entries--> & go.")
    assert entry.css("[id='one-front-door.why']") != []


def test_no_search_engine_lists_it_the_search_knows_its_name_alone_and_no_release_promises_an_anchor_of_it(
    site: Path, whole: LexborHTMLParser
) -> None:
    assert whole.css_first('meta[name="robots"]').attributes["content"] == "noindex"
    assert whole.css_first('link[rel="canonical"]').attributes["href"].endswith("/print/")
    assert "/print/" not in (site / "sitemap.xml").read_text("utf-8")
    assert searched(site)["print/"].splitlines() == [
        "The whole playbook",
        "Every entry on one page, to print, to keep, or to search with your browser.",
    ]
    assert dict(read_offer((site / PAGE / "index.html").read_text("utf-8"))) == {}


def test_the_slots_of_other_pages_stay_there(site: Path) -> None:
    html = (site / PAGE / "index.html").read_text("utf-8")
    assert html.count("<!--playbook:list ") == html.count("<!--playbook:list print/-->") == 1


def test_too_many_entries_for_one_page_are_reached_by_their_lists(playbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole_page, "MOST_ON_ONE_PAGE", 3)
    text = whole_page.whole_page(Renderer(load_playbook(playbook), "print/"))
    assert "more than 3 entries, too many for one page" in text
    assert 'href="../barriers/"' in text
    assert whole_page.ENTRIES_HERE not in text
