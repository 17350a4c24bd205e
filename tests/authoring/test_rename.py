"""`playbook rename` moves an entry, mends what names it, and touches nothing else."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from inspect import signature
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner

from macros.authoring.rename.links import Renamed, id_in
from macros.cli.main import main
from macros.pages.calls import EntryId
from macros.pages.macros import MACROS
from macros.text.links import LinkedAddress, addresses
from macros.text.page_source import CALL, prose, tokens
from tests.support.playbooks import BASE, Files, changed, run_playbook, run_playbook_process, write_playbook
from tests.support.sites import PROJECT, build

OLD, NEW = "data-sharing", "shared-data"
BARRIER = "playbook_data/barriers/data-sharing.yml"
MOVED = "playbook_data/barriers/shared-data.yml"
PAGE = "docs/page.md"


def renamed(folder: Path, files: Files, *arguments: str) -> dict[str, str]:
    """The files of a small playbook that a rename has changed, as text with its line ends."""
    write_playbook(folder, files)
    before = contents(folder)
    done = run_playbook(folder, "rename", *(arguments or (OLD, NEW)))
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    after = contents(folder)
    found = json.loads(run_playbook(folder, "check", "--format", "json").stdout)
    assert [problem for problem in found if problem["severity"] == "error" and problem["rule"] != "dead-link"] == [], (
        "some pages here link to what this small playbook lacks"
    )
    return {path: data.decode() for path, data in after.items() if data != before.get(path)}


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file() and ".git" not in path.parts
    }


def mended_page(folder: Path, text: str, *arguments: str) -> str:
    """What a rename makes of a page's text."""
    return renamed(folder, {PAGE: text}, *arguments).get(PAGE, text)


def test_every_field_that_names_the_entry_is_mended(tmp_path: Path) -> None:
    assert renamed(tmp_path, {}) == {
        MOVED: BASE[BARRIER].replace("know.\n", "know.\nformerly: [data-sharing]\n"),
        **{
            path: BASE[path].replace(OLD, NEW)
            for path in (
                "playbook_data/questions/permission.yml",
                "playbook_data/insights/shared-space.yml",
                "playbook_data/cases/one-front-door.yml",
                "playbook_data/open-questions/who-pays.yml",
            )
        },
    }
    assert not (tmp_path / BARRIER).exists()


ODD = """\
# An insight. It eases data-sharing.
title: 'Sit together'   # not data-sharing
summary: >-
  People who sit together
  solve problems together.

point: |
  Trust grows. See [[@]], [[ @ |words]] and `[[data-sharing]]`.

  | A table | of links |
  | --- | --- |
  | [[@\\|words]] | [[@]] |

  ```
  [[data-sharing]]
  ```
how:
- Find one room, [[@]]
-   >
    Ask about [[@|what
    you share]], [[
    @]] too
-   "Quoted \\"[[@|x]]\\" \\
    text"
eases:   # what it eases
    - @   # first

    # not [data-sharing]
    - 'other-barrier'
serves: [ shared-aims ]
roles: [
  delivery-team, # data-sharing
]
reviewed: {on: 2026-01-31, by: delivery-team, outcome: Read data-sharing., seen: [{entry: @, fingerprint: "1:3fa9c2d10b2e"}]}
evidence:
  - source: nao
    # data-sharing
    claim: >-
      Teams decided faster ([[@]]).
    at: para 12
sources: [{source: nao, at: para 12}]"""
"""An entry with each way to name another; `@` stands where it is named."""


