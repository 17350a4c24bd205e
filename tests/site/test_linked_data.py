"""What a page tells search engines of itself, read by a JSON-LD processor and held against schema.org's own vocabulary.

Above: the real site, or a small playbook. Below: what programs understand of it.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from pyld import jsonld
from selectolax.lexbor import LexborHTMLParser

from macros.site.exports.published import Published
from macros.site.linked_data import MOST_BYTES, linked_data
from macros.site.page_facts import facts_of_page
from tests.support.browsers import open_context
from tests.support.exports import SITE, small_published
from tests.support.playbooks import BASE, changed
from tests.support.sites import HOME_PAGE, PROJECT, pages_of

VOCABULARY = json.loads((PROJECT / "tests/schemas/schema-org-12.json").read_text("utf-8"))
BARRIER = "playbook_data/barriers/data-sharing.yml"
HOSTILE = """</script><script>alert(1)</script><!-- "'{{ 7*7 }} \\u003c"""
Node = dict[str, Any]


def block_of(published: Published, url: str) -> str:
    page = published.ledger.current.catalogue.by_url[url]
    return linked_data(published, facts_of_page(published, page), "en")


def data_of(html: str) -> list[Node]:
    """The nodes that a page, or a block of it, tells of."""
    (block,) = LexborHTMLParser(html).css('script[type="application/ld+json"]')
    data = json.loads(block.text())
    assert data["@context"] == "https://schema.org"
    return data["@graph"]


def told(folder: Path, url: str, files: dict[str, str] | None = None) -> Node:
    """What the page at `url` of the small playbook is said to be."""
    return data_of(block_of(small_published(folder, files), url))[0]


def offline(url: str, _: object) -> Node:
    assert url == "https://schema.org/", "nothing else is asked for"
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": {"@context": VOCABULARY["context"]}}


@cache
def above(type: str) -> frozenset[str]:
    """A type, and all those above it."""
    return frozenset({type}).union(*(above(other) for other in VOCABULARY["types"][type]))


def faults_in(node: Node) -> Iterator[str]:
    """Types that the vocabulary lacks, properties that none of the types of a node has, and values that a property cannot have."""
    types = [type.removeprefix("http://schema.org/") for type in node.get("@type", ())]
    known = frozenset().union(*(above(type) for type in types))
    for name, values in node.items():
        if name.startswith("@"):
            continue
        rule = VOCABULARY["properties"].get(name.removeprefix("http://schema.org/"))
        if not rule or not known & {*rule["of"]}:
            yield f"{types} has no {name}"
            continue
        for value in values:
            yield from (f"{name} of {types}: {value}" for _ in "x" if not fits(value, rule["is"]))
            yield from faults_in(value) if "@type" in value and "@value" not in value else ()


def fits(value: Node, wanted: list[str]) -> bool:
    match value:
        case {"@value": said, "@type": str(type)}:
            return type.removeprefix("http://schema.org/") in wanted and bool(re.fullmatch(r"\d{4}(-\d\d){0,2}", said))
        case {"@value": said}:
            return "Integer" in wanted if isinstance(said, int) else "Text" in wanted
        case {"@type": types}:
            return any(above(type.removeprefix("http://schema.org/")) & {*wanted} for type in types)
        case {"@id": str(address)}:
            return address.startswith("https://") and bool({"URL", "Thing", "DefinedTermSet"} & {*wanted})
    return "@list" in value


@pytest.mark.slow
def test_each_page_says_what_it_is_in_words_that_schema_org_has(real_site: Path) -> None:
    found, types = [], set()
    for file in pages_of(real_site):
        html = file.read_text("utf-8")
        nodes = data_of(html)
        block = re.search(r'<script type="application/ld\+json">.*?</script>', html)
        assert block
        assert len(block[0].encode()) <= MOST_BYTES, file
        document = {"@context": "https://schema.org/", "@graph": nodes}
        for node in jsonld.expand(document, {"documentLoader": offline}):
            found += [f"{file}: {fault}" for fault in faults_in(node)]
            types |= {type.rpartition("/")[2] for type in node["@type"]}
        addresses = [line["item"]["@id"] for node in nodes for line in node.get("itemListElement", ()) if "item" in line]
        for address in (nodes[0]["url"], nodes[0]["image"], *addresses, *(work["url"] for work in nodes[0].get("citation", ()))):
            path = real_site / address.removeprefix(SITE)
            assert path.is_file() or (path / "index.html").is_file(), address
    assert found == []
    assert types == {"WebSite", "WebPage", "CollectionPage", "SearchResultsPage", "Article", "DefinedTermSet", "BreadcrumbList"}


