"""Every entry has a page of its own, with fixed anchors, linked both ways."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.pages.renderer import environment
from macros.playbook.load import load_playbook
from macros.schema.fields import Section
from macros.schema.kinds import KINDS
from macros.schema.sections import sections_of
from macros.text.page_reading import OF_THEME
from tests.support.playbooks import BASE, changed
from tests.support.sites import built, page, pages_of, searched, words

pytestmark = pytest.mark.slow

OTHER_BARRIER = {
    "playbook_data/barriers/short-money.yml": BASE["playbook_data/barriers/data-sharing.yml"].replace("Data stays apart", "Money ends too soon")
}
EASED = changed("playbook_data/insights/shared-space.yml", "eases: [data-sharing]", "eases: [data-sharing, short-money]")
CASE = "playbook_data/cases/one-front-door.yml"
PARTNERSHIP_SEEN = changed("playbook_data/terms/joining-up.yml", "see: [", "see: [partnership, ")
FIGURES = changed(
    "playbook_data/barriers/data-sharing.yml",
    "hits: [shared-aims]\n",
    "hits: [shared-aims]\nfigures: [{name: staff, value: 61, unit: '%', measures: Staff held back, when: May 2015, source: nao, at: para 2}]\n",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("pages"), {**OTHER_BARRIER, **EASED, **FIGURES})


def test_each_entry_has_its_page_and_each_kind_its_list(site: Path) -> None:
    made = {path.parent.relative_to(site).as_posix() for path in pages_of(site)}
    entries = {path.removeprefix("playbook_data/").removesuffix(".yml") for path in {**BASE, **OTHER_BARRIER} if path.count("/") == 2}
    assert made == {".", "changes", "index", "search", "print", *KINDS, *entries}


@pytest.mark.parametrize("path", [path for path in BASE if path.count("/") == 2])
def test_a_page_has_the_anchors_that_its_kind_promises_and_no_other(site: Path, path: str) -> None:
    _, kind, name = path.split("/")
    slug = name.removesuffix(".yml")
    playbook = load_playbook(site.parent)
    promised = {section.anchor for field, section in sections_of(KINDS[kind]).items() if getattr(playbook.entries[slug], field)}
    promised |= {"history"} | {section.anchor for section in playbook.backlinks.get(slug, {})}
    if slug == "data-sharing":
        promised.add("figure-staff")
    article = page(site, f"{kind}/{slug}").css_first("article")
    assert {id for node in article.css("[id]") if not (id := node.attributes["id"]).startswith(OF_THEME)} == promised


def test_anchors_do_not_come_from_the_words_of_headings(site: Path) -> None:
    why = page(site, "barriers/data-sharing").css_first("h2#why")
    assert words(why).startswith(sections_of(KINDS["barriers"])["problem"].heading)


def test_a_page_lists_who_names_it_and_says_why(site: Path) -> None:
    barrier = page(site, "barriers/data-sharing")
    linked = [heading for heading in barrier.css("h2") if heading.attributes["id"] in ("eases", "reveals", "cases", "open-questions")]
    assert [words(heading).rstrip(" #") for heading in linked] == [
        "What eases this barrier",
        "Questions that reveal this barrier",
        "Seen in",
        "Still an open question",
    ]
    assert [(link.attributes["href"], words(link)) for link in barrier.css(".related li a, .hub li a")] == [
        ("../../insights/shared-space/", "Sit together"),
        ("../../questions/permission/", "Do you have permission?"),
        ("../../cases/one-front-door/", "One front door"),
        ("../../open-questions/who-pays/", "Who pays?"),
    ]


ORDER = {
    "barriers/data-sharing": ["signs", "eases", "why", "evidence", "figures", "reveals", "cases", "open-questions", "sources", "history"],
    "insights/shared-space": ["try", "eases", "cases", "why", "evidence", "questions", "sources", "history"],
    "questions/permission": ["good", "signs", "reveals", "try", "why", "sources", "history"],
    "cases/one-front-door": ["why", "results", "shows", "meets", "limits", "partners", "sources", "history"],
}
"""What readers need first comes first: what they would see, what helps, and only then why, and what shows it."""


@pytest.mark.parametrize("url", ORDER)
def test_a_page_has_its_sections_in_the_order_in_which_readers_need_them(site: Path, url: str) -> None:
    assert [heading.attributes["id"] for heading in page(site, url).css("h2")] == ORDER[url]


def test_the_head_of_a_page_leads_to_what_is_linked_and_says_how_much(site: Path) -> None:
    def onward(url: str) -> list[tuple[str, str]]:
        return [(link.attributes["href"], words(link)) for link in page(site, url).css(".entry-head .onward a")]

    assert onward("barriers/data-sharing") == [("#eases", "What eases this barrier: 1 insight")]
    assert onward("insights/shared-space") == [("#eases", "Barriers it eases: 2"), ("#cases", "Cases that show it: 1")]
    assert onward("terms/joining-up") == []


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Foster joined-up services", 'Foster <span class="unbroken">joined-up</span> services'),
        ("Cross-government-wide work", "Cross-government-wide work"),
        ("A - b & c", "A - b &#38; c"),
        ("<b>x-y</b>", "&#60;b&#62;x-y&#60;/b&#62;"),
    ],
)
def test_a_short_word_with_a_hyphen_stays_on_one_line_of_a_title(title: str, shown: str) -> None:
    assert str(environment().from_string("{{ title|unbroken }}").render(title=title)) == shown


def test_linked_entries_carry_their_summaries(site: Path) -> None:
    assert "People who sit together solve problems together." in words(page(site, "barriers/data-sharing").css_first(".related"))


def test_a_page_leads_to_the_entries_before_and_after(site: Path) -> None:
    turn = page(site, "barriers/short-money").css_first("nav.turn")
    assert [(link.attributes["rel"], link.attributes["href"]) for link in turn.css("a")] == [("prev", "../data-sharing/")]


def test_a_page_cites_its_sources_with_the_place_in_them(site: Path) -> None:
    source = page(site, "barriers/data-sharing").css_first(".sources li")
    assert words(source) == "Joining Up to Improve Public Services : para 11"
    assert source.css_first("a").attributes["href"] == "../../sources/nao/"


def test_a_source_that_is_cited_at_two_places_stands_once_with_both(tmp_path: Path) -> None:
    twice = changed(CASE, "sources: [{source: nao, at: para 13}]", "sources: [{source: nao, at: para 13}, {source: nao, at: table 4}]")
    (row,) = page(built(tmp_path, twice), "cases/one-front-door").css(".sources li")
    assert words(row) == "Joining Up to Improve Public Services : para 13; table 4"


def test_a_source_lists_the_entries_that_cite_it(site: Path) -> None:
    cited = page(site, "sources/nao").css_first("#cited")
    assert len(cited.parent.css("li")) == 8


def test_a_figure_shows_its_value_its_time_and_its_source(site: Path) -> None:
    row = page(site, "barriers/data-sharing").css_first("#figure-staff")
    cited = row.css_first("details.cite [data-copy]")
    assert words(cited) == (
        "Staff held back (May 2015): 61%. Joining Up to Improve Public Services, National Audit Office, 7 December 2001, para 2. "
        "Cited in A lab, “Data stays apart”, Small playbook, not released yet, https://playbook.example.org/barriers/data-sharing/#figure-staff"
    )
    row.css_first("details").decompose()
    assert words(row) == "Staff held back (May 2015) Joining Up to Improve Public Services, para 2 61%"


def test_a_piece_of_evidence_is_cited_where_it_stands(site: Path) -> None:
    assert words(page(site, "barriers/data-sharing").css_first(".evidence [data-copy]")) == (
        "Few partners shared data. Joining Up to Improve Public Services, National Audit Office, 7 December 2001, para 11. "
        "Cited in A lab, “Data stays apart”, Small playbook, not released yet, https://playbook.example.org/barriers/data-sharing/#evidence"
    )


def test_the_table_of_figures_has_each_under_its_entry_and_its_name(tmp_path: Path) -> None:
    more = "{name: cost, value: 5, unit: £, measures: Cost, contested: Councils differ, source: nao, at: para 3}"
    files = {path: text.replace("figures: [{", f"figures: [{more}, {{") for path, text in FIGURES.items()}
    rows = page(built(tmp_path, {**files, "docs/figures.md": "# Figures\n\n{{ figure_table() }}\n"}), "figures").css("tbody tr")
    cited = [words(row.css_first("details [data-copy]")) for row in rows]
    assert [text.partition(". ")[0] for text in cited] == ["Cost: £5 (contested)", "Staff held back (May 2015): 61%"]
    for row in rows:
        row.css_first("details").decompose()
    assert {row.attributes["id"]: words(row) for row in rows} == {
        "data-sharing-cost": "Data stays apart Cost Contested. Councils differ Joining Up to Improve Public Services, para 3 £5 not dated",
        "data-sharing-staff": "Data stays apart Staff held back Joining Up to Improve Public Services, para 2 61% May 2015",
    }
    assert [row.css_first("th a").attributes["href"] for row in rows] == [f"../barriers/data-sharing/#figure-{name}" for name in ("cost", "staff")]


def test_a_list_has_each_entry_under_its_id(site: Path) -> None:
    assert [node.attributes["id"] for node in page(site, "barriers").css("article h2")] == ["data-sharing", "short-money"]


def test_the_edit_link_leads_to_the_yaml_file(tmp_path: Path) -> None:
    public = {
        "playbook_data/playbook.yml": BASE["playbook_data/playbook.yml"] + "repository: {url: https://git.example.org/lab/book, branch: trunk}\n"
    }
    site = built(tmp_path, public)
    edit = {url: page(site, url).css_first(".page-tools a[href*='/edit/']").attributes["href"] for url in ("terms/joining-up", "")}
    assert edit == {
        "terms/joining-up": "https://git.example.org/lab/book/edit/trunk/playbook_data/terms/joining-up.yml",
        "": "https://git.example.org/lab/book/edit/trunk/docs/index.md",
    }


def test_without_a_public_repository_there_is_a_mail_alone(site: Path) -> None:
    assert [words(link) for link in page(site, "terms/joining-up").css(".page-tools a")] == ["Suggest a change"]


def test_search_holds_titles_summaries_and_texts(site: Path) -> None:
    everything = searched(site)["barriers/data-sharing/"]
    for piece in (
        "Data stays apart",
        "Partners cannot see what the others know",
        "Each partner holds a part of the story",
        "People tell their story again",
    ):
        assert piece in everything


def test_search_holds_entries_and_lists_but_neither_itself_nor_what_is_said_to_authors(tmp_path: Path) -> None:
    site = built(tmp_path, {"docs/contribute/how.md": "# How to help\n\nWords.\n"})
    entries = {f"{path.removeprefix('playbook_data/').removesuffix('.yml')}/" for path in BASE if path.count("/") == 2}
    lists = {f"{url.partition('/')[0]}/" for url in entries}
    assert searched(site).keys() == {"", *entries, *lists, "changes/", "index/", "print/"}


def test_a_draft_has_a_page_that_says_so_and_stands_in_no_list_and_no_search(tmp_path: Path) -> None:
    draft = {path: text + "status: draft\n" for path, text in OTHER_BARRIER.items()}
    site = built(tmp_path, draft)
    assert words(page(site, "barriers/short-money").css_first(".notice")).startswith("Draft.")
    assert page(site, "barriers").css_first("#short-money") is None
    assert "barriers/short-money/" not in searched(site)


def test_a_kind_of_drafts_alone_has_no_list_and_its_pages_stand(tmp_path: Path) -> None:
    site = built(tmp_path, {CASE: BASE[CASE] + "status: draft\n", **PARTNERSHIP_SEEN})
    assert not (site / "cases" / "index.html").exists()
    assert words(page(site, "cases/one-front-door").css_first(".crumbs")) == "Home Cases One front door"


def test_a_withdrawn_entry_keeps_its_page_and_says_why_and_what_to_use(tmp_path: Path) -> None:
    gone = {path: text + "status: withdrawn\nreason: It was two things.\nreplaced_by: data-sharing\n" for path, text in OTHER_BARRIER.items()}
    notice = page(built(tmp_path, gone), "barriers/short-money").css_first(".notice")
    assert words(notice) == "Withdrawn. It was two things. Use instead: Data stays apart"


def test_a_list_written_by_hand_takes_the_place_of_the_generated_one(tmp_path: Path) -> None:
    site = built(tmp_path, {"docs/barriers/index.md": "# Our barriers\n\nBy hand.\n"})
    assert "By hand." in words(page(site, "barriers"))


def test_every_section_of_the_schema_has_a_heading(site: Path) -> None:
    for model in KINDS.values():
        assert all(isinstance(section, Section) and section.heading for section in sections_of(model).values())