def test_comments_layout_and_code_stay_as_they_are(tmp_path: Path) -> None:
    insight, other = "playbook_data/insights/shared-space.yml", BASE[BARRIER].replace("Data stays apart", "Another")
    after = renamed(tmp_path, {insight: ODD.replace("@", OLD), "playbook_data/barriers/other-barrier.yml": other})
    assert after[insight] == ODD.replace("@", NEW)


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["", "\n"])
def test_line_ends_the_byte_order_mark_and_the_last_line_stay(tmp_path: Path, line_break: str, mark: str, end: str) -> None:
    def odd(text: str) -> bytes:
        return (mark + text.rstrip("\n") + end).replace("\n", line_break).encode()

    question, page = "playbook_data/questions/permission.yml", '---\ntitle: A page\n---\n# A page\n\n{{ link("data-sharing") }}\n'
    files = {question: odd(BASE[question]), BARRIER: odd(BASE[BARRIER]), PAGE: page.replace("\n", line_break).encode()}
    after = renamed(tmp_path, files)
    assert after[question].encode() == odd(BASE[question].replace(OLD, NEW))
    assert after[MOVED].encode() == odd(BASE[BARRIER].replace("know.\n", "know.\nformerly: [data-sharing]\n"))
    assert after[PAGE] == page.replace(OLD, NEW).replace("\n", line_break)


def test_an_entry_keeps_the_permissions_of_its_file(tmp_path: Path) -> None:
    write_playbook(tmp_path)
    (tmp_path / BARRIER).chmod(0o640)
    (tmp_path / "playbook_data/insights/shared-space.yml").chmod(0o600)
    renamed(tmp_path, {})
    assert (tmp_path / MOVED).stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "playbook_data/insights/shared-space.yml").stat().st_mode & 0o777 == 0o600


def test_an_id_that_begins_like_another_leaves_the_other_alone(tmp_path: Path) -> None:
    longer = {"playbook_data/barriers/data.yml": BASE[BARRIER].replace("Data stays apart", "Data")}
    text = '{{ link("data") }} {{ link("data-sharing") }} [a](barriers/data.md) [b](barriers/data-sharing.md#why) [c](barriers/index.md#data)\n'
    after = renamed(tmp_path, {**longer, PAGE: text, "docs/barriers/index.md": "# B\n"}, "data", "bits")
    assert after == {
        "playbook_data/barriers/bits.yml": longer["playbook_data/barriers/data.yml"].replace("know.\n", "know.\nformerly: [data]\n"),
        PAGE: '{{ link("bits") }} {{ link("data-sharing") }} [a](barriers/bits.md) [b](barriers/data-sharing.md#why) [c](barriers/index.md#bits)\n',
    }


@pytest.mark.parametrize(
    ("path", "id", "before", "wanted"),
    [
        ("playbook_data/playbook.yml", "delivery-team", "review_by: delivery-team\n", "review_by: new-id\n"),
        ("playbook_data/playbook.yml", "delivery-team", "review_kinds: {terms: {by: delivery-team}}\n", "review_kinds: {terms: {by: new-id}}\n"),
        ("playbook_data/terms/joining-up.yml", "delivery-team", "reviewed: {on: 2026-01-31, by: delivery-team, outcome: Read it again.}\n", None),
        ("playbook_data/terms/joining-up.yml", "who-pays", "status: withdrawn\nreason: R\nreplaced_by: who-pays\n", None),
        (
            "playbook_data/terms/joining-up.yml",
            "nao",
            "sources:\n- at: para 1\n  source: nao # nao\n",
            "sources:\n- at: para 1\n  source: new-id # nao\n",
        ),
        ("playbook_data/forms/partnership.yml", "old-form", "within: >-\n  old-form\n", None),
    ],
)
def test_fields_inside_fields_are_mended_too(tmp_path: Path, path: str, id: str, before: str, wanted: str | None) -> None:
    base = BASE[path].replace("status: ", "")
    files = {path: base + before, "playbook_data/forms/old-form.yml": BASE["playbook_data/forms/partnership.yml"]}
    after = renamed(tmp_path, files, id, "new-id")
    assert after[path].endswith(wanted or before.replace(id, "new-id"))


def test_a_case_is_renamed_in_the_evidence_of_others(tmp_path: Path) -> None:
    files = changed("playbook_data/barriers/data-sharing.yml", "at: para 11, claim", "at: para 11, case: one-front-door, claim")
    after = renamed(tmp_path, files, "one-front-door", "one-office")
    assert "at: para 11, case: one-office, claim: Few" in after[BARRIER]


