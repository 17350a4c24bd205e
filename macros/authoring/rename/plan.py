"""A new id for an entry: its file moves, and everything that names it is changed.

Takes a playbook without problems, and the files that it was read from. Returns the changes to make, the files that they
touch, and the lines that only a person can judge. Raises UserError, and nothing is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from macros.authoring.ids import invalid_id
from macros.authoring.rename.data_files import edits_for_new_id, known_as
from macros.authoring.rename.leftovers import Leftover, find_leftovers
from macros.authoring.rename.links import Renamed
from macros.authoring.rename.pages import page_anchor_calls, renamed_page, require_readable
from macros.files.layout import DATA
from macros.files.read import DataFile
from macros.files.transaction import FileChange
from macros.playbook.checks.file import check_file
from macros.playbook.names import LOOK, missing_entry, names_of
from macros.playbook.playbook import Playbook
from macros.problems.user_error import UserError
from macros.schema.entry import Entry
from macros.text.page_source import PageSource
from macros.yamlfile.editor import edited, encoded
from macros.yamlfile.finding import CannotEdit
from macros.yamlfile.source import SourceText, decode
from macros.yamlfile.spans import end_of_node, find_node


@dataclass(frozen=True, slots=True)
class Renaming:
    """What is to be done. `edited_places` has the number of places in each file that named the entry."""

    moved_from: str
    moved_to: str
    changes: tuple[FileChange, ...]
    edited_places: Mapping[str, int]
    leftovers: tuple[Leftover, ...]


def plan_renaming(
    playbook: Playbook, files: Iterable[DataFile], pages: Mapping[str, PageSource], others: Mapping[str, bytes], *, old: str, new: str
) -> Renaming:
    """What it takes to call the entry `old` by `new`. `pages` are the Markdown files in docs/; in `others`, mentions are looked for."""
    entry = playbook.entries[old]
    renamed = Renamed(entry.kind.folder, old, tuple(figure.name for figure in getattr(entry, "figures", ())))
    data = [_renamed_file(file, renamed, new) for file in files if old.encode() in file.data or file.path == entry.file]
    changed = [*data, *_renamed_pages(pages, renamed, new)]
    moved_to = f"playbook_data/{entry.kind.folder}/{new}.yml"
    left = [mention for each in changed for mention in each.leftovers]
    left += [
        mention
        for path, data in others.items()
        if isinstance(source := decode(path, data), SourceText)
        for mention in find_leftovers(source, renamed)
    ]
    return Renaming(
        entry.file,
        moved_to,
        tuple(change for each in changed for change in each.changes),
        {each.path: each.places for each in changed if each.places},
        tuple(left),
    )


def entry_to_rename(playbook: Playbook, old: str) -> Entry:
    """The entry that is called `old`.

    Raises: UserError, with the entry that was meant.
    """
    if old in playbook.entries:
        return playbook.entries[old]
    now = next((entry for entry in playbook.entries.values() if old in entry.formerly), None)
    if now:
        raise UserError(f"'{old}' was renamed already: it is '{now.id}' now. To give it another id, rename '{now.id}'")
    message, help = missing_entry(names_of(playbook.entries.values()), old, look=LOOK)
    raise UserError(f"{message}; {help}")


def require_free(entry: Entry, new: str, *, taken: Mapping[str, str], why_not: Callable[[str], str]) -> None:
    """`new` can be an id, and is not the id, present or former, of another entry: links to that id must keep their meaning.

    `taken` has the ids that are or were in use, each with what has it; `why_not` says why the address of a file is not free. Raises: UserError.
    """
    if new == entry.id:
        raise UserError(f"'{new}' is its id already; nothing is changed")
    if why := invalid_id(new):
        raise UserError(why)
    if new in taken and new not in entry.formerly:
        raise UserError(f"the id '{new}' {taken[new]}; ids are never reused, so choose another one")
    if why := why_not(f"{DATA}/{entry.kind.folder}/{new}.yml"):
        raise UserError(f"the id '{new}' is not free: {why}; choose another one")


@dataclass(frozen=True, slots=True)
class _Changed:
    """One file after the rename."""

    path: str
    changes: tuple[FileChange, ...]
    places: int
    leftovers: tuple[Leftover, ...]


def _renamed_file(file: DataFile, renamed: Renamed, new: str) -> _Changed:
    checked, _ = check_file(file)
    if checked is None:
        raise CannotEdit(f"{file.path} was edited in the meantime; try again")
    edits = list(edits_for_new_id(checked, renamed.id, new))
    is_moved = file.slug == renamed.id and file.folder == renamed.folder
    own = known_as(checked, renamed.id, new) if is_moved else []
    data = encoded(edited(checked.source, [*edits, *own]), like=file.data) if edits or own else file.data
    path = f"playbook_data/{file.folder}/{new}.yml" if is_moved else file.path
    if is_moved:
        changes = (FileChange(path, None, data, like=file.path), FileChange(file.path, file.data, None))
    else:
        changes = (FileChange(path, file.data, data),) if data != file.data else ()
    return _Changed(
        file.path, changes, len(edits), tuple(find_leftovers(after := decode(path, data), renamed, but=_formerly(after) if is_moved else ()))
    )


def _formerly(source: SourceText) -> tuple[tuple[int, int], ...]:
    node = find_node(source, ("formerly",))
    return () if node is None else ((node.start_mark.index, end_of_node(source, node)),)


def _renamed_pages(pages: Mapping[str, PageSource], renamed: Renamed, new: str) -> Iterator[_Changed]:
    parts = {path: page for path, page in pages.items() if _is_readable(page, renamed.id)}
    written = frozenset(anchor for page in parts.values() for anchor in page_anchor_calls(page))
    for path, page in parts.items():
        if renamed.id not in page.source.text:
            continue
        text, places = renamed_page(page, renamed, new, written)
        data = encoded(text, like=page.data)
        change = (FileChange(path, page.data, data),) if places else ()
        yield _Changed(path, change, places, tuple(find_leftovers(SourceText(path, text), renamed)))


def _is_readable(page: PageSource, id: str) -> bool:
    """Whether a page can be parsed. One that cannot does no harm, as long as it does not have the id."""
    try:
        require_readable(page)
    except CannotEdit:
        if id in page.source.text:
            raise
        return False
    return True
