"""What was published leads somewhere for good: what the check says where it would not, and what it says of releases that cannot be read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from macros.playbook.load import load_playbook
from macros.playbook.urls import UNRELEASED_ANCHOR
from macros.site.ledger.check_built import offer_warnings
from macros.site.ledger.ledger import read_ledger
from tests.support.playbooks import BASE, changed, run_playbook
from tests.support.releases import record_release as release
from tests.support.repositories import commit, edit, write_repository
from tests.support.sites import build, page, words, write_project

pytestmark = pytest.mark.slow

BARRIER = "playbook_data/barriers/data-sharing.yml"
FIGURE = "figures: [{name: cost, value: 5000, unit: £, measures: Cost of one bid, source: nao, at: para 1}]\n"
ABOUT = "# About us\n\n## What we see { #symptoms }\n\nWords.\n\n## The team’s work\n\nPeople.\n"
FILES = {
    BARRIER: BASE[BARRIER] + FIGURE,
    "playbook_data/terms/mandate.yml": "title: Mandate\nsummary: The right to act.\nmeaning: Somebody said yes.\n",
    "docs/us.md": ABOUT,
}
RELEASES = "playbook_data/releases"


FACTS = {path: BASE[path] for path in ("playbook_data/playbook.yml",)}
GONE = "withdrawn_pages: [{{address: {}, title: A page, reason: It is over., on: 2026-11-26}}]\n"


@pytest.fixture
def released(tmp_path: Path) -> Path:
    """A playbook that was released once, with a figure, a term of its own and a page written by hand."""
    folder = write_repository(tmp_path, FILES)
    release(folder, "1.0.0")
    return folder


def check_output(folder: Path, *options: str) -> str:
    done = run_playbook(folder, "check", *options)
    assert done.returncode == (0 if done.stdout == "no problems\n" else 1)
    assert done.stderr == ""
    return done.stdout


BROKEN: dict[str, tuple[dict[str, str | None], str]] = {
    "an entry whose file is gone": (
        {"playbook_data/terms/mandate.yml": None},
        """\
playbook_data/terms/mandate.yml:1:1: error[lost-page] /terms/mandate/ was published in release 1.0.0 and leads nowhere now
  help: bring the file back with `status: withdrawn`, a `reason:`, and `replaced_by:` if something takes its place; or, if another entry is the same under another id, add `formerly: [mandate]` to that one
1 problem in 1 file
""",
    ),
    "an entry whose file was renamed by hand": (
        {
            "playbook_data/terms/mandate.yml": None,
            "playbook_data/terms/right-to-act.yml": "title: Right to act\nsummary: The right to act.\nmeaning: Somebody said yes.\n",
        },
        """\
playbook_data/terms/right-to-act.yml:1:1: error[lost-page] /terms/mandate/ was published in release 1.0.0 and leads nowhere now
  help: this entry may have taken the place of 'mandate': if so, add `formerly: [mandate]` here; if not, bring playbook_data/terms/mandate.yml back with `status: withdrawn`
playbook_data/terms/right-to-act.yml:1:1: warning[term-unused] no other entry uses this term
  help: add the words that entries use under `also:`, or remove the term; if a release has it, withdraw it
2 problems in 1 file
""",
    ),
    "a figure that has another name": (
        {BARRIER: BASE[BARRIER] + FIGURE.replace("name: cost", "name: cost-per-bid")},
        """\
