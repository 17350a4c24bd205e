"""The forms of `playbook diff`: a comment that does nothing but show, whatever stands in the data; JSON; colour."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from macros.releases.diff.model import AffectedPage, Diff, DiffBase, EntryChange, FieldChange, NamedEntry, Suspect, VersionStep
from macros.releases.diff.report import LONGEST_COMMENT, diff_as_json, diff_as_markdown, diff_as_text
from macros.releases.diff.word_diff import Piece, diff_words
from macros.text.plain_text import markup_in_plain
from tests.support.playbooks import BASE, changed, run_playbook
from tests.support.repositories import diff, edit, write_repository
from tests.support.sites import PROJECT

pytestmark = pytest.mark.slow

BARRIER = "playbook_data/barriers/data-sharing.yml"
TERM = "playbook_data/terms/mandate.yml"
OURS = {"html", "head", "body", "h3", "h4", "p", "ul", "li", "strong", "code", "del", "ins", "details", "summary"}
"""The elements of a comment: whatever else there is was made by the text."""
GLUE = "\u2060"
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</summary></details></del></ins></code></li></ul>",
    "<details open><summary>x",
    "<!-- a comment",
    "--> ]]> <![CDATA[ <?php",
    "@octocat and (@org/team) and a@example.org",
    "fixes #1, GH-2, gh-3, a/b#4",
    "[x](https://example.org) ![x](https://example.org/x.png) <https://example.org>",
    "see https://example.org/#a or www.example.org",
    "`code` ``` fence ``` ~~~",
    "| a | b | \\| c |",
    "**bold** _it_ ~~gone~~ ==x==",
    "# heading ## two",
    "- [ ] task 1. one > quote",
    "&lt;b&gt; &amp; &#64;octocat &commat;octocat",
    "\\@octocat \\<b> \\&lt;",
    ":smile: :+1: :white_check_mark: $x^2$ $$y$$",
    "[[a|b]] {{ link }} {% raw %} [^1] [!NOTE]",
    "\"quotes\" and 'apostrophes' = x",
]
CALLS = re.compile(r"@\w|#\w|\bgh-\d|:[\w+-]+:|www\.|\$\w", re.IGNORECASE)
"""What a forge makes something of in finished text."""


def rendered(markdown: str) -> LexborHTMLParser:
    """The comment as HTML, by a parser that lets HTML through."""
    return LexborHTMLParser(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(markdown))


def text_nodes(tree: LexborHTMLParser) -> list[str]:
    return [node.text_content for node in tree.root.traverse(include_text=True) if node.tag == "-text"]


def assert_inert(markdown: str) -> str:
    """Nothing in the comment but our own elements, none with an attribute; the text that readers see, without glue."""
    tree = rendered(markdown)
    nodes = [node for node in tree.root.traverse(include_text=True) if node.tag not in ("-text", "-document")]
    assert {node.tag for node in nodes} <= OURS
    assert [node.attributes for node in nodes if node.attributes] == []
    assert [text for text in text_nodes(tree) if CALLS.search(text)] == []
    return " ".join(tree.body.text().replace(GLUE, "").split())


@pytest.mark.parametrize("text", [text for text in HOSTILE if not list(markup_in_plain(text))])
def test_text_of_the_data_is_shown_as_the_characters_that_it_is(tmp_path: Path, text: str) -> None:
    folder = write_repository(tmp_path)
    quoted = json.dumps(text)
    term = f"title: {quoted}\nsummary: {quoted}\nmeaning: M\nstatus: withdrawn\nreason: {quoted}\nalso: [{quoted}]\n"
    review = f"reviewed: {{on: 2026-11-20, by: delivery-team, outcome: {json.dumps('Looked at ' + text)}}}\n"
    edit(folder, {TERM: term, BARRIER: BASE[BARRIER] + review, "docs/index.md": f"---\ntitle: {quoted}\n---\n\n{text}\n"})
    shown = assert_inert(diff(folder, "HEAD", "--format", "markdown"))
    assert (
        shown.count(" ".join(text.split())) == 6
    )  # title (also of the page that shows it), summary and reason, the review's outcome, the title of a page by hand


@pytest.mark.parametrize("text", HOSTILE)
def test_words_that_are_gone_and_new_are_shown_as_they_are(text: str) -> None:
    pieces = (Piece("kept", f"{text} a "), Piece("gone", text), Piece("new", f"{text}{text}"), Piece("kept", f" b {text}"))
    change = EntryChange("an-id", "terms", text, "terms/an-id/", ("reworded",), fields=(FieldChange(text, "words", "", "", pieces),))
    for times in range(1, 7):  # in a list, and folded away
        fields = change.fields * times
        hostile_diff = Diff(
            DiffBase(text, "", text), (replace(change, fields=fields, gained=(NamedEntry(text, "an-id", text),)),), (), (),
            (Suspect("an-id", text, (NamedEntry(text, text, text),)),), VersionStep("patch", (text,)), (text,), {"an-id": (AffectedPage("terms/", text),)},
        )  # fmt: skip
        shown = assert_inert(diff_as_markdown(hostile_diff))
        assert f"{text} a {text}{text}{text} b {text}" in shown


COMMENT = """\
### What changes in the playbook

