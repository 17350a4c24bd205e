"""The data for other tools: the same bytes beside the page and from the command line, whole, and harmless in a spreadsheet.

Above: figures in the small playbook. Below: what a reader of CSV and of JSON gets.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from macros.playbook.load import load_playbook
from macros.playbook.urls import EXPORT_FILES, KIND_FEEDS
from macros.site.exports.files import all_files, export_files
from macros.site.exports.published import Published
from macros.site.ledger.ledger import read_ledger
from tests.support.playbooks import BASE, Files, changed, run_playbook, write_playbook
from tests.support.sites import built

COLUMNS = [
    "entry", "kind", "title", "url", "name", "measures", "bound", "value", "unit", "when", "before_value", "before_when", "contested", "source", "at",
]  # fmt: skip
"""A promise to those who read the files: columns may be added at the end, none may go or move."""
BARRIER = "playbook_data/barriers/data-sharing.yml"
CASE = "playbook_data/cases/one-front-door.yml"
INSIGHT = "playbook_data/insights/shared-space.yml"


def with_figures(path: str, *figures: dict) -> dict[str, str]:
    """The base entry at `path` with these figures; what a figure does not say is filled in."""
    filled = [{"name": f"figure-{n}", "value": 1, "unit": "%", "measures": "M", "source": "nao", "at": "para 1"} | f for n, f in enumerate(figures)]
    return {path: BASE[path] + yaml.safe_dump({"figures": filled}, allow_unicode=True, sort_keys=False)}


FULL = {
    "name": "visits",
    "value": 1850,
    "unit": "visits",
    "measures": "Visits *to* [[data-sharing|each]] “office”,\nper day; see [[nao]]",
    "bound": "about",
    "when": "May 2001",
    "before": {"value": 1200.5, "when": "1998"},
    "contested": "A council doubts it & says **so**",
    "source": "nao",
    "at": "para 9, note 2",
}
FIGURES = {
    **with_figures(BARRIER, {"value": 30000, "unit": "£"}, {"value": -0.5}),
    **with_figures(CASE, FULL, {"value": 10**15}),
    **with_figures(INSIGHT, {"value": 0, "before": {"value": 2}}),
}
MINIMAL = ["", "30000", "£", "", "", "", "", "nao", "para 1"]


def exported(folder: Path, files: Files) -> tuple[list[dict[str, str]], dict]:
    """The rows of the CSV and the document of the JSON."""
    made = exports_of(write_playbook(folder, files))
    return rows_of(made["figures/figures.csv"]), json.loads(made["figures/figures.json"])


def exports_of(folder: Path) -> Mapping[str, bytes]:
    return export_files(Published(read_ledger(folder, load_playbook(folder))))


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_exports_stand_at_the_promised_paths(playbook: Path) -> None:
    assert list(exports_of(playbook)) == [
        "figures/figures.csv",
        "figures/figures.json",
        "evidence/evidence.csv",
        "evidence/evidence.json",
        "links.json",
        "verify_links.py",
        "playbook.json",
        "playbook.schema.json",
        "llms.txt",
        "llms-full.txt",
        "objects.inv",
        "citations.json",
        "citations.bib",
        "playbook.png",
        "changes.json",
        "changes.schema.json",
        "questions/questions.csv",
        "barriers/barriers.csv",
    ]


def test_the_csv_begins_with_the_mark_of_utf_8_and_a_header_and_ends_lines_as_spreadsheets_do(tmp_path: Path) -> None:
    data = exports_of(write_playbook(tmp_path, FIGURES))["figures/figures.csv"]
    assert data.startswith(b"\xef\xbb\xbf" + ",".join(COLUMNS).encode() + b"\r\n")
    assert data.count(b"\n") == data.count(b"\r\n") == 6
    assert data.endswith(b"\r\n")


def test_the_csv_has_a_row_for_each_figure_those_of_cases_first(tmp_path: Path) -> None:
    rows, _ = exported(tmp_path, FIGURES)
    assert [(row["entry"], row["name"], row["value"]) for row in rows] == [
        ("one-front-door", "visits", "1850"),
        ("one-front-door", "figure-1", "1000000000000000"),
        ("data-sharing", "figure-0", "30000"),
        ("data-sharing", "figure-1", "-0.5"),
        ("shared-space", "figure-0", "0"),
    ]


def test_a_row_says_all_of_a_figure_in_words_and_bare_numbers(tmp_path: Path) -> None:
    rows, _ = exported(tmp_path, FIGURES)
    assert list(rows[0].values()) == [
        "one-front-door", "cases", "One front door", "cases/one-front-door/", "visits",
        "Visits to each “office”, per day; see Joining Up to Improve Public Services",
        "about", "1850", "visits", "May 2001", "1200.5", "1998", "A council doubts it & says so", "nao", "para 9, note 2",
    ]  # fmt: skip
    assert list(rows[2].values())[6:] == MINIMAL


def test_the_json_has_a_version_a_licence_and_the_same_figures(tmp_path: Path) -> None:
    rows, document = exported(tmp_path, FIGURES)
    assert list(document) == ["schema_version", "playbook", "licence", "figures"]
    assert (document["schema_version"], document["playbook"]) == (1, "Small playbook")
    assert document["licence"] == "https://creativecommons.org/licenses/by/4.0/"
    assert [list(figure) for figure in document["figures"]] == [COLUMNS] * 5
    assert [["" if value is None else str(value) for value in figure.values()] for figure in document["figures"]] == [
        list(row.values()) for row in rows
    ]


def test_the_json_has_numbers_as_numbers_and_null_for_what_is_not_known(tmp_path: Path) -> None:
    _, document = exported(tmp_path, FIGURES)
    first, *_, last = document["figures"]
    assert (first["value"], first["before_value"]) == (1850, 1200.5)
    assert (last["value"], last["before_value"], last["before_when"], last["contested"], last["bound"], last["when"]) == (
        0,
        2,
        None,
        None,
        None,
        None,
    )


def test_without_figures_there_is_a_header_and_an_empty_list(playbook: Path) -> None:
    made = exports_of(playbook)
    assert made["figures/figures.csv"] == b"\xef\xbb\xbf" + ",".join(COLUMNS).encode() + b"\r\n"
    assert json.loads(made["figures/figures.json"])["figures"] == []


def test_each_piece_of_evidence_has_a_row_with_what_it_rests_on_and_the_case_it_comes_from(tmp_path: Path) -> None:
    claim = "{source: nao, at: para 9, case: one-front-door, basis: found, claim: 'See *this* in [[nao]].'}"
    files = {BARRIER: f"{BASE[BARRIER].split('evidence:')[0]}evidence: [{claim}]\nsources: [{{source: nao, at: para 9}}]\n"}
    made = exports_of(write_playbook(tmp_path, files))
    rows = rows_of(made["evidence/evidence.csv"])
    assert list(rows[0].values()) == [
        "data-sharing", "barriers", "Data stays apart", "barriers/data-sharing/",
        "See this in Joining Up to Improve Public Services.", "found", "nao", "para 9", "one-front-door",
    ]  # fmt: skip
    assert [row["entry"] for row in rows] == ["data-sharing", "shared-space"]
    document = json.loads(made["evidence/evidence.json"])
    assert [{name: value or "" for name, value in row.items()} for row in document["evidence"]] == rows
    assert document["evidence"][1]["basis"] is None


def test_drafts_and_withdrawn_entries_are_not_exported(tmp_path: Path) -> None:
    draft = {path: f"{text}status: draft\n" if path == CASE else text for path, text in FIGURES.items()}
    withdrawn = {path: f"{text}status: withdrawn\nreason: R\n" if path == BARRIER else text for path, text in draft.items()}
    rows, document = exported(tmp_path, withdrawn)
    assert [row["entry"] for row in rows] == [figure["entry"] for figure in document["figures"]] == ["shared-space"]


@pytest.mark.parametrize(
    "formula", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("https://example.org")', "=cmd|' /C calc'!A0", "＝1+1", "＠SUM(A1)", "\u200d=1+1"]
)
def test_text_that_a_spreadsheet_would_run_is_made_text(tmp_path: Path, formula: str) -> None:
    files = with_figures(CASE, {"unit": formula, "when": formula, "at": formula, "before": {"value": -3, "when": formula}, "value": -2})
    files[CASE] = files[CASE].replace("title: One front door", f"title: {json.dumps(formula)}")
    (row,), document = exported(tmp_path, files)
    for column in ("title", "unit", "when", "before_when", "at"):
        assert row[column] == f"'{formula}"
        assert document["figures"][0][column] == formula
    assert (row["value"], row["before_value"]) == ("-2", "-3")


def test_no_cell_of_words_begins_as_a_formula_whatever_the_markup(tmp_path: Path) -> None:
    (row,), _ = exported(tmp_path, with_figures(CASE, {"measures": "*=1+1*", "contested": "[[nao|@SUM(A1)]]"}))
    assert (row["measures"], row["contested"]) == ("'=1+1", "'@SUM(A1)")


def test_commas_quotes_and_line_breaks_stay_in_their_cell(tmp_path: Path) -> None:
    text = 'A "big", <b>bold</b> & {{ 7*7 }}; number'
    as_markdown = text.replace("<b>bold</b>", "`<b>bold</b>`")
    (row,), document = exported(tmp_path, with_figures(CASE, {"measures": as_markdown, "unit": text}))
    assert (row["measures"], row["unit"]) == (text, text)
    assert (document["figures"][0]["measures"], document["figures"][0]["unit"]) == (text, text)


def test_the_command_writes_the_same_bytes_as_the_build_puts_beside_the_page(tmp_path: Path) -> None:
    site = built(tmp_path, {**FIGURES, "docs/figures.md": "# Figures\n\n[CSV](figures/figures.csv)\n\n{{ figure_table() }}\n"})
    assert run_playbook(tmp_path, "export", "out").returncode == 0
    written = {path.relative_to(tmp_path / "out").as_posix(): path.read_bytes() for path in (tmp_path / "out").rglob("*.*")}
    published = Published(read_ledger(tmp_path, load_playbook(tmp_path)))
    assert written == {path: (site / path).read_bytes() for path in (*all_files(published), "addresses.json")}
    assert {*EXPORT_FILES} - {*KIND_FEEDS} | {"barriers/data-sharing.json", "barriers/data-sharing.md"} < written.keys()
    assert written["playbook.json"].endswith(b"\n]}\n")
    assert (site / "figures" / "index.html").is_file()
    assert b"visits" in written["figures/figures.csv"]


def test_no_tag_stands_in_the_list_of_addresses_whoever_takes_it_for_a_page(tmp_path: Path) -> None:
    write_playbook(tmp_path, changed("playbook_data/terms/joining-up.yml", "title: Joining up", "title: <script>alert(1)</script>"))
    assert run_playbook(tmp_path, "export", "out").returncode == 0
    said = (tmp_path / "out" / "addresses.json").read_text("utf-8")
    assert "<" not in said
    assert json.loads(said)["entries"]["joining-up"]["title"] == "<script>alert(1)</script>"


def test_questions_and_barriers_are_tables_with_a_row_for_each_and_lists_inside_their_cells(tmp_path: Path) -> None:
    files = {
        "playbook_data/questions/permission.yml": BASE["playbook_data/questions/permission.yml"]
        .replace("good: [You can name the person]", "good: ['You can *name* the person', 'See [[nao]]']\ncheck: quick\norder: 3")
        .replace("title: Do you have permission?", "title: =1+1"),
        "playbook_data/barriers/draft.yml": BASE[BARRIER] + "status: draft\n",
    }
    made = exports_of(write_playbook(tmp_path, files))
    (row,) = rows_of(made["questions/questions.csv"])
    assert row == {
        "id": "permission", "title": "'=1+1", "summary": "Somebody with authority has said that you may do this.",
        "also_searched": "", "order": "3", "tags": "",
        "question": "Has somebody with authority said that you may do this?", "check": "quick", "look_at": "", "pillar": "shared-aims",
        "stage": "decide", "why": "Work without permission stops when it meets the first objection.",
        "good": "You can name the person\nSee Joining Up to Improve Public Services", "signs": "Nobody knows who decided", "reveals": "data-sharing",
        "try": "shared-space", "url": "/questions/permission/", "pinned_url": "",
    }  # fmt: skip
    assert [row["id"] for row in rows_of(made["barriers/barriers.csv"])] == ["data-sharing"]
    assert "evidence" not in rows_of(made["barriers/barriers.csv"])[0]
