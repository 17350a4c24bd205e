"""What readers are told of releases: the history of each entry, the pages on changes, and the feed."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from selectolax.lexbor import LexborHTMLParser

from macros.pages.renderer import Renderer
from macros.playbook.load import load_playbook
from macros.problems.folding import folded
from macros.releases.diff.rows import ChangeRow, Piece
from macros.site.feed import feed_file
from macros.site.ledger.ledger import read_ledger
from tests.support.playbooks import BASE, changed
from tests.support.published import ADDRESS, VERSIONS, change_for_second_release, change_for_third_release, create_repository, release
from tests.support.releases import record_release
from tests.support.repositories import commit, edit, write_repository
from tests.support.sites import build, page, searched, words

pytestmark = pytest.mark.slow

BARRIER = "playbook_data/barriers/data-sharing.yml"
ATOM = "{http://www.w3.org/2005/Atom}"
REVIEWED = "reviewed: {on: 2026-10-20, by: delivery-team, outcome: Both figures still stand}\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site after three releases, with one more change that no release has yet."""
    folder = create_repository(tmp_path_factory.mktemp("changes"))
    release(folder, "1.0.0", "The first one.")
    change_for_second_release(folder)
    edit(folder, {BARRIER: BASE[BARRIER].replace("Each partner holds a part", "No partner holds more than a part") + REVIEWED})
    commit(folder)
    release(folder, "2.0.0")
    change_for_third_release(folder)
    release(folder, "3.0.0", "What <b>was</b> learnt & mended.")
    edit(
        folder, {"playbook_data/stages/decide.yml": BASE["playbook_data/stages/decide.yml"].replace("Decide whether to join up", "Choose to join up")}
    )
    done = build(folder, "--strict")
    assert done.returncode == 0, done.stderr
    return folder / "site"


def history(site: Path, url: str) -> list[str]:
    return [words(item) for item in page(site, url).css(".history > ol > li")]


def test_a_history_tells_each_release_that_did_something_to_the_entry(site: Path) -> None:
    assert history(site, "barriers/data-sharing") == [
        (
            "Release 2.0.0 , 1 November 2026 : Reworded, reviewed "
            "Why it gets in the way: Each No partner holds more than a part of the story. "
            "Reviewed: 2026-10-20 by delivery-team: Both figures still stand"
        ),
        "Release 1.0.0 , 1 October 2026 : First published",
    ]
    row = page(site, "barriers/data-sharing").css_first(".change__rows li")
    assert [(node.tag, words(node)) for node in row.css("del, ins")] == [("del", "Each"), ("ins", "No"), ("ins", "more than")]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "barriers/shut-doors",
            [
                "Release 3.0.0 , 20 November 2026 : Renamed Was called: barriers/closed-doors",
                "Release 2.0.0 , 1 November 2026 : Renamed Was called: barriers/locked-doors",
                "Release 1.0.0 , 1 October 2026 : First published",
            ],
        ),
        (
            "barriers/two-things",
            [
                "Release 2.0.0 , 1 November 2026 : Withdrawn Reason: It was two barriers. Use instead: One thing (thing-one); Another thing (thing-two)",
                "Release 1.0.0 , 1 October 2026 : First published",
            ],
        ),
        (
            "barriers/old-systems",
            [
                (
                    "Release 3.0.0 , 20 November 2026 : No longer withdrawn, reworded, sections changed, listed or found elsewhere "
                    "Reason: Systems are new now. Section #eases: a new section Order: lists or the search show it elsewhere"
                ),
                "Release 2.0.0 , 1 November 2026 : Withdrawn Reason: Systems are new now. Use instead: nothing replaces it",
                "Release 1.0.0 , 1 October 2026 : First published",
            ],
        ),
        ("barriers/thing-one", ["Release 2.0.0 , 1 November 2026 : Added"]),
        (
            "stages/decide",
            [
                "Not released yet: Reworded Summary: Decide whether Choose to join up at all.",
                "Release 1.0.0 , 1 October 2026 : First published",
            ],
        ),
    ],
)
def test_a_history_tells_what_became_of_an_entry(site: Path, url: str, expected: list[str]) -> None:
    assert history(site, url) == expected


@pytest.mark.parametrize(("places", "is_folded"), [(4, False), (5, True)])
def test_a_history_folds_the_changes_of_a_release_that_are_many(playbook: Path, places: int, is_folded: bool) -> None:
    loaded = load_playbook(playbook)
    rows = tuple(ChangeRow(f"Sign {number}", (Piece("new", "A sign"),)) for number in range(places))
    release = SimpleNamespace(version="", date="", anchor="")
    event = SimpleNamespace(release=release, what="Reworded", rows=rows, change=SimpleNamespace(id="nao", change_types=("reworded",)))
    past = SimpleNamespace(events_of=lambda _: (event,))
    html = Renderer(loaded, "sources/nao/", history=past).render("_history.md.jinja", entry=loaded.entries["nao"])
    assert (f"What changed, in {places} places" in html) is ("<details>" in html) is is_folded
    assert html.count("A sign") == places