@pytest.mark.parametrize("status", ["draft", "withdrawn\nreason: It said the same as another"])
def test_drafts_and_withdrawn_entries_are_renamed_like_others(tmp_path: Path, status: str) -> None:
    files = {BARRIER: BASE[BARRIER].replace("summary:", f"order: 3\nstatus: {status}\nsummary:")}
    assert "formerly: [data-sharing]\n" in renamed(tmp_path, files)[MOVED]


def test_the_way_there_and_back_changes_the_former_ids_alone(tmp_path: Path) -> None:
    files = {PAGE: '# A page\n\n{{ figure("data-sharing", "x") if false }} [a](barriers/data-sharing.md)\n'}
    renamed(tmp_path, files)
    before = {**{path: text.encode() for path, text in BASE.items()}, PAGE: files[PAGE].encode()}
    assert run_playbook(tmp_path, "rename", NEW, OLD).returncode == 0
    after = contents(tmp_path)
    assert after.pop(BARRIER).decode() == BASE[BARRIER].replace("know.\n", "know.\nformerly: [shared-data]\n")
    assert after == {path: data for path, data in before.items() if path != BARRIER}
    assert run_playbook(tmp_path, "rename", OLD, "third").returncode == 0
    assert "formerly: [shared-data, data-sharing]\n" in (tmp_path / "playbook_data/barriers/third.yml").read_text("utf-8")
    assert run_playbook(tmp_path, "rename", "third", NEW).returncode == 0
    assert "formerly: [data-sharing, third]\n" in (tmp_path / MOVED).read_text("utf-8")


# ---- pages written by hand ----


@pytest.mark.parametrize(
    "call",
    [
        'link("data-sharing")',
        "link('data-sharing')",
        'link( "data-sharing" , "words" )',
        'link(label="words", id="data-sharing")',
        'entry("data-sharing", show="full")',
        'entries("questions", reveals="data-sharing")',
        'entries(reveals="data-sharing", kind="questions")',
        'figure("data-sharing", "cost") if false',
        '(link("data-sharing") ~ link("data-sharing")) | upper',
    ],
)
def test_an_id_in_a_call_is_mended(tmp_path: Path, call: str) -> None:
    text = f"# A page\n\n{{{{- {call} -}}}}\n" if "link" in call else f"# A page\n\n{{{{ {call} }}}}\n"
    assert mended_page(tmp_path, text) == text.replace(OLD, NEW)


@pytest.mark.parametrize(
    ("id", "call"),
    [
        ("shared-aims", 'health_check("shared-aims", answers=false)'),
        ("shared-aims", 'entries("questions", pillar="shared-aims", stage="decide")'),
        ("nao", 'cite("nao", "nao")'),
    ],
)
def test_each_macro_knows_which_of_its_values_are_ids(tmp_path: Path, id: str, call: str) -> None:
    wanted = call.replace(f'"{id}"', '"new-id"', 1)
    assert mended_page(tmp_path, f"{{{{ {call} }}}}\n", id, "new-id") == f"{{{{ {wanted} }}}}\n"


@pytest.mark.parametrize(
    "text",
    [
        '{{ link("shared-space", "data-sharing") }}',
        '{{ link("shared-space", label="data-sharing") }}',
        '{{ pillars("data-sharing") }}',
        '{% raw %}{{ link("data-sharing") }}{% endraw %}',
        '{# link("data-sharing") #}',
        '{{ "data-sharing" }}',
        '{{ entries("barriers", tags="data-sharing") if false }}',
        '{{ x.link("data-sharing") if false }}',
        "Say data-sharing.",
        "`[a](barriers/data-sharing.md)`",
        "``[a](barriers/data-sharing.md) ` ``",
        "```\n[a](barriers/data-sharing.md)\n```",
        "~~~ markdown\n[a](barriers/data-sharing.md)\n```\n~~~",
        "- An item\n\n    ```\n    [a](barriers/data-sharing.md)\n    ```",
        "Text\n\n    [a](barriers/data-sharing.md)",
        "<!-- [a](barriers/data-sharing.md) -->",
        "[a](https://example.org/barriers/data-sharing/)",
        '<a href="//[data-sharing/">a</a>',
        "[a](insights/data-sharing.md)",
        "[a](barriers/data-sharing-more.md)",
        "[a](barriers/no-data-sharing.md)",
        "[a](barriers/other.md#data-sharing)",
        "[a](elsewhere.md#data-sharing-more)",
    ],
)
def test_what_only_looks_like_the_id_is_left_and_told(tmp_path: Path, text: str) -> None:
    write_playbook(tmp_path, {PAGE: text})
    done = run_playbook(tmp_path, "rename", OLD, NEW)
    assert done.returncode == 0
    assert (tmp_path / PAGE).read_text("utf-8") == text
    number = next(number for number, line in enumerate(text.split("\n"), 1) if OLD in line)
    is_whole = bool(re.search(r"(?<![\w-])data-sharing(?![\w-])", text))
    assert (f"        docs/page.md:{number}:" in done.stdout) is is_whole


