"""Pages written by hand call macros; a wrong call stops the build with the page, the line and what to write instead."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from macros.pages.calls import usage
from macros.pages.macros import MACROS
from tests.support.playbooks import AUDIT, BASE, changed, facts_with_tags, run_playbook, write_playbook
from tests.support.sites import PROJECT, build, built, page, words, write_project

FIGURE = changed(
    "playbook_data/barriers/data-sharing.yml",
    "hits: [shared-aims]\n",
    "hits: [shared-aims]\nfigures: [{name: bids, value: 30000, unit: £, bound: about, measures: Cost of one bid, contested: Councils differ, source: nao, at: para 2}]\n",
)
WITH_PASSAGES = f"{AUDIT}passages: [{{at: para 1, about: Offices}}]\n"
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
    '{{ health_check("shared-aims") }}': ("fieldset#permission legend", "1. Has somebody with authority said that you may do this?"),
    '{{ health_check("shared-aims", part="more") }}': ("fieldset#permission .ask__good", "You can name the person"),
    "{{ health_check_tools() }}": (".check-paper", "Project Date"),
    '{{ health_check("shared-aims", answers=False) }}': (".questions", "Has somebody with authority said that you may do this?"),
    '{{ figure("data-sharing", "bids") }}': (
        "figure",
        (
            "about £30,000 Cost of one bid Contested: Councils differ Joining Up to Improve Public Services, para 2 "
            "Cite Cost of one bid: about £30,000 (contested). Joining Up to Improve Public Services, National Audit Office, 7 December 2001, para 2. "
            "Cited in A lab, “Data stays apart”, Small playbook, not released yet, https://playbook.example.org/barriers/data-sharing/#figure-bids"
        ),
    ),
    'Partners differ. {{ cite("audit", "para 1, note") }}': (".cited", "An audit, para 1, note"),
    'Partners differ. {{ cite("nao", "para 9") }}': (".cited", "Joining Up to Improve Public Services, para 9"),
    '{{ fields("stages") }}': ("tr#stages-done th", "done required"),
    '{{ pillars("What we carry", page="call-0/") }}': (".temple__beam a[href='../call-0/']", "What we carry"),
    "{{ directory() }}": ("h2#entries + .directory a[href='../barriers/']", "Barriers"),
    '{{ pillars("What we carry", show="poster") }}': (".temple--poster li li", "Each partner names the same aim"),
    '{{ pillars("What we carry") }}': (".temple", "What we carry Shared aims Partners want the same result."),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pages = {f"docs/call-{number}.md": f"# Page\n\n{call}\n" for number, call in enumerate(CALLS)}
    cited = changed("playbook_data/roles/delivery-team.yml", "does:", "sources: [{source: audit, at: para 1}]\ndoes:")
    return built(tmp_path_factory.mktemp("calls"), {**FIGURE, **pages, **cited, "playbook_data/sources/audit.yml": WITH_PASSAGES})


@pytest.mark.parametrize(("number", "expected"), list(enumerate(CALLS.values())), ids=list(CALLS))
def test_a_call_shows(site: Path, number: int, expected: tuple[str, str]) -> None:
    selector, text = expected
    assert words(page(site, f"call-{number}").css_first(f"article {selector}")) == text


WRONG = {
    '{{ link("data-sharng") }}': "wrong-call] link: there is no entry 'data-sharng'|did you mean 'data-sharing' (barriers)?",
    "{{ link(data) }}": "unknown-macro] there is no macro 'data'|the macros are link, entry, entries, figure, figure_table, cite, source_accounts, relation_map, fields, directory, latest_changes, changes, health_check, health_check_tools, pillars, timeline, change_chart, approach_head, approach_side",
    "{{ link() }}": "wrong-call] link: missing a required argument: 'id'|write link(id, label=None)",
    "{{ link(7) }}": 'wrong-call] link: an id is text in quotes, found 7|write it as "data-sharing"',
    '{{ figure("data-sharing", {}) }}': 'wrong-call] figure: `name` is {}|write text in quotes, such as name="…"',
    '{{ link("data-sharing", label=["words"]) }}': "wrong-call] link: `label` is ['words']|write text in quotes, such as label=\"…\"",
    '{{ entries("barriers", group_by=[]) }}': 'wrong-call] entries: `group_by` is []|write text in quotes, such as group_by="…"',
    '{{ entries("barriers", status="done") }}': "wrong-call] entries: `status` is 'done'|write one of draft, current, withdrawn",
    '{{ entry("permission", level=2.0) }}': "wrong-call] entry: `level` is 2.0|write 2, 3 or 4: the depth of the headings",
    '{{ entry("permission", show="cards") }}': "wrong-call] entry: `show` is 'cards'|did you mean 'card'?",
    '{{ entry("permission", level=1) }}': "wrong-call] entry: `level` is 1|write 2, 3 or 4: the depth of the headings",
    '{{ entries("barrier") }}': "wrong-call] entries: `kind` is 'barrier'|did you mean 'barriers'?",
    '{{ entries("terms", show="signs") }}': "wrong-call] entries: terms have no signs|`signs` suits pillars, questions, barriers",
    '{{ entries("barriers", hit="shared-aims") }}': "wrong-call] entries: barriers have no field 'hit'|did you mean 'hits'?",
    '{{ entries("barriers", hits="shared-aim") }}': "wrong-call] entries: there is no entry 'shared-aim'|did you mean 'shared-aims' (pillars)?",
    '{{ entries("barriers", hits="permission") }}': "wrong-call] entries: 'permission' is one of the questions, expected one of the pillars|write one of shared-aims",
    '{{ entries("barriers", group_by="problem") }}': ("wrong-call] entries: 'problem' makes no groups|write one of tags, felt_by, hits"),
    '{{ entries("barriers", group_by="tag") }}': "wrong-call] entries: barriers have no field 'tag'|did you mean 'tags'?",
    '{{ entries("terms", group_by="see") }}': "wrong-call] entries: 'see' makes no groups|write one of tags",
    '{{ entries("barriers", group_by="status") }}': "wrong-call] entries: 'status' makes no groups|did you mean 'tags'?",
    '{{ entries("barriers", first=0) }}': "wrong-call] entries: `first` is 0|write a number, such as first=10, or leave it out for all",
    '{{ entries("barriers", first="3") }}': "wrong-call] entries: `first` is '3'|write a number, such as first=10, or leave it out for all",
    '{{ entries("open-questions", theme="powers") }}': "wrong-call] entries: `theme` is 'powers'|write one of powers and capabilities",
    '{{ health_check("permission") }}': "wrong-call] health_check: 'permission' is one of the questions, expected one of the pillars|write one of shared-aims",
    '{{ figure("permission", "x") }}': "wrong-call] figure: 'permission' has no figure 'x'|'permission' has no figures at all",
    '{{ cite("nao", " ") }}': 'wrong-call] cite: a citation says where in the source|write cite("ifg", "Challenge 4")',
    '{{ cite("audit", "para 12") }}': (
        "wrong-call] cite: 'audit' has no place 'para 12'"
        "|did you mean 'para 1'? its places are listed in playbook_data/sources/audit.yml; cite two places as two citations"
    ),
    '{{ fields("stage") }}': "wrong-call] fields: `kind` is 'stage'|did you mean 'stages'?",
    '{{ pillars("What we carry", page="wrong-00") }}': "wrong-call] pillars: no page is at 'wrong-00'|did you mean 'wrong-00/'?",
    "{{ timeline() }}": "wrong-call] timeline: missing a required argument: 'caption'|write timeline(caption)",
    "{{ approach_head() }}": "wrong-call] approach_head: this page has no front matter of the approach|use it in pages under docs/approach/",
    "{{ now() }}": "unknown-macro] there is no macro 'now'|the macros are link, entry, entries, figure, figure_table, cite, source_accounts, relation_map, fields, directory, latest_changes, changes, health_check, health_check_tools, pillars, timeline, change_chart, approach_head, approach_side",
    "{{ link( }}": "macro-syntax] unexpected '}', expected ')'|write {{ name(…) }}; braces that are text go between {% raw %} and {% endraw %}",
    "{{ 1 / 0 }}": "macro-fault] ZeroDivisionError: division by zero|correct what stands between {{ }} or {% %} here",
    "{{ title.nothing.more }}": "macro-fault] UndefinedError: 'str object' has no attribute 'nothing'|correct what stands between {{ }} or {% %} here",
    "## Heading {#anchor}": "macro-syntax] Missing end of comment tag|write an anchor with a space: { #name }",
}


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What one check says of every wrong call, each on line 7 of a page of its own, below front matter."""
    pages = {f"docs/wrong-{n:02}.md": f"---\ntitle: A page\n---\n\n# Page\n\n{call}\n" for n, call in enumerate(WRONG)}
    done = run_playbook(
        write_playbook(tmp_path_factory.mktemp("wrong"), {**pages, "playbook_data/sources/audit.yml": WITH_PASSAGES}), "check", "docs"
    )
    assert done.returncode == 1
    return done.stdout


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


