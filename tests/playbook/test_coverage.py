"""What is missing between entries: what counts as leading somewhere, and which entries are looked at.

Above: files laid over the small playbook of tests/support/playbooks.py, which lacks nothing. Below: which entry lacks what.
How each warning is shown is told in tests/specs/problems/.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.playbook.checks.coverage import COVERAGE_RULES, coverage_warnings
from macros.playbook.load import load_playbook
from macros.schema.kinds import KINDS
from tests.support.playbooks import AUDIT, BASE, Files, changed, write_playbook

STATUSES = ["draft", "withdrawn\nreason: Nobody used it"]
BARRIER = BASE["playbook_data/barriers/data-sharing.yml"].replace("Data stays apart", "Money ends too soon")
TERM = "title: Silo\nsummary: A part that keeps to itself.\nmeaning: A silo.\n"


def lacking(folder: Path, files: Files) -> set[tuple[str, str]]:
    """Which entry lacks what: `("data-sharing", "barrier-not-eased")`."""
    found = list(coverage_warnings(load_playbook(write_playbook(folder, files))))
    assert {problem.severity for problem in found} <= {"warning"}
    return {(Path(problem.location.file).stem, problem.rule) for problem in found}


def with_status(path: str, status: str) -> dict[str, str]:
    return {f"playbook_data/{path}.yml": BASE[f"playbook_data/{path}.yml"] + f"status: {status}\n"}


def in_role(text: str) -> dict[str, str]:
    """The base role, with `text` in its own."""
    return changed("playbook_data/roles/delivery-team.yml", "who do the work.\ndoes", f"who do the work. {text}\ndoes")


def test_the_small_playbook_lacks_nothing(tmp_path: Path) -> None:
    assert lacking(tmp_path, {}) == set()


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (
            "insights/shared-space",
            {
                ("data-sharing", "barrier-not-eased"),
                ("permission", "question-leads-nowhere"),
                ("permission", "no-help-offered"),
                ("one-front-door", "case-shows-nothing"),
            },
        ),
        ("barriers/data-sharing", {("permission", "question-leads-nowhere")}),
        ("questions/permission", {("decide", "orphan")}),
        ("cases/one-front-door", {("partnership", "orphan")}),
        ("terms/joining-up", {("who-pays", "orphan")}),
    ],
)
def test_to_be_led_to_by_a_draft_or_a_withdrawn_entry_does_not_count(tmp_path: Path, path: str, status: str, expected: set) -> None:
    assert lacking(tmp_path, with_status(path, status)) == expected


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("kind", sorted({rule.kind for rule in COVERAGE_RULES}))
def test_a_draft_or_a_withdrawn_entry_may_lack_anything(tmp_path: Path, kind: str, status: str) -> None:
    links = ("reveals", "try", "eases", "serves", "shows", "meets", "see", "touches")
    (base,) = (text for path, text in BASE.items() if path.startswith(f"playbook_data/{kind}/"))
    lines = [line for line in base.splitlines() if not line.startswith(links)]
    lines += ["serves: []"] if kind == "insights" else []
    lone = "\n".join(line if not line.startswith("title:") else "title: Nobody says this" for line in lines)
    path = f"playbook_data/{kind}/all-alone.yml"
    assert {id for id, _ in lacking(tmp_path / "current", {path: f"{lone}\n"})} == {"all-alone"}
    assert lacking(tmp_path / "other", {path: f"{lone}\nstatus: {status}\n"}) == set()


def test_a_link_in_a_text_leads_somewhere_as_a_relation_does(tmp_path: Path) -> None:
    barrier = {"playbook_data/barriers/short-money.yml": BARRIER}
    in_insight = changed("playbook_data/insights/shared-space.yml", "meet every day.", "meet every day, also when [[short-money|money ends]].")
    in_case = changed("playbook_data/cases/one-front-door.yml", "into one office.", "into one office. See [[short-money]].")
    assert lacking(tmp_path / "insight", {**barrier, **in_insight}) == set()
    assert lacking(tmp_path / "case", {**barrier, **in_case}) == {("short-money", "barrier-not-eased")}


def test_a_link_in_a_text_is_enough_to_be_no_orphan(tmp_path: Path) -> None:
    sponsor = {"playbook_data/roles/sponsor.yml": "title: Sponsor\nsummary: A sponsor.\nabout: A sponsor.\ndoes: [Say yes]\n"}
    assert lacking(tmp_path / "alone", sponsor) == {("sponsor", "orphan")}
    assert lacking(tmp_path / "linked", {**sponsor, **in_role("They need a [[sponsor]].")}) == set()


@pytest.mark.parametrize(
    ("text", "is_used"),
    [
        ("They sit in a silo.", True),
        ("They sit in Silos.", True),
        ("They sit in [[apart|towers]].", True),
        ("They sit in bunkers.", True),
        ("They sit in siloed teams.", False),
        ("They know the anti-silo movement.", False),
        ("They sit in towers.", False),
    ],
)
def test_a_term_is_used_where_an_entry_has_its_words(tmp_path: Path, text: str, is_used: bool) -> None:
    files = {"playbook_data/terms/apart.yml": TERM + "also: [bunker]\n", **in_role(text)}
    assert lacking(tmp_path, files) == (set() if is_used else {("apart", "term-unused")})


def test_a_term_that_a_draft_alone_uses_is_unused(tmp_path: Path) -> None:
    used = in_role("They sit in a silo.")
    draft = {path: f"{text}status: draft\n" for path, text in used.items()}
    assert ("silo", "term-unused") in lacking(tmp_path, {"playbook_data/terms/silo.yml": TERM, **draft})


@pytest.mark.parametrize(
    "files",
    [
        changed("playbook_data/roles/delivery-team.yml", "does:", "sources: [{source: audit, at: para 1}]\ndoes:"),
        changed("playbook_data/insights/shared-space.yml", "{source: nao, at: para 12, claim", "{source: audit, at: para 1, claim"),
        changed(
            "playbook_data/cases/one-front-door.yml",
            "shows:",
            "figures: [{name: visits, value: 1, unit: visits, measures: Visits, source: audit, at: para 1}]\nshows:",
        ),
    ],
    ids=["a source", "evidence", "a figure"],
)
def test_a_source_is_cited_as_a_source_as_evidence_or_with_a_figure(tmp_path: Path, files: Files) -> None:
    audit = {"playbook_data/sources/audit.yml": AUDIT}
    assert lacking(tmp_path / "uncited", audit) == {("audit", "source-uncited")}
    assert lacking(tmp_path / "cited", {**audit, **files}) == set()
    drafted = {path: f"{text}status: draft\n" for path, text in files.items()}
    assert ("audit", "source-uncited") in lacking(tmp_path / "draft", {**audit, **drafted})


@pytest.mark.parametrize(
    ("places", "cited", "expected"),
    [
        (["para 1"], ["para 1"], set()),
        (["para 1"], ["para 1, first sentence"], set()),
        (["para 1", "para 10"], ["para 10"], {"para 1"}),
        (["para 1", "para 10"], ["para 1"], {"para 10"}),
        (["para 1", "para 1, box"], ["para 1, box, line 2"], {"para 1"}),
        (["para 1, box", "para 1"], ["para 1, table"], {"para 1, box"}),
    ],
)
def test_a_citation_covers_the_longest_place_that_it_begins_with(tmp_path: Path, places: list[str], cited: list[str], expected: set) -> None:
    audit = AUDIT + "passages:\n" + "".join(f"  - {{at: '{place}', about: Offices}}\n" for place in places)
    sources = "".join(f"  - {{source: audit, at: '{at}'}}\n" for at in cited)
    role = BASE["playbook_data/roles/delivery-team.yml"] + f"sources:\n{sources}"
    playbook = load_playbook(write_playbook(tmp_path, {"playbook_data/sources/audit.yml": audit, "playbook_data/roles/delivery-team.yml": role}))
    assert {problem.message for problem in coverage_warnings(playbook)} == {f"no entry cites '{place}'" for place in expected}


def test_every_kind_is_looked_at() -> None:
    assert {rule.kind for rule in COVERAGE_RULES} == set(KINDS)
