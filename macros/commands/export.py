"""`playbook export`: the data exports, without building the site."""

from __future__ import annotations

from pathlib import Path

import click

from macros.commands import from_folder, load
from macros.exports import exports
from macros.problems import printable


@click.command("export")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.pass_context
def command(context: click.Context, folder: Path) -> None:
    """Write the data exports into DIR, without building the site.

    The same files stand beside the pages of the site.
    """
    for path, content in exports(load(context.obj)).items():
        file = from_folder(context, folder) / path
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        except OSError as error:
            raise click.ClickException(f"cannot write {printable(str(file))}: {error.strerror}") from None
        click.echo(file)