def test_the_history_of_a_merged_entry_tells_what_it_took_in(site: Path) -> None:
    lines = history(site, "barriers/plain-words")
    assert len(lines) == 3
    assert "Release 2.0.0 , 1 November 2026 : Merged “Many words are used” (barriers/many-words) became a part of it." in lines
    assert lines[-1] == "Release 1.0.0 , 1 October 2026 : First published"


def test_the_section_has_its_fixed_anchor_and_is_no_part_of_the_search(site: Path) -> None:
    assert page(site, "terms/joining-up").css_first("h2#history") is not None
    found = searched(site)
    assert "First published" not in "\n".join(found.values())
    assert "changes/2.0.0-to-3.0.0/" not in found


def test_the_page_on_changes_lists_releases_by_meaning_with_the_reason(site: Path) -> None:
    article = page(site, "changes").css_first("article")
    assert [(heading.attributes["id"], words(heading).rstrip(" #")) for heading in article.css("h2")] == [
        ("not-released", "Not released yet"), ("release-3-0-0", "Release 3.0.0"), ("release-2-0-0", "Release 2.0.0"), ("release-1-0-0", "Release 1.0.0"),
    ]  # fmt: skip
    pending, third, second, first = article.css(".release")
    assert words(pending).startswith("Reworded: 1 Decide")
    assert words(first) == "1 October 2026 . The first one. The first release, with 19 entries."
    assert words(third.css_first(".release__why")) == "20 November 2026 . What <b>was</b> learnt & mended."
    lines = words(second)
    assert (
        "Withdrawn: 2 Systems are old Systems are new now. Nothing replaces it. Two things at once It was two barriers. Use instead: One thing , Another thing ."
        in lines
    )
    assert "Renamed: 3" in lines
    assert "was barriers/locked-doors" in lines
    assert words(second.css("a")[-1]) == "What changed from 1.0.0 to 2.0.0, word by word"


def test_two_releases_that_follow_each_other_are_compared_word_by_word(site: Path) -> None:
    made = sorted(path.parent.name for path in (site / "changes").glob("*/index.html"))
    assert made == ["1.0.0-to-2.0.0", "2.0.0-to-3.0.0"]
    article = page(site, "changes/1.0.0-to-2.0.0").css_first("article")
    assert words(article.css_first("h1")) == "What changed from 1.0.0 to 2.0.0"
    row = article.css_first("#change-data-sharing")
    assert words(row.css_first(".change__rows li")) == "Why it gets in the way: Each No partner holds more than a part of the story."
    assert [words(heading).rstrip(" #") for heading in article.css("h2")][:2] == ["Added: 2", "Withdrawn: 2"]
    assert "About us /about/team/ was: /us/" in words(article)


def test_the_feed_is_never_updated_backwards(tmp_path: Path) -> None:
    folder = write_repository(tmp_path)
    for version, day in (("1.0.0", "2026-11-20"), ("2.0.0", "2026-11-10")):
        edit(folder, {f"docs/page-{version[0]}.md": "# A page\n"})
        commit(folder)
        record_release(folder, version, on=day)
    feed = ElementTree.fromstring(feed_file(read_ledger(folder, load_playbook(folder)).current))  # noqa: S314 - this program wrote it
    assert feed.findtext(f"{ATOM}updated") == "2026-11-20T00:00:00Z"


def test_the_feed_says_something_of_each_release(tmp_path: Path) -> None:
    folder = write_repository(tmp_path)
    record_release(folder, "1.0.0")
    edit(folder, changed("playbook_data/playbook.yml", "A lab", "Another lab"))
    record_release(folder, "1.0.1")
    feed = ElementTree.fromstring(feed_file(read_ledger(folder, load_playbook(folder)).current))  # noqa: S314 - this program wrote it
    assert feed.findtext(f"{ATOM}entry/{ATOM}content") == "<p>Release 1.0.1 of 26 November 2026.</p>"


