"""Pages written by hand call macros; a wrong call stops the build with the page, the line and what to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.adapters.mkdocs_macros import usage
from macros.calls import MACROS
from tests.playbooks import changed
from tests.sites import PROJECT, build, built, page, words, write_project

FIGURE = changed(
    "playbook_data/barriers/data-sharing.yml",
    "hits: [shared-aims]\n",
    "hits: [shared-aims]\nfigures: [{name: bids, value: 30000, unit: £, bound: about, measures: Cost of one bid, contested: Councils differ, source: nao, at: para 2}]\n",
)
CALLS = {
    'Ask about {{ link("data-sharing") }} first.': ("p", "Ask about Data stays apart first."),
    'Ask about {{ link("data-sharing", "data *and* [more]") }} first.': ("p", "Ask about data *and* [more] first."),
    '{{ link("shared-aims") }}': ("p", "Shared aims"),
    '{{ entry("data-sharing") }}': (".card", "Data stays apart Partners cannot see what the others know."),
    '{{ entry("data-sharing", show="full", level=3) }}': ("h3#data-sharing", "Data stays apart #"),
    '{{ entries("barriers") }}': ("h2#data-sharing", "Data stays apart #"),
    '{{ entries("barriers", show="cards", hits="shared-aims") }}': (".cards", "Data stays apart Partners cannot see what the others know."),
    '{{ entries("barriers", show="signs") }}': (".symptoms", "People tell their story again Data stays apart"),
    '{{ entries("terms", show="links") }}': (".links", "Joining up"),
    '{{ entries("questions", group_by="pillar") }}': ("h2#group-shared-aims", "Shared aims #"),
    '{{ health_check("shared-aims") }}': ("fieldset#permission legend", "Has somebody with authority said that you may do this?"),
    '{{ health_check("shared-aims", answers=False) }}': (".questions", "Has somebody with authority said that you may do this?"),
    '{{ figure("data-sharing", "bids") }}': (
        "figure",
        "about £30,000 Cost of one bid Contested: Councils differ Joining Up to Improve Public Services , para 2",
    ),
    'Partners differ. {{ cite("nao", "para 9") }}': (".cited", "Joining Up to Improve Public Services , para 9"),
    '{{ pillars("What we carry") }}': (".temple", "What we carry Shared aims Partners want the same result."),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pages = {f"docs/call-{number}.md": f"# Page\n\n{call}\n" for number, call in enumerate(CALLS)}
    return built(tmp_path_factory.mktemp("calls"), {**FIGURE, **pages})


@pytest.mark.parametrize(("number", "expected"), list(enumerate(CALLS.values())), ids=list(CALLS))
def test_a_call_shows(site: Path, number: int, expected: tuple[str, str]) -> None:
    selector, text = expected
    assert words(page(site, f"call-{number}").css_first(f"article {selector}")) == text


WRONG = {
    '{{ link("data-sharng") }}': "wrong-call] link: there is no entry 'data-sharng'|did you mean 'data-sharing'?",
    "{{ link(data) }}": "unknown-macro] there is no macro 'data'|the macros are link, entry, entries, health_check, figure, cite, pillars, approach_head, approach_side",
    "{{ link() }}": "wrong-call] link: missing a required argument: 'id'|write link(id, label=None)",
    "{{ link(7) }}": 'wrong-call] link: an id is text in quotes, found 7|write it as "data-sharing"',
    '{{ entry("permission", show="cards") }}': "wrong-call] entry: `show` is 'cards'|did you mean 'card'?",
    '{{ entry("permission", level=1) }}': "wrong-call] entry: `level` is 1|write 2, 3 or 4: the depth of the headings",
    '{{ entries("barrier") }}': "wrong-call] entries: `kind` is 'barrier'|did you mean 'barriers'?",
    '{{ entries("terms", show="signs") }}': "wrong-call] entries: terms have no signs|`signs` suits questions, barriers and pillars",
    '{{ entries("barriers", hit="shared-aims") }}': "wrong-call] entries: barriers have no field 'hit'|did you mean 'hits'?",
    '{{ entries("barriers", hits="shared-aim") }}': "wrong-call] entries: there is no entry 'shared-aim'|did you mean 'shared-aims'?",
    '{{ entries("barriers", hits="permission") }}': "wrong-call] entries: 'permission' is one of the questions, expected one of the pillars|write one of shared-aims",
    '{{ entries("barriers", group_by="problem") }}': (
        "wrong-call] entries: 'problem' does not name other entries, so it makes no groups|write one of felt_by, hits"
    ),
    '{{ health_check("permission") }}': "wrong-call] health_check: 'permission' is one of the questions, expected one of the pillars|write one of shared-aims",
    '{{ figure("permission", "x") }}': "wrong-call] figure: 'permission' has no figure 'x'|'permission' has no figures at all",
    '{{ cite("nao", " ") }}': 'wrong-call] cite: a citation says where in the source|write cite("ifg", "Challenge 4")',
    "{{ approach_head() }}": "wrong-call] approach_head: this page has no front matter of the approach|use it in pages under docs/approach/",
    "{{ now() }}": "unknown-macro] there is no macro 'now'|the macros are link, entry, entries, health_check, figure, cite, pillars, approach_head, approach_side",
    "{{ link( }}": "macro-syntax] unexpected '}', expected ')'|write {{ name(…) }}; braces that are text go between {% raw %} and {% endraw %}",
    "{{ 1 / 0 }}": "macro-fault] ZeroDivisionError: division by zero|mend what stands between {{ }} or {% %} here",
    "{{ config.nothing.more }}": "macro-fault] UndefinedError: 'mkdocs.config.defaults.MkDocsConfig object' has no attribute 'nothing'|mend what stands between {{ }} or {% %} here",
    "## Heading {#anchor}": "macro-syntax] Missing end of comment tag|write an anchor with a space: { #name }",
}


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What one build says of every wrong call, each on line 7 of a page of its own, below front matter."""
    pages = {f"docs/wrong-{n:02}.md": f"---\ntitle: A page\n---\n\n# Page\n\n{call}\n" for n, call in enumerate(WRONG)}
    done = build(write_project(tmp_path_factory.mktemp("wrong"), pages))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.mark.parametrize(("number", "expected"), list(enumerate(WRONG.values())), ids=list(WRONG))
