"""`playbook review`: the list of what is due, for people, for an issue and for machines; and the record of a look.

Above: what is typed, as if it were one day. Below: what is printed, what the files hold then, and the exit code.
"""

from __future__ import annotations

import datetime
import json
import subprocess
from pathlib import Path

import pytest

from macros.authoring.review_report import LONGEST, ReviewReport, reviews_as_markdown
from macros.pages.renderer import Renderer
from macros.playbook.load import load_playbook
from macros.playbook.review_dates import DueReview
from macros.schema.kinds import KINDS
from macros.text.forge_markdown import escape_markdown
from tests.support.playbooks import BASE, Files, run_playbook, write_playbook

FACTS = "playbook_data/playbook.yml"
TERM = "playbook_data/terms/joining-up.yml"
BARRIER = "playbook_data/barriers/data-sharing.yml"
SOURCE = "playbook_data/sources/nao.yml"
TODAY = ("--today", "2026-11-20")
OUTCOME = "No change needed, as the figure still stands in the report"
LOOK = ("--by", "delivery-team", "--outcome", OUTCOME)


def review(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run_playbook(folder, "review", *arguments, *TODAY)


def with_facts(more: str, files: Files | None = None) -> dict[str, str | bytes]:
    return {FACTS: BASE[FACTS] + more, **(files or {})}


def reviewed(path: str, on: str) -> dict[str, str]:
    return {path: f"{BASE[path]}reviewed: {{on: {on}, by: delivery-team, outcome: No change needed}}\n"}


SOME = with_facts(
    "review_by: delivery-team\nreview_kinds: {terms: {every_months: 6}}\n",
    {
        **reviewed(TERM, "2026-01-15"),
        **reviewed(BARRIER, "2025-12-01"),
        **reviewed(SOURCE, "2027-01-01"),
        **{
            path: text + "status: draft\n"
            for path, text in BASE.items()
            if not path.endswith(("playbook.yml", "joining-up.yml", "data-sharing.yml", "nao.yml", "permission.yml"))
        },
    },
)
"""A playbook in which one entry is overdue, one soon due, one has a date that is still to come, one was never reviewed; the rest are drafts."""


def test_the_list_says_what_is_due_when_and_who_looks(tmp_path: Path) -> None:
    done = review(write_playbook(tmp_path, SOME))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "Overdue: 1\n"
        "  2026-07-15  joining-up                         delivery-team            Joining up\n"
        "\n"
        "Due by 20 December 2026: 1\n"
        "  2026-12-01  data-sharing                       delivery-team            Data stays apart\n"
        "\n"
        "Reviewed on a day that is still to come: 1\n"
        "  2027-01-01  nao                                delivery-team            Joining Up to Improve Public Services\n"
        "\n"
        "Never reviewed: 1\n"
        "  Questions\n"
        "    permission                         delivery-team            Do you have permission?\n"
        "\n"
        'Record a look with: playbook review ID --by ROLE --outcome "What came of it"\n'
    )


@pytest.mark.parametrize(("within", "soon"), [("10d", 0), ("11d", 1), ("1w", 0), ("2w", 1), ("1m", 1), ("0d", 0)])
def test_how_far_to_look_ahead_is_said_in_days_weeks_or_months(tmp_path: Path, within: str, soon: int) -> None:
    done = review(write_playbook(tmp_path, SOME), "--within", within)
    assert done.returncode == 0
    assert done.stdout.count("data-sharing") == soon


def test_the_editors_review_without_a_role_and_the_page_names_them(playbook: Path) -> None:
    (playbook / FACTS).write_text(f"{BASE[FACTS]}editors: The playbook’s editors\n", "utf-8")
    done = review(playbook, "nao", "--outcome", OUTCOME)
    assert (done.returncode, done.stderr) == (0, "")
    assert run_playbook(playbook, "check").returncode == 0
    loaded = load_playbook(playbook)
    assert loaded.entries["nao"].reviewed.by is None
    assert "<dd>The playbook’s editors</dd>" in Renderer(loaded, "sources/nao/").entry_page(loaded.entries["nao"])


def test_where_no_role_is_named_nobody_looks(playbook: Path) -> None:
    assert "    data-sharing                       nobody                   Data stays apart\n" in review(playbook).stdout