@pytest.mark.parametrize(
    "text",
    [
        "[a](../barriers/data-sharing.md)",
        "[a](../barriers/data-sharing.md#why)",
        '[a](../barriers/data-sharing.md "A title")',
        "[a](<../barriers/data-sharing.md>)",
        "[a](../../barriers/data-sharing/)",
        "[a](../../barriers/data-sharing/?x#why)",
        "[a](../../barriers/data-sharing/index.html)",
        "[a](../../barriers/data-sharing.json)",
        "[a](../../embed/barriers/data-sharing/)",
        "[a]: ../barriers/data-sharing.md",
        '<a class="x" href="../../barriers/data-sharing/">a</a>',
        "<a href='../../barriers/data-sharing/#signs'>a</a>",
        "[a](../barriers/index.md#data-sharing)",
        "[a](../../barriers/#data-sharing)",
        "[a](../health-check.md#data-sharing)",
        "[a](../questions/index.md#group-data-sharing)",
        "[a](../figures.md#data-sharing-staff)",
        "[a](#data-sharing)",
        "- An item\n\n    [a](../barriers/data-sharing.md)",
        "!!! note\n\n    [a](../barriers/data-sharing.md)",
        "Text with [a](../barriers/data-sharing.md),\n    and more",
        "A ` and [a](../barriers/data-sharing.md)\n\nand `",
        "```\n[a](../barriers/data-sharing.md)",
    ],
)
def test_a_link_to_the_entry_is_mended(tmp_path: Path, text: str) -> None:
    figure = "figures: [{source: nao, at: para 1, name: staff, value: 1, unit: people, measures: People}]\n"
    files = {"docs/approach-notes/page.md": text, BARRIER: BASE[BARRIER] + figure, "docs/questions/index.md": "# Q\n"}
    assert renamed(tmp_path, files)["docs/approach-notes/page.md"] == text.replace(OLD, NEW)


def test_an_anchor_that_an_author_wrote_stays_with_the_links_to_it(tmp_path: Path) -> None:
    check = "# Check\n\n## {{ link('data-sharing') }} { #data-sharing }\n"
    other = "# Other\n\n## Data sharing\n"
    page = "[a](health-check.md#data-sharing) [b](other.md#data-sharing) [c](third.md#data-sharing)\n"
    files = {"docs/health-check.md": check, "docs/other.md": other, "docs/third.md": "# Third\n", PAGE: page}
    after = renamed(tmp_path, files)
    assert after["docs/health-check.md"] == check.replace("'data-sharing'", "'shared-data'")
    assert after[PAGE] == page.replace("third.md#data-sharing", "third.md#shared-data")


def test_front_matter_is_mended_and_nothing_else_in_it(tmp_path: Path) -> None:
    page = """\
---
title: A page  # nao
subtitle: nao
excerpt: A page
image: picture.svg
image_text: "sources: [nao]"
sources:
- nao # the audit
---
nao {{ cite("nao", "para 1") }}
"""
    after = renamed(tmp_path, {"docs/approach/page.md": page, "docs/picture.svg": "<svg/>"}, "nao", "joining-up-report")
    assert after["docs/approach/page.md"] == page.replace("- nao #", "- joining-up-report #").replace('"nao"', '"joining-up-report"')


