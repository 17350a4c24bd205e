"""An edit of a YAML file says what was asked for and touches nothing else."""

from __future__ import annotations

import datetime
import re

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.schema.introspect import fields_of
from macros.schema.kinds import KINDS
from macros.yamlfile.editor import (
    Edit,
    Splice,
    add_to_list,
    edited,
    encoded,
    insert_field,
    remove_field,
    remove_from_list,
    replace_value,
    set_mapping,
    spliced,
)
from macros.yamlfile.finding import CannotEdit
from macros.yamlfile.reader import parse_yaml
from macros.yamlfile.source import SourceText, decode
from macros.yamlfile.writer import write_field, write_value

ORDER = tuple(fields_of(KINDS["insights"]))
REVIEW = {"on": datetime.date(2026, 11, 23), "by": "delivery-team", "outcome": "No change needed."}
REVIEW_BLOCK = "reviewed:\n  on: 2026-11-23\n  by: delivery-team\n  outcome: No change needed.\n"


def source(text: str) -> SourceText:
    return SourceText("playbook_data/insights/shared-space.yml", text)


def value(text: str) -> object:
    found, problems = parse_yaml(source(text))
    assert not problems
    return found


def replaced(text: str, path: tuple, new: object) -> str:
    return edited(source(text), [replace_value(source(text), path, new)])


def added(text: str, new: object = "sit-together", path: tuple = ("formerly",)) -> str:
    return edited(source(text), [add_to_list(source(text), path, new, order=ORDER)])


def removed(text: str, old: str, path: tuple = ("eases",)) -> str:
    return edited(source(text), [remove_from_list(source(text), path, old)])


def reviewed(text: str, review: dict | None = None) -> str:
    return edited(source(text), set_mapping(source(text), ("reviewed",), review or REVIEW, order=ORDER))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: old\n", "a: new\n"),
        ("a:   old  # old\n\nb: old\n", "a:   new  # old\n\nb: old\n"),
        ("a: 'old'\n", "a: 'new'\n"),
        ('a: "old" # x\r\n', 'a: "new" # x\r\n'),
        ("a: old", "a: new"),
        ("a: >-\n    old\n\n# x\n", "a: >-\n    new\n\n# x\n"),
        ("a: >-  # x\n    old\n    and more\nb: 1\n", "a: new  # x\nb: 1\n"),
        ("a:\n  old\nb: 1\n", "a:\n  new\nb: 1\n"),
        ("a: |+\n  old\n\n\nb: 1\n", "a: newb: 1\n"),
        ('{"a": "old", b: old}', '{"a": "new", b: old}'),
        ("? a\n: old\n", "? a\n: new\n"),
        ("# é\n---\n# ü\na: old\n...\n", "# é\n---\n# ü\na: new\n...\n"),
    ],
)
def test_a_text_gives_way_and_keeps_its_quotes_its_comment_and_its_place(before: str, after: str) -> None:
    if before.startswith("a: |+"):  # its blank lines are a part of it
        with pytest.raises(CannotEdit, match="'a' cannot be changed safely by the program; edit it by hand"):
            replaced(before, ("a",), "new")
    else:
        assert replaced(before, ("a",), "new") == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("eases: [one, old, two]\n", "eases: [one, new, two]\n"),
        ("eases: [\n  one, # 1\n  old, # 2\n]\n", "eases: [\n  one, # 1\n  new, # 2\n]\n"),
        ("eases:\n- one\n# x\n-   old   # y\n", "eases:\n- one\n# x\n-   new   # y\n"),
    ],
)
def test_an_item_of_a_list_gives_way(before: str, after: str) -> None:
    assert replaced(before, ("eases", 1), "new") == after


