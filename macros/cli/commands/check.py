"""`playbook check`: every problem of the data, of the pages and of the site's settings."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from macros.authoring.check import check_playbook
from macros.cli.command import Command, format_option
from macros.cli.loading import from_folder
from macros.cli.terminal import styled, watched
from macros.files.git import folder_in_repository
from macros.problems.formats import FORMATS, FROM_REPOSITORY, seen_from
from macros.problems.problem import Problem, problems_as_text
from macros.problems.user_error import InvalidArgument

EXAMPLES = (
    ("playbook check", "Every problem in the whole playbook."),
    ("playbook check playbook_data/barriers", "Only the problems in the barriers."),
    ("playbook check --strict --format github", "Mark the lines in a pull request, and fail on warnings too."),
)


@click.command("check", cls=Command, examples=EXAMPLES)
@format_option(FORMATS, "what is wrong")
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.argument("paths", metavar="[PATHS]...", nargs=-1, type=click.Path(path_type=Path))
@click.pass_context
def command(context: click.Context, form: str, strict: bool, paths: tuple[Path, ...]) -> None:
    """Show every problem in the data and the pages, with what to write instead.

    Use it after each change. To see only some of the problems, name files or folders as PATHS.

    An error stops the site from being built. A warning reports an entry that leads nowhere or that nothing leads to. A note
    names what the check does not read. The links and macros of pages, the settings in mkdocs.yml, the promises of releases
    and warnings are looked at only once the data has no errors.

    The exit code is 0 if there are no errors, and 1 if there are.
    """
    root: Path = context.obj
    wanted = [_inside(root, from_folder(context, path)) for path in paths]
    found = check_playbook(root, strict=strict, within=wanted, watch=watched)
    click.echo(_shown(found, form, root))
    context.exit(1 if any(problem.severity == "error" for problem in found) else 0)


def _shown(problems: Sequence[Problem], form: str, root: Path) -> str:
    if form == "text":
        return problems_as_text(problems, style=styled)
    return FORMATS[form](seen_from(folder_in_repository(root), problems) if form in FROM_REPOSITORY else problems)


def _inside(root: Path, path: Path) -> Path:
    resolved = path.parent.resolve() / path.name if path.is_symlink() else path.resolve()
    if not os.path.lexists(resolved):
        raise InvalidArgument(f"there is no file or folder '{path}'")
    if not resolved.is_relative_to(root):
        raise InvalidArgument(f"'{path}' is not inside the playbook in {root}")
    return resolved.relative_to(root)