def test_a_page_with_broken_macros_that_has_the_id_stops_the_rename(tmp_path: Path) -> None:
    write_playbook(tmp_path, {PAGE: '---\ntitle: T\n---\n# A page\n\n{{ link("data-sharing" }}}\n'})
    before = contents(tmp_path)
    done = run_playbook(tmp_path, "rename", OLD, NEW)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: docs/page.md:6: unexpected '}'")
    assert contents(tmp_path) == before
    assert run_playbook(tmp_path, "rename", "delivery-team", "doers").returncode == 0


def test_every_parameter_of_every_macro_is_known_to_be_an_id_or_not() -> None:
    """Whoever adds a macro says here whether what it takes are ids: those have the type EntryId."""
    others = {"label", "show", "level", "kind", "group_by", "first", "filters", "answers", "name", "at", "beam", "caption", "page", "part"}
    parameters = [parameter for macro in MACROS.values() for parameter in [*signature(macro, eval_str=True).parameters.values()][1:]]
    ids = {parameter.name for parameter in parameters if EntryId in (parameter.annotation, *get_args(parameter.annotation))}
    assert {parameter.name for parameter in parameters} - others == ids


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_a_page_is_taken_to_pieces_without_losing_a_character(line_break: str) -> None:
    text = "# é\n\n{{- link( 'a' ) -}}  \n {% raw -%} {{ x }} {%- endraw %}\n{# c #}\n{% if a %}`b`{% endif %}\n".replace("\n", line_break)
    found = tokens(text)
    for token in found:
        assert text[token.start : token.end].replace(line_break, "\n") == token.text
    kept = prose(text, found)
    assert len(kept) == len(text)
    assert [index for index, char in enumerate(text) if char in "\r\n"] == [index for index, char in enumerate(kept) if char in "\r\n"]
    assert kept.replace(CALL, " ").split() == ["#", "é", "{{", "x", "}}"]


@pytest.mark.parametrize(
    ("href", "is_markdown", "found"),
    [
        ("barriers/data-sharing.md", True, True),
        ("barriers/data-sharing.md", False, True),  # the Markdown export beside the page
        ("./barriers/x/../data-sharing.md", True, True),
        ("/barriers/data-sharing/", True, True),
        ("barriers/data-sharing", True, True),
        ("data-sharing.md", True, False),
        ("barriers/data-sharing/more/", True, False),
        ("//example.org/barriers/data-sharing/", True, False),
        ("mailto:data-sharing", True, False),
        ("", True, False),
        ("barriers/data-sharing/data-sharing.md", True, False),
    ],
)
def test_an_address_is_followed_from_its_page(href: str, is_markdown: bool, found: bool) -> None:
    span = id_in(LinkedAddress(10, href, is_markdown), "docs/index.md", Renamed("barriers", OLD), frozenset())
    assert (span is not None) is found
    assert span is None or href[span[0] - 10 : span[1] - 10] == OLD


def test_addresses_are_found_in_every_form_of_a_link() -> None:
    text = 'a [b](c) ![d](e "f") [g]( <h i> ) [j]: k\n[l]: m\n<a x=1 href="n">o</a> [p](q(r)) [^s]: t\n[^u]: v\n'
    assert [address.text for address in addresses(text)] == ["c", "e", "h i", "q(r)", "m", "n"]


