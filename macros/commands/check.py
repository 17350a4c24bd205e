"""`playbook check`: every problem of the data."""

from __future__ import annotations

from pathlib import Path

import click

from macros.commands import from_folder
from macros.completeness import gaps
from macros.playbook import read_playbook
from macros.problems import FORMATS, with_warnings


@click.command("check")
@click.option("--format", "form", type=click.Choice(tuple(FORMATS)), default="text", show_default=True, help="For people, or for machines.")
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.pass_context
def command(context: click.Context, form: str, strict: bool, paths: tuple[Path, ...]) -> None:
    """Show every problem of the data, or of the files and folders named by PATHS.

    Errors are wrong. Warnings tell of entries that lead nowhere or that nothing leads to; they are looked for
    where there are no errors.
    """
    root: Path = context.obj
    wanted = [_inside(root, from_folder(context, path)) for path in paths]
    playbook, problems = read_playbook(root)
    found = with_warnings(problems, gaps(playbook) if playbook else (), strict=strict)
    found = [p for p in found if not wanted or any(Path(p.location.file).is_relative_to(w) for w in wanted)]
    click.echo(FORMATS[form](found))
    context.exit(1 if any(problem.severity == "error" for problem in found) else 0)


def _inside(root: Path, path: Path) -> Path:
    resolved = path.resolve()
    if not resolved.exists():
        raise click.UsageError(f"there is no file or folder '{path}'")
    if not resolved.is_relative_to(root):
        raise click.UsageError(f"'{path}' is not inside the playbook in {root}")
    return resolved.relative_to(root)