def test_a_field_deep_inside_gives_way() -> None:
    before = "evidence:\n  - source: nao\n    case: old # the case\n    claim: >-\n      Case old.\n  - {source: nao, case: old}\n"
    assert replaced(before, ("evidence", 0, "case"), "new") == before.replace("case: old # the", "case: new # the")
    assert replaced(before, ("evidence", 1, "case"), "new") == before.replace("nao, case: old", "nao, case: new")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: T\nsummary: S\nhow: [H]\n", "title: T\nsummary: S\nformerly: [sit-together]\nhow: [H]\n"),
        ("title: T\nsummary: >-\n  S\n\n# how\nhow: [H]\n", "title: T\nsummary: >-\n  S\nformerly: [sit-together]\n\n# how\nhow: [H]\n"),
        ("title: T\n  # about T\n# about S\nsummary: S\n", "title: T\n  # about T\n# about S\nsummary: S\nformerly: [sit-together]\n"),
        ("title: T # x\r\norder: 2 # y\r\n\r\nhow: [H]\r\n", "title: T # x\r\norder: 2 # y\r\nformerly: [sit-together]\r\n\r\nhow: [H]\r\n"),
        ("title: T\norder: 2", "title: T\norder: 2\nformerly: [sit-together]"),
        ("title: T\ntags:\n- a\n- b\n", "title: T\nformerly: [sit-together]\ntags:\n- a\n- b\n"),
        ("tags: [a]\n", "tags: [a]\nformerly: [sit-together]\n"),
        ("order: 2\nsummary: |\n  S\n", "order: 2\nformerly: [sit-together]\nsummary: |\n  S\n"),
        ("summary: |+\n  S\n\n\nhow: [H]\n", "summary: |+\n  S\n\n\nformerly: [sit-together]\nhow: [H]\n"),
        ("{title: T, how: [H]}", "{title: T, formerly: [sit-together], how: [H]}"),
        ("# x\n---\ntitle: T\n...\n", "# x\n---\ntitle: T\nformerly: [sit-together]\n...\n"),
        ("formerly: [a]\n", "formerly: [a, sit-together]\n"),
        ("formerly: [ a , 'b' ]  # x\n", "formerly: [ a , 'b', sit-together ]  # x\n"),
        ("formerly: [\n  a,\n  b, # x\n]\n", "formerly: [\n  a,\n  b, sit-together, # x\n]\n"),
        ("formerly: []\n", "formerly: [sit-together]\n"),
        ("formerly:\nhow: [H]\n", "formerly: [sit-together]\nhow: [H]\n"),
        ("formerly:\n  - a # x\n  # y\nhow: [H]\n", "formerly:\n  - a # x\n  - sit-together\n  # y\nhow: [H]\n"),
        ("formerly:\n- a", "formerly:\n- a\n- sit-together"),
    ],
)
def test_an_item_is_added_where_it_belongs(before: str, after: str) -> None:
    assert added(before) == after


def test_where_one_id_may_stand_for_a_list_it_becomes_one() -> None:
    assert added("replaced_by: a  # x\n", "b", ("replaced_by",)) == "replaced_by: [a, b]  # x\n"


def test_a_field_that_nothing_may_follow_is_followed_by_nothing() -> None:
    """A block of text that ends with the file lacks its last line break; a line below would give it one."""
    assert added("how: [H]\nsummary: |\n  S") == "how: [H]\nformerly: [sit-together]\nsummary: |\n  S"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("eases: [one, old, two]\n", "eases: [one, two]\n"),
        ("eases: [old, one]\n", "eases: [one]\n"),
        ("eases: [one, old]\n", "eases: [one]\n"),
        ("eases: [\n  one, # 1\n  old,\n]\n", "eases: [\n  one, # 1\n]\n"),
        ("eases:\n  - one\n  # x\n  - old # y\n  - two\n", "eases:\n  - one\n  # x\n  - two\n"),
        ("a: 1\neases:\n- one\n- old", "a: 1\neases:\n- one\n"),
        ("a: |\n  b\n\n  c\neases: [old]", "a: |\n  b\n\n  c\n"),
        ("a: 1\neases: [old] # x\n# y\nb: 2\n", "a: 1\n# y\nb: 2\n"),
        ("a: 1\neases:\n- old\nb: 2\n", "a: 1\nb: 2\n"),
        ("{a: 1, eases: [old]}", "{a: 1}"),
    ],
)
def test_an_item_is_taken_out_and_with_the_last_one_the_field(before: str, after: str) -> None:
    assert removed(before, "old") == after


