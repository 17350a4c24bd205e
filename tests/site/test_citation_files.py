"""`citations.json` and `citations.bib`, read by those who use them: citeproc for a style of Harvard, and pybtex, which reads BibTeX and formats it.

Above: the real playbook, and the small one with titles that LaTeX would take for its own. Below: what each list of references says.
"""

from __future__ import annotations

import codecs
import json
import re
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import latexcodec  # noqa: F401 - it knows how to decode LaTeX
import pytest
import yaml
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from pybtex import PybtexEngine
from pybtex.database import BibliographyData, Entry, parse_string

from macros.schema.kinds import KINDS
from macros.site.exports.files import all_files
from tests.support.exports import SITE, real_published, small_published
from tests.support.playbooks import BASE, Files
from tests.support.sites import PROJECT, page

BARRIER = "playbook_data/barriers/data-sharing.yml"
NAO = "playbook_data/sources/nao.yml"
HOSTILE = "50% of “teams” & co_: #1 costs $5, “é” ß ł -- ``x'' \\input \" ?`"
"""Signs that mean something in BibTeX or LaTeX, or that LaTeX would join."""


def files_of(site: Path) -> tuple[str, str]:
    return (site / "citations.json").read_text("utf-8"), (site / "citations.bib").read_text("utf-8")


def read_lists(csl: str, bib: str) -> tuple[dict[str, dict[str, Any]], BibliographyData]:
    """The items of both lists, by their keys; no key is there twice."""
    items, bibtex = json.loads(csl), parse_string(bib, "bibtex")
    by_key = {item["id"]: item for item in items}
    assert len(by_key) == len(items) == len(bibtex.entries)
    return by_key, bibtex


def small_lists(folder: Path, files: Files) -> tuple[dict[str, dict[str, Any]], BibliographyData]:
    made = all_files(small_published(folder, files))
    return read_lists(made["citations.json"].decode(), made["citations.bib"].decode())


def read(latex: str) -> str:
    """LaTeX as text, by the decoder of pybtex, which leaves braces, and the backslash before one sign."""
    return re.sub(r"[{}]", "", codecs.decode(latex, "ulatex")).replace(r"\$", "$")


def said(entry: Entry) -> dict[str, Any]:
    """What both forms say of an item, as BibTeX has it."""
    fields = {name: read(text) for name, text in entry.fields.items()}
    authors = [read(str(person)) for person in entry.persons.get("author", ())]
    year = fields.get("year")
    publisher = fields.get("institution") or fields.get("howpublished")
    return {"title": fields["title"], "authors": authors, "year": year and int(year), "publisher": publisher, "number": fields.get("number")}


def said_in_csl(item: Mapping[str, Any]) -> dict[str, Any]:
    """The same, as CSL has it."""
    return {
        "title": item["title"],
        "authors": [name["literal"] for name in item.get("author", ())],
        "year": item["issued"]["date-parts"][0][0] if "issued" in item else None,
        "publisher": item.get("publisher") or item.get("container-title"),
        "number": item.get("number"),
    }


def test_every_entry_and_every_work_is_in_both_lists_and_both_say_the_same(real_site: Path) -> None:
    playbook = real_published().playbook
    csl, bibtex = read_lists(*files_of(real_site))
    pages = {f"{entry.kind.folder}-{entry.id}": entry.full_title for entry in playbook.entries.values()}
    works = {f"work:{source.id}": source.work for source in playbook.of_kind("sources")}
    assert {key: item["title"] for key, item in csl.items()} == {"playbook": "Approach playbook", **pages, **works}
    assert {key: said(entry) for key, entry in bibtex.entries.items()} == {key: said_in_csl(item) for key, item in csl.items()}


def test_a_work_says_who_wrote_and_published_it_when_under_which_number_and_where(tmp_path: Path) -> None:
    work = {"authors": ["Comptroller and Auditor General", "Ana Brown"], "reference": "HC 383", "url": "https://example.org/a_b%20{c}?d=1#e"}
    csl, bibtex = small_lists(tmp_path, {NAO: BASE[NAO] + yaml.safe_dump(work)})
    assert csl["work:nao"] == {
        "id": "work:nao",
        "type": "report",
        "title": "Joining Up to Improve Public Services",
        "author": [{"literal": "Comptroller and Auditor General"}, {"literal": "Ana Brown"}],
        "publisher": "National Audit Office",
        "number": "HC 383",
        "URL": "https://example.org/a_b%20{c}?d=1#e",
        "issued": {"date-parts": [[2001, 12, 7]]},
    }
    entry = bibtex.entries["work:nao"]
    assert (entry.type, entry.fields["month"], entry.fields["url"]) == ("techreport", "December", "https://example.org/a_b%20%7Bc%7D?d=1#e")
    assert said(entry) == said_in_csl(csl["work:nao"])