def test_the_feed_is_atom_as_the_standard_has_it(site: Path) -> None:
    """RFC 4287: what must be there is there once; ids are URIs that never change; the newest comes first."""
    feed = ElementTree.parse(site / "feed.xml").getroot()  # noqa: S314
    assert feed.tag == f"{ATOM}feed"
    for parent in (feed, *feed.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(parent.findall(ATOM + name)) == 1
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", parent.findtext(f"{ATOM}updated"))
        alternate = [link.get("href") for link in parent.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
        assert len(alternate) == 1
        assert (site / alternate[0].removeprefix(ADDRESS).partition("#")[0] / "index.html").is_file()
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "A lab"
    assert [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"] == [f"{ADDRESS}feed.xml"]
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == [f"Small playbook {version}" for version in [*VERSIONS][::-1]]
    assert [entry.findtext(f"{ATOM}id") for entry in entries] == [
        f"tag:{'lab' if version == '1.0.0' else 'new-lab'}@example.org,{day}:release/{version}" for version, day in [*VERSIONS.items()][::-1]
    ]
    assert feed.findtext(f"{ATOM}updated") == entries[0].findtext(f"{ATOM}updated") == "2026-11-20T00:00:00Z"
    assert entries[0].findtext(f"{ATOM}summary") == "What <b>was</b> learnt & mended."
    for entry in entries:
        content = entry.find(f"{ATOM}content")
        assert content.get("type") == "html"
        links = [link.attributes["href"] for link in LexborHTMLParser(content.text).css("a")]
        assert all((site / link.removeprefix(ADDRESS) / "index.html").is_file() for link in links)
        assert "<b>" not in content.text


def test_the_page_on_changes_leads_to_the_feed(site: Path) -> None:
    lead = page(site, "changes").css_first("article > .summary")
    assert words(lead) == "What each release changed, and why. The feed tells of new ones."
    assert lead.css_first("a").attributes["href"] == "../feed.xml"


def test_each_page_names_the_feed_and_a_playbook_without_a_dated_release_has_none(site: Path, tmp_path: Path) -> None:
    link = page(site, "barriers/data-sharing").css_first('link[type="application/atom+xml"]')
    assert link.attributes["href"] == "../../feed.xml"
    folder = create_repository(tmp_path)
    assert build(folder, "--strict").returncode == 0
    assert not (folder / "site/feed.xml").exists()
    assert page(folder / "site", "").css_first('link[type="application/atom+xml"]') is None
    paragraphs = [words(paragraph) for paragraph in page(folder / "site", "changes").css("article > p")]
    assert paragraphs == ["What each release changed, and why.", "Nothing has been released yet."]
    assert words(page(folder / "site", "barriers/data-sharing").css_first(".history")) == "Not in a release yet."


HOSTILE = [
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    '{: onclick="alert(1)" }',
    "<!--/playbook:list-->",
    "</li></ol></div>",
    "--> <img src=x onerror=alert(1)>",
]


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Releases in which words of every sort are hostile: those that are gone, those that are new, reasons and titles."""
    folder = create_repository(tmp_path_factory.mktemp("hostile"))
    text = "; ".join(HOSTILE).replace("'", "''")
    in_code = "; ".join(f"`{each}`" for each in HOSTILE).replace("'", "''")
    release(folder, "1.0.0", "; ".join(HOSTILE))
    more = f"status: withdrawn\nreason: '{text}'\nreplaced_by: null\n"
    edit(
        folder,
        {
            BARRIER: BASE[BARRIER].replace("problem: Each partner holds a part of the story.", f"problem: '{in_code}'").replace("title: Data stays apart", "title: '<b>{{ 7*7 }}</b>'"),
            "playbook_data/barriers/old-systems.yml": (folder / "playbook_data/barriers/old-systems.yml").read_text("utf-8") + more,
            "playbook_data/barriers/short-funding.yml": (folder / "playbook_data/barriers/short-funding.yml").read_text("utf-8").partition("figures:")[0]
            + f"former_anchors:\n  - {{anchor: figures, reason: '{text}'}}\n  - {{anchor: figure-cost, reason: '{text}'}}\n",
        },
    )  # fmt: skip
    commit(folder)
    release(folder, "2.0.0", "; ".join(HOSTILE))
    done = build(folder)
    assert done.returncode == 0, done.stderr
    return folder / "site"


@pytest.mark.parametrize(
    "url", ["barriers/data-sharing", "barriers/old-systems", "barriers/short-funding", "barriers", "changes", "changes/1.0.0-to-2.0.0"]
)
def test_nothing_in_a_release_is_markup_or_code(hostile_site: Path, url: str) -> None:
    document = page(hostile_site, url)
    html = document.html
    assert "49" not in words(document.css_first("article"))
    assert not re.findall(r"<[^>]*onclick|<[^>]*onerror|<script>alert", html)
    assert html.count("<!--playbook:") == html.count("<!--/playbook:") == (5 if url.startswith("barriers") else 4)
    assert {node.tag for node in document.css(".history *, .kept *, .release *, .comparison *")} <= {
        "ol", "li", "p", "a", "time", "strong", "ul", "span", "del", "ins", "h3",
    }  # fmt: skip


def test_readers_see_the_very_characters(hostile_site: Path) -> None:
    for url in ("barriers/old-systems", "barriers/short-funding", "changes", "changes/1.0.0-to-2.0.0"):
        text_on_page = folded(words(page(hostile_site, url).css_first("article")))
        assert all(" ".join(text.split()) in text_on_page for text in HOSTILE)
