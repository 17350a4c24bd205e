"""Says in one comment what a pull request does to the playbook, and where its preview is.

Enters: the event of a finished check, and the report that it made. Leaves: one comment on the pull request, made or changed.

The report comes from the pull request's own code, so nobody vouches for it: it is shown, never run, and it cannot choose the
pull request. That is found by what GitHub itself says of the run: the repository, the branch and the commit it was for.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from forge import LONGEST, InvalidPlaybook, ask, ask_all, cut, defused, is_own

MARKER = "<!-- playbook: what a pull request does -->"
PREVIEW = "preview"
"""The name of the artefact that holds the built site."""
LARGEST_FILE = 1_000_000
"""Bytes that are read of a report; what is longer is cut in any case."""


def main(report: Path) -> int:
    """Comments on each open pull request that the run was for; there is one, as a rule."""
    run = json.loads(Path(os.environ["GITHUB_EVENT_PATH"]).read_text("utf-8"))["workflow_run"]
    try:
        numbers = list(_pull_requests(run))
        for number in numbers:
            print(_say(number, _comment(run, _read(report))))
    except InvalidPlaybook as refused:
        print(refused, file=sys.stderr)
        return 1
    if not numbers:
        print(f"no open pull request has the commit {run['head_sha']}: it was closed, or there is a newer commit")
    return 0


def _pull_requests(run: dict[str, Any]) -> Iterator[int]:
    """The numbers of the open pull requests from the run's repository and branch whose last commit is the run's."""
    source = run["head_repository"]
    if source is None:  # the fork is gone
        return
    for pull in ask_all("/pulls", state="open", head=f"{source['owner']['login']}:{run['head_branch']}"):
        head = pull["head"]
        if head["sha"] == run["head_sha"] and head["repo"] and head["repo"]["id"] == source["id"]:
            yield pull["number"]


def _read(report: Path) -> str:
    """The report's text; empty where there is none, or something else in its place."""
    if report.is_symlink() or not report.is_file():
        return ""
    with report.open("rb") as opened:
        return opened.read(LARGEST_FILE).decode("utf-8", "replace").strip()


def _comment(run: dict[str, Any], report: str) -> str:
    """The comment. What we say ourselves comes first: nothing in the report can hide it."""
    passed = "passed" if run["conclusion"] == "success" else "found something to mend"
    above = [MARKER, f"**The check {passed}** for {run['head_sha'][:10]}: [all its steps]({run['html_url']}).", _preview(run)]
    if not report:
        above.append("It made no report of what changes: its steps say why.")
    head = "\n\n".join(part for part in above if part)
    return f"{head}\n\n{cut(defused(report), LONGEST - len(head))}".strip()


def _preview(run: dict[str, Any]) -> str:
    """How to see the pages as they would be; empty where they were not built."""
    listed = ask("GET", f"/actions/runs/{run['id']}/artifacts?per_page=100")["artifacts"]
    made = next((artifact for artifact in listed if artifact["name"] == PREVIEW and not artifact["expired"]), None)
    if made is None:
        return ""
    address = f"{run['html_url']}/artifacts/{made['id']}"
    return (
        f"**The pages as they would be:** [download the preview]({address}) (GitHub asks you to sign in) and unpack it. "
        "In that folder run `python3 -m http.server`, then open http://localhost:8000/."
    )


def _say(number: int, comment: str) -> str:
    own = next((item for item in ask_all(f"/issues/{number}/comments") if is_own(item, MARKER)), None)
    if own is None:
        ask("POST", f"/issues/{number}/comments", {"body": comment})
        return f"commented on #{number}"
    ask("PATCH", f"/issues/comments/{own['id']}", {"body": comment})
    return f"changed the comment on #{number}"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
