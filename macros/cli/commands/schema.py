"""`playbook schema`: the schemas that editors read."""

from __future__ import annotations

from pathlib import Path

import click

from macros.authoring.editor_schemas import IDS_FILE, SCHEMAS_FOLDER, stale_as_text, stale_schemas
from macros.cli.command import Command
from macros.cli.loading import from_here
from macros.files.transaction import make_changes, make_folder

EXAMPLES = (
    ("playbook schema", "Update the schemas after adding a field, a kind or an entry."),
    ("playbook schema --check", "Only say whether they are up to date, for a hook or a workflow."),
)


@click.command("schema", cls=Command, examples=EXAMPLES, changes=True)
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit with 1 if the schema of a kind is out of date.")
@click.pass_context
def command(context: click.Context, only_check: bool) -> None:
    """Write the schemas for editors into playbook_data/schemas/.

    With them, an editor completes the names of fields and the ids of entries, explains each field, and underlines
    mistakes while you type. There is one schema for each kind and one for playbook.yml, generated from the program's own
    fields. The file ids.json lists the entries that exist. If there is a file .vscode/settings.json, the command adds
    the schema of a new kind to it.

    The command also works on a playbook with problems. With --check, ids.json may lack new entries, because it only
    holds suggestions.
    """
    root: Path = context.obj
    stale = stale_schemas(root)
    if only_check:
        click.echo("\n".join(stale_as_text(stale)))
        context.exit(1 if any(change.path != IDS_FILE for change in stale) else 0)
    make_folder(root, SCHEMAS_FOLDER)
    make_changes(root, stale)
    for change in stale:
        click.echo(from_here(root / change.path))
    if not stale:
        click.echo("every schema is up to date")
