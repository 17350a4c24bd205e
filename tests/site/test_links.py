"""Links and anchors of finished pages: what the check of the pages written by hand does not see, such as a fault in a template."""

from __future__ import annotations

import pytest

from macros.site.links import link_problems, read_document

TARGET = '<h1 id="target">Target</h1><p id="own">Words.</p>'
FILES = {"assets/x.css"}


def told(html: str) -> list[str]:
    documents = {"page/": read_document(html), "target/": read_document(TARGET), "": read_document("")}
    return [
        problem.message for problem in link_problems(documents, FILES, {"page/": "docs/page.md", "target/": "docs/target.md", "": "docs/index.md"})
    ]


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
