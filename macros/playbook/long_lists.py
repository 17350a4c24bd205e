"""Lists that are too long for one page, and the pages that show them: at most MOST_ROWS rows each.

`find_long_lists` takes a playbook and returns `LongLists`. A list has further pages below an address that ends in `list/`, where no entry and no page
written by hand can be. They come and go with the number of entries, so no release promises them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal, Protocol

from macros.playbook.a_to_z import MOST_LOOKUPS, Lookup
from macros.playbook.letters import Letter, by_letter
from macros.playbook.relations import Backlinks, grouped
from macros.playbook.urls import INDEX, LIST_FOLDER, entry_url, kind_url, page_url
from macros.schema.builtin_kinds import Source
from macros.schema.entry import Entry
from macros.schema.fields import Section
from macros.schema.introspect import Field, fields_of
from macros.schema.kinds import KINDS
from macros.schema.parts import CITED, Passage
from macros.schema.patterns import slug_of
from macros.schema.settings import Settings
from macros.text.page_source import PageSource

MOST_ROWS = 100
"""Rows that one page shows of a list."""
MOST_IN_A_CELL = 30
"""Entries that one cell of a table names."""
Rows = Literal["entries", "links", "figures", "lookups"]


class Content(Protocol):
    """What lists are made from: a `Playbook`, which has its long lists from here."""

    settings: Settings
    entries: Mapping[str, Entry]
    written: Mapping[str, PageSource]

    @property
    def backlinks(self) -> Backlinks:
        """What names each entry."""

    @property
    def lookups(self) -> Sequence[tuple[Letter, tuple[Lookup, ...]]]:
        """The index from A to Z."""

    def of_kind(self, folder: str) -> tuple[Entry, ...]:
        """The current entries of a kind."""

    def coverage(self, source: Source) -> tuple[tuple[Passage, tuple[Entry, ...]], ...]:
        """Each passage of a source, with the entries that cite it."""


@dataclass(frozen=True)
class LongList:
    """A list and where its pages are: the first at `first`, which may be a part of another page, the others `below` an address."""

    title: str
    name: str
    """What tells it from other lists of the same page: `A`, `Money and risk`."""
    items: tuple[Any, ...]
    first: str
    below: str
    above: tuple[tuple[str, str], ...] = ()
    """(address, title) of each page above its own."""
    rows: Rows = "entries"

    @property
    def last(self) -> int:
        """The number of its last page."""
        return -(-len(self.items) // MOST_ROWS)

    def page(self, number: int) -> ListPage:
        """Returns one of its pages, counted from 1."""
        return ListPage(self, number)

    @property
    def pages(self) -> tuple[ListPage, ...]:
        """All its pages."""
        return tuple(map(self.page, range(1, self.last + 1)))

    @property
    def own_pages(self) -> tuple[ListPage, ...]:
        """Those that are no part of another page."""
        return self.pages if self.first.startswith(self.below) else self.pages[1:]


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a long list."""

    of: LongList
    number: int

    @property
    def url(self) -> str:
        """Its address, with the anchor of its place there if it is a part of another page."""
        return self.of.first if self.number == 1 else f"{self.of.below}{self.number}/"

    @property
    def items(self) -> tuple[Any, ...]:
        """What it shows."""
        return self.of.items[(self.number - 1) * MOST_ROWS : self.number * MOST_ROWS]

    @property
    def span(self) -> str:
        """Which rows of the list those are: `101 to 200`."""
        first = (self.number - 1) * MOST_ROWS + 1
        return f"{first:,} to {min(self.number * MOST_ROWS, len(self.of.items)):,}"

    @property
    def title(self) -> str:
        """The title of the list, and which rows of it the page shows if it is not the only one."""
        return f"{self.of.title}, {self.span}" if self.of.last > 1 else self.of.title

    @property
    def before(self) -> ListPage | None:
        """The page before it."""
        return self.of.page(self.number - 1) if self.number > 1 else None

    @property
    def after(self) -> ListPage | None:
        """The page after it."""
        return self.of.page(self.number + 1) if self.number < self.of.last else None

    @property
    def nearby(self) -> tuple[ListPage, ...]:
        """The first page, the last one, and those round it: what it leads to by number."""
        return tuple(page for page in self.of.pages if page.number in (1, self.of.last) or abs(page.number - self.number) <= _NEARBY)


_NEARBY = 2


@dataclass(frozen=True)
class KindList:
    """The entries of a kind: all in their order, by letter, and by each word that lists may group them by."""

    folder: str
    whole: LongList
    letters: tuple[LongList, ...]
    groups: Mapping[str, Mapping[str, LongList]]
    """From a field such as `tags` to a list for each of its words."""

    @property
    def lists(self) -> Iterator[LongList]:
        """All of them."""
        yield from (self.whole, *self.letters, *(each for words in self.groups.values() for each in words.values()))


@dataclass(frozen=True)
class LongLists:
    """The long lists of a playbook: of `kinds` by folder, and of `linked` entries by the id and the section whose page lists them.

    `letters` are those of the index from A to Z, if it needs several pages.
    """

    kinds: Mapping[str, KindList]
    linked: Mapping[tuple[str, str], LongList]
    letters: tuple[LongList, ...] = ()
    pages: Mapping[str, ListPage] = field(init=False)
    """Each page that is no part of another one, by address."""

    def __post_init__(self) -> None:
        """Finds the pages."""
        lists = (*(each for kind in self.kinds.values() for each in kind.lists), *self.linked.values(), *self.letters)
        object.__setattr__(self, "pages", {page.url: page for each in lists for page in each.own_pages})


