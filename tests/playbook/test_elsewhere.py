"""Pages of other playbooks are linked by ids with a prefix, in texts, in relations and by macros, from the committed copy alone.

Above: files laid over the small playbook of tests/support/playbooks.py. Below: what readers, programs and the diff get.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from macros.files import memo
from macros.pages.answers import made_from_answers
from macros.pages.calls import InvalidCall
from macros.pages.macros import link
from macros.pages.renderer import Renderer
from macros.playbook.load import load_playbook
from macros.releases.past import read_past
from macros.releases.snapshot import snapshot_of
from tests.support.inventories import OTHERS, ROWS, inventory_of
from tests.support.playbooks import BASE, changed, run_playbook, write_playbook
from tests.support.repositories import commit, git

QUESTION = "playbook_data/questions/permission.yml"
INSIGHT = "playbook_data/insights/shared-space.yml"
LINKED = {
    **OTHERS,
    QUESTION: BASE[QUESTION].replace("try: [shared-space]", "try: [nz:trust]").replace("[data-sharing]", "[nz:silos, data-sharing]"),
    INSIGHT: BASE[INSIGHT].replace("Trust grows where", "See [[nz:silos]] or [[nz:trust|how trust grows]] and know that it grows where"),
}


@pytest.fixture
def linked(tmp_path: Path) -> Path:
    return write_playbook(tmp_path, LINKED)


def body(root: Path, id: str) -> str:
    playbook = load_playbook(root)
    entry = playbook.entries[id]
    return Renderer(playbook, f"{entry.kind.folder}/{id}/").entry_page(entry).replace("&#58;", ":").replace("&#38;", "&")


def test_a_text_links_to_another_playbook_and_says_so_to_programs(linked: Path) -> None:
    page = body(linked, "shared-space")
    assert '<a href="https://playbook.example.nz/barriers/silos/" rel="external">Agencies work in silos</a>' in page
    assert '<a href="https://playbook.example.nz/insights/trust/" rel="external">how trust grows</a>' in page


def test_a_relation_lists_it_under_its_heading_with_the_name_of_its_playbook(linked: Path) -> None:
    page = body(linked, "permission")
    section = page.partition('<h2 id="reveals">')[2].partition("</section>")[0]
    assert [part in section for part in ("Data stays apart", "Agencies work in silos")] == [True, True]
    outside = '<li class="outside"><a href="https://playbook.example.nz/barriers/silos/" rel="external">Agencies work in silos</a>'
    assert f"{outside}<p>In Aotearoa &#60;playbook&#62;</p></li>" in section
    assert '<a href="#try">What to try: 1</a>' in page
    assert "Trust grows where people meet</a>" in page.partition('<h2 id="try">')[2]


def test_it_counts_as_no_entry_of_this_playbook(linked: Path) -> None:
    playbook = load_playbook(linked)
    question = playbook.entries["permission"]
    assert question.try_ == ()
    assert dict(question.elsewhere) == {"reveals": ("nz:silos",), "try_": ("nz:trust",)}
    assert "try" in playbook.anchors_of(question)
    assert not any(":" in id for id in playbook.backlinks)
    assert run_playbook(linked, "check").stdout.count("warning[question-leads-nowhere]") == 1


def test_a_macro_links_to_it(linked: Path) -> None:
    view = Renderer(load_playbook(linked), "", "docs/index.md")
    assert link(view, "nz:trust", "trust") == '<a href="https&#58;//playbook.example.nz/insights/trust/" rel="external">trust</a>'
    with pytest.raises(InvalidCall, match=r"has no 'gone'\n"):
        link(view, "nz:gone")
    with pytest.raises(InvalidCall, match="no other playbook has the prefix 'nx'"):
        link(view, "nx:silos")


def test_a_call_that_names_nothing_there_is_told_with_its_line(linked: Path) -> None:
    write_playbook(
        linked,
        {
            **LINKED,
            "docs/index.md": '# Home\n\nSee {{ link("nz:gone") }}.\n',
            "mkdocs.yml": (Path(__file__).parents[2] / "mkdocs.yml").read_text("utf-8"),
        },
    )
    assert "docs/index.md:3:" in run_playbook(linked, "check").stdout


def test_what_an_inventory_says_is_text(tmp_path: Path) -> None:
    rows = ROWS.replace(b"Agencies work in silos", b"<script>alert(1)</script> {{ 7 * 7 }} [x](javascript:y)")
    write_playbook(tmp_path, {**LINKED, "playbook_data/inventories/nz.inv": inventory_of(rows)})
    for id in ("shared-space", "permission"):
        page = body(tmp_path, id)
        assert "<script" not in page
        assert "{{" not in page
        assert "](" not in page


def test_programs_get_both_sides(linked: Path) -> None:
    shown = json.loads(run_playbook(linked, "show", "permission", "--json").stdout)
    assert shown["fields"]["reveals"] == ["data-sharing", "nz:silos"]
    assert shown["names"][-1] == {"id": "nz:trust", "title": "Trust grows where people meet", "url": "https://playbook.example.nz/insights/trust/"}


def test_the_diff_says_what_is_linked_now(tmp_path: Path) -> None:
    write_playbook(tmp_path, OTHERS)
    git(tmp_path, "init", "--quiet")
    commit(tmp_path)
    write_playbook(tmp_path, LINKED)
    said = run_playbook(tmp_path, "diff", "HEAD").stdout
    assert "reveals: {+nz:silos+}" in said
    assert "try: [-Sit together (shared-space)-], {+nz:trust+}" in said


def test_links_elsewhere_are_no_change_of_a_page(linked: Path) -> None:
    """The page of the insight links to the barrier and to another playbook, and shows nothing of what changes in the barrier."""
    git(linked, "init", "--quiet")
    commit(linked)
    write_playbook(
        linked, {**LINKED, **changed("playbook_data/barriers/data-sharing.yml", "People tell their story again", "People repeat themselves")}
    )
    said = run_playbook(linked, "diff", "HEAD").stdout
    assert "shown on /barriers/data-sharing/" in said
    assert "/insights/shared-space/" not in said


def test_a_playbook_of_another_time_shows_the_words_without_a_link(linked: Path) -> None:
    files = {path: (linked / path).read_bytes() for path in (*BASE, *LINKED) if path.endswith(".yml") and "playbooks" not in path}
    past = read_past(files).playbook
    page = Renderer(past, "insights/shared-space/").entry_page(past.entries["shared-space"])
    assert "See nz&#58;silos or how trust grows" in page


def test_a_record_keeps_what_was_named(linked: Path) -> None:
    fields = snapshot_of(load_playbook(linked)).records["permission"].fields
    assert fields["try"] == ["nz:trust"]


def test_a_preview_makes_a_page_again_when_the_inventory_says_something_else(linked: Path) -> None:
    made = []

    @made_from_answers
    def make(view: Renderer) -> str:
        made.append(view)
        return view.entry_page(view.one("shared-space"))

    memo.keep("a preview")
    try:
        for rows in (ROWS, ROWS, ROWS.replace(b"Agencies", b"Ministries")):
            write_playbook(linked, {**LINKED, "playbook_data/inventories/nz.inv": inventory_of(rows)})
            last = make(Renderer(load_playbook(linked), "insights/shared-space/"))
    finally:
        memo.forget()
    assert len(made) == 2
    assert "Ministries work in silos" in last
