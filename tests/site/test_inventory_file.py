"""`objects.inv`, read by those who use it: Sphinx with intersphinx, MkDocs with mkdocstrings, the reader of sphobjinv, and another playbook.

Above: the real playbook. Below: where its names lead.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import sphobjinv
import yaml
from selectolax.lexbor import LexborHTMLParser

from macros.files.inventory import Inventory, read_inventory
from macros.site.exports.inventory import objects_inv
from tests.support.exports import SITE, small_published
from tests.support.playbooks import AUDIT, BASE, SECONDS
from tests.support.sites import PROJECT, QUIET, page

pytestmark = pytest.mark.slow

TEXT = (PROJECT / "docs/about/linking.md").read_text("utf-8")
SECTION = TEXT[TEXT.index("{ #by-name }") : TEXT.index("{ #embed }")]
PYTHON, RST, YAML, MARKDOWN = re.findall(r"```\w+\n(.*?)```", SECTION, re.DOTALL)
"""The examples of the page on links, as people copy them."""
IN_EXAMPLES = {
    "data sharing": "barriers/data-sharing/",
    "the evidence on it": "barriers/data-sharing/#evidence",
    "the approach": "approach/joined-up/",
    "what becomes of links": "about/linking/#moves",
}
MORE_RST = """
:ref:`a former id <lab:redress-for-citizens>`
:ref:`a passage <lab:nao#passage-para-9>`
:external+lab:ref:`data-sharing`
:external+lab:ref:`short-term-funding#figure-cost-per-bid`
:external+lab:ref:`nao#passage-para-9`
:external+lab:ref:`about/linking#moves`
:external+lab:doc:`health-check`
"""
MEASURED = "Cost of one council bid for central government money, as the Local Government Association estimates it"
BARRIER = "Partners cannot or will not share data"
IN_SPHINX = {
    **IN_EXAMPLES,
    "a former id": "questions/redress-for-users/",
    "a passage": "sources/nao/#passage-para-9",
    BARRIER: "barriers/data-sharing/",
    f"Funding and policy change too fast: {MEASURED}": "barriers/short-term-funding/#figure-cost-per-bid",
    "National Audit Office report, executive summary: Removing barriers between partners (para 9)": "sources/nao/#passage-para-9",
    "How to link: When something moves or goes": "about/linking/#moves",
    "Health check": "health-check/",
}
MORE_MARKDOWN = """
[a former id][redress-for-citizens]
[a passage][nao#passage-para-9]
[a figure][short-term-funding#figure-cost-per-bid]
"""
IN_MKDOCS = {
    **IN_EXAMPLES,
    "a former id": "questions/redress-for-users/",
    "a passage": "sources/nao/#passage-para-9",
    "a figure": "barriers/short-term-funding/#figure-cost-per-bid",
}


def run(folder: Path, *command: str) -> None:
    env = {**QUIET, "XDG_CACHE_HOME": str(folder / "cache"), "PYTHONPATH": ""}
    done = subprocess.run([sys.executable, "-m", *command], cwd=folder, env=env, capture_output=True, encoding="utf-8", timeout=SECONDS, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def links_in(file: Path, address: str) -> dict[str, str]:
    """From the words of each link to this playbook to its address."""
    links = LexborHTMLParser(file.read_text("utf-8")).css(f'a[href^="{address}"]')
    return {" ".join(link.text().split()): str(link.attributes["href"]).removeprefix(address) for link in links}


def test_sphinx_links_by_the_names_of_entries_parts_pages_headings_and_former_ids(real_address: str, tmp_path: Path) -> None:
    (tmp_path / "index.rst").write_text(f"Links\n=====\n\n{RST}{MORE_RST}", "utf-8")
    (tmp_path / "conf.py").write_text(f"{PYTHON.replace(SITE, real_address)}nitpicky = True\n", "utf-8")
    run(tmp_path, "sphinx", "-q", "-W", "-b", "html", ".", "out")
    assert links_in(tmp_path / "out/index.html", real_address) == IN_SPHINX


def test_mkdocs_links_by_the_same_names(real_address: str, tmp_path: Path) -> None:
    """The plugins autorefs and mkdocstrings read the inventory from the served site."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text(f"# Links\n\n{MARKDOWN}{MORE_MARKDOWN}", "utf-8")
    (tmp_path / "mkdocs.yml").write_text(f"site_name: Other\n{YAML.replace(SITE, real_address)}", "utf-8")
    run(tmp_path, "mkdocs", "build", "-q", "--strict")
    assert links_in(tmp_path / "site/index.html", real_address) == IN_MKDOCS


def test_what_they_link_to_is_there(real_site: Path) -> None:
    for place in {*IN_SPHINX.values(), *IN_MKDOCS.values()}:
        url, _, anchor = place.partition("#")
        assert not anchor or page(real_site, url).css_first(f'[id="{anchor}"]'), place


def test_every_name_leads_to_something_that_is_there(real_site: Path) -> None:
    found = sphobjinv.Inventory(str(real_site / "objects.inv"))
    assert (found.project, found.version != "", found.count > 3_000) == ("Approach playbook", True, True)
    anchors: dict[str, set[str]] = {}
    for row in found.objects:
        url, _, anchor = row.uri_expanded.partition("#")
        if url not in anchors:
            anchors[url] = {node.attributes["id"] for node in page(real_site, url).css("[id]")}
        assert not anchor or anchor in anchors[url], row


def test_each_entry_and_each_part_has_its_role(tmp_path: Path) -> None:
    """A barrier with a figure, and a source with a passage."""
    figure = {"name": "visits", "value": 3, "unit": "visits", "measures": "Visits *to* [[nao|each]] office", "source": "nao", "at": "para 9"}
    barrier, source = "playbook_data/barriers/data-sharing.yml", "playbook_data/sources/audit.yml"
    passages = [{"at": "para 9", "about": "Removing barriers", "unused": "Nothing"}]
    files = {barrier: BASE[barrier] + yaml.safe_dump({"figures": [figure]}), source: AUDIT + yaml.safe_dump({"passages": passages})}
    rows = sphobjinv.Inventory(objects_inv(small_published(tmp_path, files))).objects
    roles = {row.name: (row.role, row.dispname_expanded) for row in rows if row.domain == "playbook"}
    assert [roles[name] for name in ("data-sharing", "data-sharing#why", "data-sharing#figure-visits", "audit#passage-para-9", "audit#history")] == [
        ("barrier", "Data stays apart"),
        ("section", "Data stays apart: Why it gets in the way"),
        ("figure", "Data stays apart: Visits to each office"),
        ("passage", "An audit: Removing barriers (para 9)"),
        ("section", "An audit: History"),
    ]
    labels = {row.name: row.uri_expanded for row in rows if f"{row.domain}:{row.role}" == "std:label"}
    assert {name: labels[name] for name in roles} == {row.name: row.uri_expanded for row in rows if row.domain == "playbook"}


def test_headings_and_former_names_of_pages_are_in_it(tmp_path: Path) -> None:
    text = "---\nformerly: [about/contact/]\nformer_anchors:\n  - {anchor: mail, now: letters}\n---\n# Contact us\n\n## By *letter*, or `post` { #letters }\n\n## Visits\n"
    data = objects_inv(small_published(tmp_path, {"docs/contact.md": text, "docs/index.md": "# Home\n\n## News\n"}))
    rows = {(row.name, f"{row.domain}:{row.role}"): (row.uri_expanded, row.dispname_expanded) for row in sphobjinv.Inventory(data).objects}
    assert {name: row for name, row in rows.items() if name[0].startswith(("contact", "about/contact", "index"))} == {
        ("contact", "std:doc"): ("contact/", "Contact us"),
        ("about/contact", "std:doc"): ("contact/", "Contact us"),
        ("contact#letters", "std:label"): ("contact/#letters", "Contact us: By letter, or post"),
        ("about/contact#letters", "std:label"): ("contact/#letters", "Contact us: By letter, or post"),
        ("contact#visits", "std:label"): ("contact/#visits", "Contact us: Visits"),
        ("about/contact#visits", "std:label"): ("contact/#visits", "Contact us: Visits"),
        ("contact#mail", "std:label"): ("contact/#letters", "Contact us"),
        ("about/contact#mail", "std:label"): ("contact/#letters", "Contact us"),
        ("index", "std:doc"): ("./", "Home"),
        ("index#news", "std:label"): ("#news", "Home: News"),
    }


def test_another_playbook_is_told_the_name_of_today(real_site: Path) -> None:
    found = read_inventory((real_site / "objects.inv").read_bytes())
    assert isinstance(found, Inventory)
    assert found.name_now(found.find("redress-for-citizens")) == "redress-for-users"
    assert found.name_now(found.find("redress-for-users")) is None
    assert found.find("data-sharing").title == "Partners cannot or will not share data"