def test_an_entry_is_an_article_with_its_works_and_the_way_to_it(tmp_path: Path) -> None:
    page, way = data_of(block_of(small_published(tmp_path), "barriers/data-sharing/"))
    assert page == {
        "@type": "Article",
        "url": f"{SITE}barriers/data-sharing/",
        "name": "Data stays apart",
        "headline": "Data stays apart",
        "description": "Partners cannot see what the others know.",
        "image": f"{SITE}barriers/data-sharing.png",
        "inLanguage": "en",
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "author": {"@type": "Organization", "name": "A lab"},
        "isPartOf": {"@type": "WebSite", "@id": SITE},
        "citation": [{"@type": "CreativeWork", "name": "Joining Up to Improve Public Services", "url": f"{SITE}sources/nao/"}],
    }
    assert [(step["position"], step["name"], step.get("item", {}).get("@id")) for step in way["itemListElement"]] == [
        (1, "Small playbook", SITE),
        (2, "Barriers", f"{SITE}barriers/"),
        (3, "Data stays apart", None),
    ]


def test_a_question_a_term_a_work_and_tables_are_told_as_such(tmp_path: Path) -> None:
    published = small_published(tmp_path, HOME_PAGE)
    urls = ("questions/permission/", "terms/joining-up/", "terms/", "sources/nao/", "barriers/", "")
    question, term, terms, work, tables, home = (data_of(block_of(published, url))[0] for url in urls)
    assert question["about"] == {"@type": "Question", "name": "Has somebody with authority said that you may do this?"}
    assert (term["mainEntity"]["@type"], term["mainEntity"]["inDefinedTermSet"]) == ("DefinedTerm", terms["@id"])
    assert (terms["@type"], terms["@id"]) == (["CollectionPage", "DefinedTermSet"], f"{SITE}terms/")
    assert (work["mainEntity"]["@type"], work["mainEntity"]["name"]) == ("CreativeWork", "Joining Up to Improve Public Services")
    assert tables["mainEntity"]["distribution"] == [
        {"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": f"{SITE}barriers/barriers.csv"}
    ]
    assert (home["@type"], home["@id"], home["publisher"]["name"]) == ("WebSite", SITE, "A lab")


def test_a_withdrawn_entry_and_a_draft_say_so(tmp_path: Path) -> None:
    text = BASE[BARRIER] + "status: withdrawn\nreason: It says the same\n"
    assert told(tmp_path, "barriers/data-sharing/", {BARRIER: text})["creativeWorkStatus"] == "Withdrawn"


def test_a_hostile_title_stays_text_and_without_an_address_nothing_is_said(tmp_path: Path) -> None:
    files = changed(BARRIER, "title: Data stays apart", "title: '" + HOSTILE.replace("'", "''") + "'")
    published = small_published(tmp_path, files)
    block = block_of(published, "barriers/data-sharing/")
    assert block.count("<") == 2, "the tags of the block alone"
    assert data_of(block)[0]["name"] == HOSTILE.replace("\"'", "“’")
    assert block_of(Published(published.ledger), "barriers/data-sharing/") == ""


def test_however_many_works_are_cited_the_data_stays_small(tmp_path: Path) -> None:
    source = BASE["playbook_data/sources/nao.yml"]
    more = {f"playbook_data/sources/work-{number}.yml": source for number in range(30)}
    cited = "sources: [{source: nao, at: para 9}" + "".join(f", {{source: work-{number}, at: para 9}}" for number in range(30)) + "]"
    text = re.sub(r"(?m)^sources: .*$", cited, BASE[BARRIER])
    block = block_of(small_published(tmp_path, {**more, BARRIER: text}), "barriers/data-sharing/")
    assert MOST_BYTES - 200 < len(block.encode()) <= MOST_BYTES
    assert data_of(block)[0]["citation"][0]["url"] == f"{SITE}sources/nao/"


@pytest.mark.browser
@pytest.mark.slow
def test_a_browser_refuses_nothing_of_it_under_the_strict_policy(chromium: Browser, real_address: str) -> None:
    context = open_context(chromium)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{real_address}barriers/data-sharing/")
    read = page.evaluate("JSON.parse(document.querySelector('head script[type=\"application/ld+json\"]').textContent)['@graph'][0]['@type']")
    assert (read, said) == ("Article", [])
    context.close()


@pytest.mark.slow
def test_the_example_on_the_page_about_links_prints_what_a_page_says_of_itself(real_address: str) -> None:
    text = (PROJECT / "docs/about/linking.md").read_text("utf-8")
    code, printed = next(found for found in re.findall(r"```python\n([^`]*)```\n\n```text\n([^`]*)```", text) if "ld\\+json" in found[0])
    done = subprocess.run([sys.executable, "-c", code.replace(SITE, real_address)], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == printed