def find_long_lists(content: Content) -> LongLists:
    """Returns the lists of kinds, and of entries that are linked to one entry, that have more than MOST_ROWS rows."""
    by_hand = {page_url(path) for path in content.written}
    kinds = {folder: _kind_list(content, folder, by_hand) for folder in KINDS if len(content.of_kind(folder)) > MOST_ROWS}
    linked = {
        (entry.id, section.anchor): _linked(content, entry, section, named)
        for entry, section, named in _linked_entries(content)
        if _is_long(content, entry, section, named)
    }
    return LongLists(kinds, linked, tuple(_letters_of_index(content)))


def _letters_of_index(content: Content) -> Iterator[LongList]:
    """A list for each letter of the index, if that is too long for one page."""
    if sum(len(lines) for _, lines in content.lookups) <= MOST_LOOKUPS:
        return
    for letter, lines in content.lookups:
        below = f"{INDEX}{LIST_FOLDER}/{letter.slug}/"
        yield LongList(f"Index: {letter.label}", letter.label, lines, below, below, ((INDEX, "Index from A to Z"),), "lookups")


def _linked_entries(content: Content) -> Iterator[tuple[Entry, Section, Sequence[Entry]]]:
    """Each section of an entry's page that lists other entries: those that it names, and those that name it."""
    for entry in content.entries.values():
        for naming in _naming_fields(type(entry)):
            named = getattr(entry, naming.attribute)
            if len(named) > MOST_ROWS:
                yield entry, naming.section, tuple(content.entries[id] for id in named)
        yield from ((entry, section, named) for section, named in content.backlinks.get(entry.id, {}).items())


@cache
def _naming_fields(model: type[Entry]) -> tuple[Field, ...]:
    return tuple(field for field in fields_of(model).values() if field.section and field.relation and field.is_list)


def _kind_list(content: Content, folder: str, by_hand: set[str]) -> KindList:
    """A list that is written by hand shows what its author chose, so all rows are on pages of their own too."""
    home, title, entries = kind_url(folder), KINDS[folder].kind.many, content.of_kind(folder)
    below, above = f"{home}{LIST_FOLDER}/", ((home, title),)

    def part(name: str, items: Sequence[Entry], slug: str) -> LongList:
        return LongList(f"{title}: {name}", name, tuple(items), f"{below}{slug}/", f"{below}{slug}/", above)

    letters = tuple(part(letter.label, named, letter.slug) for letter, named in by_letter(entries))
    groups = {
        field: {word: part(word[:1].upper() + word[1:], named, f"by-{field}/{slug}") for word, slug, named in words}
        for field in words_to_group_by(folder)
        if len(words := _groups(content, folder, field)) > 1
    }
    first = f"{below}1/" if home in by_hand else home
    return KindList(folder, LongList(title, title, entries, first, below, above), letters, groups)


def _groups(content: Content, folder: str, field: str) -> list[tuple[str, str, tuple[Entry, ...]]]:
    """(word, its part of an address, entries) for each word of a field."""
    groups = grouped_by_words(content, folder, field, content.of_kind(folder))
    slugs: dict[str, str] = {}
    for number, (word, _) in enumerate(groups):
        slug = slug_of(word)
        slugs[word] = str(number) if not slug or slug in slugs.values() else slug
    return [(word, slugs[word], entries) for word, entries in groups]


def words_to_group_by(folder: str) -> tuple[str, ...]:
    """Returns the fields of a kind that hold a word of a fixed list, and the tags."""
    fields = fields_of(KINDS[folder]).items()
    return ("tags", *(name for name, field in fields if field.choices and not field.is_mark and name != "status"))


def grouped_by_words(content: Content, folder: str, field: str, entries: Sequence[Entry]) -> list[tuple[str, tuple[Entry, ...]]]:
    """Returns entries by the first word of a field that `words_to_group_by` names."""
    found = fields_of(KINDS[folder])[field]

    def first(entry: Entry) -> str:
        value = getattr(entry, found.attribute)
        return next(iter(value if isinstance(value, tuple) else (value,)), "") or ""

    return grouped(entries, first, order=content.settings.tags if found.is_tag else ())


def _is_long(content: Content, entry: Entry, section: Section, named: Sequence[Entry]) -> bool:
    """Whether the entry's page has no room for a section; that of a source with passages lists citations by passage."""
    if section == CITED and isinstance(entry, Source) and entry.passages:
        return any(len(citing) > MOST_IN_A_CELL for _, citing in content.coverage(entry))
    return len(named) > MOST_ROWS


def _linked(content: Content, entry: Entry, section: Section, named: Sequence[Entry]) -> LongList:
    """Linked entries in the order in which the entry's page groups them: by their first tag."""
    own = entry_url(entry)
    below = f"{own}{LIST_FOLDER}/{section.anchor}/"
    by_tag = grouped(named, lambda other: next(iter(other.tags), ""), order=content.settings.tags)
    items = tuple(other for _, others in by_tag for other in others)
    first = f"{below}1/" if getattr(entry, "passages", ()) and section == CITED else f"{own}#{section.anchor}"
    above = ((kind_url(entry.kind.folder), entry.kind.many), (own, entry.known_as))
    return LongList(f"{section.heading}: {entry.known_as}", section.heading, items, first, below, above, "links")


def shares(sizes: Sequence[int], most: int = MOST_ROWS) -> tuple[int, ...]:
    """Returns how many of each group to show, `most` in all: as many of each as of any other, as far as it has them."""
    shown, left = [0] * len(sizes), most
    for rank, place in enumerate(sorted(range(len(sizes)), key=lambda place: sizes[place])):
        shown[place] = min(sizes[place], left // (len(sizes) - rank))
        left -= shown[place]
    return tuple(shown)