def test_for_machines_each_row_has_its_day_its_role_and_its_file(tmp_path: Path) -> None:
    write_playbook(tmp_path, SOME)
    told = json.loads(review(tmp_path, "--json").stdout)
    assert told == json.loads(review(tmp_path, "--format", "json").stdout)
    assert list(told) == ["today", "until", "state", "due", "suspects"]
    assert (told["today"], told["until"], told["state"], told["suspects"]) == ("2026-11-20", "2026-12-20", "active", [])
    assert told["due"][0] == {
        "id": "joining-up",
        "kind": "terms",
        "title": "Joining up",
        "file": TERM,
        "owner": "delivery-team",
        "reviewed": "2026-01-15",
        "due": "2026-07-15",
        "when": "overdue",
    }
    assert [(row["id"], row["reviewed"], row["due"], row["when"]) for row in told["due"][1:]] == [
        ("data-sharing", "2025-12-01", "2026-12-01", "soon"),
        ("nao", "2027-01-01", "2028-01-01", "future"),
        ("permission", None, None, "never"),
    ]


def test_for_an_issue_lists_are_markdown_and_what_nobody_reviewed_is_folded(tmp_path: Path) -> None:
    done = review(write_playbook(tmp_path, SOME), "--format", "markdown")
    assert (done.returncode, done.stderr) == (0, "")
    assert (
        done.stdout
        == """\
Overdue: 1. Due by 20 December 2026: 1. Reviewed on a day that is still to come: 1. Never reviewed: 1.

### Overdue

| Day | Entry | Who looks |
| --- | --- | --- |
| 15 July 2026 | `joining-up` Joining up | delivery-team |

### Due by 20 December 2026

| Day | Entry | Who looks |
| --- | --- | --- |
| 1 December 2026 | `data-sharing` Data stays apart | delivery-team |

### Reviewed on a day that is still to come

| Day | Entry | Who looks |
| --- | --- | --- |
| 1 January 2027 | `nao` Joining Up to Improve Public Services | delivery-team |

### Never reviewed

<details><summary>Questions: 1</summary>

- `permission` Do you have permission? (delivery-team)

</details>

After a look, write down what came of it, also where nothing had to change:

    playbook review ID --by ROLE --outcome "What came of it"
"""
    )


HOSTILE = "@team <b>x</b> | [a](javascript:1) #12 `code` https://evil.org www.evil.org ![i](x) \\ $x$"


def test_in_markdown_a_title_is_text_that_calls_nobody(tmp_path: Path) -> None:
    files = {TERM: BASE[TERM].replace("Joining up", json.dumps(HOSTILE), 1)}
    line = next(line for line in review(write_playbook(tmp_path, files), "--format", "markdown").stdout.splitlines() if "joining-up" in line)
    assert line == f"- `joining-up` {escape_markdown(HOSTILE)} (nobody)"
    assert "@\u2060team" in line
    assert "\\#\u206012" in line
    assert line.replace("\u2060", "") == (
        "- `joining-up` @team \\<b\\>x\\</b\\> \\| \\[a\\]\\(javascript\\:1\\) \\#12 \\`code\\` https\\://evil\\.org www\\.evil\\.org"
        " \\!\\[i\\]\\(x\\) \\\\ \\$x\\$ (nobody)"
    )


def test_a_long_list_is_cut_so_that_it_fits_into_one_issue(playbook: Path) -> None:
    book = load_playbook(playbook)
    day = datetime.date(2026, 11, 20)
    rows = tuple(DueReview(entry, None, None, "never") for entry in book.entries.values() for _ in range(1000))
    shown = reviews_as_markdown(ReviewReport(book.settings, day, day, rows))
    assert len(shown) <= LONGEST
    assert shown.startswith(f"Never reviewed: {1000 * len(KINDS)}.\n")
    assert shown.count("<details>") == shown.count("</details>") == len(KINDS)
    assert shown.count("\n- … and 900 more: `playbook review` shows them all\n") == len(KINDS)


def test_on_a_day_with_nothing_to_look_at_the_list_says_so(tmp_path: Path) -> None:
    files = {path: text for path, text in BASE.items() if path == FACTS}
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text(text, "utf-8")
    for form in ("text", "markdown"):
        assert review(tmp_path, "--format", form).stdout == "No review is due by 20 December 2026.\n"


@pytest.mark.parametrize("state", ["unmaintained", "archived"])
def test_in_a_playbook_that_nobody_looks_after_no_review_is_due(tmp_path: Path, state: str) -> None:
    write_playbook(tmp_path, with_facts(f"state: {state}\nreason: The lab closed.\n", reviewed(TERM, "2020-01-01")))
    for form in ("text", "markdown"):
        done = review(tmp_path, "--format", form)
        assert (done.returncode, done.stdout) == (0, f"The playbook is {state}, so no review is due.\n")
    assert json.loads(review(tmp_path, "--json").stdout)["due"] == []