# ---- refusals ----


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("data-sharng", NEW, "there is no entry 'data-sharng'; did you mean 'data-sharing' (barriers)?"),
        ("unicorn", NEW, "there is no entry 'unicorn'; `playbook list` shows what there is"),
        ("older", NEW, "'older' was renamed already: it is 'data-sharing' now. To give it another id, rename 'data-sharing'"),
        (OLD, OLD, "'data-sharing' is its id already; nothing is changed"),
        (OLD, "Shared Data!", "'Shared Data!' cannot be an id: an id has lower-case letters, digits and single hyphens, begins with a letter and has up to 60 characters; write shared-data"),
        (OLD, "-1", "Error: No such option"),
        (OLD, "é" * 61, f"'{'é' * 59}…' cannot be an id: an id has lower-case letters, digits and single hyphens, begins with a letter and has up to 60 characters; write {'e' * 60}"),
        (OLD, "日本", "'日本' cannot be an id: an id has lower-case letters, digits and single hyphens, begins with a letter and has up to 60 characters"),
        (OLD, "decide", "the id 'decide' belongs to playbook_data/stages/decide.yml; ids are never reused, so choose another one"),
        (OLD, "choose", "the id 'choose' belonged to playbook_data/stages/decide.yml before; ids are never reused, so choose another one"),
        (OLD, "by-hand", "the id 'by-hand' is not free: the page would have the address /barriers/by-hand/, as docs/barriers/by-hand.md has; choose another one"),
    ],
)  # fmt: skip
def test_a_rename_that_cannot_be_is_refused_and_changes_nothing(tmp_path: Path, old: str, new: str, said: str) -> None:
    files = {
        BARRIER: BASE[BARRIER] + "formerly: [older]\n",
        "playbook_data/stages/decide.yml": BASE["playbook_data/stages/decide.yml"] + "formerly: [choose]\n",
        "docs/barriers/by-hand.md": "# By hand\n",
    }
    write_playbook(tmp_path, files)
    before = contents(tmp_path)
    done = run_playbook(tmp_path, "rename", old, new)
    assert (done.returncode, done.stdout) == (2 if new == "-1" else 1, "")
    assert said in done.stderr
    assert new == "-1" or done.stderr == f"Error: {said}\n"
    assert contents(tmp_path) == before


def test_a_playbook_with_problems_is_not_renamed_in(tmp_path: Path) -> None:
    write_playbook(tmp_path, changed("playbook_data/terms/joining-up.yml", "who-pays", "who-pay"))
    done = run_playbook(tmp_path, "rename", OLD, NEW)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: the playbook has problems\nplaybook_data/terms/joining-up.yml:4:20: error[unknown-id]")


@pytest.mark.parametrize("path", [BARRIER, "playbook_data/insights/shared-space.yml", PAGE])
def test_a_file_that_may_not_be_written_stops_the_rename(tmp_path: Path, path: str) -> None:
    write_playbook(tmp_path, {PAGE: '{{ link("data-sharing") }}\n'})
    (tmp_path / path).chmod(0o444)
    before = contents(tmp_path)
    done = run_playbook_process(tmp_path, "rename", OLD, NEW)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"Error: {path} may not be written; nothing is changed\n")
    assert contents(tmp_path) == before


def test_a_folder_that_may_not_be_written_stops_the_rename(tmp_path: Path) -> None:
    write_playbook(tmp_path)
    (tmp_path / "playbook_data/insights").chmod(0o555)
    done = run_playbook_process(tmp_path, "rename", OLD, NEW)
    (tmp_path / "playbook_data/insights").chmod(0o755)
    assert done.stderr == "Error: the folder of playbook_data/insights/shared-space.yml may not be written; nothing is changed\n"
    assert contents(tmp_path) == {path: text.encode() for path, text in BASE.items()}


def test_a_link_that_hides_its_id_stops_the_rename(tmp_path: Path) -> None:
    write_playbook(
        tmp_path, changed("playbook_data/terms/joining-up.yml", "Several organisations act as one towards a person.", '"[[data\\x2dsharing]]"')
    )
    before = contents(tmp_path)
    done = run_playbook(tmp_path, "rename", OLD, NEW)
    assert done.returncode == 1
    assert "Error: the playbook would have problems afterwards, so nothing is changed\nplaybook_data/terms/joining-up.yml:3:" in done.stderr
    assert contents(tmp_path) == before


# ---- what it says ----


