"""The anchors that an entry is said to have are those of its page: no release may promise another."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.playbook import urls
from macros.playbook.anchors import anchors_of
from macros.playbook.load import load_playbook
from macros.schema.sections import section_anchors
from tests.support.exports import real_playbook
from tests.support.playbooks import BASE, write_playbook
from tests.support.sites import page

pytestmark = pytest.mark.slow


def test_every_page_of_the_real_site_has_the_anchors_of_its_entry_and_no_other(real_site: Path) -> None:
    told, found = {}, {}
    for entry in real_playbook().entries.values():
        ids = (node.attributes["id"] for node in page(real_site, urls.entry_url(entry)).css("article [id]:not(.once)"))
        found[entry.id] = {id for id in ids if id in section_anchors() or id.startswith(("figure-", "passage-"))}
        told[entry.id] = set(anchors_of(entry, real_playbook().backlinks))
    assert told == found
    assert len(told) > 100


def test_anchors_stand_in_the_order_of_the_vocabulary_then_figures(tmp_path: Path) -> None:
    figure = "figures: [{name: staff, value: 61, unit: '%', measures: Staff held back, source: nao, at: para 2}]\n"
    barrier = "playbook_data/barriers/data-sharing.yml"
    playbook = load_playbook(write_playbook(tmp_path, {barrier: BASE[barrier] + figure}))
    assert anchors_of(playbook.entries["data-sharing"], playbook.backlinks) == (
        "why", "signs", "evidence", "figures", "sources", "eases", "reveals", "cases", "open-questions", "history", "figure-staff",
    )  # fmt: skip


def test_a_source_that_lists_its_parts_has_no_second_list_of_who_cites_it(tmp_path: Path) -> None:
    source = "playbook_data/sources/nao.yml"
    places = "".join(f"  - {{at: para {number}, about: A part}}\n" for number in range(9, 16))
    for text, anchors in (
        (BASE[source], ("why", "evidence", "cited", "history")),
        (f"{BASE[source]}passages:\n{places}", ("why", "evidence", "coverage", "history", *(f"passage-para-{number}" for number in range(9, 16)))),
    ):
        playbook = load_playbook(write_playbook(tmp_path, {source: text}))
        assert anchors_of(playbook.entries["nao"], playbook.backlinks) == anchors