def test_a_look_is_written_into_the_file_of_each_entry_and_touches_nothing_else(tmp_path: Path) -> None:
    text = "# Looked up in the dictionary\n" + BASE[TERM].replace("see: [shared-aims, who-pays]", "see: [shared-aims]  # one is enough")
    write_playbook(tmp_path, {TERM: text})
    done = review(tmp_path, "joining-up", "nao", *LOOK)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (f"recorded in {TERM}; next review due 20 November 2027\nrecorded in {SOURCE}; next review due 20 November 2027\n")
    block = f"reviewed:\n  on: 2026-11-20\n  by: delivery-team\n  outcome: {OUTCOME}\n"
    fingerprint = load_playbook(tmp_path).entries["joining-up"].reviewed.seen[0].fingerprint
    assert (tmp_path / TERM).read_text("utf-8") == f'{text}{block}  seen:\n    - {{entry: shared-aims, fingerprint: "{fingerprint}"}}\n'
    assert (tmp_path / SOURCE).read_text("utf-8") == BASE[SOURCE] + block
    assert run_playbook(tmp_path, "check").returncode == 0
    assert not {"joining-up", "nao"} & {row["id"] for row in json.loads(review(tmp_path, "--json").stdout)["due"]}


def test_a_new_look_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    write_playbook(tmp_path, reviewed(SOURCE, "2025-11-20"))
    assert review(tmp_path, "nao", *LOOK, "--on", "2026-11-19").returncode == 0
    assert (tmp_path / SOURCE).read_text("utf-8") == f'{BASE[SOURCE]}reviewed: {{on: 2026-11-19, by: delivery-team, outcome: "{OUTCOME}"}}\n'


@pytest.mark.parametrize(
    "outcome",
    ["Two parts: one is new", "It's “right”, said 3 of 4", "# 4 was wrong", "  spread \n over lines ", "[x] {y} & *z*", "no: 1999 was right"],
)
def test_an_outcome_may_have_any_words(playbook: Path, outcome: str) -> None:
    assert review(playbook, "nao", "--by", "delivery-team", "--outcome", outcome).returncode == 0
    assert load_playbook(playbook).entries["nao"].reviewed.outcome == " ".join(outcome.split())


def test_an_entry_that_changes_in_meaning_makes_the_links_to_it_suspect_until_somebody_looks(playbook: Path) -> None:
    review(playbook, "data-sharing", "shared-space", *LOOK)
    (playbook / SOURCE).write_text(BASE[SOURCE].replace("five examples", "six examples"), "utf-8")
    suspect = "Suspect links: 1\n  nao has changed in meaning since these entries, which name it, were reviewed:\n"
    one, other = "    data-sharing                       Data stays apart\n", "    shared-space                       Sit together\n"
    assert suspect + one + other in review(playbook).stdout
    assert json.loads(review(playbook, "--json").stdout)["suspects"] == [
        {"id": "nao", "title": "Joining Up to Improve Public Services", "named_by": ["data-sharing", "shared-space"]}
    ]
    assert "- `nao` Joining Up to Improve Public Services\n  - `data-sharing` Data stays apart\n" in review(playbook, "--format", "markdown").stdout
    review(playbook, "data-sharing", *LOOK)
    assert suspect + other in review(playbook).stdout
    review(playbook, "shared-space", *LOOK)
    assert "Suspect" not in review(playbook).stdout


NOTHING_SAID = (
    'does not describe the outcome; say what was reviewed and what came of it, such as "No change needed, as both figures still stand in the report"'
)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("joining-up", "--by", "delivery-tem", "--outcome", OUTCOME), "there is no role 'delivery-tem'; did you mean 'delivery-team' (roles)?"),
        (("joining-up", "--by", "data-sharing", "--outcome", OUTCOME), "there is no role 'data-sharing'; the roles are delivery-team"),
        (("joinig-up", *LOOK), "there is no entry 'joinig-up'; did you mean 'joining-up' (terms)?"),
        (("joining-up", "unicorn", *LOOK), "there is no entry 'unicorn'; `playbook list` shows what there is"),
        (
            ("joining-up", "--by", "delivery-team", "--outcome", "Reviewed, ok."),
            f"'Reviewed, ok.' {NOTHING_SAID}",
        ),
        (
            ("joining-up", "--by", "delivery-team", "--outcome", "  "),
            f"an empty text {NOTHING_SAID}",
        ),
        (("joining-up", *LOOK, "--on", "2026-11-21"), "21 November 2026 is still to come; write the day of the review"),
    ],
)
def test_a_look_that_cannot_have_been_is_refused_and_nothing_is_written(playbook: Path, arguments: tuple[str, ...], said: str) -> None:
    done = review(playbook, *arguments)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"Error: {said}\n")
    assert (playbook / TERM).read_text("utf-8") == BASE[TERM]