def test_what_is_not_in_a_list_cannot_be_taken_out() -> None:
    with pytest.raises(CannotEdit, match="'eases'"):
        removed("eases: [one]\n", "old")
    with pytest.raises(CannotEdit, match="there is no 'eases'"):
        removed("a: 1\n", "old")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: T\norder: 1\ntags: [x]\n", f"title: T\norder: 1\n{REVIEW_BLOCK}tags: [x]\n"),
        ("title: T", f"title: T\n{REVIEW_BLOCK.rstrip()}"),
        ("title: T\r\n", f"title: T\n{REVIEW_BLOCK}".replace("\n", "\r\n")),
        ("period:\n    from: 1\ntitle: T\n", f"period:\n    from: 1\ntitle: T\n{REVIEW_BLOCK.replace('  ', '    ')}"),
        (
            "reviewed: {on: 2025-01-31, by: front-line, outcome: Changed.}  # x\n",
            "reviewed: {on: 2026-11-23, by: delivery-team, outcome: No change needed.}  # x\n",
        ),
        (
            "reviewed:\n    # spring\n    by: 'front-line' # b\n    on: 2025-01-31 # a\n\n    outcome: >-\n      A word\n      was changed.\n# end\n",
            "reviewed:\n    # spring\n    by: 'delivery-team' # b\n    on: 2026-11-23 # a\n\n    outcome: No change needed.\n# end\n",
        ),
        (
            "reviewed:\n  on: 2025-01-31 # a\ntitle: T\n",
            "reviewed:\n  on: 2026-11-23 # a\n  by: delivery-team\n  outcome: No change needed.\ntitle: T\n",
        ),
        ("reviewed: {}\n", "reviewed: {on: 2026-11-23, by: delivery-team, outcome: No change needed.}\n"),
        (REVIEW_BLOCK, REVIEW_BLOCK),
    ],
)
def test_a_review_is_written_in_the_form_that_the_file_has(before: str, after: str) -> None:
    assert reviewed(before) == after


def test_what_a_review_no_longer_says_goes() -> None:
    seen = REVIEW_BLOCK + "  seen:\n    - {entry: nao, print: x}\n    # y\n"
    assert reviewed(f"{seen}title: T\n") == f"{REVIEW_BLOCK}title: T\n"
    flow = "reviewed: {a: 1, on: 2026-11-23, by: delivery-team, b: 2, outcome: No change needed., c: 3}\n"
    assert reviewed(flow) == "reviewed: {on: 2026-11-23, by: delivery-team, outcome: No change needed.}\n"


def test_lists_of_fields_stand_on_lines_of_their_own() -> None:
    rows = {**REVIEW, "seen": [{"entry": "nao", "print": "1:ab"}, {"entry": "lab", "print": "1:cd"}]}
    lines = '  seen:\n    - {entry: nao, print: "1:ab"}\n    - {entry: lab, print: "1:cd"}\n'
    assert reviewed("title: T\n", rows) == f"title: T\n{REVIEW_BLOCK}{lines}"
    assert (
        reviewed(f"title: T\n{REVIEW_BLOCK}  seen:\n  - entry: nao\n    print: x\ntags: [x]\n", rows) == f"title: T\n{REVIEW_BLOCK}{lines}tags: [x]\n"
    )
    assert reviewed(reviewed("title: T\n", rows), rows) == reviewed("title: T\n", rows)


def test_several_edits_are_made_at_once() -> None:
    text = "title: old # x\neases: [old, one]\n"
    here = source(text)
    edits = [replace_value(here, ("eases", 0), "new"), replace_value(here, ("title",), "New"), add_to_list(here, ("eases",), "last")]
    assert (
        edited(here, [*edits, *set_mapping(here, ("reviewed",), REVIEW, order=ORDER)]) == f"title: New # x\n{REVIEW_BLOCK}eases: [new, one, last]\n"
    )


