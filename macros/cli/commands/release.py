"""`playbook release`: the playbook as it is, written down for good."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from macros.authoring.release import Recording, plan_release
from macros.cli.command import Command
from macros.cli.loading import load
from macros.cli.parameters import Day
from macros.files.git import ask_git, error_text, run_git
from macros.files.layout import RELEASES
from macros.files.transaction import make_changes, make_folder
from macros.playbook.playbook import Playbook
from macros.problems.problem import printable
from macros.problems.user_error import InvalidPlaybook, UserError, with_outcome
from macros.releases.diff.rows import grouped_entries
from macros.releases.version import folder_of
from macros.site.ledger.check import ledger_problems
from macros.site.ledger.ledger import read_ledger

MOST_FILES = 10
EXAMPLES = (
    ("playbook release 1.1.0", "Record what the playbook says now as release 1.1.0."),
    ('playbook release 1.1.0 --why "New cases from health"', "The same, with a sentence for readers on why."),
    ("playbook release 2.0.0 --dry-run", "Only say what would be recorded, and whether the number is large enough."),
)


@click.command("release", cls=Command, examples=EXAMPLES)
@click.argument("version", metavar="VERSION")
@click.option("--why", metavar="TEXT", default="", help="Why it is made, in one sentence for readers.")
@click.option("--on", metavar="DATE", type=Day(), help="The day of the release, such as 2026-11-20.  [default: today]")
@click.option("--dry-run", is_flag=True, help="Write nothing, and show what would be written.")
@click.pass_obj
def command(root: Path, version: str, why: str, on: datetime.date | None, dry_run: bool) -> None:
    """Record the playbook as it is now as the release VERSION.

    From then on every address and anchor in it is a promise: the check fails when one leads nowhere. Readers find the
    release on the page on changes, in the histories of the entries and in the feed.

    VERSION is three numbers. The last one goes up where only words changed. The middle one goes up where something is
    new. The first goes up where an entry was withdrawn or a section is gone. A number that is too small is refused,
    with what asks for a larger one.

    Everything must be committed before, so that the release can be found again. All files are written, or none is.

    Ends with 0 where the release is recorded, 1 where it is refused, 2 where the command was used wrongly.
    """
    playbook = load(root)
    ledger = read_ledger(root, playbook)
    if problems := ledger_problems(root, ledger):
        raise InvalidPlaybook(problems, "the playbook does not keep what its releases promised")
    with with_outcome("nothing is recorded"):
        _require_committed(root)
        plan = plan_release(root, ledger, version, on=on or datetime.datetime.now().astimezone().date(), why=why)
    if not dry_run:
        make_folder(root, RELEASES)
        make_changes(root, plan.changes)
    click.echo(_shown("\n".join(_report(playbook, plan, version, dry_run=dry_run))))


def _require_committed(root: Path) -> None:
    """All files of the playbook are as git has them."""
    done = run_git(root, "status", "--porcelain", "--untracked-files=all", "--", ".")
    if done.returncode:
        raise UserError(
            f"a release is made in a git repository, so that it can be found again: {error_text(done.stderr)}", "make one with `git init`"
        )
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    if lines:
        shown = [f"  {line}" for line in lines[:MOST_FILES]] + ([f"  and {len(lines) - MOST_FILES} more"] if len(lines) > MOST_FILES else [])
        listed = "\n".join(shown)
        raise UserError(f"there are changes that are not committed\n{listed}", "commit them, or take them back")
    if run_git(root, "rev-parse", "--verify", "--quiet", "HEAD").returncode:
        raise UserError("the repository has no commit yet", "commit the playbook first")
    ask_git(root, "ls-files", "--error-unmatch", "--", "playbook_data/playbook.yml")


def _report(playbook: Playbook, plan: Recording, version: str, *, dry_run: bool) -> list[str]:
    would = "would record" if dry_run else "recorded"
    counts = [f"{heading.lower()}: {len(changes)}" for heading, changes in grouped_entries(plan.diff.entries if plan.diff else ())]
    lines = [f"{would} release {version}: {plan.entries} entries{'; ' if counts else ''}{', '.join(counts)}"]
    lines += [f"  {'new' if change.old is None else 'changed'}  {change.path}" for change in plan.changes]
    if dry_run:
        return [*lines, "nothing is written: this was a dry run"]
    files = " ".join(change.path for change in plan.changes)
    tag = f'git add {files} && git commit -m "Release {version}" && git tag v{version}'
    return [
        *lines,
        f"Next: {tag}",
        f"Then publish it in /{folder_of(version)}/ and /latest/: make publish" if playbook.settings.state != "archived" else "",
    ]


def _shown(text: str) -> str:
    return "\n".join(printable(line) for line in text.split("\n")).rstrip("\n")
