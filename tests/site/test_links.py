"""Links and anchors of finished pages: what the check of the pages written by hand does not see, such as a fault in a template."""

from __future__ import annotations

import pytest

from macros.site.links import BuiltTargets, link_problems, read_document

TARGET = '<h1 id="target">Target</h1><p id="own">Words.</p>'
FILES = frozenset({"assets/x.css"})
SOURCES = {"page/": "docs/page.md", "target/": "docs/target.md", "": "docs/index.md"}


def told(html: str) -> list[str]:
    return [problem.message for problem in link_problems(targets(html), SOURCES)]


def targets(html: str, target: str = TARGET, files: frozenset[str] = FILES) -> BuiltTargets:
    return BuiltTargets({"page/": read_document(html), "target/": read_document(target), "": read_document("")}, files)


@pytest.mark.parametrize(
    "href", ["../target/", "../target/#own", "../target/index.html", "#here", "../assets/x.css", "../", "https://example.org/", "mailto:a@b.org"]
)
def test_a_link_that_leads_somewhere_is_no_problem(href: str) -> None:
    assert told(f'<a id="here" href="{href}">x</a>') == []


@pytest.mark.parametrize(
    ("href", "reason"),
    [
        ("../gone/", "there is no such page or file"),
        ("../target", "there is no such page or file"),
        ("../target/#gone", "there is no '#gone' on that page"),
        ("/target/", "it begins with /, so that it breaks where the site has a prefix"),
        ("../../target/", "it leads out of the site"),
        ("", "it has no address"),
        ("https://[bad/", "it is not an address"),
    ],
)
def test_a_link_that_leads_nowhere_is_told_with_its_page(href: str, reason: str) -> None:
    assert told(f'<a href="{href}">x</a>') == [f"the page /page/ links to '{href}': {reason}"]


def test_an_anchor_that_stands_twice_is_told() -> None:
    assert told('<p id="a">x</p><p id="a">y</p>') == ["the page /page/ has the anchor '#a' twice"]


def checked_again(html: str, *, target: str = TARGET, lost: str | None = None) -> bool:
    """Whether a preview looks again at the links of a page that is the same, after the one that they may lead to has changed or is gone."""
    before = targets(html)
    documents = {url: document for url, document in before.documents.items() if url != lost}
    if target != TARGET:
        documents["target/"] = read_document(target)
    return "page/" not in before.pages_still_right(BuiltTargets(documents, before.files - {lost or ""}))


def test_a_preview_looks_again_at_the_links_of_a_page_that_has_changed() -> None:
    before = targets("")
    now = BuiltTargets({**before.documents, "page/": read_document('<a href="../gone/">x</a>')}, before.files)
    assert before.pages_still_right(now) == {"", "target/"}


@pytest.mark.parametrize("href", ["../target/#own", "../target/index.html#own", "../t%61rget/#ow%6E", "#own"])
def test_it_looks_again_where_an_anchor_of_that_name_is_gone(href: str) -> None:
    assert checked_again(f'<a href="{href}">x</a>', target='<h1 id="target">Target</h1>')
    assert not checked_again(f'<a href="{href}">x</a>', target=f'{TARGET}<p id="more"></p>')


@pytest.mark.parametrize("href", ["../target/", "../target", "../t%61rget/?q=1#x", "../target/index.html", "../target/x/..", "../target/."])
def test_it_looks_again_where_a_page_may_be_gone(href: str) -> None:
    assert checked_again(f'<a href="{href}">x</a>', lost="target/")


def test_it_looks_again_where_a_file_is_gone_and_not_elsewhere() -> None:
    assert checked_again('<link rel="stylesheet" href="../assets/x.css">', lost="assets/x.css")
    assert not checked_again('<a href="../other/#own">x</a>', lost="assets/x.css")