def test_it_tells_what_it_moved_mended_and_left(tmp_path: Path) -> None:
    files = {
        PAGE: '# A page\n\n{{ link("data-sharing") }} and [a](barriers/data-sharing.md), not `data-sharing`.\n',
        "README.md": "See data-sharing.\n",
        "CHANGELOG.md": "See data-sharing.\n",
    }
    write_playbook(tmp_path, files)
    assert run_playbook(tmp_path, "rename", OLD, NEW).stdout == (
        "moved   playbook_data/barriers/data-sharing.yml to playbook_data/barriers/shared-data.yml\n"
        "mended  playbook_data/cases/one-front-door.yml (1 place)\n"
        "mended  playbook_data/insights/shared-space.yml (1 place)\n"
        "mended  playbook_data/open-questions/who-pays.yml (1 place)\n"
        "mended  playbook_data/questions/permission.yml (1 place)\n"
        "mended  docs/page.md (2 places)\n"
        "left    2 lines that may be code, history or plain words; look at each:\n"
        '        docs/page.md:3:66: {{ link("shared-data") }} and [a](barriers/shared-data.md), not `data-sharing`.\n'
        "        README.md:1:5: See data-sharing.\n"
        "'data-sharing' is 'shared-data' now and keeps its old id under `formerly`: links to the old address lead to it, and no other entry takes it. Next: playbook check\n"
    )


def test_the_old_id_under_formerly_is_not_among_what_is_left_wherever_else_it_stands(tmp_path: Path) -> None:
    write_playbook(tmp_path, changed(BARRIER, "title: ", "title: About data-sharing, "))
    said = run_playbook(tmp_path, "rename", OLD, NEW).stdout
    assert f"        {MOVED}:1:14: title: About data-sharing" in said
    assert "formerly: [" not in said


def test_an_id_that_is_a_plain_word_is_looked_for_where_it_is_an_id(tmp_path: Path) -> None:
    page = "Decide.\n\nWe decide. See `decide`, x/decide.yml\n\nwho decide\n"
    write_playbook(tmp_path, {PAGE: page})
    done = run_playbook(tmp_path, "rename", "decide", "begin")
    assert "left    1 line that" in done.stdout
    assert "docs/page.md:3:17: We decide." in done.stdout


def test_a_dry_run_shows_a_diff_that_git_can_apply(tmp_path: Path) -> None:
    crlf = BASE["playbook_data/insights/shared-space.yml"].replace("\n", "\r\n").rstrip("\r\n")
    write_playbook(tmp_path, {"playbook_data/insights/shared-space.yml": crlf, PAGE: '{{ link("data-sharing") }}'})
    before = contents(tmp_path)
    done = subprocess.run([*command(tmp_path), "rename", OLD, NEW, "--dry-run"], capture_output=True, check=True, cwd=tmp_path)
    assert contents(tmp_path) == before
    assert done.stderr.decode().startswith("would be moved   playbook_data/barriers/data-sharing.yml to")
    assert done.stderr.decode().endswith("nothing is changed: this was a dry run\n")
    assert b"rename from playbook_data/barriers/data-sharing.yml\nrename to playbook_data/barriers/shared-data.yml\n" in done.stdout
    assert b'-{{ link("data-sharing") }}\n\\ No newline at end of file\n+{{ link("shared-data") }}\n\\ No newline at end of file\n' in done.stdout
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(["git", "apply", "-"], input=done.stdout, cwd=tmp_path, check=True)
    applied = contents(tmp_path)
    shutil.rmtree(tmp_path / "playbook_data")
    renamed(tmp_path, {"playbook_data/insights/shared-space.yml": crlf, PAGE: '{{ link("data-sharing") }}'})
    assert contents(tmp_path) == applied


def command(folder: Path) -> list[str]:
    return [str(Path(os.sys.executable).with_name("playbook")), "-C", str(folder)]


def test_the_ids_that_editors_suggest_are_renamed_too(tmp_path: Path) -> None:
    write_playbook(tmp_path)
    assert run_playbook(tmp_path, "schema").returncode == 0
    assert run_playbook(tmp_path, "rename", OLD, NEW).returncode == 0
    ids = (tmp_path / "playbook_data/schemas/ids.json").read_text("utf-8")
    assert OLD not in ids
    assert ids.count(f'"body": "{NEW}"') == 2
    assert run_playbook(tmp_path, "schema", "--check").stdout == "every schema is up to date\n"


