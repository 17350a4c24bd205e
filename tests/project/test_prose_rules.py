"""What each rule of plain English finds, and what it lets pass."""

from __future__ import annotations

from dataclasses import replace

import pytest

from macros.schema.kinds import Barrier, Question
from tests.prose.check import passage_findings, whole_findings
from tests.prose.ease import ease_findings, reading_ease
from tests.prose.passages import Block, Passage, passage_of_page, passages_of_entry, words_of_page
from tests.prose.rhythm import JOIN
from tests.prose.rules import Found, rules

FILE = "playbook_data/barriers/data-sharing.yml"
SHORT = "The board met on Monday. It chose one plan. "
LONG = "The partners agreed on one plan, because each of them had seen what the users of its service needed. "


def in_text(text: str, file: str = FILE) -> list[Found]:
    return list(passage_findings(file, Passage((Block("paragraph", text.strip()),), ("problem",))))


def in_whole(text: str, kind: str = "paragraph", file: str = FILE) -> list[str]:
    return [found.message for found in whole_findings(file, [Passage((Block(kind, text.strip()),), ("problem",))]) if found.rule == "short-mean"]


@pytest.mark.parametrize(
    ("text", "rule", "message", "help"),
    [
        ("We leverage the data.", "jargon", "'leverage'", "write 'use'"),
        ("Talk to all Stakeholders.", "jargon", "'Stakeholders'", "write who they are: partners, users, funders, residents"),
        ("The color is red.", "spelling", "'color' is American", "write 'colour'"),
        ("They organize a visit.", "spelling", "'organize' is American", "write 'organise'"),
        ("They recieve money.", "spelling", "'recieve' is a frequent slip", "write 'receive'"),
        ("A flurbish idea.", "spelling", "'flurbish' is not in the dictionary", "mend it, or add it to tests/prose/words.txt"),
        ("So " * 29 + "it goes.", "long-sentence", "31 words, the most is 30", "make two sentences of it"),
        ("Cases before 2007 tell of housing.", "stilted", "'tell of'", "write 'describes', 'reports' or 'says'"),
        (SHORT + "Nobody spoke against it.", "chosen-word", "'Nobody'", "write 'no one'"),
        (SHORT + "All partners agreed.", "short-row", "3 sentences in a row have 8 words or fewer", JOIN),
    ],
)
def test_what_is_found(text: str, rule: str, message: str, help: str) -> None:
    assert (rule, message, help) in [(found.rule, found.message, found.help) for found in in_text(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The programme's centre recognised a neighbour's favour.",
        "In June 2001 the NAO said so. It cost £1.2 billion.",
        "We don't know who’s behind it.",
        "They practise what they call good practice.",
        "So " * 28 + "it goes.",
    ],
)
def test_what_is_fine(text: str) -> None:
    assert in_text(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Joint work needs trust.", "Joint work"),
        ("Joint working needs trust.", None),
        ("Joined-up work needs trust.", "Joined-up work"),
        ("Joined-up working needs trust.", None),
        ("It asks somebody else.", "somebody else"),
        ("It asks someone else.", None),
        ("They co-ordinate visits.", "co-ordinate"),
        ("It measures well-being.", "well-being"),
        ("What they learnt was new.", "learnt"),
        ("The school is near by.", "near by"),
        ("Services form round the family.", "round"),
        ("They formed round each place.", "round"),
        ("A second round of bids began.", None),
        ("It was said at the round table.", None),
        ("An official said in 2016 that it works.", "said in 2016"),
        ("An official said this in 2016.", "said this in 2016"),
        ("In 2016 one of the officials said so.", "In 2016 one of the officials said"),
        ("It was reported in 2016, as an official said.", None),
        ("He said so. It closed in 2016.", None),
        ("The body pays for it.", "body"),
        ("Several bodies pay for it.", "bodies"),
        ("A public body pays for it.", None),
        ("Each governing body pays.", None),
        ("Two local bodies pay for it.", None),
        ("One body of guidance is enough.", None),
        ("Citizens ask for it.", "Citizens"),
        ("The customer asks for it.", "customer"),
        ("Users ask for it.", None),
        ("The institute asked.", "The institute"),
        ("The Institute for Government asked.", None),
        ("The UK Government asked.", "UK Government"),
        ("The UK government asked.", None),
        ("The people whom it serves asked.", "whom"),
        ("The people it serves asked.", None),
    ],
)
def test_one_word_for_one_idea(text: str, found: str | None) -> None:
    assert [one.needle for one in in_text(text)] == ([found] if found else [])


def test_a_word_is_found_once_in_a_text_and_names_the_exception_that_it_would_need() -> None:
    (found,) = in_text("The bodies met, and the bodies agreed.")
    assert found.excepted_as == "bodies"


