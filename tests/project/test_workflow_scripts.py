"""What the workflows write on GitHub: one issue that stands, one comment on a pull request.

The real scripts, as a workflow runs them, against a stand-in for GitHub's API.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.github_stub import BOT, LONGEST, GitHubStub, event, github_stub, pull_request

pytestmark = pytest.mark.slow

LABEL = "outside-links"
MARKER = f"<!-- standing issue: {LABEL} -->"
COMMENTS = "/issues/5/comments"
WORD_JOINER = "\u2060"


@pytest.fixture
def hub() -> Iterator[GitHubStub]:
    with github_stub() as running:
        yield running


def stand(hub: GitHubStub, folder: Path, text: str, *options: str) -> tuple[int, str]:
    """Runs `standing_issue.py` with a text; its exit code and what it says."""
    file = folder / "links.md"
    file.write_text(text, "utf-8")
    done = hub.run("standing_issue.py", "--label", LABEL, "--title", "Links that lead nowhere", *options, str(file))
    return done.returncode, done.stdout + done.stderr


def issue(number: int, body: str = f"{MARKER}\nold", **fields: Any) -> dict[str, Any]:
    known = {"state": "open", "title": "Links that lead nowhere", "user": {"login": BOT}, "labels": [{"name": LABEL}]}
    return {"number": number, "body": body, **known, **fields}


def test_the_first_time_an_issue_is_opened(hub: GitHubStub, tmp_path: Path) -> None:
    assert stand(hub, tmp_path, "One is dead.") == (0, "opened #100\n")
    (made,) = hub.lists["/issues"]
    assert (made["title"], made["body"], made["labels"]) == ("Links that lead nowhere", f"{MARKER}\nOne is dead.", [{"name": LABEL}])


def test_it_stays_one_issue_however_often_it_is_said(hub: GitHubStub, tmp_path: Path) -> None:
    said = [stand(hub, tmp_path, text)[1] for text in ("One is dead.", "Two are dead.", "Two are dead.")]
    assert said == ["opened #100\n", "changed #100\n", "#100 stays as it is\n"]
    assert [one["body"] for one in hub.lists["/issues"]] == [f"{MARKER}\nTwo are dead."]
    assert hub.changes == [("POST", "/issues"), ("PATCH", "/issues/100")]


def test_where_nothing_is_left_to_do_it_is_closed_and_says_so(hub: GitHubStub, tmp_path: Path) -> None:
    hub.holds("/issues", issue(3))
    assert stand(hub, tmp_path, "12 addresses: 12 ok.", "--nothing-to-do") == (0, "closed #3\n")
    assert (hub.lists["/issues"][0]["state"], hub.lists["/issues"][0]["body"]) == ("closed", f"{MARKER}\n12 addresses: 12 ok.")


def test_where_there_is_nothing_to_do_and_no_issue_none_is_made(hub: GitHubStub, tmp_path: Path) -> None:
    assert stand(hub, tmp_path, "12 addresses: 12 ok.", "--nothing-to-do") == (0, "there is nothing to do, and no issue\n")
    assert hub.changes == []


def test_where_it_is_closed_already_it_is_left_alone(hub: GitHubStub, tmp_path: Path) -> None:
    hub.holds("/issues", issue(3, state="closed"))
    assert stand(hub, tmp_path, "All fine, again.", "--nothing-to-do") == (0, "#3 stays as it is\n")
    assert hub.changes == []


def test_a_closed_issue_is_opened_again(hub: GitHubStub, tmp_path: Path) -> None:
    hub.holds("/issues", issue(3, state="closed"))
    assert stand(hub, tmp_path, "One is dead.") == (0, "opened again #3\n")
    assert [(one["state"], one["body"]) for one in hub.lists["/issues"]] == [("open", f"{MARKER}\nOne is dead.")]


def test_an_open_issue_comes_before_a_closed_one_and_then_the_oldest(hub: GitHubStub, tmp_path: Path) -> None:
    hub.holds("/issues", issue(3, state="closed"), issue(8), issue(9))
    assert stand(hub, tmp_path, "One is dead.") == (0, "changed #8\n")


def test_the_issues_of_others_are_left_alone(hub: GitHubStub, tmp_path: Path) -> None:
    hub.holds(
        "/issues",
        issue(3, user={"login": "somebody"}),
        issue(4, body="I found a dead link."),
        issue(5, labels=[{"name": "bug"}]),
        issue(6, pull_request={"url": "…"}),
    )
    before = [dict(one) for one in hub.lists["/issues"]]
    assert stand(hub, tmp_path, "One is dead.") == (0, "opened #104\n")
    assert hub.lists["/issues"][:4] == before


def test_it_is_found_behind_many_others(hub: GitHubStub, tmp_path: Path) -> None:
    hub.holds("/issues", *(issue(number, user={"login": "somebody"}) for number in range(1, 251)), issue(251))
    assert stand(hub, tmp_path, "One is dead.") == (0, "changed #251\n")


def test_a_text_that_is_too_long_ends_with_a_whole_line_and_says_so(hub: GitHubStub, tmp_path: Path) -> None:
    assert stand(hub, tmp_path, "- a line of some length ✗\n" * 5000)[0] == 0
    body = hub.lists["/issues"][0]["body"]
    assert 60_000 < len(body) < LONGEST
    assert body.endswith("- a line of some length ✗\n\n(The rest does not fit here: see the run.)\n")


def test_an_empty_text_changes_nothing_and_fails(hub: GitHubStub, tmp_path: Path) -> None:
    hub.holds("/issues", issue(3))
    code, said = stand(hub, tmp_path, "\n", "--nothing-to-do")
    assert code == 1
    assert "is empty: the step before must have failed, so the issue stays as it is" in said
    assert hub.changes == []


def test_where_github_refuses_it_is_told_without_a_traceback(hub: GitHubStub, tmp_path: Path) -> None:
    hub.refuses = True
    code, said = stand(hub, tmp_path, "One is dead.")
    assert code == 1
    assert said.startswith("POST /issues: 422 ")
    assert said.endswith('\n{"message": "Validation Failed"}\n')


def comment(hub: GitHubStub, folder: Path, report: str | None = "## One entry changed", **run: Any) -> tuple[int, str]:
    """Runs `comment_on_pull_request.py` for a finished check; its exit code and what it says."""
    file = folder / "report.md"
    if report is not None:
        file.write_text(report, "utf-8")
    done = hub.run("comment_on_pull_request.py", str(file), GITHUB_EVENT_PATH=str(event(folder, **run)))
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def reviewed(hub: GitHubStub) -> GitHubStub:
    """A repository with one open pull request from a fork, and the preview of its last commit."""
    hub.holds("/pulls", pull_request(5))
    hub.holds("/actions/runs/7/artifacts", {"id": 70, "name": "report", "expired": False}, {"id": 71, "name": "preview", "expired": False})
    return hub


def test_a_pull_request_gets_one_comment_with_the_report_and_its_preview(reviewed: GitHubStub, tmp_path: Path) -> None:
    assert comment(reviewed, tmp_path) == (0, "commented on #5\n")
    (made,) = reviewed.lists[COMMENTS]
    assert made["body"] == (
        "<!-- playbook: what a pull request does -->\n"
        "\n"
        "**The check passed** for aaaaaaaaaa: [all its steps](https://github.example/a-lab/a-playbook/actions/runs/7).\n"
        "\n"
        "**The pages as they would be:** [download the preview](https://github.example/a-lab/a-playbook/actions/runs/7/artifacts/71) "
        "(GitHub asks you to sign in) and unpack it. In that folder run `python3 -m http.server`, then open http://localhost:8000/.\n"
        "\n"
        "## One entry changed"
    )


def test_the_next_commit_changes_that_comment(reviewed: GitHubStub, tmp_path: Path) -> None:
    reviewed.holds(COMMENTS, *({"id": number, "user": {"login": "somebody"}, "body": "Looks good"} for number in range(1, 131)))
    comment(reviewed, tmp_path)
    reviewed.lists["/pulls"][0]["head"]["sha"] = "b" * 40
    assert comment(reviewed, tmp_path, "## Nothing changes", head_sha="b" * 40) == (0, "changed the comment on #5\n")
    assert len(reviewed.lists[COMMENTS]) == 131
    assert reviewed.lists[COMMENTS][-1]["body"].endswith("## Nothing changes")


def test_a_comment_of_somebody_else_with_our_marker_is_left_alone(reviewed: GitHubStub, tmp_path: Path) -> None:
    reviewed.holds(
        COMMENTS,
        {"id": 1, "user": {"login": "somebody"}, "body": "<!-- playbook: what a pull request does -->"},
        {"id": 2, "user": {"login": BOT}, "body": None},
    )
    assert comment(reviewed, tmp_path) == (0, "commented on #5\n")


def test_a_failed_check_says_what_to_mend(reviewed: GitHubStub, tmp_path: Path) -> None:
    reviewed.lists["/actions/runs/7/artifacts"] = []
    comment(reviewed, tmp_path, "### What to mend", conclusion="failure")
    body = reviewed.lists[COMMENTS][0]["body"]
    assert "**The check found something to mend** for aaaaaaaaaa" in body
    assert "preview" not in body
    assert body.endswith("### What to mend")


@pytest.mark.parametrize("preview", [{"name": "preview", "expired": True}, {"name": "previews", "expired": False}])
def test_a_preview_that_is_gone_is_not_linked_to(reviewed: GitHubStub, tmp_path: Path, preview: dict[str, Any]) -> None:
    reviewed.lists["/actions/runs/7/artifacts"] = [{"id": 71, **preview}]
    comment(reviewed, tmp_path)
    assert "preview" not in reviewed.lists[COMMENTS][0]["body"]


def test_a_check_without_a_report_says_so(reviewed: GitHubStub, tmp_path: Path) -> None:
    comment(reviewed, tmp_path, None, conclusion="failure")
    assert reviewed.lists[COMMENTS][0]["body"].endswith("It made no report of what changes: its steps say why.")


def test_a_report_that_leads_elsewhere_is_not_read(reviewed: GitHubStub, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("a secret")
    (tmp_path / "report.md").symlink_to(tmp_path / "secret")
    comment(reviewed, tmp_path, None)
    assert "a secret" not in reviewed.lists[COMMENTS][0]["body"]


OTHERS = {
    "of another commit": pull_request(5, sha="b" * 40),
    "of another branch": pull_request(5, label="adviser:another"),
    "of another fork with the same name": pull_request(5, repo={"id": 23}),
    "of a fork that is gone": pull_request(5, repo=None),
    "that is closed": pull_request(5) | {"state": "closed"},
}


@pytest.mark.parametrize("other", OTHERS)
def test_no_pull_request_is_commented_on(hub: GitHubStub, tmp_path: Path, other: str) -> None:
    hub.holds("/pulls", OTHERS[other])
    assert comment(hub, tmp_path) == (0, f"no open pull request has the commit {'a' * 40}: it was closed, or there is a newer commit\n")
    assert hub.changes == []


def test_a_run_whose_fork_is_gone_comments_nowhere(reviewed: GitHubStub, tmp_path: Path) -> None:
    assert comment(reviewed, tmp_path, head_repository=None)[0] == 0
    assert reviewed.changes == []


def test_a_branch_with_a_strange_name_is_looked_up_as_it_is(hub: GitHubStub, tmp_path: Path) -> None:
    name = "a&state=all#'\"$(touch x)/../ü"
    hub.holds("/pulls", pull_request(5, label=f"adviser:{name}"))
    assert comment(hub, tmp_path, head_branch=name) == (0, "commented on #5\n")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("@everyone and @a-lab/team, a@b.example", f"@{WORD_JOINER}everyone and @{WORD_JOINER}a-lab/team, a@{WORD_JOINER}b.example"),
        ("![x](https://evil.example/x.png)", f"!{WORD_JOINER}[x](https://evil.example/x.png)"),
        ("<img src=x onerror=y> <IMG>", f"<{WORD_JOINER}img src=x onerror=y> <{WORD_JOINER}IMG>"),
        ("<!-- playbook: what a pull request does -->", f"<{WORD_JOINER}!-- playbook: what a pull request does -->"),
        ("<details open><summary>x</summary>", f"<{WORD_JOINER}details open><summary>x</summary>"),
        ("<details><ins>a</ins><del>b</del><br/></details>", "<details><ins>a</ins><del>b</del><br/></details>"),
        ("</td></tr> 1 < 2", f"<{WORD_JOINER}/td><{WORD_JOINER}/tr> 1 < 2"),
        ("\x1b[31m \x00 \u202egnp", "\ufffd[31m \ufffd \ufffdgnp"),
        ("```\n<b class=x>@me</b>\n```", f"```\n<{WORD_JOINER}b class=x>@{WORD_JOINER}me</b>\n```"),
    ],
)
def test_a_report_calls_nobody_and_shows_nothing_but_words(reviewed: GitHubStub, tmp_path: Path, written: str, shown: str) -> None:
    comment(reviewed, tmp_path, f"A report.\n\n{written}")
    body = reviewed.lists[COMMENTS][0]["body"]
    assert body.endswith(f"\n\nA report.\n\n{shown}")
    assert body.count("<!--") == 1


def test_what_we_say_ourselves_comes_before_what_the_report_says(reviewed: GitHubStub, tmp_path: Path) -> None:
    comment(reviewed, tmp_path, "````\n<details><summary>")
    body = reviewed.lists[COMMENTS][0]["body"]
    assert body.index("download the preview") < body.index("````")


def test_a_report_that_is_too_long_is_cut(reviewed: GitHubStub, tmp_path: Path) -> None:
    assert comment(reviewed, tmp_path, "@x <x> a line ✗\n" * 200_000)[0] == 0
    body = reviewed.lists[COMMENTS][0]["body"]
    assert 60_000 < len(body) < LONGEST
    assert body.endswith("a line ✗\n\n(The rest does not fit here: see the run.)")


def test_bytes_that_are_no_text_are_shown_as_such(reviewed: GitHubStub, tmp_path: Path) -> None:
    (tmp_path / "report.md").write_bytes(b"caf\xe9")
    assert comment(reviewed, tmp_path, None)[0] == 0
    assert reviewed.lists[COMMENTS][0]["body"].endswith("caf\ufffd")