def test_edits_that_want_the_same_text_are_refused() -> None:
    here = source("a: old\n")
    with pytest.raises(CannotEdit, match="the same text"):
        edited(here, [replace_value(here, ("a",), "one"), replace_value(here, ("a",), "two")])


@pytest.mark.parametrize(
    "edit",
    [
        Edit((Splice(3, 6, "new # x"),), ("a",), "new # x"),
        Edit((Splice(3, 6, "new\nc: 3"),), ("a",), "new"),
        Edit((Splice(3, 6, "[new"),), ("a",), "new"),
        Edit((Splice(3, 6, "1"),), ("a",), "1"),
        Edit((Splice(3, 6, "1"),), ("a",), value=True),
        Edit((), ("a",), "new"),
    ],
)
def test_a_text_that_does_not_say_what_was_asked_for_is_refused(edit: Edit) -> None:
    with pytest.raises(CannotEdit, match="'a' cannot be changed safely"):
        edited(source("a: old\nb: 2\n"), [edit])


def test_a_file_that_is_not_yaml_is_refused() -> None:
    with pytest.raises(CannotEdit):
        edited(source("a: [old\n"), [])


def test_two_fields_on_one_line_are_not_torn_apart() -> None:
    with pytest.raises(CannotEdit, match="more than one thing on line 1"):
        edited(source("- a: 1\n  b: 2\n"), [remove_field(source("- a: 1\n  b: 2\n"), (0, "a"))])


def test_a_field_is_put_into_a_mapping_only() -> None:
    with pytest.raises(CannotEdit, match=r"'a\.b'"):
        insert_field(source("a: 1\n"), ("a", "b"), 2)


def test_a_byte_order_mark_stays() -> None:
    data = b"\xef\xbb\xbfa: old\r\n"
    here = decode("x.yml", data)
    assert encoded(edited(here, [replace_value(here, ("a",), "ö")]), like=data) == "\ufeffa: ö\r\n".encode()


def test_splices_are_made_from_the_end_and_keep_their_order() -> None:
    assert spliced("abc", [Splice(1, 1, "1"), Splice(1, 2, "2"), Splice(0, 0, "0"), Splice(1, 1, "x")]) == "0a1x2c"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("plain words, with a comma", '"plain words, with a comma"'),
        ("plain words", "plain words"),
        ("2026-11-23", '"2026-11-23"'),
        ("no", '"no"'),
        ("null", '"null"'),
        ("1.10", '"1.10"'),
        ("1e3", '"1e3"'),
        ("0o17", '"0o17"'),
        ("y", '"y"'),
        ("1998", '"1998"'),
        ("a: b", '"a: b"'),
        ("a:b", "a:b"),
        ("a #b", '"a #b"'),
        ("a#b", "a#b"),
        ("*a", '"*a"'),
        ("&a", '"&a"'),
        ("!a", '"!a"'),
        ("|", '"|"'),
        (">", '">"'),
        ("@a", '"@a"'),
        ("%a", '"%a"'),
        ("`a", '"`a"'),
        ("- a", '"- a"'),
        ("[a]", '"[a]"'),
        ("{a", '"{a"'),
        ("'a'", "\"'a'\""),
        ('"a" \\', '"\\"a\\" \\\\"'),
        (" a", '" a"'),
        ("", '""'),
        ("a\nb\tc", '"a\\nb\\tc"'),
        ("naïve – “ö” 😀", "naïve – “ö” 😀"),
        ("a\u2028b\x85c", '"a\\Lb\\Nc"'),
        ("<<", '"<<"'),
        ("---", '"---"'),
    ],
)
def test_a_text_has_quotes_where_it_needs_them(text: str, written: str) -> None:
    assert write_value(text) == written
    assert value(f"[{written}]") == [text]


