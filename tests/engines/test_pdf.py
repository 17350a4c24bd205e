"""PDF files of a site: tagged, with bookmarks, with every entry in them, and the same each time."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import Destination

from macros.engines import mike
from macros.engines.pdf import for_paper, with_links, without_moment
from macros.engines.sheets import print_numbered
from macros.playbook.load import load_playbook
from tests.support.sites import PROJECT, built, page, words

pytestmark = [pytest.mark.browser, pytest.mark.slow]
HEALTH_CHECK = {"docs/health-check.md": '# Health check\n\n{{ health_check("shared-aims") }}\n\nSee [the aims](pillars/shared-aims.md).\n'}


def make_pdf(site: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "macros.engines.pdf", str(site)]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = built(tmp_path_factory.mktemp("pdf"), HEALTH_CHECK)
    shutil.copytree(site, site.with_name("before"))
    done = make_pdf(site)
    assert done.returncode == 0, done.stderr
    return site


def rows_of(outline: list) -> Iterator[Destination]:
    for row in outline:
        if isinstance(row, Destination):
            yield row
        else:
            yield from rows_of(row)


def test_the_whole_playbook_is_tagged_and_has_each_entry_as_a_bookmark(site: Path) -> None:
    pdf = PdfReader(site / "downloads" / "playbook.pdf")
    assert pdf.root_object["/MarkInfo"]["/Marked"]
    assert pdf.root_object["/Lang"] == "en"
    assert "/StructTreeRoot" in pdf.root_object
    entries = [entry for model in load_playbook(site.parent).kinds for entry in load_playbook(site.parent).of_kind(model.kind.folder)]
    assert {entry.title for entry in entries} <= {row.title for row in rows_of(pdf.outline)}


def test_the_contents_name_the_sheet_on_which_each_entry_begins(site: Path) -> None:
    pdf = PdfReader(site / "downloads" / "playbook.pdf")
    begins = {row.title: pdf.get_destination_page_number(row) + 1 for row in rows_of(pdf.outline)}
    contents = "".join(pdf.pages[0].extract_text().split())
    entries = [entry for model in load_playbook(site.parent).kinds for entry in load_playbook(site.parent).of_kind(model.kind.folder)]
    assert [entry.title for entry in entries if f"{entry.title.replace(' ', '')}{begins[entry.title]}" not in contents] == []
    assert len(set(begins.values())) > 5


def test_numbers_that_do_not_hold_are_left_out() -> None:
    html = '<nav class="whole-contents"><a href="#a">A</a></nav>'
    moving = (b"7 0 obj\n<</Type /Pages\n/Count 2\n/Kids [1 0 R 2 0 R]>>\n/a [%d 0 R /XYZ 0 0 0]" % each for each in (1, 2, 1))
    assert print_numbered(html, lambda page: next(moving, page.encode())) == html.encode()
    assert print_numbered(html, str.encode) == html.encode()


def test_links_lead_about_in_the_file_or_to_the_published_site(site: Path) -> None:
    sheets = [sheet for name in ("playbook", "health-check") for sheet in PdfReader(site / "downloads" / f"{name}.pdf").pages]
    links = [link.get_object() for sheet in sheets for link in sheet.get("/Annots", ())]
    outside = {link["/A"]["/URI"] for link in links if "/A" in link and "/URI" in link["/A"]}
    assert any("/Dest" in link or "/URI" not in link.get("/A", {}) for link in links)
    assert {address.split(":")[0] for address in outside} <= {"https", "mailto"}
    assert "https://playbook.example.org/pillars/shared-aims/" in outside


def test_the_page_leads_to_the_files_that_there_are_and_else_to_none(site: Path) -> None:
    rows = [(link.attributes["href"], words(link)) for link in page(site, "print").css(".downloads a")]
    assert [href for href, _ in rows] == ["../downloads/playbook.pdf", "../downloads/health-check.pdf"]
    assert re.fullmatch(r"The whole playbook \(PDF, \d+ kB\)", rows[0][1])
    assert re.fullmatch(r"Health check \(PDF, \d+ kB\)", rows[1][1])
    assert page(site.with_name("before"), "print").css(".downloads a") == []


def test_the_form_has_each_question_and_its_answers(site: Path) -> None:
    text = "".join(sheet.extract_text() for sheet in PdfReader(site / "downloads" / "health-check.pdf").pages)
    assert all(answer in text for answer in ("Yes", "Partly", "No", "Not sure"))


def test_a_second_run_gives_the_same_bytes(site: Path, tmp_path: Path) -> None:
    again = shutil.copytree(site, tmp_path / "again")
    assert make_pdf(again).returncode == 0
    for name in ("downloads/playbook.pdf", "downloads/health-check.pdf", "print/index.html"):
        assert (again / name).read_bytes() == (site / name).read_bytes()


def test_a_machine_without_chromium_is_told_what_to_do(site: Path) -> None:
    command = [sys.executable, "-m", "macros.engines.pdf", str(site)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, encoding="utf-8", check=False, env={"PATH": "/nowhere"})
    assert done.returncode == 1
    assert done.stderr == (
        "PDF files are printed with Chromium, and there is none\n"
        "help: install it (Debian, Ubuntu: sudo apt-get install chromium), or name one that you have: CHROMIUM=/path/to/chrome make pdf\n"
    )


def test_a_site_that_takes_no_files_stays_as_it_was(site: Path, tmp_path: Path) -> None:
    full = shutil.copytree(site.with_name("before"), tmp_path / "full")
    (full / "downloads").write_text("in the way", "utf-8")
    done = make_pdf(full)
    assert done.returncode == 1
    assert done.stderr.startswith(f"cannot write the files into {full}: ")
    assert "Traceback" not in done.stderr
    assert (full / "print" / "index.html").read_bytes() == (site.with_name("before") / "print" / "index.html").read_bytes()


def test_a_copy_for_paper_has_no_script_and_no_link_that_holds_here_alone() -> None:
    html = '<link rel="canonical" href="https://example.org/print/"><script src="a.js"></script><a href="../b/">b</a><a href="#c">c</a>'
    assert re.findall(r'<a href="([^"]*)"', for_paper(html)) == ["https://example.org/b/", "#c"]
    assert "<script" not in for_paper(html)
    assert '<a>b</a><a href="#c">' in for_paper(html.partition("<script")[2])


def test_what_differs_from_run_to_run_is_taken_out_without_moving_a_byte() -> None:
    one = b"/Creator (Mozilla/5.0 \\(X11\\))\n/CreationDate (D:20261128000127+00'00')\n(node00000012) (node00000007) (node00000012)"
    assert without_moment(one).split() == [b"(node00000001)", b"(node00000000)", b"(node00000001)"]
    assert len(without_moment(one)) == len(one)


def test_links_take_the_place_of_those_of_an_earlier_run(site: Path) -> None:
    html = "<p><!--playbook:downloads--></p>"
    once = with_links(html, {"playbook.pdf": 1_234_567}, site)
    assert "The whole playbook (PDF, 1.2 MB)" in once
    assert with_links(once, {"playbook.pdf": 1_234_567}, site) == once


def test_a_release_is_published_without_files_that_cannot_be_printed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    failed = subprocess.CompletedProcess([], 1, "", "PDF files are printed with Chromium, and there is none\nhelp: install it\n")
    monkeypatch.setattr(mike, "_run_in", lambda *_: failed)
    mike.add_pdf_files(Path("site"), "1.2.0")
    assert capsys.readouterr().err == "release 1.2.0 is published without PDF files: PDF files are printed with Chromium, and there is none\n"
