"""Plain English in the data and on the pages, and the check that holds it."""

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


@pytest.mark.parametrize(
    ("text", "rule", "message", "help"),
    [
        ("We leverage the data.", "jargon", "'leverage'", "write 'use'"),
        ("Talk to all Stakeholders.", "jargon", "'Stakeholders'", "write who they are: partners, users, funders, residents"),
        ("The color is red.", "spelling", "'color' is American", "write 'colour'"),
        ("They organize a visit.", "spelling", "'organize' is American", "write 'organise'"),
        ("They recieve money.", "spelling", "'recieve' is a frequent slip", "write 'receive'"),
        ("A flurbish idea.", "spelling", "'flurbish' is not in the dictionary", "mend it, or add it to tests/prose/words.txt"),
        ("So " * 29 + "it goes.", "long-sentence", "31 words, the most is 28", "make two sentences of it"),
    ],
)
def test_what_is_found(text: str, rule: str, message: str, help: str) -> None:
    assert [(found.rule, found.message, found.help) for found in prose.text_findings("x.yml", text)] == [(rule, message, help)]


@pytest.mark.parametrize(
    "text",
    [
        "The programme's centre recognised a neighbour's favour.",
        "In June 2001 the NAO said so. It cost £1.2 billion.",
        "We don't know who’s behind it.",
        "They practise what they call good practice.",
    ],
)
def test_what_is_fine(text: str) -> None:
    assert list(prose.text_findings("x.yml", text)) == []


def test_a_problem_is_told_at_its_place(tmp_path: Path) -> None:
    write_playbook(tmp_path, changed("playbook_data/roles/delivery-team.yml", "Ask for a mandate", "Leverage the *mandate*"))
    assert [(p.location.file, p.location.line, p.location.column, p.rule) for p in prose.entry_problems(tmp_path)] == [
        ("playbook_data/roles/delivery-team.yml", 4, 8, "jargon")
    ]


def test_markup_is_no_prose() -> None:
    page = "---\ntitle: Utilize\n---\n\n# Title { .utilize }\n\n{{ utilize() }} [a link](https://utilize.example/) `utilize`\n\n```\nutilize\n```\n"
    assert "utilize" not in prose.words_of_page(page).lower()
    assert "a link" in prose.words_of_page(page)


def test_reading_ease_tells_hard_from_easy() -> None:
    easy = "The cat sat on the mat. It saw a dog. The dog ran off. " * 8
    hard = "Organisational accountability necessitates comprehensive interdepartmental coordination mechanisms. " * 12
    assert prose.reading_ease(easy) > 90
    assert prose.too_hard("x.yml", easy) is None
    assert prose.too_hard("x.yml", hard).rule == "hard-to-read"


def test_every_exception_is_argued_and_needed() -> None:
    written = yaml.safe_load((prose.HERE / "rules.yml").read_text())
    for file, excepted in written["exceptions"].items():
        assert (ROOT / file).is_file()
        assert all(isinstance(reason, str) and len(reason) > 10 for reason in excepted.values())


def test_the_words_added_to_the_dictionary_are_in_use() -> None:
    entries = (path.read_text() for path in (ROOT / "playbook_data").rglob("*.yml"))
    pages = (path.read_text() for path in (ROOT / "docs").rglob("*.md"))
    text = "\n".join([*entries, *pages]).lower()
    assert [word for word in prose.own_words() if word.lower() not in text] == []


def assert_none(problems: Iterable[Problem]) -> None:
    found = sort_problems(problems)
    assert not found, f"\n{problems_as_text(found)}"
