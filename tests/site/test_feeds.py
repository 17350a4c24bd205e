"""The feeds of single pages: of an entry, and of the list of a kind. Feed readers that were not written here read them.

Above: the playbook after three releases, in which everything happens to some entry. Below: what someone who follows a page is told.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from macros.schema.kinds import KINDS
from macros.site.exports import feeds
from macros.site.exports.document import entry_document
from macros.site.exports.feeds import PageFeed, entry_feed, kind_feed, page_feed
from macros.site.exports.files import all_files
from tests.support.exports import SITE, published_from, real_published, small_published, with_a_change
from tests.support.playbooks import BASE
from tests.support.published import ADDRESS
from tests.support.releases import record_release
from tests.support.repositories import edit, write_repository
from tests.support.sites import PROJECT

BARRIER = "playbook_data/barriers/data-sharing.yml"
CASE = "playbook_data/cases/one-front-door.yml"
FIRST = "tag:lab@example.org,2026-10-01:entry/"


@cache
def grammar() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(PROJECT / "tests/schemas/atom.rng"))


@pytest.fixture(scope="module")
def files(released_playbook: Path) -> dict[str, bytes]:
    """Every export after the third release."""
    return all_files(published_from(released_playbook, f"{ADDRESS}latest/"))


def read(data: bytes) -> Any:
    """A feed as a feed reader takes it, which finds nothing wrong with it."""
    found = feedparser.parse(data)
    assert (found.bozo, found.version) == (False, "atom10")
    return found


def told(data: bytes) -> list[tuple[str, str, str]]:
    """Each item: its title, its id and its day."""
    return [(item.title, item.id, item.updated[:10]) for item in read(data).entries]


def test_an_entry_has_a_feed_of_what_each_release_did_to_it(files: dict[str, bytes]) -> None:
    feed = read(files["barriers/data-sharing/feed.xml"])
    assert (feed.feed.title, feed.feed.id, feed.feed.updated) == ("Data stays apart: changes", f"{FIRST}data-sharing", "2026-10-01T00:00:00Z")
    assert {link.rel: link.href for link in feed.feed.links} == {
        "self": f"{ADDRESS}barriers/data-sharing/feed.xml",
        "alternate": f"{ADDRESS}barriers/data-sharing/",
    }
    assert feed.feed.author_detail == {"name": "A lab", "email": "new-lab@example.org"}
    (item,) = feed.entries
    assert (item.title, item.link) == ("Data stays apart: first published (release 1.0.0)", f"{ADDRESS}barriers/data-sharing/")
    assert item.content[0].value == "<p>Release 1.0.0 of 1 October 2026: The reason for 1.0.0.</p>"


@pytest.mark.parametrize(
    ("id", "expected"),
    [
        (
            "shut-doors",
            [
                ("Doors stay locked: renamed (release 3.0.0)", "locked-doors/3.0.0", "2026-11-20"),
                ("Doors stay locked: renamed (release 2.0.0)", "locked-doors/2.0.0", "2026-11-01"),
                ("Doors stay locked: first published (release 1.0.0)", "locked-doors/1.0.0", "2026-10-01"),
            ],
        ),
        (
            "two-things",
            [
                ("Two things at once: withdrawn (release 2.0.0)", "two-things/2.0.0", "2026-11-01"),
                ("Two things at once: first published (release 1.0.0)", "two-things/1.0.0", "2026-10-01"),
            ],
        ),
        ("thing-one", [("One thing: added (release 2.0.0)", "thing-one/2.0.0", "2026-11-01")]),
    ],
)
def test_a_feed_tells_the_life_of_an_entry_under_ids_that_no_rename_changes(
    files: dict[str, bytes], id: str, expected: list[tuple[str, str, str]]
) -> None:
    data = files[f"barriers/{id}/feed.xml"]
    assert told(data) == [(title, f"{FIRST}{name}", day) for title, name, day in expected]
    assert read(data).feed.id == f"{FIRST}{expected[-1][1].partition('/')[0]}"
    assert read(data).feed.updated[:10] == expected[0][2]


def test_what_became_part_of_an_entry_is_told_in_its_feed_under_an_id_of_its_own(files: dict[str, bytes]) -> None:
    items = told(files["barriers/plain-words/feed.xml"])
    assert ("Plain words are missing: “Many words are used” became part of it (release 2.0.0)", f"{FIRST}many-words/2.0.0", "2026-11-01") in items
    assert len({id for _, id, _ in items}) == len(items) == 3


def term(title: str, *formerly: str) -> str:
    return f"title: {title}\nsummary: A word.\nmeaning: It is a word.\n" + (f"formerly: [{', '.join(formerly)}]\n" if formerly else "")


TERMS = "playbook_data/terms/"
MERGED = (
    ("1.0.0", "2026-10-01", {f"{TERMS}one.yml": term("One"), f"{TERMS}old.yml": term("Old")}),
    ("2.0.0", "2026-11-01", {f"{TERMS}one.yml": term("The one"), f"{TERMS}old.yml": None, f"{TERMS}older.yml": term("Old", "old"), f"{TERMS}new.yml": term("New")}),
    ("3.0.0", "2026-11-20", {f"{TERMS}older.yml": None, f"{TERMS}one.yml": term("The one", "older", "old")}),
    ("4.0.0", "2026-12-01", {f"{TERMS}one.yml": None, f"{TERMS}new.yml": term("New", "one", "older", "old")}),
)  # fmt: skip
"""A term takes in another one that was renamed, and a term that was added later takes in both."""


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, bytes]]:
    """Every export after each of these releases."""
    folder, found = write_repository(tmp_path_factory.mktemp("merged")), []
    for version, day, changes in MERGED:
        edit(folder, changes)
        record_release(folder, version, on=day)
        found.append(all_files(published_from(folder)))
    return found


def test_what_happened_to_another_entry_before_it_became_part_of_this_one_is_told_as_its_own(merged: list[dict[str, bytes]]) -> None:
    assert told(merged[2]["terms/one/feed.xml"]) == [
        ("The one: “Old” became part of it (release 3.0.0)", f"{FIRST}older/3.0.0", "2026-11-20"),
        ("The one: “Old”, now part of it: renamed (release 2.0.0)", f"{FIRST}old/2.0.0", "2026-11-01"),
        ("The one: reworded (release 2.0.0)", f"{FIRST}one/2.0.0", "2026-11-01"),
        ("The one: first published (release 1.0.0)", f"{FIRST}one/1.0.0", "2026-10-01"),
    ]
    assert told(merged[3]["terms/new/feed.xml"])[-3:] == [
        ("New: “Old”, now part of it: renamed (release 2.0.0)", f"{FIRST}old/2.0.0", "2026-11-01"),
        ("New: “The one”, now part of it: reworded (release 2.0.0)", f"{FIRST}one/2.0.0", "2026-11-01"),
        ("New: “One”, now part of it: first published (release 1.0.0)", f"{FIRST}one/1.0.0", "2026-10-01"),
    ]


def test_no_two_items_of_a_feed_have_one_id_and_an_item_keeps_the_id_that_it_had_in_the_feed_of_what_was_merged(
    merged: list[dict[str, bytes]],
) -> None:
    ids = [{path: [id for _, id, _ in told(data)] for path, data in files.items() if path.endswith("/feed.xml")} for files in merged]
    assert [path for feeds_then in ids for path, then in feeds_then.items() if len(then) > len({*then})] == []
    assert {*ids[1]["terms/older/feed.xml"]} - {f"{FIRST}old/1.0.0"} <= {*ids[2]["terms/older/feed.xml"]}


def test_an_entry_is_as_old_as_it_is_itself_and_not_as_what_became_part_of_it(merged: list[dict[str, bytes]]) -> None:
    entry = json.loads(merged[3]["terms/new.json"])["entry"]
    assert (entry["first_released"]["release"], entry["last_changed"]["release"]) == ("2.0.0", "4.0.0")


def test_the_feed_at_a_former_address_is_the_same(files: dict[str, bytes]) -> None:
    assert files["barriers/locked-doors/feed.xml"] == files["barriers/closed-doors/feed.xml"] == files["barriers/shut-doors/feed.xml"]
    assert files["terms/mandate/feed.xml"] == files["forms/mandate/feed.xml"]
    assert f'rel="self" type="application/atom+xml" href="{ADDRESS}forms/mandate/feed.xml"' in files["terms/mandate/feed.xml"].decode()


def test_the_feed_of_a_withdrawn_entry_says_why_and_leads_to_what_replaces_it(files: dict[str, bytes]) -> None:
    feed = read(files["barriers/two-things/feed.xml"])
    assert (feed.feed.subtitle, feed.entries[0].summary) == ("Withdrawn. It was two barriers.", "It was two barriers.")
    links = LexborHTMLParser(feed.entries[0].content[0].value).css("a")
    assert [(link.text(), link.attributes["href"]) for link in links] == [
        ("One thing", f"{ADDRESS}barriers/thing-one/"),
        ("Another thing", f"{ADDRESS}barriers/thing-two/"),
    ]


def test_the_list_of_a_kind_has_a_feed_with_an_item_for_each_release_that_changed_it(files: dict[str, bytes]) -> None:
    feed = read(files["barriers/feed.xml"])
    assert told(files["barriers/feed.xml"]) == [
        ("Barriers: 4 changed in release 3.0.0", "tag:lab@example.org,2026-10-01:kind/barriers/3.0.0", "2026-11-20"),
        ("Barriers: 8 changed in release 2.0.0", "tag:lab@example.org,2026-10-01:kind/barriers/2.0.0", "2026-11-01"),
        ("Barriers: first published in release 1.0.0", "tag:lab@example.org,2026-10-01:kind/barriers/1.0.0", "2026-10-01"),
    ]
    assert {link.rel: link.href for link in feed.feed.links} == {"self": f"{ADDRESS}barriers/feed.xml", "alternate": f"{ADDRESS}barriers/"}
    assert [item.link for item in feed.entries] == [
        f"{ADDRESS}changes/2.0.0-to-3.0.0/", f"{ADDRESS}changes/1.0.0-to-2.0.0/", f"{ADDRESS}changes/#release-1-0-0",
    ]  # fmt: skip
    assert "The first release, with 7 barriers." in feed.entries[2].content[0].value
    assert f'<a href="{ADDRESS}barriers/thing-one/">One thing</a>' in LexborHTMLParser(feed.entries[1].content[0].value).html
    assert "Help each other" not in feed.entries[1].content[0].value, "an insight is in the feed of its own kind"


def test_an_entry_that_went_to_another_kind_is_in_the_feeds_of_both(files: dict[str, bytes]) -> None:
    for folder in ("terms", "forms"):
        assert any("Mandate" in item.content[0].value for item in read(files[f"{folder}/feed.xml"]).entries), folder


def test_a_kind_with_many_releases_has_a_feed_of_the_newest(released_playbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MOST_RELEASES", 2)
    data = kind_feed("barriers", published_from(released_playbook))
    assert [title for title, _, _ in told(data or b"")] == ["Barriers: 4 changed in release 3.0.0", "Barriers: 8 changed in release 2.0.0"]


def test_every_feed_of_this_playbook_is_atom_with_whole_links_that_lead_to_pages() -> None:
    published = real_published()
    made = {f"{entry.kind.folder}/{entry.id}/": entry_feed(published, entry, "") for entry in published.playbook.entries.values()}
    made |= {f"{folder}/": kind_feed(folder, published) for folder in KINDS}
    ids = set[str]()
    for path, data in made.items():
        assert data
        tree = etree.fromstring(data)
        assert grammar().validate(tree), (path, grammar().error_log.last_error)
        links = [*tree.xpath("//*[local-name()='link']/@href")]
        assert [link for link in links if not link.startswith(SITE)] == []
        pages = {link.removeprefix(SITE).partition("#")[0] for link in links if not link.endswith("feed.xml")}
        assert [page for page in pages if page not in published.ledger.current.catalogue.by_url] == [], path
        assert f"{SITE}{path}feed.xml" in links
        ids.add(tree.findtext("{*}id"))
    assert len(ids) == len(made) > 150


@pytest.mark.parametrize("wrong", [b"<updated>", b"<id>", b"<title>"])
def test_the_grammar_refuses_a_feed_that_lacks_something(files: dict[str, bytes], wrong: bytes) -> None:
    lines = files["barriers/feed.xml"].splitlines()
    first = next(number for number, line in enumerate(lines) if wrong in line)
    assert grammar().validate(etree.fromstring(b"\n".join(lines)))
    assert not grammar().validate(etree.fromstring(b"\n".join(lines[:first] + lines[first + 1 :])))


def test_a_page_that_no_release_has_yet_can_be_followed_already(tmp_path: Path) -> None:
    folder = write_repository(tmp_path)
    record_release(folder, "1.0.0", on="2026-10-01")
    edit(folder, {"playbook_data/barriers/silos.yml": BASE[BARRIER].replace("Data stays apart", "Silos")})
    before = read(all_files(published_from(folder))["barriers/silos/feed.xml"])
    assert (before.feed.subtitle, before.feed.updated, before.entries) == ("No release has this page yet.", "2026-10-01T00:00:00Z", [])
    edit(folder, {"playbook_data/insights/shared-space.yml": BASE["playbook_data/insights/shared-space.yml"].replace("[data-", "[silos, data-")})
    record_release(folder, "1.1.0", on="2026-10-09")
    after = read(all_files(published_from(folder))["barriers/silos/feed.xml"])
    assert (after.feed.id, [item.title for item in after.entries]) == (before.feed.id, ["Silos: added (release 1.1.0)"])


def test_what_is_not_released_is_in_no_feed(released_playbook: Path) -> None:
    published = published_from(released_playbook)
    now = with_a_change(published, "data-sharing")
    assert now.ledger.current.history.pending
    for path in ("barriers/data-sharing/feed.xml", "barriers/feed.xml"):
        assert all_files(now)[path] == all_files(published)[path]


def test_before_a_release_has_a_day_there_are_no_feeds_and_nothing_leads_to_one(tmp_path: Path) -> None:
    published = small_published(tmp_path)
    assert [path for path in all_files(published) if path.endswith("feed.xml")] == []
    assert page_feed(published.ledger, "barriers/data-sharing/") is None
    assert entry_document(published, published.playbook.entries["data-sharing"])["formats"]["feed"] is None


def test_pages_have_the_feed_of_their_entry_or_kind_at_one_address_above_all_versions(released_playbook: Path) -> None:
    published = published_from(released_playbook, f"{ADDRESS}latest/")
    assert page_feed(published.ledger, "barriers/locked-doors/") == PageFeed(
        "Doors stay locked: changes", "barriers/shut-doors/feed.xml", is_of_list=False
    )
    assert page_feed(published.ledger, "barriers/") == PageFeed("Barriers: changes", "barriers/feed.xml", is_of_list=True)
    assert {page_feed(published.ledger, url) for url in ("", "changes/", "about/team/", "us/", "index/")} == {None}
    entry = published.playbook.entries["shut-doors"]
    assert entry_document(published, entry)["formats"]["feed"] == f"{ADDRESS}barriers/shut-doors/feed.xml"


def test_links_are_relative_to_the_feed_where_the_site_does_not_know_its_address(released_playbook: Path) -> None:
    files = all_files(published_from(released_playbook, ""))
    feed = etree.fromstring(files["barriers/two-things/feed.xml"])
    assert [link.get("href") for link in feed.findall("{*}link")] == ["feed.xml", "./"]
    assert 'Use instead: <a href="../thing-one/">One thing</a>, ' in feed.findtext("{*}entry/{*}content")
    kind = etree.fromstring(files["barriers/feed.xml"])
    assert kind.find("{*}entry/{*}link").get("href") == "../changes/2.0.0-to-3.0.0/"
    assert 'href="../barriers/shut-doors/"' in kind.findtext("{*}entry/{*}content")


def test_nothing_in_an_entry_is_markup_in_a_feed(tmp_path: Path) -> None:
    words = "<script>alert(1)</script> & {{ 7*7 }} ]]> \"'"
    said, other = words.replace("'", "''"), "playbook_data/cases/two-front-doors.yml"
    folder = write_repository(tmp_path, {other: BASE[CASE].replace("title: One front door", f"title: '{said}'")})
    record_release(folder, "1.0.0", on="2026-10-01")
    edit(folder, {other: f"{BASE[CASE]}status: withdrawn\nreason: '{said}'\nreplaced_by: [one-front-door]\n"})
    record_release(folder, "2.0.0", on="2026-10-02", why=words)
    made = all_files(published_from(folder))
    entry, kind = etree.fromstring(made["cases/two-front-doors/feed.xml"]), etree.fromstring(made["cases/feed.xml"])
    assert entry.findtext("{*}subtitle") == f"Withdrawn. {words}"
    for tree, times in ((entry, 3), (kind, 2)):
        shown = LexborHTMLParser(tree.findtext("{*}entry/{*}content"))
        assert shown.css("script") == []
        assert shown.body.text().count("alert(1)</script> & {{ 7*7 }} ]]>") == times
