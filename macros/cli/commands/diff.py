"""`playbook diff`: what changed since a release or a revision, by meaning."""

from __future__ import annotations

from pathlib import Path

import click

from macros.authoring.comparison import diff_since
from macros.cli.command import Command, format_option
from macros.cli.loading import load
from macros.releases.diff.report import FORMATS, diff_as_text

EXAMPLES = (
    ("playbook diff", "What your work changes, before you ask others to look at it."),
    ("playbook diff HEAD", "What you have not committed yet."),
    ("playbook diff 1.0", "What is new since release 1.0, and the version number that it asks for."),
    ('playbook diff "$BASE" --format markdown > comment.md', "One comment for a pull request."),
)
_STYLES = {
    "heading": {"bold": True},
    "entry": {"bold": True},
    "gone": {"fg": "red", "strikethrough": True},
    "new": {"fg": "green"},
    "pages": {"dim": True},
}


@click.command("diff", cls=Command, examples=EXAMPLES)
@click.argument("base", required=False, metavar="[BASE]")
@format_option(FORMATS, "the difference")
@click.pass_obj
def command(root: Path, base: str | None, form: str) -> None:
    """Show what changed since BASE, by meaning, and which pages show it.

    BASE is a release, or whatever git calls a revision: a branch, a tag, a commit. What is compared with it are the files as
    they lie there now, committed or not. Without BASE it is the latest release. Where there is none, it is the commit where
    this branch left the main branch; on the main branch, the last commit.

    Told are entries that were added, withdrawn, renamed or reworded, relations gained and lost, entries to look at again, and
    the version step: major, minor, patch or none. How a text is broken into lines is no change.

    Markdown fits one comment: past 60,000 characters it leaves out words, then fields, then entries, and says so. JSON holds
    everything.

    Ends with 0 where both could be compared, 1 where the playbook or the release has problems, 2 where there is no such BASE.
    """
    diff = diff_since(root, load(root), base)
    click.echo(diff_as_text(diff, style=_painted) if form == "text" else FORMATS[form](diff).rstrip("\n"))


def _painted(part: str, text: str) -> str:
    return click.style(text, **_STYLES[part]) if part in _STYLES else text