@pytest.fixture
def evening_in_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 20:00 on 20 November 2026 in UTC: in New Zealand, the morning of the 21st."""

    class Clock(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> datetime.datetime:
            return cls(2026, 11, 20, 20, 0, tzinfo=datetime.UTC).astimezone(tz)

    monkeypatch.setattr(datetime, "datetime", Clock)


@pytest.mark.usefixtures("evening_in_utc")
@pytest.mark.parametrize(("on", "code"), [("2026-11-20", 0), ("2026-11-21", 0), ("2026-11-22", 1)])
def test_a_review_is_accepted_as_soon_as_its_day_has_begun_somewhere(playbook: Path, on: str, code: int) -> None:
    done = run_playbook(playbook, "review", "joining-up", *LOOK, "--on", on)
    assert done.returncode == code
    assert ("is still to come" in done.stderr) is bool(code)


@pytest.mark.usefixtures("evening_in_utc")
def test_a_review_of_today_somewhere_is_not_listed_as_still_to_come(tmp_path: Path) -> None:
    files = {**reviewed(TERM, "2026-11-21"), **reviewed(SOURCE, "2026-11-22")}
    rows = json.loads(run_playbook(write_playbook(tmp_path, files), "review", "--json").stdout)["due"]
    assert [row["id"] for row in rows if row["when"] == "future"] == ["nao"]


def test_an_older_look_does_not_take_the_place_of_a_newer_one(tmp_path: Path) -> None:
    files = write_playbook(tmp_path, reviewed(TERM, "2026-11-10"))
    done = review(files, "nao", "joining-up", *LOOK, "--on", "2026-11-09")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "Error: 'joining-up' already has a later review, on 10 November 2026; write the day of the newest review\n"
    assert (tmp_path / SOURCE).read_text("utf-8") == BASE[SOURCE]


def test_a_withdrawn_entry_is_not_looked_at(tmp_path: Path) -> None:
    write_playbook(tmp_path, {TERM: BASE[TERM] + "status: withdrawn\nreason: Nobody used it.\n"})
    done = review(tmp_path, "joining-up", *LOOK)
    assert (done.returncode, done.stderr) == (1, "Error: 'joining-up' is withdrawn, so it needs no review\n")


def test_an_outcome_that_would_be_a_problem_is_refused_with_that_problem(playbook: Path) -> None:
    done = review(playbook, "nao", "joining-up", "--by", "delivery-team", "--outcome", "TODO: read chapter 3")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: the record would be a problem, so nothing was written\nplaybook_data/sources/nao.yml:")
    assert "error[placeholder] reviewed.outcome: 'TODO' marks unfinished text" in done.stderr
    assert [(playbook / path).read_text("utf-8") for path in (SOURCE, TERM)] == [BASE[SOURCE], BASE[TERM]]


@pytest.mark.parametrize("arguments", [(), ("joining-up", *LOOK)])
def test_a_playbook_with_problems_is_not_reviewed(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = review(write_playbook(tmp_path, {SOURCE: BASE[SOURCE] + "colour: red\n"}), *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: the playbook has problems\nplaybook_data/sources/nao.yml:8:1: error[unknown-field]")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--within", "soon"), "'soon' is not a length of time; write 30d, 6w or 3m for days, weeks or months"),
        (("nao", *LOOK, "--on", "20.11.2026"), "'20.11.2026' is not a date; write it as year-month-day, such as 2026-11-20"),
        (("--on", "2026-02-30"), "'2026-02-30' is not a date; write it as year-month-day, such as 2026-11-20"),
        (("nao",), "to record a review, give --outcome TEXT, and --by ROLE unless the editors did it"),
        (("nao", "--by", "delivery-team"), "to record a review, give --outcome TEXT, and --by ROLE unless the editors did it"),
        (("--by", "delivery-team"), "name the entries that were looked at: playbook review ID --by ROLE --outcome TEXT"),
        (("nao", *LOOK, "--json"), "--within, --format and --json apply only to the list; leave them out, or leave out the IDs"),
    ],
)
def test_used_wrongly_the_command_says_how(playbook: Path, arguments: tuple[str, ...], said: str) -> None:
    done = review(playbook, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith(f"{said}\n")


def test_without_a_day_it_is_today(playbook: Path) -> None:
    done = run_playbook(playbook, "review", "nao", *LOOK)
    assert done.returncode == 0, done.stderr
    told = json.loads(run_playbook(playbook, "review", "--json").stdout)
    assert load_playbook(playbook).entries["nao"].reviewed.on <= told["today"]
    assert "nao" not in {row["id"] for row in told["due"]}


def test_a_day_that_has_passed_is_no_problem_for_the_check(tmp_path: Path) -> None:
    write_playbook(tmp_path, {**reviewed(TERM, "2001-01-01"), **reviewed(SOURCE, "2999-12-31")})
    done = run_playbook(tmp_path, "check", "--strict")
    assert (done.returncode, done.stdout) == (0, "no problems\n")
