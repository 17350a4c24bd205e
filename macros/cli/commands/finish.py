"""`playbook finish`: the site made of what an engine has built."""

from __future__ import annotations

from pathlib import Path

import click

from macros.cli.command import Command
from macros.cli.loading import from_folder, from_here
from macros.engines.digest import digest_line
from macros.engines.folder import finish_folder

EXAMPLES = (
    ("playbook pages out", "Write the pages into the folder out/."),
    ("cd out && properdocs build -f mkdocs.yml", "Have an engine build them."),
    ("playbook finish out", "Make the site of what it has built."),
)


@click.command("finish", cls=Command, examples=EXAMPLES)
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.pass_context
def command(context: click.Context, folder: Path) -> None:
    """Make the site of what an engine has built in DIR.

    DIR is the folder that `playbook pages` wrote, with the folder site/ that an engine built in it. The pages get what no
    engine knows of, every link and promise is checked, and the new site takes the place of the old one.
    """
    site = finish_folder(context.obj, from_folder(context, folder))
    click.echo(f"The site is in the folder {from_here(site)}.\n{digest_line(site)}")
