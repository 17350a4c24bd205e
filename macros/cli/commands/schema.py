"""`playbook schema`: the schemas that editors read."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import click

from macros.authoring.editor_schemas import FOLDER, IDS_FILE, editor_settings, schemas
from macros.authoring.ids import read_titles
from macros.cli.command import Command
from macros.files.layout import EDITOR_SETTINGS
from macros.files.transaction import CannotChange, FileChange, make_changes

EXAMPLES = (
    ("playbook schema", "Write the schemas again after a new field, a new kind or a new entry."),
    ("playbook schema --check", "Only say whether they are out of step: for a hook or a workflow."),
)


@click.command("schema", cls=Command, examples=EXAMPLES)
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit 1 if the schema of a kind is out of step.")
@click.pass_context
def command(context: click.Context, only_check: bool) -> None:
    """Write the schemas that editors read, into playbook_data/schemas/.

    With them, an editor completes the names of fields and the ids of entries, explains each field, and underlines what
    is wrong while you type. There is one schema for each kind and one for playbook.yml, made from the kinds' own
    fields, and ids.json with the entries that exist. Where .vscode/settings.json is there, it learns of a new kind.

    It works on a playbook with problems too. With --check, ids.json may lack new entries: it holds suggestions alone.
    """
    root: Path = context.obj
    wanted = schemas(read_titles(root))
    if settings := _content(root / EDITOR_SETTINGS):
        wanted[EDITOR_SETTINGS] = editor_settings(settings)
    stale = {path: old for path, new in wanted.items() if (old := _content(root / path)) != new}
    if only_check:
        context.exit(_tell(stale))
    try:
        (root / FOLDER).mkdir(exist_ok=True)
        make_changes(root, [FileChange(path, old, wanted[path]) for path, old in stale.items()])
    except OSError as error:
        raise click.ClickException(f"cannot make {FOLDER}/: {error.strerror}") from None
    except CannotChange as reason:
        raise click.ClickException(str(reason)) from None
    for path in stale:
        click.echo(os.path.relpath(root / path))
    if not stale:
        click.echo("every schema is up to date")


def _content(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() and not file.is_symlink() else None


def _tell(stale: Mapping[str, bytes | None]) -> int:
    """Say what is out of step, and end with 1 where that is a schema: suggestions alone break nothing."""
    broken = [path for path in stale if path != IDS_FILE]
    for path, old in stale.items():
        state = "is missing" if old is None else "lacks changes of the entries; that is no problem" if path == IDS_FILE else "is out of step"
        click.echo(f"{path} {state}")
    click.echo("to mend that, type: playbook schema" if stale else "every schema is up to date")
    return 1 if broken else 0
