"""`playbook sync`: fetches the inventories of the other playbooks that this one links to."""

from __future__ import annotations

from pathlib import Path

import click

from macros.authoring.linkcheck.fetch import SECONDS
from macros.authoring.sync.copies import Copy, address_of_inventory, broken_links, new_copy, other_playbooks, who_asks
from macros.authoring.sync.download import Download, Downloader, NotDownloaded
from macros.cli.command import Command
from macros.cli.loading import from_folder
from macros.cli.terminal import styled
from macros.files.layout import INVENTORIES, LARGEST_INVENTORY
from macros.files.transaction import make_changes, make_folder
from macros.problems.machine_error import reason_of
from macros.problems.problem import printable, problems_as_text
from macros.problems.user_error import InvalidArgument, UserError
from macros.schema.other_playbooks import OtherPlaybook

EXAMPLES = (
    ("playbook sync", "Fetch the inventory of every other playbook."),
    ("playbook sync nz", "Fetch that of the playbook with the prefix nz."),
    ("playbook sync nz --from objects.inv", "Take a file that you have downloaded yourself."),
)


@click.command("sync", cls=Command, examples=EXAMPLES, slow=True)
@click.argument("prefixes", metavar="[PREFIX]...", nargs=-1)
@click.option("--from", "file", metavar="FILE", type=click.Path(path_type=Path), help="Read the inventory from FILE, without the network.")
@click.option(
    "--timeout",
    "seconds",
    metavar="SECONDS",
    type=click.FloatRange(0.1, 300),
    default=SECONDS,
    show_default=True,
    help="How long to wait for an answer.",
)
@click.option("--allow-private", is_flag=True, hidden=True, help="Ask addresses in private networks too, such as a test server.")
@click.pass_context
def command(context: click.Context, prefixes: tuple[str, ...], file: Path | None, seconds: float, allow_private: bool) -> None:
    """Fetch the inventories of other playbooks, or of those with a PREFIX.

    An inventory lists what another playbook calls its pages, so that a text can link to one as [[nz:silos]]. The file
    playbook_data/playbooks.yml names those playbooks and their prefixes. The copies in playbook_data/inventories/ are
    what checks and builds read, so commit them with your change.

    Inventories are fetched over https alone, and one that could lead readers astray is refused. If another site does
    not answer, its old copy stays, and the others are fetched all the same.

    The exit code is 1 if an inventory cannot be fetched, or if a link here names a page that is gone or renamed.
    """
    root: Path = context.obj
    others = other_playbooks(root, prefixes)
    if file and len(prefixes) != 1:
        raise InvalidArgument("--from needs one PREFIX: that of the playbook that the file is from")
    download = _from_file(from_folder(context, file)) if file else Downloader(who_asks(root), seconds, allow_private=allow_private)
    copies, errors = _fetched(root, others, download)
    make_folder(root, INVENTORIES)
    make_changes(root, [copy.change for copy in copies if copy.old != copy.new])
    for copy in copies:
        click.echo("\n".join(copy.summary))
    for error in errors:
        click.echo("\n".join(map(printable, f"Error: {error}".split("\n"))), err=True)
    broken = broken_links(root)
    if broken:
        click.echo(problems_as_text(broken, style=styled))
    context.exit(1 if broken or errors else 0)


def _fetched(root: Path, others: tuple[OtherPlaybook, ...], download: Download) -> tuple[list[Copy], list[UserError]]:
    """What could be fetched, and what could not."""
    copies: list[Copy] = []
    errors: list[UserError] = []
    for other in others:
        address = address_of_inventory(other)
        try:
            copies.append(new_copy(root, other, download(address)))
        except NotDownloaded as reason:
            help = f"look whether the address in playbooks.yml is right, or download the file yourself: playbook sync {other.prefix} --from FILE"
            errors.append(UserError(f"{other.prefix}: {address} cannot be fetched: {reason}", help))
        except UserError as error:
            errors.append(error)
    return copies, errors


def _from_file(file: Path) -> Download:
    """Reads `file`, whatever the address."""

    def read(_address: str) -> bytes:
        try:
            with file.open("rb") as opened:
                return opened.read(LARGEST_INVENTORY + 1)
        except OSError as error:
            raise UserError(f"cannot read {file}: {reason_of(error)}") from None

    return read