def test_a_comma_needs_quotes_in_brackets_alone() -> None:
    assert write_value("one, [two]", in_brackets=False) == "one, [two]"
    assert replaced("a: x\nb: {c: x}\n", ("a",), "one, two") == "a: one, two\nb: {c: x}\n"
    assert replaced("a: x\nb: {c: x}\n", ("b", "c"), "one, two") == 'a: x\nb: {c: "one, two"}\n'
    assert replaced("a: [{b: x}]\n", ("a", 0, "b"), "one, two") == 'a: [{b: "one, two"}]\n'
    assert added("formerly:\n- a\n", "one, two") == "formerly:\n- a\n- one, two\n"


def test_other_values_are_written_as_people_write_them() -> None:
    row = {"on": datetime.date(2026, 11, 23), "n": 1, "half": 0.5, "is": True, "none": None, "list": ["a", "1"], "empty": []}
    assert write_value(row) == '{on: 2026-11-23, n: 1, half: 0.5, is: true, none: null, list: [a, "1"], empty: []}'
    assert write_field("row", row)[:2] == ["row:", "  on: 2026-11-23"]
    assert value("\n".join(write_field("row", row))) == {"row": row}


def test_an_invisible_character_is_never_written() -> None:
    with pytest.raises(CannotEdit, match=r"invisible character \(U\+202E\)"):
        write_value("a\u202eb")


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Cn")) | st.sampled_from("\n\t\"'\\:#-?*&!|>%@` ,[]{}~=<"), max_size=20))
def test_any_text_is_read_as_it_was_meant(text: str) -> None:
    for style in (None, "'", '"'):
        written, alone = write_value(text, style=style), write_value(text, style=style, in_brackets=False)
        assert value(f"a: {alone} # c\nb: [{written}, {written}]\nc: {{d: {written}}}\n") == {"a": text, "b": [text, text], "c": {"d": text}}


# ---- random files in odd layouts ----

FORMS = {
    "title": ["Some words", "'Some: words'", '"Some \\"words\\""', ">-\n  Some\n  words", "Some\n  words"],
    "summary": ["A sentence.  # c0", "|\n  A # sentence\n\n  - and\n", "|+\n    A sentence\n\n", ">2-\n    A\n  sentence"],
    "order": ["1", "1 # c1"],
    "formerly": ["[]", "[a]", "[ a, 'b' ]  # c2", "\n  - a\n  # c3\n  - b", "\n- a # c4\n- b", "[\n  a, # c5\n  b,\n  ]", "[a,b]"],
    "reviewed": [
        "{on: 2025-01-31, by: x, outcome: Fine.} # c6",
        "\n    on: 2025-01-31 # c7\n    # c8\n    by: 'x'\n    outcome: >-\n      Fine\n      again",
        '\n  outcome: |\n    Fine\n\n  by: "x"\n  on: 2025-01-31',
    ],
    "tags": ["[a]", "\n- a", "\n    - a # c9\n\n    - b"],
    "how": ["\n  - Do this", "\n- >-\n  Do\n  # this\n- that"],
    "eases": ["[old]", "[one, old, two]", "[\n  one, # d0\n  old # d1\n  ]", "\n  - old # d2\n  - one", "\n- one\n# d3\n- 'old'", '\n- "old"'],
    "evidence": ["\n  - source: nao # d4\n    claim: X\n  # d5\n  - {source: lab, claim: Y}", "[{source: nao, claim: X}]"],
}


@st.composite
def layouts(draw: st.DrawFn) -> str:
    """A file with some of the fields above in some order, comments and blank lines between them."""
    names = draw(st.lists(st.sampled_from(sorted(FORMS)), min_size=1, unique=True))
    parts = [draw(st.sampled_from(["", "# e0\n", "---\n", "# e1\n\n---\n", "\n"]))]
    for number, name in enumerate(names):
        parts.append(draw(st.sampled_from(["", "", f"# f{number}\n", f"\n# g{number}\n\n# h{number}\n", "\n\n", f"  # i{number}\n"])))
        form = draw(st.sampled_from(FORMS[name]))
        parts.append(f"{name}:{'' if form.startswith(chr(10)) else ' '}{form}\n")
    text = "".join(parts) + draw(st.sampled_from(["", "", "# j0\n", "\n\n", "...\n"]))
    text = text if draw(st.booleans()) else text.rstrip("\n")
    text = text.replace("\n", "\r\n") if draw(st.booleans()) else text
    assert isinstance(value(text), dict), text
    return text


