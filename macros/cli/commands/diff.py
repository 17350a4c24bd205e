"""`playbook diff`: what changed since a release or a revision, by meaning."""

from __future__ import annotations

from pathlib import Path

import click

from macros.cli.command import Command, format_option
from macros.cli.loading import load
from macros.files.layout import latest_release, release_names
from macros.pages.affected import with_affected_pages
from macros.playbook.playbook import Playbook
from macros.problems.user_error import InvalidPlaybook
from macros.releases.diff.entries import compare
from macros.releases.diff.model import DiffBase
from macros.releases.diff.report import FORMATS
from macros.releases.diff.report import diff_as_text as show_diff
from macros.releases.git_revision import default_revision, find_revision, read_revision
from macros.releases.past import Past, read_hand_written, read_past, read_released
from macros.releases.snapshot import snapshot_of
from macros.releases.store import read_release
from macros.releases.version import folder_of

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
    playbook = load(root)
    pages = read_hand_written(root)
    head = Past(snapshot_of(playbook, pages), playbook)
    against, past = _base(root, base, playbook, head)
    diff = with_affected_pages(compare(past.snapshot, head.snapshot, against), past, head)
    click.echo(show_diff(diff, style=_painted) if form == "text" else FORMATS[form](diff).rstrip("\n"))


def _base(root: Path, name: str | None, playbook: Playbook, head: Past) -> tuple[DiffBase, Past]:
    version = latest_release(root) if name is None else _release_called(root, name)
    if version is not None:
        release, problems = read_release(root, version)
        if problems:
            raise InvalidPlaybook(problems, "the release cannot be read")
        why = "the latest release" if name is None else "a release"
        return DiffBase(version, why=why), read_released(release.snapshot, playbook.settings, head.snapshot.pages or {})
    branch = playbook.settings.repository.branch if playbook.settings.repository else "main"
    against = default_revision(root, branch) if name is None else find_revision(root, name)
    revision = read_revision(root, against)
    return against, read_past(revision.files, revision.unread)


def _release_called(root: Path, name: str) -> str | None:
    """The release of that name, or the newest that is published under it: `1.4` is the newest patch of 1.4."""
    names = release_names(root)
    return name if name in names else next((version for version in reversed(names) if folder_of(version) == name), None)


def _painted(part: str, text: str) -> str:
    return click.style(text, **_STYLES[part]) if part in _STYLES else text