Compared with <code>HEAD</code>. Version step: <strong>minor</strong>.

#### Added: 1

- <strong>Mandate</strong> <code>terms/mandate</code>
  - <code>summary</code>: The right to act.
  - Shown on: <code>/terms/mandate/</code> Mandate; <code>/index/</code> Index from A to Z; <code>/print/</code> The whole playbook; \
<code>/terms/</code> Terms; <code>/roles/delivery-team/</code> Delivery team; \
<code>/terms/joining-up/</code> Joining up

#### Reworded: 1

- <strong>Data stays apart</strong> <code>barriers/data-sharing</code>
  - <code>problem</code>: <del>Each</del><ins>No</ins> partner <del>holds a part of</del><ins>knows</ins> the<ins> whole</ins> story.
  - Shown on: <code>/barriers/data-sharing/</code> Data stays apart; <code>/index/</code> Index from A to Z; <code>/print/</code> The whole playbook; \
<code>/roles/delivery-team/</code> Delivery team

#### Look again: 1

These have a new meaning, and the entries that name them have not been reviewed since. After a review, record it with
<code>playbook review ID --by ROLE --outcome TEXT</code>.

- <strong>Data stays apart</strong> <code>data-sharing</code> is named by <code>permission</code>, <code>shared-space</code>, \
<code>one-front-door</code>, <code>who-pays</code>

#### Version step: minor