def test_hostile_names_are_shown_and_do_nothing(tmp_path: Path) -> None:
    write_playbook(tmp_path)
    done = run_playbook(tmp_path, "rename", "\x1b[31mred", "../../etc/passwd")
    assert (done.returncode, done.stderr) == (1, "Error: there is no entry '�[31mred'; `playbook list` shows what there is\n")
    done = run_playbook(tmp_path, "rename", OLD, "../../etc/passwd\x1b")
    assert "'../../etc/passwd�' cannot be an id" in done.stderr


# ---- this repository's own playbook ----

REAL = {
    "data-sharing": "sharing-data",
    "pool-budgets": "one-budget",
    "rough-sleepers-unit": "rough-sleepers",
    "focus-on-delivery": "delivery",
    "shared-purpose": "one-purpose",
    "delivery-team": "doers",
    "run": "run-it",
    "formal-partnership": "partnership-by-contract",
    "who-gets-powers": "powers-for-whom",
    "mandate": "a-mandate",
    "nao": "nao-2001",
}


@pytest.fixture
def real(tmp_path: Path) -> Path:
    """A copy of this repository's own playbook, with its pages."""
    folder = tmp_path / "real"
    folder.mkdir()
    for name in ("playbook_data", "docs"):
        shutil.copytree(PROJECT / name, folder / name)
    shutil.copy(PROJECT / "mkdocs.yml", folder)
    for name in ("macros", "overrides"):
        (folder / name).symlink_to(PROJECT / name)
    return folder


def in_process(folder: Path, *arguments: str) -> str:
    done = CliRunner().invoke(main, ["-C", str(folder), *arguments])
    assert done.exit_code == 0, done.output
    return done.output


def without_former_ids(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {path: re.sub(rb"formerly: \[[^\]]*\]\n", b"", data) for path, data in files.items()}


@pytest.mark.proof
def test_ten_entries_of_the_real_playbook_are_renamed_and_back(real: Path) -> None:
    before = contents(real)
    for old, new in REAL.items():
        at_first = contents(real)
        in_process(real, "rename", old, new)
        assert_only_ids_changed(at_first, contents(real), old, new)
    in_process(real, "check", "--strict")
    done = build(real, "--strict")
    assert done.returncode == 0, done.stderr
    shutil.rmtree(real / "site")
    for old, new in reversed(REAL.items()):
        in_process(real, "rename", new, old)
    assert without_former_ids(contents(real)) == without_former_ids(before)
    in_process(real, "check", "--strict")


@pytest.mark.slow
def test_an_entry_of_the_real_playbook_is_renamed_and_back(real: Path) -> None:
    before = contents(real)
    old, new = next(iter(REAL.items()))
    in_process(real, "rename", old, new)
    assert_only_ids_changed(before, contents(real), old, new)
    in_process(real, "check", "--strict")
    in_process(real, "rename", new, old)
    assert without_former_ids(contents(real)) == without_former_ids(before)


def assert_only_ids_changed(before: Mapping[str, bytes], after: Mapping[str, bytes], old: str, new: str) -> None:
    """Every changed line has another id in it and nothing else; the entry has one line more."""
    moved = {path for path in before if path.endswith(f"/{old}.yml") and path not in after}
    assert len(moved) == 1
    whole = re.compile(rf"(?<![\w-]){re.escape(new)}(?![\w-])".encode())
    for path, data in before.items():
        there = path.replace(f"/{old}.yml", f"/{new}.yml") if path in moved else path
        lines = [line for line in after[there].split(b"\n") if path not in moved or line != f"formerly: [{old}]".encode()]
        if path.endswith("ids.json"):
            continue
        for one, other in zip(data.split(b"\n"), lines, strict=True):
            assert one == other or whole.sub(old.encode(), other) == one, (path, one, other)