def test_a_wrong_call_is_shown_with_its_page_its_line_and_what_to_write(refused: str, number: int, expected: str) -> None:
    lines = refused.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(f"docs/wrong-{number:02}.md:"))
    message, help = expected.split("|")
    head, excerpt, carets, advice = lines[start : start + 4]
    assert head.startswith(f"docs/wrong-{number:02}.md:7:")
    assert head.endswith(f"error[{message}")
    assert excerpt == f"    7 | {list(WRONG)[number]}"
    assert set(carets) <= set(" |^")
    assert advice == f"  help: {help}"


def test_all_wrong_calls_are_told_at_once(refused: str) -> None:
    assert refused.rstrip().splitlines()[-1] == f"{len(WRONG)} problems in {len(WRONG)} files"


def test_a_broken_first_heading_is_told_like_any_other(tmp_path: Path) -> None:
    done = build(write_project(tmp_path, {"docs/broken.md": "# Heading {#x}\n\nText.\n"}))
    assert done.returncode == 1
    assert "docs/broken.md:1:11: error[macro-syntax] Missing end of comment tag" in done.stderr


@pytest.mark.parametrize("name", MACROS)
def test_every_macro_is_documented_with_an_example(name: str) -> None:
    text = (PROJECT / "docs" / "contribute" / "macros.md").read_text("utf-8")
    assert f"## {name} {{ #{name} }}" in text
    assert f"{{{{ {name}(" in text


def test_usage_says_how_a_macro_is_called() -> None:
    assert usage(MACROS["figure"]) == "figure(id, name)"