@pytest.mark.slow
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


def barrier(title: str, order: int, *tags: str) -> str:
    return BASE["playbook_data/barriers/data-sharing.yml"].replace("Data stays apart", title) + f"order: {order}\ntags: {json.dumps(tags)}\n"


def open_question(title: str, order: int, theme: str) -> str:
    text = BASE["playbook_data/open-questions/who-pays.yml"].replace("Who pays?", title).replace("powers and capabilities", theme)
    return f"{text}order: {order}\n"


LISTS = {
    **facts_with_tags("money and risk", "People", "<b>Law</b> & {{ order }}"),
    "playbook_data/barriers/data-sharing.yml": barrier("One", 1, "money and risk"),
    "playbook_data/barriers/two.yml": barrier("Two", 2, "People", "money and risk"),
    "playbook_data/barriers/three.yml": barrier("Three", 3, "money and risk", "People"),
    "playbook_data/barriers/four.yml": barrier("Four", 4, "<b>Law</b> & {{ order }}"),
    "playbook_data/open-questions/who-pays.yml": open_question("Alpha?", 1, "powers and capabilities"),
    "playbook_data/open-questions/beta.yml": open_question("Beta?", 2, "models and practice"),
    "playbook_data/open-questions/gamma.yml": open_question("Gamma?", 3, "powers and capabilities"),
    **changed("playbook_data/insights/shared-space.yml", "eases: [data-sharing]", "eases: [data-sharing, two, three, four]"),
    **changed("playbook_data/terms/joining-up.yml", "see: [", "see: [beta, gamma, "),
}
OUTLINES = {
    '{{ entries("barriers", group_by="tags") }}': [
        ("h2", "group-money-and-risk", "Money and risk"),
        ("h3", "data-sharing", "One"),
        ("h3", "three", "Three"),
        ("h2", "group-people", "People"),
        ("h3", "two", "Two"),
        ("h2", "group-b-law-b-order", "<b>Law</b> & {{ order }}"),
        ("h3", "four", "Four"),
    ],
    '{{ entries("open-questions", group_by="theme", level=3) }}': [
        ("h3", "group-powers-and-capabilities", "Powers and capabilities"),
        ("h4", "who-pays", "Alpha?"),
        ("h4", "gamma", "Gamma?"),
        ("h3", "group-models-and-practice", "Models and practice"),
        ("h4", "beta", "Beta?"),
    ],
    '{{ entries("barriers", group_by="tags", first=2) }}': [
        ("h2", "group-money-and-risk", "Money and risk"),
        ("h3", "data-sharing", "One"),
        ("h2", "group-people", "People"),
        ("h3", "two", "Two"),
    ],
    '{{ entries("barriers", first=3) }}': [("h2", "data-sharing", "One"), ("h2", "two", "Two"), ("h2", "three", "Three")],
    '{{ entries("barriers", first=99, tags="People") }}': [("h2", "two", "Two"), ("h2", "three", "Three")],
    '{{ entries("barriers", first=1, hits="shared-aims", tags="People") }}': [("h2", "two", "Two")],
    '{{ entries("open-questions", theme="models and practice") }}': [("h2", "beta", "Beta?")],
}


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pages = {f"docs/list-{number}.md": f"# Page\n\n{call}\n" for number, call in enumerate(OUTLINES)}
    shown = {
        "docs/shown.md": '# Page\n\n{{ entries("barriers", group_by="tags", show="links") }}\n\n{{ entries("barriers", show="signs", first=2) }}\n'
    }
    return built(tmp_path_factory.mktemp("lists"), {**LISTS, **pages, **shown})


@pytest.mark.parametrize(("number", "expected"), list(enumerate(OUTLINES.values())), ids=list(OUTLINES))
def test_a_list_is_filtered_cut_and_grouped(lists: Path, number: int, expected: list[tuple[str, str, str]]) -> None:
    headings = page(lists, f"list-{number}").css("article :is(h2, h3, h4)")
    assert [(node.tag, node.attributes["id"], words(node).removesuffix(" #")) for node in headings] == expected


def test_groups_and_cuts_suit_every_way_to_show_a_list(lists: Path) -> None:
    article = page(lists, "shown").css_first("article")
    assert [[words(item) for item in group.css("li")] for group in article.css("ul.links")] == [["One", "Three"], ["Two"], ["Four"]]
    assert [words(item) for item in article.css(".symptoms small")] == ["One", "Two"]