def test_a_name_is_written_as_its_owner_writes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    replaced = replace(rules(), own_names=("Citizens’ Color Board",))
    monkeypatch.setattr("tests.prose.words.rules", lambda: replaced)
    assert in_text("It rang the Citizens’ Color Board in Bath.") == []


@pytest.mark.parametrize(
    "text",
    [
        SHORT + LONG + SHORT,
        SHORT + "What came of that decision is told in the next part of this page. All partners agreed.",
        "The money. The people. The place: three things",
    ],
    ids=["two and two", "a longer one between", "no whole sentences"],
)
def test_short_sentences_that_vary_are_fine(text: str) -> None:
    assert [found for found in in_text(text) if found.rule == "short-row"] == []


def test_a_row_goes_on_in_the_next_paragraph_of_a_field() -> None:
    short = (Block("paragraph", SHORT.strip()), Block("paragraph", "All partners agreed."))
    assert rows(Passage(short, ("problem",))) == ["3 sentences in a row have 8 words or fewer"]
    assert rows(Passage(short)) == [], "on a page, code or a table may stand between two paragraphs"
    assert rows(Passage((short[0], Block("item", "All partners agreed.")), ("problem",))) == [], "a list is apart"


def test_items_may_be_short_one_by_one() -> None:
    items = tuple(Block("item", "Ask each partner.") for _ in range(5))
    assert rows(Passage(items, ("how",))) == []
    assert len(rows(Passage((Block("item", SHORT + "All partners agreed."),), ("how", 0)))) == 1


def test_sentences_that_are_short_on_average() -> None:
    assert in_whole(SHORT * 5) == ["the 10 sentences in its paragraphs have 4.5 words on average, the least is 11"]
    assert in_whole(SHORT * 4) == [], "too few to tell"
    assert in_whole((SHORT + LONG * 2) * 3) == []


def test_lists_are_judged_apart_and_less_strictly() -> None:
    step = "Ask each of the partners to name one person. "
    assert in_whole(step * 10, "item") == []
    assert in_whole(step * 10, "paragraph") != []
    assert in_whole(SHORT * 5, "item") == ["the 10 sentences in its lists have 4.5 words on average, the least is 8"]


def test_records_of_decisions_need_only_length_jargon_and_spelling() -> None:
    decision = "docs/contribute/decisions/one.md"
    assert in_text(SHORT + "Nobody spoke.", decision) == []
    assert in_whole(SHORT * 9, file=decision) == []
    assert [found.rule for found in in_text("So " * 30 + "they leverage it.", decision)] == ["long-sentence", "jargon"]


def test_reading_ease_tells_hard_from_easy() -> None:
    easy = "The cat sat on the mat. It saw a dog. The dog ran off. " * 8
    hard = "Organisational accountability necessitates comprehensive interdepartmental coordination mechanisms. " * 12
    assert reading_ease(easy) > 90
    assert list(ease_findings(easy)) == []
    assert [found.rule for found in ease_findings(hard)] == ["hard-to-read"]
    assert list(ease_findings(hard[:200])) == [], "a short text has no reliable score"


def test_the_parts_of_a_page() -> None:
    page = "---\ntitle: Utilize\ndescription: What is here.\n---\n\n# Title { #a }\n\nSome `playbook new`\nwords.\n\n- An item\n  goes on.\n- Another.\n\n    ```sh\n    - no\n    ```\n"
    assert [(block.kind, block.text) for block in passage_of_page(page).blocks] == [
        ("heading", "What is here."),
        ("heading", "Title"),
        ("paragraph", "Some Code words."),
        ("item", "An item goes on."),
        ("item", "Another."),
    ]


def test_markup_is_no_prose() -> None:
    page = "---\ntitle: Utilize\n---\n\n# Title { .utilize }\n\n{{ utilize() }} [a link](https://utilize.example/) `utilize`\n\n| utilize |\n\n```\nutilize\n```\n"
    assert "utilize" not in words_of_page(page).lower()
    assert "a link" in words_of_page(page)


def test_the_parts_of_an_entry() -> None:
    entry = {
        "title": "A title",
        "summary": "One.",
        "problem": "Two *words*.\n\n- Three\n- Four\n\nSee [[data-sharing]].\n",
        "signs": ["Five."],
        "hits": ["x"],
    }
    assert [(passage.place, block.kind, block.text) for passage in passages_of_entry(entry, Barrier) for block in passage.blocks] == [
        (("title",), "heading", "A title"),
        (("summary",), "paragraph", "One."),
        (("problem",), "paragraph", "Two words."),
        (("problem",), "item", "Three"),
        (("problem",), "item", "Four"),
        (("problem",), "paragraph", "See data sharing."),
        (("signs", 0), "item", "Five."),
    ]
    assert [passage.text for passage in passages_of_entry({"question": "Who pays?", "pillar": "x"}, Question)] == ["Who pays?"]


def rows(passage: Passage) -> list[str]:
    return [found.message for found in passage_findings(FILE, passage) if found.rule == "short-row"]