COMMENT = re.compile(r"# [c-j][0-9]")


def difference(before: str, after: str) -> tuple[str, str]:
    """What was taken out and what was put in, at the one place where two texts differ."""
    start = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after)))
    rest = min(len(before), len(after)) - start
    end = next((i for i in range(rest) if before[-1 - i] != after[-1 - i]), rest)
    return before[start : len(before) - end], after[start : len(after) - end]


def line_ends(text: str) -> set[str]:
    return set(re.findall("\r\n|\r|\n", text))


def stands_above(text: str) -> dict[str, str]:
    """From each comment on a line of its own at the margin to the field below it."""
    found = re.finditer(r"^(# [c-j]\d)\r?\n(?:\s*(?:#.*)?\r?\n)*?^(\w+):", text, re.MULTILINE)
    return {match[1]: match[2] for match in found}


@settings(max_examples=200)
@given(layouts(), st.sampled_from(["new-id", "no", "a: b", "ö"]))
def test_an_added_item_is_all_that_is_new(text: str, new: str) -> None:
    after = added(text, new)
    assert value(after) == {**value(text), "formerly": [*value(text).get("formerly", []), new]}
    out, put = difference(text, after)
    assert out == ""
    assert put.strip().removeprefix("formerly:").strip(" -,[]\r\n") == write_value(new, in_brackets="[" in put or "," in put)
    assert line_ends(text) in (set(), line_ends(after))
    assert stands_above(text).items() <= stands_above(after).items() or "formerly" in put


@settings(max_examples=200)
@given(layouts())
def test_a_replaced_item_is_all_that_changes(text: str) -> None:
    eases = value(text).get("eases")
    if eases is None:
        return
    after = replaced(text, ("eases", eases.index("old")), "new-id")
    assert value(after) == {**value(text), "eases": ["new-id" if id == "old" else id for id in eases]}
    assert after == re.sub(r"(?<=[\s\['\"])old(?=[\s\],'\"]|$)", "new-id", text)


@settings(max_examples=200)
@given(layouts())
def test_an_item_that_is_taken_out_takes_nothing_along(text: str) -> None:
    eases = value(text).get("eases")
    if eases is None or len(value(text)) == 1:
        return
    try:
        after = removed(text, "old")
    except CannotEdit:  # such a text would take in the empty lines below the field, or lose its own
        assert "|+" in text
        return
    wanted = {**value(text), "eases": [id for id in eases if id != "old"]}
    assert value(after) == {name: item for name, item in wanted.items() if item} | ({"formerly": []} if wanted.get("formerly") == [] else {})
    gone = [comment for comment in COMMENT.findall(text) if comment not in after]
    assert COMMENT.findall(after) == [comment for comment in COMMENT.findall(text) if comment not in gone]
    beside_or_below = re.search(r"old['\"]?[],]?(?: +(# d\d))?\r?\n(?:  (# i\d))?", text)
    assert set(gone) <= set(beside_or_below.groups() if beside_or_below else ())


@settings(max_examples=200)
@given(layouts())
def test_a_review_changes_nothing_but_itself(text: str) -> None:
    after = reviewed(text)
    assert value(after) == {**value(text), "reviewed": REVIEW}
    assert COMMENT.findall(after) == COMMENT.findall(text)
    assert {line for line in re.split("\r?\n", text) if "2025" not in line and not line.startswith(" ")} <= set(re.split("\r?\n", after))
    assert line_ends(text) in (set(), line_ends(after))
    assert reviewed(after) == after


def test_the_reader_of_the_tests_reads_fields_as_the_program_does() -> None:
    assert yaml.safe_load("reviewed: {on: 2025-01-31}") == {"reviewed": {True: datetime.date(2025, 1, 31)}}
    assert value("reviewed: {on: 2025-01-31}") == {"reviewed": {"on": datetime.date(2025, 1, 31)}}
