"""Plain and natural English in the data and on the pages. What each rule finds: `test_prose_rules.py`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
import yaml

from macros.problems.problem import Problem, problems_as_text, sort_problems
from tests import prose
from tests.support.playbooks import changed, write_playbook

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]


def test_the_entries_are_in_plain_english() -> None:
    assert_none(prose.entry_problems(ROOT))


def test_the_pages_are_in_plain_english() -> None:
    assert_none(prose.page_problems(ROOT))


def test_all_entries_together_suit_readers_of_15() -> None:
    assert prose.ease_of_entries(ROOT) >= prose.rules().least_ease_of_all


def test_a_problem_is_told_at_its_place(tmp_path: Path) -> None:
    write_playbook(tmp_path, changed("playbook_data/roles/delivery-team.yml", "Ask for a mandate", "Leverage the *mandate*"))
    found = [p.location for p in prose.entry_problems(tmp_path) if p.rule == "jargon"]
    assert [(place.file, place.line, place.column) for place in found] == [("playbook_data/roles/delivery-team.yml", 4, 8)]


def test_a_problem_of_a_page_is_told_at_its_place(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/page.md").write_text("# A page\n\nThe neighbourhood is fine.\nAsk `playbook` or\nanybody else about it.\n")
    assert [(p.location.line, p.location.column, p.location.end_line, p.location.end_column) for p in prose.page_problems(tmp_path)] == [
        (5, 1, 5, 13)
    ]


def test_every_exception_is_argued_and_needed() -> None:
    written = yaml.safe_load((prose.HERE / "rules.yml").read_text())["exceptions"]
    assert {reason for excepted in written.values() for reason in excepted.values() if not isinstance(reason, str) or len(reason) < 10} == set()
    assert {(file, rule) for file, excepted in written.items() for rule in excepted} == prose.excepted_problems(ROOT)


def test_the_names_and_words_of_our_own_are_in_use() -> None:
    entries = (path.read_text() for path in (ROOT / "playbook_data").rglob("*.yml"))
    pages = (path.read_text() for path in [*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")])
    text = " ".join("\n".join([*entries, *pages]).lower().split())
    assert [word for word in (*prose.own_words(), *prose.rules().own_names) if word.lower() not in text] == []


def assert_none(problems: Iterable[Problem]) -> None:
    found = sort_problems(problems)
    assert not found, f"\n{problems_as_text(found)}"
