"""The playbook that a command acts on, or a message that says what is wrong."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import click

from macros.cli.terminal import watched
from macros.files.layout import DATA, DOCS, SITE_FOLDER
from macros.playbook.load import load_playbook
from macros.playbook.names import LOOK, missing_entry, names_of
from macros.playbook.playbook import Playbook
from macros.problems.user_error import UserError
from macros.schema.entry import Entry


def load(root: Path) -> Playbook:
    """The playbook in `root`; one with problems ends the command, and shows them all."""
    return load_playbook(root, watch=watched)


def entry_called(playbook: Playbook, id: str) -> Entry:
    """The entry with the id `id`. If there is none, the error suggests the closest id."""
    if id in playbook.entries:
        return playbook.entries[id]
    message, help = missing_entry(names_of(playbook.entries.values()), id, look=LOOK)
    raise UserError(f"{message}; {help}")


def from_folder(context: click.Context, path: Path) -> Path:
    """A path as it was typed, seen from the folder that `-C` names."""
    return context.parent.params["folder"] / path


def folder_to_write(context: click.Context, path: Path) -> Path:
    """The folder DIR that a command writes into, which is none that the site is made from or in: a build would read, or delete, what is there."""
    root, target = context.obj, from_folder(context, path)
    for sources in (DATA, DOCS, "macros", "overrides"):
        if target.resolve().is_relative_to((root / sources).resolve()):
            raise click.BadParameter(f"the site is made from what {sources}/ holds; name another folder, such as out", param_hint="'DIR'")
    if target.resolve().is_relative_to((root / SITE_FOLDER).resolve()):
        raise click.BadParameter(f"each build replaces what {SITE_FOLDER}/ holds; name another folder, such as out", param_hint="'DIR'")
    return target


def from_here(path: Path) -> str:
    """A path as it is seen from the current folder; the whole path where that folder was deleted or lies on another drive."""
    with suppress(OSError, ValueError):
        return os.path.relpath(path)
    return str(path)
