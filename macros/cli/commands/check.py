"""`playbook check`: every problem of the data."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

import click

from macros.cli.command import Command, format_option
from macros.cli.loading import from_folder
from macros.cli.terminal import styled, watched
from macros.files.layout import RELEASES
from macros.playbook.checks.coverage import coverage_warnings
from macros.playbook.load import read_playbook
from macros.playbook.playbook import Playbook
from macros.problems.formats import FORMATS, FROM_REPOSITORY, seen_from
from macros.problems.problem import Problem, problems_as_text, with_warnings

EXAMPLES = (
    ("playbook check", "Every problem of the whole playbook."),
    ("playbook check playbook_data/barriers", "The problems of the barriers alone."),
    ("playbook check --strict --format github", "Mark the lines in a pull request, and fail on warnings too."),
)


@click.command("check", cls=Command, examples=EXAMPLES)
@format_option(FORMATS, "what is wrong")
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@click.argument("paths", metavar="[PATHS]...", nargs=-1, type=click.Path(path_type=Path))
@click.pass_context
def command(context: click.Context, form: str, strict: bool, paths: tuple[Path, ...]) -> None:
    """Show every problem of the data, with what to write instead.

    Use it after each change. PATHS are files and folders whose problems to show; without them all are shown.

    Errors are wrong, and the site is not built from them. Warnings tell of entries that lead nowhere or that
    nothing leads to; they are looked for where there are no errors.

    Ends with 0 where nothing is wrong, with 1 where something is.
    """
    root: Path = context.obj
    wanted = [_inside(root, from_folder(context, path)) for path in paths]
    playbook, problems = read_playbook(root, watch=watched)
    if playbook:
        problems = _broken_promises(root, playbook)
    found = with_warnings(problems, coverage_warnings(playbook) if playbook else (), strict=strict)
    found = [p for p in found if not wanted or any(Path(p.location.file).is_relative_to(w) for w in wanted)]
    click.echo(_shown(found, form, root))
    context.exit(1 if any(problem.severity == "error" for problem in found) else 0)


def _broken_promises(root: Path, playbook: Playbook) -> tuple[Problem, ...]:
    """What the releases promised and the playbook does not hold; a playbook that promised nothing need not wait for that."""
    pages = playbook.pages.values()
    says_more = any(getattr(page, "formerly", ()) for page in pages) or any(
        getattr(each, "former_anchors", ()) for each in (*playbook.entries.values(), *pages)
    )
    if not says_more and not os.path.lexists(root / RELEASES):
        return ()
    from macros.site.ledger.check import ledger_problems  # noqa: PLC0415
    from macros.site.ledger.ledger import read_ledger  # noqa: PLC0415

    return ledger_problems(root, read_ledger(root, playbook))


def _shown(problems: Sequence[Problem], form: str, root: Path) -> str:
    if form == "text":
        return problems_as_text(problems, style=styled)
    return FORMATS[form](seen_from(_folder_in_repository(root), problems) if form in FROM_REPOSITORY else problems)


def _folder_in_repository(root: Path) -> PurePosixPath:
    """Where the playbook lies in the git work tree that holds it; a playbook in no repository is one by itself."""
    tree = next((folder for folder in (root, *root.parents) if os.path.lexists(folder / ".git")), root)
    return PurePosixPath(root.relative_to(tree).as_posix())


def _inside(root: Path, path: Path) -> Path:
    resolved = path.resolve()
    if not resolved.exists():
        raise click.UsageError(f"there is no file or folder '{path}'")
    if not resolved.is_relative_to(root):
        raise click.UsageError(f"'{path}' is not inside the playbook in {root}")
    return resolved.relative_to(root)
