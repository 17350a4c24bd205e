"""What entries are called, and which one was meant by a name that is no id.

`missing_entry` takes what was written where an id belongs, and returns what is wrong with it and what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from macros.files.layout import DATA
from macros.problems.closest import closest, guess
from macros.problems.folding import folded, look_the_same
from macros.problems.problem import short
from macros.schema.entry import Entry
from macros.schema.patterns import intended_id, intended_ids

Released = Callable[[], Collection[str]]
"""Gives the files of released entries; it is called only where something is wrong."""
LOOK = "`playbook list` shows what there is"
"""Where to find ids in a playbook that has no problems."""


@dataclass(frozen=True)
class EntryNames:
    """The folders of the entries with each id, what each former id has become, titles, each with the id of its entry, and released files."""

    folders: Mapping[str, Sequence[str]]
    former: Mapping[str, str] = field(default_factory=dict)
    titles: Sequence[tuple[str, str]] = ()
    released: Released = tuple

    @cached_property
    def by_title(self) -> Mapping[str, str]:
        """From each title, as `folded_title` gives it, to the id of its entry; made only where something is misspelt."""
        return {folded_title(title): id for title, id in self.titles}

    def fits(self, id: str, to: str | None) -> bool:
        """Whether there is an entry with this id, of the kind `to` if that is given."""
        return id in self.folders and (to is None or to in self.folders[id])

    def lost_file(self, id: str) -> str:
        """The file that a released entry with this id had; empty if there is none, or if the entry is still there."""
        return "" if id in self.folders else next((file for file in sorted(self.released()) if PurePosixPath(file).stem == id), "")


def names_of(entries: Iterable[Entry]) -> EntryNames:
    """What these entries are called."""
    entries = tuple(entries)
    return EntryNames(
        {entry.id: (entry.kind.folder,) for entry in entries},
        {old: entry.id for entry in entries for old in entry.formerly},
        [(name, entry.id) for entry in entries for name in (entry.known_as, entry.title)],
    )


def folded_title(title: str) -> str:
    """A title for comparison: capital letters make no difference, nor do characters that look the same."""
    return folded(title).casefold()


def missing_entry(
    names: EntryNames, typed: str, to: str | None = None, *, own: str = "", beside: Collection[Any] = (), look: str = ""
) -> tuple[str, str]:
    """Why `typed` names no entry of the kind `to`, and what to write instead.

    `own` is the id of the entry that names it, and `beside` are the ids in its list. `look` says where to find ids, if not in the names of files.
    """
    message = f"there is no entry '{short(typed)}'"
    where = look or f"an id is the name of a file in {DATA}/{to or '<kind>'}/, without .yml"
    if now := names.former.get(typed):
        message = f"'{typed}' is called '{now}' now"
        wrong = f"it is one of the {names.folders[now][0]}, expected one of the {to}; {where}"
        return message, f"write '{now}'" if names.fits(now, to) else wrong
    if lost := names.lost_file(typed):
        back = f"bring {lost} back, with `status: withdrawn` and a `reason:` if it no longer holds"
        return f"{message} any more, but a release has it", f"{back}; or add `formerly: [{typed}]` to the entry that is the same"
    meant = _meant(names, typed) or closest(intended_id(typed) or typed, [id for id in names.folders if names.fits(id, to) and id != own])
    if meant is None and typed not in names.folders:
        meant = closest(typed, names.folders)
    if meant in (None, own):
        return message, where
    if look_the_same(typed, meant):
        return message, guess(typed, meant)
    if not names.fits(meant, to):
        return message, f"'{meant}' is close, but is one of the {names.folders[meant][0]}; {where}"
    already = " It is named here already: remove this one" if meant in beside else ""
    return message, f"did you mean '{meant}' ({to or names.folders[meant][0]})?{already}"


def several_ids(names: EntryNames, typed: str) -> tuple[str, ...]:
    """The ids in a text that holds several of them where one belongs."""
    parts = intended_ids(typed)
    words = tuple(filter(None, re.split(r"[\s,;/&+|]+(?:and\s+)?", typed)))
    return parts if len(parts) > 1 else words if len(words) > 1 and all(word in names.folders for word in words) else ()


def _meant(names: EntryNames, typed: str) -> str | None:
    """The entry that `typed` certainly means: by its title, or by its id written as a file, an address or a link."""
    id = names.by_title.get(folded_title(re.sub(r"^\[\[|\]\]$", "", typed))) or intended_id(typed)
    id = names.former.get(id, id)
    return id if id in names.folders and id != typed else None
