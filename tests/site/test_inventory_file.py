"""`objects.inv`, read by those who use it: Sphinx with intersphinx, the reader of sphobjinv, and another playbook.

Above: the real playbook. Below: where its names lead.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import sphobjinv

from macros.files.inventory import Inventory, read_inventory
from tests.support.playbooks import SECONDS
from tests.support.sites import page

pytestmark = pytest.mark.slow

ADDRESS = "https://playbook.example.org/"
PAGE = """
Links
=====

- :ref:`an entry <lab:data-sharing>`
- :ref:`a part <lab:data-sharing#evidence>`
- :ref:`a former id <lab:redress-for-citizens>`
- :ref:`a passage <lab:nao#passage-para-9>`
- :doc:`a page <lab:approach/joined-up>`
- :external+lab:ref:`data-sharing`
"""
WANTED = {
    "an entry": "barriers/data-sharing/",
    "a part": "barriers/data-sharing/#evidence",
    "a former id": "questions/redress-for-users/",
    "a passage": "sources/nao/#passage-para-9",
    "a page": "approach/joined-up/",
    "Partners cannot or will not share data": "barriers/data-sharing/",
}


def test_sphinx_links_by_the_names_of_entries_parts_pages_and_former_ids(real_site: Path, tmp_path: Path) -> None:
    (tmp_path / "index.rst").write_text(PAGE, "utf-8")
    inventory = str(real_site / "objects.inv")
    (tmp_path / "conf.py").write_text(
        f"extensions = ['sphinx.ext.intersphinx']\nintersphinx_mapping = {{'lab': ({ADDRESS!r}, {inventory!r})}}\nnitpicky = True\n", "utf-8"
    )
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", ".", "out"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=SECONDS, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    html = (tmp_path / "out/index.html").read_text("utf-8")
    links = re.findall(r'<a class="reference external" href="([^"]*)"[^>]*>(?:<[^>]*>)*([^<]*)', html)
    assert {words: href.removeprefix(ADDRESS) for href, words in links} == WANTED


def test_every_name_leads_to_something_that_is_there(real_site: Path) -> None:
    found = sphobjinv.Inventory(str(real_site / "objects.inv"))
    assert (found.project, found.version != "", found.count > 3_000) == ("Approach playbook", True, True)
    anchors: dict[str, set[str]] = {}
    for row in found.objects:
        url, _, anchor = row.uri_expanded.partition("#")
        if url not in anchors:
            anchors[url] = {node.attributes["id"] for node in page(real_site, url).css("[id]")}
        assert not anchor or anchor in anchors[url], row


def test_another_playbook_is_told_the_name_of_today(real_site: Path) -> None:
    found = read_inventory((real_site / "objects.inv").read_bytes())
    assert isinstance(found, Inventory)
    assert found.name_now(found.find("redress-for-citizens")) == "redress-for-users"
    assert found.name_now(found.find("redress-for-users")) is None
    assert found.find("data-sharing").title == "Partners cannot or will not share data"