- terms/mandate was added
"""


def test_a_comment_reads_well(tmp_path: Path) -> None:
    folder = write_repository(tmp_path)
    edit(
        folder,
        changed(BARRIER, "Each partner holds a part of the story.", "No partner knows the whole story.")
        | {TERM: "title: Mandate\nsummary: The right to act.\nmeaning: Somebody said yes.\n"},
    )
    assert diff(folder, "HEAD", "--format", "markdown") == COMMENT


def entry(number: int, *, words: int) -> EntryChange:
    """A change that takes about `words` words to tell."""
    before = " ".join(f"old{number}word{word}" for word in range(words // 2))
    now = " ".join(f"new{number}word{word}" for word in range(words // 2))
    fields = (FieldChange("meaning", "words", before, now, diff_words(before, now)),)
    return EntryChange(
        f"term-{number}", "terms", f"Term number {number}", f"terms/term-{number}/", ("reworded",), fields=fields, meaning_changed=True
    )


def large_diff(entries: int, *, words: int = 40) -> Diff:
    changes = tuple(entry(number, words=words) for number in range(entries))
    suspects = tuple(Suspect(change.id, change.title, (NamedEntry("see", "another", "Another"),)) for change in changes)
    pages = {change.id: (AffectedPage(change.url, change.title),) * 3 for change in changes}
    step = VersionStep("patch", tuple(f"{change.place} was reworded" for change in changes))
    return Diff(DiffBase("main"), changes, (), (), suspects, step, ("A note.",) * entries, pages, are_affected_pages_exact=True)


@pytest.mark.parametrize(
    ("entries", "folded", "has_words", "has_fields", "has_entries"),
    [
        (0, "", False, False, False),
        (20, "", True, True, True),
        (150, "The words are left out here", False, True, True),
        (320, "The fields are left out here", False, False, True),
        (3000, "The entries are left out here", False, False, False),
        pytest.param(30_000, "The entries are left out here", False, False, False, marks=pytest.mark.proof),
    ],
)
def test_what_is_too_long_for_a_comment_is_folded_in_steps(entries: int, folded: str, has_words: bool, has_fields: bool, has_entries: bool) -> None:
    comment = diff_as_markdown(large_diff(entries))
    assert len(comment) <= LONGEST_COMMENT
    assert ("left out" in comment) is bool(folded)
    assert folded in comment
    assert ("new1word1" in comment, "<code>meaning</code>" in comment, "Term number 1<" in comment) == (has_words, has_fields, has_entries)
    assert ("<code>playbook diff main</code> shows all." in comment) is bool(folded)
    if entries:
        assert f"#### Reworded: {entries}\n" in comment
    assert_inert(comment)


@pytest.mark.parametrize("entries", [0, 1, 10, 150, 320, pytest.param(3000, marks=pytest.mark.proof)])
def test_no_element_of_a_comment_is_cut(entries: int) -> None:
    for words in (4, 40, 400):
        comment = diff_as_markdown(large_diff(entries, words=words))
        for name in ("details", "summary", "strong", "code", "del", "ins"):
            assert comment.count(f"<{name}>") == comment.count(f"</{name}>")


def test_one_entry_with_a_huge_text_is_folded_too() -> None:
    before, now = ("word " * 30_000, "word " * 29_999 + "end")
    change = replace(entry(1, words=2), fields=(FieldChange("meaning", "words", before, now, diff_words(before, now)),) * 3)
    assert len(diff_as_markdown(replace(large_diff(0), entries=(change,)))) < 3000
    assert len(diff_as_text(replace(large_diff(0), entries=(change,)))) < 3000


EXPECTED_JSON = {
    "base": {"name": "HEAD", "commit": "…", "why": ""},
    "step": {"name": "minor", "reasons": ["the page /help/ was added"]},
    "entries": [
        {
            "id": "data-sharing",
            "kind": "barriers",
            "title": "Data stays apart",
            "url": "barriers/data-sharing/",
            "changes": ["reworded"],
            "was": "",
            "summary": "",
            "reason": "",
            "instead": [],
            "fields": [
                {
                    "path": "problem",
                    "sort": "words",
                    "before": "Each partner holds a part of the story.",
                    "now": "No partner knows the whole story.",
                    "pieces": [
                        {"sort": "gone", "text": "Each"},
                        {"sort": "new", "text": "No"},
                        {"sort": "kept", "text": " partner "},
                        {"sort": "gone", "text": "holds a part of"},
                        {"sort": "new", "text": "knows"},
                        {"sort": "kept", "text": " the"},
                        {"sort": "new", "text": " whole"},
                        {"sort": "kept", "text": " story."},
                    ],
                }
            ],
            "gained": [],
            "lost": [],
            "anchors_new": [],
            "anchors_gone": [],
            "anchors_moved": [],
            "anchors_why": [],
            "sorted_by": [],
            "review": None,
            "means_other": True,
            "shown_on": [
                {"url": "barriers/data-sharing/", "title": "Data stays apart"},
                {"url": "print/", "title": "The whole playbook"},
            ],
        }
    ],
    "facts": [],
    "pages": [
        {
            "path": "docs/help.md",
            "url": "help/",
            "title": "Help",
            "change": "added",
            "fields": [],
            "anchors_gone": [],
            "anchors_new": [],
            "anchors_moved": [],
            "anchors_why": [],
            "was": "",
            "reason": "",
        }
    ],
    "inbound": [],
    "suspects": [
        {
            "id": "data-sharing",
            "title": "Data stays apart",
            "named_by": [
                {"field": "reveals", "id": "permission", "title": "Do you have permission?"},
                {"field": "eases", "id": "shared-space", "title": "Sit together"},
                {"field": "meets", "id": "one-front-door", "title": "One front door"},
                {"field": "touches", "id": "who-pays", "title": "Who pays?"},
            ],
        }
    ],
    "shown_exactly": True,
    "notes": [],
}
"""The JSON of one changed text and one new page."""


def test_machines_are_told_everything_under_these_keys(tmp_path: Path) -> None:
    folder = write_repository(tmp_path)
    edit(folder, changed(BARRIER, "Each partner holds a part of the story.", "No partner knows the whole story.") | {"docs/help.md": "# Help\n"})
    output = json.loads(diff(folder, "HEAD", "--format", "json"))
    assert {**output, "base": {**output["base"], "commit": "…"}} == EXPECTED_JSON


def test_the_keys_for_machines_are_told_in_the_documentation() -> None:
    page = (PROJECT / "docs/contribute/decisions/diff-by-meaning.md").read_text("utf-8")
    output = json.loads(diff_as_json(large_diff(1)))
    keys = {*output, *output["entries"][0], *output["entries"][0]["fields"][0], *output["suspects"][0]}
    assert sorted(key for key in keys if f"`{key}`" not in page) == []


def test_control_characters_are_shown_in_no_form() -> None:
    evil = "\x1b[2J\u202e\x9b\r"
    hostile_diff = Diff(
        DiffBase(evil, "", evil), (replace(entry(1, words=2), title=evil, fields=(FieldChange(evil, "value", evil, evil),)),), (), (),
        (Suspect("a", evil, (NamedEntry(evil, "b", evil),)),), VersionStep("patch", (evil,)), (evil,), {"term-1": (AffectedPage(evil, evil),)},
    )  # fmt: skip
    for form in (diff_as_text, diff_as_markdown, diff_as_json):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", form(hostile_diff))


@pytest.mark.parametrize(("environment", "is_coloured"), [({}, False), ({"FORCE_COLOR": "1"}, True), ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False)])
def test_colour_says_nothing_that_the_signs_do_not_say(tmp_path: Path, environment: dict[str, str], is_coloured: bool) -> None:
    folder = write_repository(tmp_path)
    edit(folder, changed(BARRIER, "Each partner holds a part of the story.", "No partner knows the whole story."))
    done = run_playbook(folder, "diff", "HEAD", environment={"NO_COLOR": "", "FORCE_COLOR": "", **environment})
    assert done.returncode == 0
    assert ("\x1b[" in done.stdout) is is_coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", done.stdout) == diff(folder, "HEAD")
