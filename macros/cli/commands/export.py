"""`playbook export`: the data exports, without building the site."""

from __future__ import annotations

from pathlib import Path

import click

from macros.cli.command import Command
from macros.cli.loading import folder_to_write, load
from macros.engines.mkdocs.settings import SiteSettings, read_settings
from macros.files.write import write_files
from macros.site.addresses import ADDRESSES_FILE, addresses_file
from macros.site.exports.files import all_files
from macros.site.exports.published import Published
from macros.site.ledger.ledger import read_ledger

EXAMPLES = (
    ("playbook export out", "Write every export into the folder out/."),
    ("playbook export ../figures", "Write them into a folder next to the playbook's own."),
)


@click.command("export", cls=Command, examples=EXAMPLES)
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.pass_context
def command(context: click.Context, folder: Path) -> None:
    """Write the data exports into DIR without building the site.

    Use it to get the whole playbook as JSON, each entry as JSON and Markdown, the figures as CSV and JSON, and a list of
    every id that ever existed with its address. The site has the same files beside its pages.
    """
    root = context.obj
    ledger = read_ledger(root, load(root))
    settings = read_settings(root)
    published = Published(ledger, settings.address if isinstance(settings, SiteSettings) else "")
    files = {**all_files(published), ADDRESSES_FILE: addresses_file(ledger)}
    target = folder_to_write(context, folder)
    write_files(target, files)
    for path in files:
        click.echo(target / path)
