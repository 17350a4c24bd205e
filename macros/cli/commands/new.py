"""`playbook new`: the file of a new entry, to be filled in."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import click

from macros.authoring.editor_schemas import IDS_FILE, ids_file
from macros.authoring.ids import ids_by_kind, read_titles, used_ids
from macros.authoring.new_entry import write_new_entry
from macros.cli.command import Command
from macros.cli.parameters import KindName
from macros.files.layout import DATA
from macros.files.transaction import FileChange, make_changes, make_folder
from macros.problems.problem import printable
from macros.problems.user_error import UserError
from macros.schema.fields import LONGEST_SLUG, SLUG, slug_of
from macros.schema.kinds import KINDS
from macros.yamlfile.source import HIDDEN

EXAMPLES = (
    ('playbook new barrier "Partners use different words"', "Write playbook_data/barriers/partners-use-different-words.yml."),
    ('playbook new source "Annual report 2025" --id annual-report', "Choose the id yourself: it is part of the address, for good."),
)


@click.command("new", cls=Command, examples=EXAMPLES)
@click.argument("kind", type=KindName())
@click.argument("title")
@click.option("--id", "id", metavar="ID", help="The entry's id; without it, the id is made of the title.")
@click.pass_context
def command(context: click.Context, kind: str, title: str, id: str | None) -> None:
    """Write the file of a new entry of a KIND, to be filled in.

    Use it to begin an entry: the file has every field that the kind needs, each with a word on what it is for. Where
    you have to write it says TODO, and `playbook check` names each TODO until nothing is left to do.

    TITLE is three to nine words in quotes. It may change later; the id never does.
    """
    root: Path = context.obj
    title = _good_title(KINDS[kind].model_fields["title"], title)
    id = _good_id(id) if id is not None else _id_from(title)
    if user := used_ids(root).get(id):
        raise UserError(f"the id '{id}' {user}; an id is never used twice: choose another one with --id")
    path = f"{DATA}/{kind}/{id}.yml"
    draft = write_new_entry(KINDS[kind], title, path=path, ids=ids_by_kind(root))
    make_folder(root, f"{DATA}/{kind}")  # for the first entry of a kind
    make_changes(root, [FileChange(path, None, draft.encode()), *_suggestions(root, kind, id, title)])
    click.echo(os.path.relpath(root / path))
    click.echo(f"Open it and write over each TODO. Then type: {_check_of(root / path, context)}", err=True)


def _suggestions(root: Path, kind: str, id: str, title: str) -> list[FileChange]:
    """The list of ids that editors complete from, with the new one; a playbook without that list does not get it."""
    file = root / IDS_FILE
    if not file.is_file() or file.is_symlink():
        return []
    titles = read_titles(root)
    titles[kind][id] = title
    return [FileChange(IDS_FILE, file.read_bytes(), ids_file(titles))]


def _check_of(file: Path, context: click.Context) -> str:
    """The command that checks the file, as it is typed in the same folder."""
    folder: Path = context.find_root().params["folder"]
    named = [] if folder == Path() else ["-C", str(folder)]
    return shlex.join(["playbook", *named, "check", os.path.relpath(file, folder.resolve())])


def _good_title(field: object, typed: str) -> str:
    title = " ".join(typed.split())
    longest = next(limit.max_length for limit in field.metadata if hasattr(limit, "max_length"))
    if not title:
        raise click.UsageError("the title is empty; write three to nine words in quotes")
    if hidden := HIDDEN.search(title):
        raise click.UsageError(f"there is an invisible character (U+{ord(hidden[0]):04X}) in the title; delete it")
    if len(title) > longest:
        raise click.UsageError(f"the title has {len(title)} characters, the most is {longest}; shorten it by {len(title) - longest}")
    return title


def _good_id(typed: str) -> str:
    if re.fullmatch(SLUG, typed) and len(typed) <= LONGEST_SLUG:
        return typed
    near = slug_of(typed)
    guess = f", such as {near}" if near else ""
    raise click.UsageError(
        f"'{printable(typed)}' cannot be an id; it has lower-case letters, digits and single hyphens, begins with a letter "
        f"and has up to {LONGEST_SLUG} characters{guess}"
    )


def _id_from(title: str) -> str:
    """The id that the title makes; a part of a word would stand in the address for good."""
    id = slug_of(title)
    if not id:
        raise click.UsageError(f"no id can be made of '{printable(title)}', which has no letter from a to z; choose one with --id")
    if slug_of(title, longest=10_000) != id:
        raise click.UsageError(f"the title is too long to be an id, which has up to {LONGEST_SLUG} characters; choose one with --id")
    return id
