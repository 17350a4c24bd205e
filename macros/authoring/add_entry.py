"""A new entry: its id, its file and its place in the list of ids that editors complete from.

Takes the playbook's folder, a kind and what a person typed. Returns the files to write.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from macros.authoring.editor_schemas import IDS_FILE, ids_file
from macros.authoring.ids import ids_by_kind, invalid_id, read_tags, read_titles, used_ids, why_address_is_taken
from macros.authoring.new_entry import TAGS, write_new_entry
from macros.files.layout import DATA
from macros.files.transaction import FileChange
from macros.problems.problem import printable
from macros.problems.user_error import InvalidArgument, UserError
from macros.schema.introspect import fields_of
from macros.schema.kinds import KINDS
from macros.schema.patterns import LONGEST_SLUG, is_device, slug_of
from macros.yamlfile.source import HIDDEN


@dataclass(frozen=True, slots=True)
class NewEntry:
    """The file of a new entry, and all files to write for it."""

    path: str
    changes: tuple[FileChange, ...]


def plan_new_entry(root: Path, kind: str, typed_title: str, typed_id: str | None = None) -> NewEntry:
    """The files of a new entry of the folder `kind`; without `typed_id`, its id is made of its title.

    Raises: InvalidArgument for a title or an id that cannot be one, UserError for an id that is or was in use.
    """
    title = checked_title(kind, typed_title)
    id = id_from(title) if typed_id is None else checked_id(typed_id)
    if user := used_ids(root).get(id):
        raise UserError(f"the id '{id}' {user}; ids are never reused: choose another one with --id")
    path = f"{DATA}/{kind}/{id}.yml"
    if why := why_address_is_taken(root, path):
        raise UserError(f"the id '{id}' is not free: {why}; choose another one with --id")
    draft = write_new_entry(KINDS[kind], title, path=path, ids={**ids_by_kind(root), TAGS: read_tags(root)})
    return NewEntry(path, (FileChange(path, None, draft.encode()), *_suggestions(root, kind, id, title)))


def checked_title(kind: str, typed: str) -> str:
    """The title on one line.

    Raises: InvalidArgument.
    """
    title = " ".join(typed.split())
    longest = fields_of(KINDS[kind])["title"].longest
    if not title:
        raise InvalidArgument("the title is empty; write three to nine words in quotes")
    if hidden := HIDDEN.search(title):
        raise InvalidArgument(f"there is an invisible character (U+{ord(hidden[0]):04X}) in the title; delete it")
    if len(title) > longest:
        raise InvalidArgument(f"the title has {len(title)} characters, the most is {longest}; shorten it by {len(title) - longest}")
    return title


def checked_id(typed: str) -> str:
    """The id as it was typed.

    Raises: InvalidArgument.
    """
    if why := invalid_id(typed):
        raise InvalidArgument(why)
    return typed


def id_from(title: str) -> str:
    """The id that the title makes. A title that is too long makes none: part of a word would remain in the address for good.

    Raises: InvalidArgument.
    """
    id = slug_of(title)
    if is_device(id):
        raise InvalidArgument(f"the title makes the id '{id}', which is the name of a device on Windows; choose one with --id")
    if not id:
        raise InvalidArgument(f"no id can be made from '{printable(title)}', which has no letter from a to z; choose one with --id")
    if slug_of(title, longest=10_000) != id:
        raise InvalidArgument(f"the title is too long to be an id, which has up to {LONGEST_SLUG} characters; choose one with --id")
    return id


def _suggestions(root: Path, kind: str, id: str, title: str) -> tuple[FileChange, ...]:
    """The list of ids that editors complete from, with the new one; a playbook without that list does not get it."""
    file = root / IDS_FILE
    if not file.is_file() or file.is_symlink():
        return ()
    try:
        before = file.read_bytes()
    except OSError as error:
        raise UserError(f"cannot use {IDS_FILE}: {(error.strerror or 'unknown error').lower()}") from None
    titles = read_titles(root)
    titles[kind][id] = title
    return (FileChange(IDS_FILE, before, ids_file(titles, read_tags(root))),)
