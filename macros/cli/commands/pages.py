"""`playbook pages`: the site as pages that any engine builds."""

from __future__ import annotations

from pathlib import Path

import click

from macros.cli.command import Command
from macros.cli.loading import folder_to_write, from_here
from macros.engines.folder import write_folder
from macros.engines.mkdocs.plan import plan, settings_of_site

EXAMPLES = (
    ("playbook pages out", "Write the pages into the folder out/."),
    ("cd out && zensical build", "Then have an engine build them."),
    ("playbook finish out", "Make the site of what it has built."),
)


@click.command("pages", cls=Command, examples=EXAMPLES)
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.pass_context
def command(context: click.Context, folder: Path) -> None:
    """Write the pages of the site into DIR as finished Markdown.

    Use it to build the site with another engine than MkDocs. No macro is left in the pages, and DIR has settings without
    hooks, so any engine that reads a folder of MkDocs can build it. Then run `playbook finish DIR`.
    """
    target = folder_to_write(context, folder)
    settings = settings_of_site(context.obj)
    site, _ = plan(context.obj, settings.address)
    write_folder(site, settings, target)
    click.echo(f"{len(site.pages)} pages are in {from_here(target)}. Build them there, then type: playbook finish {from_here(target)}")
