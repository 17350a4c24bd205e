"""What a kind of entry is: its names, its list, and what its entries need so that no reader is led into a dead end.

A row of these values opens each class in `kinds.py` and `builtin_kinds.py`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Names:
    """The condition that an entry leads to one of the kind `kind`: by a relation or by a link in its text."""

    kind: str


@dataclass(frozen=True, slots=True)
class NamedBy:
    """The condition that an entry of the kind `kind` leads to this one; None: an entry of any kind."""

    kind: str | None


@dataclass(frozen=True, slots=True)
class OneOf:
    """The condition that at least one of these fields is filled."""

    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HelpsWith:
    """The condition that each entry named in `what` is named in `through` of one that is named in `by`."""

    what: str
    by: str
    through: str


@dataclass(frozen=True, slots=True)
class NamedBack:
    """The condition that each entry whose id stands in the field `name` of an item of `items` names this one in its own field `under`."""

    items: str
    name: str
    under: str


@dataclass(frozen=True, slots=True)
class Need:
    """A condition that each current entry of a kind should meet. Where one does not, the check warns with `rule`, `message` and `help`.

    In these, {} stands for the id of the other entry, if the condition is about others.
    """

    rule: str
    condition: Names | NamedBy | OneOf | HelpsWith | NamedBack
    message: str
    help: str


LINKED = Need("orphan", NamedBy(None), "no other entry leads here", "name it in the entries that it belongs to")
"""What an entry needs where its kind says nothing else."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of entry: its folder, its names, and the sentence that opens its list.

    `in_lists` are the fields that lists show above an entry's summary. Figures of a kind with `figures_first` come before those of others.
    The map of relations has a column for each kind that is `on_map`, in the order of the table of kinds.
    One `as_table` can be downloaded as a table for spreadsheets, and below the list of one `as_references` lists of references are offered. `also_searched` are words that readers use for its list; `asked_with` are those by
    which they ask for one of its entries, in small letters. `asked_at` is the address of the page on which readers answer what its entries ask, where
    each has its id as anchor. `told_as` is the type of schema.org that search engines are told its entries are: `Article`, or `WebPage` where an entry's
    text is not the point of its page.
    """

    folder: str
    one: str
    many: str
    intro: str
    needs: tuple[Need, ...] = (LINKED,)
    in_lists: tuple[str, ...] = ()
    figures_first: bool = False
    on_map: bool = False
    as_table: bool = False
    as_references: bool = False
    also_searched: tuple[str, ...] = ()
    asked_with: tuple[str, ...] = ()
    asked_at: str = ""
    told_as: str = "Article"
