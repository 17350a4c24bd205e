"""Keeps one issue that says what stands: opened once, then changed, closed where there is nothing to do, and opened again.

Enters: a label, a title and a Markdown file. Leaves: at most one open issue with that label. The page about the workflows says
how to try it by hand.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from forge import LONGEST, InvalidPlaybook, ask, ask_all, cut, is_own


def main() -> int:
    """Reads the command line; says in one line what was done."""
    options = _options()
    text = options.file.read_text("utf-8", "replace").strip()
    if not text:
        print(f"{options.file} is empty: the step before must have failed, so the issue stays as it is", file=sys.stderr)
        return 1
    try:
        print(_stand(options.label, options.title, text, nothing_to_do=options.nothing_to_do))
    except InvalidPlaybook as refused:
        print(refused, file=sys.stderr)
        return 1
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Keep one issue that says what stands.")
    parser.add_argument("--label", required=True, help="what the issue is found by; nobody else should use it")
    parser.add_argument("--title", required=True)
    parser.add_argument("--nothing-to-do", action="store_true", help="close the issue, where it is open, with this text")
    parser.add_argument("file", type=Path, help="the issue's text, as Markdown")
    return parser.parse_args()


def _stand(label: str, title: str, text: str, *, nothing_to_do: bool) -> str:
    marker = f"<!-- standing issue: {label} -->"
    wanted = {"title": title, "body": cut(f"{marker}\n{text}", LONGEST), "state": "closed" if nothing_to_do else "open"}
    issue = _find(label, marker)
    if issue is None:
        return "there is nothing to do, and no issue" if nothing_to_do else f"opened {_open(label, wanted)}"
    changes = {name: value for name, value in wanted.items() if issue[name] != value}
    if not changes or (nothing_to_do and issue["state"] == "closed"):
        return f"#{issue['number']} stays as it is"
    ask("PATCH", f"/issues/{issue['number']}", changes)
    done = {"open": "opened again", "closed": "closed"}.get(changes.get("state", ""), "changed")
    return f"{done} #{issue['number']}"


def _find(label: str, marker: str) -> dict[str, Any] | None:
    """Our issue: an open one before a closed one, then the oldest."""
    found = ask_all("/issues", labels=label, state="all", sort="created", direction="asc")
    own = [issue for issue in found if "pull_request" not in issue and is_own(issue, marker)]
    return min(own, key=lambda issue: issue["state"] != "open", default=None)


def _open(label: str, wanted: dict[str, str]) -> str:
    made = ask("POST", "/issues", {"title": wanted["title"], "body": wanted["body"], "labels": [label]})
    return f"#{made['number']}"


if __name__ == "__main__":
    sys.exit(main())