def test_signs_of_latex_are_text_in_titles_and_names(tmp_path: Path) -> None:
    title = {BARRIER: BASE[BARRIER].replace("title: Data stays apart", f"title: {json.dumps(HOSTILE)}")}
    names = {NAO: BASE[NAO] + yaml.safe_dump({"authors": [HOSTILE, "B and C, D"]})}
    csl, bibtex = small_lists(tmp_path, {**title, **names})
    assert csl["barriers-data-sharing"]["title"] == said(bibtex.entries["barriers-data-sharing"])["title"] == HOSTILE
    assert said(bibtex.entries["work:nao"])["authors"] == [HOSTILE, "B and C, D"]


def test_a_withdrawn_entry_stays_and_says_so_under_its_former_keys_too_and_a_draft_is_left_out(tmp_path: Path) -> None:
    more = "status: withdrawn\nreason: Nobody meets it.\nformerly: [silos]\n"
    files = {
        BARRIER: BASE[BARRIER] + more,
        NAO: BASE[NAO] + "formerly: [auditors]\n",
        "playbook_data/terms/mandate.yml": "status: draft\n" + BASE["playbook_data/terms/joining-up.yml"],
    }
    csl, bibtex = small_lists(tmp_path, files)
    withdrawn = csl["barriers-data-sharing"], bibtex.entries["barriers-data-sharing"].fields
    assert [item[field] for item, field in zip(withdrawn, ("status", "pubstate"), strict=True)] == ["withdrawn", "withdrawn"]
    former = {key: csl[key]["custom"]["other-ids"] for key in ("barriers-data-sharing", "sources-nao", "work:nao")}
    assert former == {"barriers-data-sharing": ["barriers-silos"], "sources-nao": ["sources-auditors"], "work:nao": ["work:auditors"]}
    assert {key: [bibtex.entries[key].fields["ids"]] for key in former} == former
    assert ("terms-joining-up" in csl, "terms-mandate" in csl) == (True, False)


def test_no_kind_makes_the_key_of_another() -> None:
    assert [(one, other) for one in KINDS for other in KINDS if other.startswith(f"{one}-")] == []


def test_the_list_cites_an_entry_as_its_page_does(real_site: Path) -> None:
    """The pages of the built site, and the lists beside them."""
    in_csl, bibtex = files_of(real_site)
    csl = {item["id"]: item for item in json.loads(in_csl)}
    for url, key in (("", "playbook"), ("barriers/data-sharing", "barriers-data-sharing"), ("sources/nao", "sources-nao")):
        shown = {node.attributes["data-copy"]: node.text() for node in page(real_site, url).css(".cite--page [data-copy]")}
        assert json.loads(shown["CSL-JSON"]) == [csl[key]]
        assert f"\n{shown['BibTeX']}\n" in f"\n{bibtex}"


@pytest.mark.parametrize("step", [8, pytest.param(1, marks=pytest.mark.proof)])
def test_citeproc_renders_items_as_harvard_has_them(real_site: Path, step: int) -> None:
    """Every eighth item and two that are known; `make proof` has each rendered."""
    everything = json.loads(files_of(real_site)[0])
    items = [item for number, item in enumerate(everything) if number % step == 0 or item["id"] in ("barriers-data-sharing", "work:nao")]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.filterwarnings("ignore", "The following arguments for Reference are unsupported: custom")
        source = CiteProcJSON(items)
        references = CitationStylesBibliography(CitationStylesStyle("harvard-cite-them-right", validate=False), source, formatter.plain)
        for key in source:
            references.register(Citation([CitationItem(key)]))
        rendered = dict(zip(references.keys, map(str, references.bibliography()), strict=True))
    titles = {item["id"]: item["title"] for item in items}
    assert [key for key, title in titles.items() if title.partition(" ")[0] not in rendered[key]] == []
    address = f"{SITE}{real_published().release.version.rpartition('.')[0]}/barriers/data-sharing/"
    title = titles["barriers-data-sharing"]
    assert rendered["barriers-data-sharing"] == f"Service Innovation Lab (2026) {title}, Approach playbook. Available at: {address}."
    assert rendered["work:nao"] == (
        "Comptroller and Auditor General (2001) Joining Up to Improve Public Services. HC 383 Session 2001-2002. National Audit Office."
    )


def test_pybtex_formats_the_example_of_the_page_on_links(real_site: Path) -> None:
    """The list in the style `plain`, which LaTeX has, for a text that cites what the example does."""
    text = (PROJECT / "docs/about/linking.md").read_text("utf-8")
    example = text[text.index("{ #references }") :].split("```")[1]
    formatted = PybtexEngine().format_from_string(
        files_of(real_site)[1],
        "plain",
        citations=re.findall(r"\\cite(?:\[[^]]*\])?\{([^}]*)\}", example),
        output_backend="plaintext",
    )
    assert "[1] Comptroller and Auditor General. Joining Up to Improve Public Services. Technical Report HC 383" in formatted
    assert "[2] Service Innovation Lab. Partners cannot or will not share data. Approach playbook, November 2026." in formatted


def test_the_pages_on_sources_and_on_links_offer_both_files(real_site: Path) -> None:
    for url in ("sources", "about/sources", "about/linking"):
        links = [str(link.attributes["href"]) for link in page(real_site, url).css('article a[href*="/citations."], main a[href*="/citations."]')]
        assert {(real_site / url / href).resolve() for href in links} == {real_site / "citations.bib", real_site / "citations.json"}, url