playbook_data/barriers/data-sharing.yml:9:1: error[lost-anchor] figures: /barriers/data-sharing/#figure-cost was published in release 1.0.0, and the page has no such anchor any more
    9 | figures: [{name: cost-per-bid, value: 5000, unit: £, measures: Cost of one bid, source: nao, at: par
      | ^^^^^^^
  help: bring it back; or add to `former_anchors:` `- {anchor: figure-cost, now: figure-cost-per-bid}` if that shows the same, or `- {anchor: figure-cost, reason: …}` if nothing does
1 problem in 1 file
""",
    ),
    "a section that nobody fills any more": (
        changed("playbook_data/cases/one-front-door.yml", "meets: [data-sharing]\n", "") | {BARRIER: BASE[BARRIER] + FIGURE},
        """\
playbook_data/barriers/data-sharing.yml:1:1: error[lost-anchor] /barriers/data-sharing/#cases was published in release 1.0.0, and the page has no such anchor any more
  help: bring it back; or add to `former_anchors:` `- {anchor: cases, now: its-new-anchor}` if that shows the same, or `- {anchor: cases, reason: …}` if nothing does
playbook_data/cases/one-front-door.yml:1:1: error[lost-anchor] /cases/one-front-door/#meets was published in release 1.0.0, and the page has no such anchor any more
  help: bring it back; or add to `former_anchors:` `- {anchor: meets, now: its-new-anchor}` if that shows the same, or `- {anchor: meets, reason: …}` if nothing does
2 problems in 2 files
""",
    ),
    "an entry in whose place pages stand": (
        {
            "playbook_data/terms/mandate.yml": None,
            "docs/terms/mandate.md": "# Mandate\n",
            "docs/news.md": "---\nformerly: [terms/leave/]\n---\n# News\n",
            "playbook_data/terms/permit.yml": "title: Permit\nsummary: The right to act.\nmeaning: Somebody said yes.\nformerly: [leave, pass]\nalso: [somebody]\n",
            **{path: text + GONE.format("terms/pass/") for path, text in FACTS.items()},
        },
        """\
docs/news.md:2:12: error[formerly-living] formerly[0]: /terms/leave/ is the address of an entry, and no page can take its place
    2 | formerly: [terms/leave/]
      |            ^^^^^^^^^^^^
  help: remove it, because links to it lead to playbook_data/terms/permit.yml
docs/terms/mandate.md:1:1: error[formerly-living] /terms/mandate/ is the address of an entry, and no page can take its place
  help: rename this file, and bring playbook_data/terms/mandate.yml back with `status: withdrawn` and a `reason:`
playbook_data/playbook.yml:6:29: error[formerly-living] withdrawn_pages[0].address: /terms/pass/ is the address of an entry, and no page can take its place
    6 | withdrawn_pages: [{address: terms/pass/, title: A page, reason: It is over., on: 2026-11-26}]
      |                             ^^^^^^^^^^^
  help: remove it, because links to it lead to playbook_data/terms/permit.yml
3 problems in 3 files
"""
    ),
    "a page that is gone": (
        {"docs/us.md": None},
        """\
docs/us.md:1:1: error[lost-page] /us/ was published in release 1.0.0 and leads nowhere now
  help: bring the page back; or add `formerly: [us/]` to the front matter of the page that takes its place; or, to tell readers why it is gone, add to `withdrawn_pages:` in playbook_data/playbook.yml `- {address: us/, title: About us, reason: …, on: …}`
1 problem in 1 file
""",
    ),
    "headings that were reworded": (
        {"docs/us.md": ABOUT.replace("#symptoms", "#signs").replace("The team’s work", "What the team does")},
        """\
docs/us.md:1:1: error[lost-anchor] /us/#symptoms (“What we see”) was published in release 1.0.0, and the page has no such anchor any more
  help: write { #symptoms } after the heading that shows the same; or add to `former_anchors:` above the page's text `- {anchor: symptoms, now: its-new-anchor}` if that shows the same, or `- {anchor: symptoms, reason: …}` if nothing does
docs/us.md:1:1: error[lost-anchor] /us/#the-teams-work (“The team’s work”) was published in release 1.0.0, and the page has no such anchor any more
  help: write { #the-teams-work } after the heading that shows the same; or add to `former_anchors:` above the page's text `- {anchor: the-teams-work, now: what-the-team-does}` if that shows the same, or `- {anchor: the-teams-work, reason: …}` if nothing does
2 problems in 1 file
""",
    ),
    "former anchors that lead nowhere themselves": (
        {
            BARRIER: BASE[BARRIER] + "former_anchors:\n  - {anchor: figure-cost, now: figure-costs}\n  - {anchor: signs, reason: It is gone}\n"
            "  - {anchor: figures, entry: shared-space, now: tri}\n"
        },
        """\
playbook_data/barriers/data-sharing.yml:10:32: error[unknown-anchor] former_anchors[0].now: the page has no anchor 'figure-costs'
   10 |   - {anchor: figure-cost, now: figure-costs}
      |                                ^^^^^^^^^^^^
  help: its anchors are cases, eases, evidence, history, open-questions, reveals, signs, sources, why
playbook_data/barriers/data-sharing.yml:11:14: error[anchor-still-there] former_anchors[1].anchor: the page has the anchor 'signs'
   11 |   - {anchor: signs, reason: It is gone}
      |              ^^^^^
  help: remove this row, because links to it already lead there
playbook_data/barriers/data-sharing.yml:12:49: error[unknown-anchor] former_anchors[2].now: that page has no anchor 'tri'
   12 |   - {anchor: figures, entry: shared-space, now: tri}
      |                                                 ^^^
  help: did you mean 'try'?
3 problems in 1 file
""",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_promise_that_is_broken_is_told_at_the_file_to_mend(released: Path, name: str) -> None:
    files, expected = BROKEN[name]
    edit(released, files)
    assert check_output(released) == expected


MENDED: dict[str, dict[str, str | None]] = {
    "an entry that has another id": {
        "playbook_data/terms/mandate.yml": None,
        "playbook_data/terms/right-to-act.yml": FILES["playbook_data/terms/mandate.yml"] + "formerly: [mandate]\n",
    },
    "an entry that is withdrawn": {
        "playbook_data/terms/mandate.yml": FILES["playbook_data/terms/mandate.yml"] + "status: withdrawn\nreason: It is over.\nreplaced_by: null\n"
    },
    "an entry that is a draft again": {"playbook_data/terms/mandate.yml": FILES["playbook_data/terms/mandate.yml"] + "status: draft\n"},
    "a figure that has another name": {
        BARRIER: BASE[BARRIER] + FIGURE.replace("name: cost", "name: bid") + "former_anchors: [{anchor: figure-cost, now: figure-bid}]\n"
    },
    "figures that are gone": {
        BARRIER: BASE[BARRIER] + "former_anchors:\n  - {anchor: figures, reason: They are gone.}\n  - {anchor: figure-cost, reason: It is gone.}\n"
    },
    "a section that is on another page": {
        BARRIER: BASE[BARRIER]
        + "former_anchors:\n  - {anchor: figures, entry: shared-space, now: evidence}\n  - {anchor: figure-cost, entry: shared-space}\n"
    },
    "an entry of another kind": {
        "playbook_data/terms/mandate.yml": None,
        "playbook_data/forms/mandate.yml": BASE["playbook_data/forms/partnership.yml"].replace("title: Partnership", "title: Mandate"),
        **changed("playbook_data/cases/one-front-door.yml", "forms: [partnership]", "forms: [partnership, mandate]"),
    },
    "a page that has another address": {"docs/us.md": None, "docs/about/us.md": f"---\nformerly: [us/]\n---\n\n{ABOUT}"},
    "a heading that keeps its anchor": {"docs/us.md": ABOUT.replace("## The team’s work", "## What the team does { #the-teams-work }")},
    "a kind whose last entry is withdrawn": {
        "playbook_data/open-questions/who-pays.yml": BASE["playbook_data/open-questions/who-pays.yml"]
        + "status: withdrawn\nreason: Somebody found out.\nreplaced_by: [data-sharing]\n",
        BARRIER: BASE[BARRIER] + FIGURE + "former_anchors: [{anchor: open-questions, reason: It was answered.}]\n",
    },
}


@pytest.mark.parametrize("name", MENDED)
def test_the_check_is_content_with(released: Path, name: str) -> None:
    edit(released, MENDED[name])
    assert check_output(released) == "no problems\n"


BUILT = ("an entry that has another id", "a figure that has another name", "an entry of another kind", "a page that has another address")


@pytest.mark.parametrize("name", [pytest.param(name, marks=() if name in BUILT else pytest.mark.proof) for name in MENDED])
def test_the_build_is_content_with(tmp_path: Path, name: str) -> None:
    """An anchor, an entry and a page; `make proof` builds each of those that the check is content with."""
    project = write_project(tmp_path, FILES)
    write_repository(project, FILES)
    release(project, "1.0.0")
    edit(project, MENDED[name])
    done = build(project)
    assert done.returncode == 0, done.stderr


def test_the_build_looks_at_the_pages_and_not_only_at_the_model(tmp_path: Path) -> None:
    project = write_project(tmp_path, {**FILES, "docs/us.md": ABOUT + '\n<p id="note">A note.</p>\n'})
    write_repository(project, {})
    release(project, "1.0.0")
    edit(project, {"docs/us.md": ABOUT + '\n<!-- <p id="note">A note.</p> { #note } -->\n\n```html\n<p id="note">\n```\n'})
    checked = check_output(project)
    assert "error[lost-anchor] /us/#note (“A part”) was published in release 1.0.0" in checked
    edit(project, {"docs/us.md": ABOUT + "\n{{ '<p id=\"note\">' if false else '' }}\n"})
    assert check_output(project) != "no problems\n"
    done = build(project)
    assert done.returncode == 1
    assert "docs/us.md:1:1: error[lost-anchor] /us/#note (“A part”) was published in release 1.0.0" in done.stderr


def test_the_build_finds_a_promised_page_that_is_not_among_the_finished_ones(tmp_path: Path) -> None:
    project = write_project(tmp_path, FILES)
    write_repository(project, FILES)
    release(project, "1.0.0")
    settings = (project / "mkdocs.yml").read_text("utf-8").replace("hooks.py\n", "hooks.py\n  - drop.py\n")
    edit(
        project,
        {"mkdocs.yml": settings, "drop.py": "def on_files(files, **_):\n    files.remove(files.get_file_from_path('us.md'))\n    return files\n"},
    )
    assert check_output(project) == "no problems\n"
    done = build(project)
    assert done.returncode == 1
    assert (
        "docs/us.md:1:1: error[lost-page] /us/ was published in release 1.0.0, and the build has no page there\n"
        "  help: bring the page back, or say where it went under `formerly:` of what takes its place\n"
    ) in done.stderr
    assert not (project / "site").exists()


def test_the_build_finds_a_promised_anchor_that_is_not_on_the_finished_page(tmp_path: Path) -> None:
    files = {"docs/us.md": "# About us\n\n## A heading { #lost }\n"}
    project = write_project(tmp_path, files)
    write_repository(project, files)
    release(project, "1.0.0")
    settings = (project / "mkdocs.yml").read_text("utf-8").replace("hooks.py\n", "hooks.py\n  - drop.py\n")
    edit(project, {"mkdocs.yml": settings, "drop.py": "def on_page_content(html, **_):\n    return html.replace('id=\"lost\"', '')\n"})
    assert check_output(project) == "no problems\n"
    done = build(project)
    assert done.returncode == 1
    assert (
        "docs/us.md:1:1: error[lost-anchor] /us/#lost was published in release 1.0.0, and the built page has no such anchor\n"
        "  help: say what became of it under `former_anchors:` of that page\n"
    ) in done.stderr
    assert not (project / "site").exists()


def test_a_promise_of_an_early_release_holds_however_many_followed(released: Path) -> None:
    edit(released, MENDED["figures that are gone"])
    commit(released)
    release(released, "2.0.0")
    assert check_output(released) == "no problems\n"
    edit(released, {BARRIER: BASE[BARRIER]})
    assert [line for line in check_output(released).splitlines() if "error[" in line] == [
        f"{BARRIER}:1:1: error[lost-anchor] /barriers/data-sharing/#{anchor} was published in release 1.0.0, and the page has no such anchor any more"
        for anchor in ("figure-cost", "figures")
    ]


def test_what_the_next_release_would_promise_is_on_the_finished_page(tmp_path: Path) -> None:
    project = write_project(tmp_path, {"docs/us.md": "# About us\n\n<div>\n## A heading { #lost }\n</div>\n"})
    done = build(project)
    assert done.returncode == 0
    assert (
        "docs/us.md:1:1: warning[anchor-unkept] a release would promise /us/#lost, and the built page has no such anchor\n"
        "  help: write the heading on a line of its own, outside HTML such as <details>, with an anchor of its own: { #name }\n"
    ) in done.stderr
    assert build(project, "--strict").returncode == 1


def test_what_no_release_has_yet_is_no_promise_where_a_page_lists_releases(released: Path) -> None:
    edit(released, {"docs/news.md": "# News\n\n{{ changes() }}\n\n## Withdrawn\n", **changed(BARRIER, "Each partner", "Every partner")})
    ledger = read_ledger(released, load_playbook(released))
    assert UNRELEASED_ANCHOR in ledger.current.anchors("news/")
    assert [*offer_warnings(ledger, {"news/": dict.fromkeys(("news", "release-1-0-0", "withdrawn"), ())})] == []


@pytest.mark.parametrize(
    "files", [{"playbook_data/terms/mandate.yml": None}, {"docs/us.md": "# About us\n"}], ids=["an entry", "a heading of a page"]
)
def test_a_broken_promise_stops_the_build_in_the_same_words(tmp_path: Path, files: dict) -> None:
    project = write_project(tmp_path, FILES)
    write_repository(project, FILES)
    release(project, "1.0.0")
    edit(project, files)
    done = build(project)
    assert done.returncode == 1
    assert check_output(project).strip() in done.stderr
    assert "Traceback" not in done.stderr
    assert not (project / "site").exists()


def test_what_was_on_a_page_is_told_at_its_end_under_the_old_anchor(tmp_path: Path) -> None:
    project = write_project(tmp_path, FILES)
    write_repository(project, FILES)
    release(project, "1.0.0")
    edit(project, {**MENDED["figures that are gone"], **MENDED["an entry that is withdrawn"]})
    assert build(project).returncode == 0
    kept = page(project / "site", "barriers/data-sharing").css_first(".kept")
    assert [(row.attributes["id"], words(row)) for row in kept.css("li")] == [
        ("figures", "Figures : They are gone."),
        ("figure-cost", "Figure cost : It is gone."),
    ]
    assert [(row.attributes["id"], words(row)) for row in page(project / "site", "terms").css(".kept li")] == [("mandate", "Mandate was withdrawn.")]
    notice = page(project / "site", "terms/mandate").css_first("#withdrawn")
    assert words(notice) == "Withdrawn. It is over. Nothing replaces it."


def test_on_the_page_of_a_withdrawn_entry_what_is_gone_leads_to_the_notice(tmp_path: Path) -> None:
    path, text = "playbook_data/barriers/old-systems.yml", BASE[BARRIER].replace("Data stays apart", "Systems are old")
    project = write_project(tmp_path, {path: text + FIGURE})
    write_repository(project, {path: text + FIGURE})
    release(project, "1.0.0")
    edit(project, {path: text + "status: withdrawn\nreason: They are new now.\nreplaced_by: null\n"})
    done = build(project)
    assert done.returncode == 0, done.stderr
    notice = page(project / "site", "barriers/old-systems").css_first("#withdrawn")
    assert {node.attributes["id"] for node in notice.css("[id]")} >= {"figures", "figure-cost"}


def test_an_old_anchor_of_a_figure_stands_inside_its_new_row(tmp_path: Path) -> None:
    project = write_project(tmp_path, MENDED["a figure that has another name"])
    assert build(project, "--strict").returncode == 0
    shown = page(project / "site", "barriers/data-sharing")
    assert shown.css_first("tr#figure-bid > th > #figure-cost") is not None
    assert shown.css_first(".kept") is None


def test_former_anchors_count_in_a_playbook_that_was_never_released(playbook: Path) -> None:
    edit(playbook, {BARRIER: BASE[BARRIER] + "former_anchors: [{anchor: figures, now: nowhere}]\n"})
    assert "error[unknown-anchor] former_anchors[0].now: the page has no anchor 'nowhere'" in check_output(playbook)


def test_no_address_leads_to_another_old_one(tmp_path: Path) -> None:
    folder = write_repository(tmp_path, FILES)
    release(folder, "1.0.0")
    for number, (old, new) in enumerate((("mandate", "first"), ("first", "second"), ("second", "mandate-again"))):
        assert run_playbook(folder, "rename", old, new).returncode == 0
        commit(folder)
        release(folder, f"1.{number + 1}.0")
    moved = read_ledger(folder, load_playbook(folder)).moved
    assert {old: new for old, new in moved.items() if old.startswith("terms/")} == dict.fromkeys(
        ("terms/first/", "terms/mandate/", "terms/second/"), "terms/mandate-again/"
    )
    assert not moved.keys() & set(moved.values())


SPOILED: dict[str, tuple[Callable[[Path], object], str]] = {
    "a line cut short": (
        lambda folder: write(folder / "1.0.0.jsonl", lambda text: text[:-40]),
        "1.0.0.jsonl:12:1: error[release-line] this line is not JSON: ",
    ),
    "a line edited by hand": (
        lambda folder: write(folder / "1.0.0.jsonl", lambda text: text.replace("Somebody said yes", "Somebody said no")),
        (
            "1.0.0.jsonl:1:1: error[release-edited] it is not what release 1.0.0 was: a line was edited, added or lost\n"
            "  help: a release is never edited: bring it back with `git checkout "
        ),
    ),
    "a line that is lost": (
        lambda folder: write(folder / "1.0.0.jsonl", lambda text: text.partition("\n")[2]),
        "1.0.0.jsonl:1:1: error[release-edited] it is not what release 1.0.0 was",
    ),
    "line ends of another system": (
        lambda folder: write(folder / "1.0.0.jsonl", lambda text: text.replace("\n", "\r\n")),
        "1.0.0.jsonl:1:1: error[release-edited] it is not what release 1.0.0 was",
    ),
    "a manifest edited by hand, after another release": (
        lambda folder: (record_again(folder), write(folder / "1.0.0.json", lambda text: text.replace("2026-11-26", "2026-11-25"))),
        "1.0.0.json:1:1: error[release-edited] it is not what release 1.0.0 was when 1.0.1 followed it",
    ),
    "a release of a newer form": (
        lambda folder: write(folder / "1.0.0.json", lambda text: text.replace('"format": 1', '"format": 2')),
        (
            "1.0.0.json:1:1: error[release-newer] this release was written by a newer version of this program: its format is 2, and the newest known here is 1\n"
            "  help: update the program: `git pull`, then `make site`\n"
        ),
    ),
    "a manifest that is not JSON": (
        lambda folder: write(folder / "1.0.0.json", lambda text: text[:100]),
        "1.0.0.json:1:1: error[release-facts] it is not JSON\n",
    ),
    "a manifest without what it must have": (
        lambda folder: write(folder / "1.0.0.json", lambda text: text.replace('"date"', '"day"')),
        "1.0.0.json:1:1: error[release-facts] 'date' is missing\n",
    ),
    "an address that leads out of the site": (
        lambda folder: write(folder / "1.0.0.json", lambda text: text.replace('"url": "us/"', '"url": "../../etc/"')),
        "1.0.0.json:1:1: error[release-facts] 'pages[15].url' is not what a release holds there\n",
    ),
    "a manifest of another release": (
        lambda folder: write(folder / "1.0.0.json", lambda text: text.replace('"version": "1.0.0"', '"version": "1.1.0"')),
        "1.0.0.json:1:1: error[release-facts] it says that it is release '1.1.0'\n",
    ),
    "two releases of one number": (
        lambda folder: (folder / "1.0.jsonl").write_bytes((folder / "1.0.0.jsonl").read_bytes()),
        (
            "1.0.0.jsonl:1:1: error[release-twice] it is the same release as playbook_data/releases/1.0.jsonl\n"
            "  help: keep the one that was published, and delete the other\n"
        ),
    ),
    "a name that is not a version": (
        lambda folder: (folder / "v2.jsonl").write_bytes((folder / "1.0.0.jsonl").read_bytes()),
        "v2.jsonl:1:1: error[release-name] 'v2' is not a version\n  help: a release is called by three numbers, such as 1.4.0.jsonl\n",
    ),
    "a release lost from the middle": (
        lambda folder: (record_again(folder), [(folder / f"1.0.0.{ending}").unlink() for ending in ("json", "jsonl")]),
        "1.0.1.json:1:1: error[release-lost] release 1.0.0 came before it, and cannot be read\n",
    ),
    "entries without their manifest, after another release": (
        lambda folder: (record_again(folder), (folder / "1.0.1.json").unlink()),
        "1.0.1.json:1:1: error[release-facts] the file is missing: it says when the release was made and which pages it had\n",
    ),
    "a manifest without its entries": (
        lambda folder: (folder / "1.0.0.jsonl").unlink(),
        "1.0.0.json:1:1: error[release-entries] its entries are missing: there is no 1.0.0.jsonl\n",
    ),
    "a symbolic link": (
        lambda folder: ((folder / "1.0.0.jsonl").unlink(), (folder / "1.0.0.jsonl").symlink_to("/etc/passwd")),
        "1.0.0.jsonl:1:1: error[symbolic-link] it is a symbolic link, which may lead out of the playbook\n",
    ),
}  # fmt: skip


def write(file: Path, change: Callable[[str], str]) -> None:
    """The file after `change`, with its line ends as they are."""
    before = file.read_bytes().decode()
    after = change(before)
    assert before != after
    file.write_bytes(after.encode())


def record_again(folder: Path) -> None:
    """One more release, in new words."""
    root = folder.parent.parent
    edit(root, changed("playbook_data/terms/joining-up.yml", "act as one", "work as one"))
    commit(root)
    release(root, "1.0.1")


@pytest.mark.parametrize("name", SPOILED)
def test_a_release_that_cannot_be_trusted_is_a_problem_at_its_file(released: Path, name: str) -> None:
    spoil, expected = SPOILED[name]
    spoil(released / RELEASES)
    assert f"{RELEASES}/{expected}" in check_output(released)


def test_a_former_address_that_is_a_page_is_told(released: Path) -> None:
    edit(released, {"docs/them.md": "---\nformerly: [us/, terms/mandate/, before/]\n---\n\n# About them\n"})
    assert (
        check_output(released)
        == """\
docs/them.md:2:12: error[formerly-living] formerly[0]: /us/ is a page
    2 | formerly: [us/, terms/mandate/, before/]
      |            ^^^
  help: remove it, because links to it already lead there
docs/them.md:2:17: error[formerly-living] formerly[1]: /terms/mandate/ is a page
    2 | formerly: [us/, terms/mandate/, before/]
      |                 ^^^^^^^^^^^^^^
  help: remove it, because links to it already lead there
2 problems in 1 file
"""
    )


def test_a_circle_of_replacements_is_told(released: Path) -> None:
    more = "status: withdrawn\nreason: It is over.\nreplaced_by: [{}]\n"
    edit(
        released,
        {
            "playbook_data/terms/mandate.yml": FILES["playbook_data/terms/mandate.yml"] + more.format("joining-up"),
            "playbook_data/terms/joining-up.yml": BASE["playbook_data/terms/joining-up.yml"] + more.format("mandate"),
        },
    )
    assert "error[circle] replaced_by[0]: 'replaced_by' forms a circle: joining-up → mandate → joining-up" in check_output(released)


def test_the_problems_of_releases_are_there_for_machines_too(released: Path) -> None:
    edit(released, {"docs/us.md": None})
    (problem,) = json.loads(check_output(released, "--format", "json"))
    assert (problem["file"], problem["line"], problem["rule"], problem["severity"]) == ("docs/us.md", 1, "lost-page", "error")
