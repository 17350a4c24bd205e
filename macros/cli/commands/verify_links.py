"""`playbook verify-links`: whether links into this playbook still work, in files of another site."""

from __future__ import annotations

import json
from pathlib import Path

import click

from macros.cli.command import Command, format_option
from macros.cli.loading import load
from macros.engines.mkdocs.settings import SiteSettings, read_settings
from macros.problems.problem import printable
from macros.site.exports.links import links_json
from macros.site.exports.published import Published
from macros.site.ledger.ledger import read_ledger
from macros.site.verify_links import FORMATS, UNREAD, Links, Refused, reported

EXAMPLES = (
    ("playbook verify-links README.md", "The links into this playbook in a file, and which of them need mending."),
    ("playbook verify-links --fix README.md docs", "The same for a file and a folder, after links that have moved were rewritten."),
    ("grep -o 'https://[^ )]*' README.md | playbook verify-links -", "The links that another program has found."),
)


@click.command("verify-links", cls=Command, examples=EXAMPLES)
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--also", metavar="URL", multiple=True, help="A URL at which the playbook was before; may be repeated.")
@click.option("--fix", is_flag=True, help="Rewrite links that have moved, in Markdown and HTML files.")
@format_option(FORMATS, "what was found")
@click.pass_context
def command(context: click.Context, files: tuple[str, ...], also: tuple[str, ...], fix: bool, form: str) -> None:
    """Check links into this playbook in the files of another site.

    FILE may also be a folder, or - for standard input.

    Each link is ok, moved, withdrawn or unknown. A link that has moved still works; --fix writes the new address in its
    place. A link that is fixed to a version, such as /1.6/, is never rewritten. Links to other sites are left alone.

    In an example of code, a link that has moved is left alone as well: it still works.

    The exit code is 0 if nothing needs mending, 1 if something does, and 2 if a file cannot be read or written. People
    without this program can check their links with one file, which the playbook publishes as verify_links.py.
    """
    root: Path = context.obj
    if fix and "-" in files:
        raise click.UsageError("--fix rewrites files, and standard input is none")
    try:
        links = Links(json.loads(links_json(Published(read_ledger(root, load(root)), _address(root)))), also)
        report, failed, code = reported(files, links, form, fix=fix)
    except Refused as refused:
        report, failed, code = "", str(refused), UNREAD
    click.echo(report, nl=False)
    if failed:
        click.echo(f"Error: {printable(failed)}", err=True)
    context.exit(code)


def _address(root: Path) -> str:
    settings = read_settings(root)
    return settings.address if isinstance(settings, SiteSettings) else ""
