"""`playbook diff`: what changed since a release or a revision, by meaning."""

from __future__ import annotations

from pathlib import Path

import click

from macros.authoring.comparison import diff_since
from macros.cli.command import Command, format_option
from macros.cli.loading import load
from macros.releases.diff.report import FORMATS, diff_as_text

EXAMPLES = (
    ("playbook diff", "What you have changed, before you ask for a review."),
    ("playbook diff HEAD", "What you have not committed yet."),
    ("playbook diff 1.0", "What is new since release 1.0, and which version number it requires."),
    ('playbook diff "$BASE" --format markdown > comment.md', "A comment for a pull request."),
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

    BASE is a release, or anything that git accepts as a revision, such as a branch, a tag or a commit. The files in the
    folder, committed or not, are compared with BASE. Without BASE, they are compared with the latest release. If there is
    no release, BASE is the commit where this branch left the main branch or, on the main branch, the last commit.

    The report lists entries that were added, withdrawn, renamed or reworded, relations gained and lost, entries to review
    again, and the version step: major, minor, patch or none. New line breaks in a text do not count as a change. If
    playbook_data/inbound.yml lists links of other sites, the report names those that lead to what changed.

    The Markdown form fits into one comment. Beyond 60,000 characters it leaves out words, then fields, then entries, and
    says so. The JSON form is always complete.

    The exit code is 0 if the comparison worked, 1 if the playbook or the release has problems, and 2 if there is no such
    BASE.
    """
    diff = diff_since(root, load(root), base)
    click.echo(diff_as_text(diff, style=_painted) if form == "text" else FORMATS[form](diff).rstrip("\n"))


def _painted(part: str, text: str) -> str:
    return click.style(text, **_STYLES[part]) if part in _STYLES else text
